"""Measures loading, lists, totals, exports and searches against the bare driver: ``make bench`` (ROWS=1000000).

Everything happens in databases and servers of its own, on this machine alone. Ratios are of one run; the figures
themselves say something about the machine only.
"""

import argparse
import csv
import shutil
import tempfile
from pathlib import Path

from bench import answers, loads, rows, searches
from bench.databases import Postgres, Sqlite, manage, postgres_problem
from bench.results import HEADER, Figure

DATA = Path(__file__).resolve().parent.parent / "kzafrica" / "dataset" / "data" / "reference"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    asked = parser.parse_args()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="kzafrica-bench-") as folder:
        files = written(Path(folder), asked.rows)
        for databases in chosen(asked.only, Path(folder)):
            print(f"{databases.name}, {asked.rows:,} rows\n{HEADER}", flush=True)
            for figure in measure(databases, *files):
                print(figure, flush=True)
                figures.append(figure)
    missed = [figure for figure in figures if figure.is_met is False]
    print(f"{sum(figure.is_met is True for figure in figures)} met, {len(missed)} missed")
    return 1 if missed else 0


def chosen(only: str | None, folder: Path) -> list:
    found: list = [] if only == "postgres" else [Sqlite(folder)]
    if only != "sqlite":
        if problem := postgres_problem():
            print(f"Not measured on PostgreSQL: {problem}")
        else:
            found.append(Postgres())
    return found


def written(folder: Path, count: int) -> tuple[Path, Path, Path]:
    """The file, the same rows in another file, and a tenth of them."""
    with (DATA / "countries.csv").open(newline="", encoding="utf-8") as file:
        countries = [rows.Country(str(int(row["m49"])), row["alpha3"], row["name_en"]) for row in csv.DictReader(file)]
    with (DATA / "hs2022.csv").open(newline="", encoding="utf-8") as file:
        codes = [(row["code"], row["description"]) for row in csv.DictReader(file)]
    paths = folder / "rows.csv", folder / "again.csv", folder / "few.csv"
    rows.write(paths[0], count, countries, codes)
    shutil.copy(paths[0], paths[1])
    with paths[1].open("a", encoding="utf-8") as file:
        file.write("\n")
    rows.write(paths[2], max(count // 10, 1), countries, codes, seed=2)
    return paths


def measure(databases, file: Path, again: Path, small: Path):
    url = databases.create("base")
    try:
        manage(url, "migrate", "-v0")
        manage(url, "load_dataset", "-v0")
        yield from loads.measure(databases, file, again, small)
        if isinstance(databases, Sqlite):
            yield from loads.measure_waiting(databases, file)
        yield from answers.measure(databases.url("full"))
        yield from searches.measure(databases.url("base"))
    finally:
        for name in ("base", "bare", "full", "little", "waiting"):
            databases.drop(name)


if __name__ == "__main__":
    raise SystemExit(main())
