"""An edition as one SQLite file: a table for each of its tables, keys by code and slug, a few views.

Nothing in it is a float: numbers with a fraction are text as the API gives them. Of rows of trade statistics they are
whole ten-thousandths in columns that end in ``_e4``, so that SQL adds them up exactly.
"""

import sqlite3
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from kzafrica.editions.tables import Column, Kind, Table

AT_ONCE = 1000
TYPES = {Kind.WHOLE: "INTEGER", Kind.YES_NO: "INTEGER"}
# Each view with the tables that it reads.
VIEWS = {
    "events_by_country": (
        ("events", "events_countries", "countries"),
        "SELECT c.iso3, c.name AS country, e.id AS event_id, e.title, e.kind, e.level, e.status, e.date_edtf, "
        "e.date_earliest, e.date_latest FROM events_countries AS part "
        "JOIN events AS e ON e.id = part.event_id JOIN countries AS c ON c.id = part.iso3",
    ),
    "who_says_what": (
        ("citations", "sources"),
        "SELECT part.record_table, part.record_id, part.about, part.field, part.differs, part.stated, part.reason, "
        "part.locator, s.id AS source_id, s.title, s.publisher, s.published_edtf, s.address "
        "FROM citations AS part JOIN sources AS s ON s.id = part.source_id",
    ),
    "trade_by_year": (
        ("flows",),
        "SELECT release, perspective, reporter_iso3, reporter, partner_code, partner, flow, year, month, value_usd_e4, "
        "CASE WHEN value_usd_e4 IS NOT NULL THEN printf('%d.%04d', value_usd_e4 / 10000, value_usd_e4 % 10000) END "
        "AS value_usd "
        "FROM flows WHERE hs = 'TOTAL' AND is_current = 1",
    ),
}


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def cell(column: Column, row: dict) -> Any:
    """What SQLite keeps: numbers for whole numbers and for yes and no, else text; nothing for what is empty."""
    value = column.read(row)
    if value is None or value == "":
        return None
    return int(value) if column.kind in TYPES else str(value)


class Database:
    """The file being written; as a context it is closed at the end, with its views."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        # The file is nobody's until it is whole, so nothing has to survive a crash.
        self.connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;")
        self.names: set[str] = set()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, kind, error, trace) -> None:
        if kind is None:
            for name, (tables, query) in VIEWS.items():
                if self.names.issuperset(tables):
                    self.connection.execute(f"CREATE VIEW {quoted(name)} AS {query}")
            self.connection.execute("COMMIT")
        self.connection.close()

    def create(self, table: Table) -> None:
        needed = set(table.key)
        lines = [
            f"{quoted(column.name)} {TYPES.get(column.kind, 'TEXT')}{' NOT NULL' if column.name in needed else ''}"
            for column in table.columns
        ]
        lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
        lines += [
            f"FOREIGN KEY ({quoted(column.name)}) REFERENCES {quoted(column.refers)} ({quoted('id')})"
            for column in table.columns
            if column.refers
        ]
        self.connection.execute(f"CREATE TABLE {quoted(table.name)} ({', '.join(lines)})")
        self.names.add(table.name)

    def add(self, table: Table, rows: Iterable[dict]) -> None:
        self.add_cells(table, ([cell(column, row) for column in table.columns] for row in rows))

    def add_cells(self, table: Table, rows: Iterable[Iterable]) -> None:
        """Rows whose cells are in the order of the columns and as SQLite keeps them."""
        marks = ", ".join("?" * len(table.columns))
        rows = iter(rows)
        while batch := list(islice(rows, AT_ONCE)):
            self.connection.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({marks})", batch)
