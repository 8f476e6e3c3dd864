"""Loads a file once, as a process of its own, and prints what that took: ``ours`` by the site, ``bare`` by the driver.

The bare bound reads the file with the csv module and writes the same columns into the same table with its unique
index, in one transaction: ``executemany`` on SQLite, COPY on PostgreSQL. It checks nothing, turns numbers to integers
by way of floats, knows no fault, no aggregate, no sum and no second release.
"""

import csv
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.results import peak_mb

COLUMNS = (
    "slice_id, partner_id, flow, hs, value_usd, valuation, fob_value_usd, net_weight_kg, is_weight_estimated, "
    "quantity, quantity_unit, is_quantity_estimated, line"
)
BATCH = 10_000
# Places in the table of UN Comtrade's website.
YEAR, REPORTER, FLOW, PARTNER, CODE, UNIT, QUANTITY, WEIGHT, ESTIMATED, VALUE = 3, 6, 9, 11, 20, 30, 31, 37, 38, 43


def ours(path: Path) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "kzafrica.settings"
    import django

    django.setup()
    from kzafrica.editorial import workflow
    from kzafrica.editorial.models import Source
    from trade.loading import Options, load_release

    source = Source.objects.get(slug="un-comtrade")
    started = time.perf_counter()
    report = load_release([(path, path.name)], Options(source=source))
    took = time.perf_counter() - started
    if report.fault_count:
        raise SystemExit("\n".join(report.fault_lines))
    workflow.publish(report.release, by=workflow.system_user(), note="Measured")
    return tell(took, report.stored_count)


def bare(path: Path) -> int:
    from bench.databases import connect

    url = os.environ["BENCH_DATABASE_URL"]
    connection = connect(url)
    areas = dict(connection.execute("SELECT code, id FROM reference_area").fetchall())
    started = time.perf_counter()
    write = write_sqlite if url.startswith("sqlite") else write_postgres
    count = write(connection, bare_rows(path, areas))
    return tell(time.perf_counter() - started, count)


def bare_rows(path: Path, areas: dict[str, int]) -> Iterator[tuple]:
    slices: dict[tuple[str, str], int] = {}
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        for line, row in enumerate(rows, 2):
            if not row:
                continue
            weight = int(float(row[WEIGHT]) * 10_000) if row[WEIGHT] else None
            yield (
                # Numbers that no real slice of this database has.
                slices.setdefault((row[REPORTER], row[YEAR]), 10**6 + len(slices)),
                areas[row[PARTNER]],
                row[FLOW],
                "" if row[CODE] == "TOTAL" else row[CODE],
                int(float(row[VALUE]) * 10_000),
                "cif" if row[FLOW] == "M" else "fob",
                None,
                weight,
                0 if row[ESTIMATED] == "False" else 1,
                int(float(row[QUANTITY]) * 10_000) if row[QUANTITY] else None,
                row[UNIT],
                0,
                line,
            )


def write_sqlite(connection, rows: Iterator[tuple]) -> int:
    connection.execute("BEGIN IMMEDIATE")
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    count = connection.executemany(f"INSERT INTO trade_tradeflow ({COLUMNS}) VALUES ({marks})", rows).rowcount
    connection.execute("COMMIT")
    return count


def write_postgres(connection, rows: Iterator[tuple]) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY trade_tradeflow ({COLUMNS}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def tell(seconds: float, count: int) -> int:
    print(json.dumps({"seconds": seconds, "rows": count, "peak_mb": peak_mb()}))
    return 0


if __name__ == "__main__":
    kind, file = sys.argv[1:]
    raise SystemExit({"ours": ours, "bare": bare}[kind](Path(file)))
