"""How validated rows reach their tables: by way of a temporary one, all of them or none.

The rows of a file are written into a table of this connection alone while they are read, which keeps nobody waiting;
then one statement moves them, in the order of their index. SQLite is locked for that statement and the sums after it,
not while the file is read. On PostgreSQL rows arrive by COPY.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import DatabaseError, connection

from trade.models import FlowSummary, Slice, TradeFlow
from trade.parsing import ROW_FIELDS, Row, SliceKey

BATCH = 10_000
ROWS, SLICES = "staged_trade_rows", "staged_trade_slices"
FLOWS_TABLE, SUMMARIES_TABLE = TradeFlow._meta.db_table, FlowSummary._meta.db_table
# In the order of ``Row``; the first is the number of a slice until the rows are moved.
COLUMNS = tuple(TradeFlow._meta.get_field(name).column for name in ROW_FIELDS)
KEY = ("slice_id", "partner_id", "flow", "hs")


class Stage:
    """The temporary table of one load."""

    def write(self, rows: Iterable[Row], advance: Callable[[int], None]) -> None:
        write = self._copy if connection.vendor == "postgresql" else self._insert
        write(iter(rows), advance)

    def _insert(self, rows: Iterator[Row], advance: Callable[[int], None]) -> None:
        statement = f"INSERT INTO {ROWS} VALUES ({', '.join('?' * len(COLUMNS))})"
        # The driver's own: Django's keeps every row it has passed on. A deferred transaction that writes into a
        # temporary table alone locks nobody out, and without one each row would be a transaction.
        sqlite, is_outermost = connection.connection, not connection.in_atomic_block
        if is_outermost:
            sqlite.execute("BEGIN DEFERRED")
        try:
            while batch := list(islice(rows, BATCH)):
                sqlite.executemany(statement, batch)
                advance(len(batch))
        finally:
            if is_outermost:
                sqlite.execute("COMMIT")

    def _copy(self, rows: Iterator[Row], advance: Callable[[int], None]) -> None:
        with connection.cursor() as cursor, cursor.copy(f"COPY {ROWS} FROM STDIN") as copy:
            while batch := list(islice(rows, BATCH)):
                for row in batch:
                    copy.write_row(row)
                advance(len(batch))

    def counts(self) -> dict[int, int]:
        """How many rows each slice has, by its number."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT slice_id, COUNT(*) FROM {ROWS} GROUP BY slice_id")
            return dict(cursor.fetchall())

    def repeats(self, most: int) -> tuple[list[tuple[int, int]], int]:
        """Lines whose key stands on an earlier line too, that line beside each; how many there are in all."""
        same = f"OVER (PARTITION BY {', '.join(KEY)} ORDER BY line)"
        placed = f"SELECT line, FIRST_VALUE(line) {same} AS earlier, ROW_NUMBER() {same} AS place FROM {ROWS}"
        later = f"FROM ({placed}) AS placed WHERE place > 1"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT line, earlier {later} ORDER BY line LIMIT %s", [most])
            found = cursor.fetchall()
            cursor.execute(f"SELECT COUNT(*) {later}")
            return found, cursor.fetchone()[0]

    def move(self, slices: dict[SliceKey, int], made: dict[SliceKey, Slice]) -> None:
        """Put the rows where readers will find them. Raises IntegrityError where a key repeats."""
        columns = ", ".join(COLUMNS)
        with connection.cursor() as cursor:
            # Where a key repeats, the transaction takes this table back with all the rest.
            cursor.execute(f"CREATE TEMPORARY TABLE {SLICES} (number integer, id bigint)")
            numbers = [(number, made[key].pk) for key, number in slices.items() if key in made]
            cursor.executemany(f"INSERT INTO {SLICES} VALUES (%s, %s)", numbers)
            taken = ", ".join(f"row.{name}" for name in COLUMNS[1:])
            cursor.execute(
                f"INSERT INTO {FLOWS_TABLE} ({columns}) SELECT part.id, {taken} FROM {ROWS} AS row "
                f"JOIN {SLICES} AS part ON part.number = row.slice_id "
                "ORDER BY part.id, row.partner_id, row.flow, row.hs"
            )
            cursor.execute(f"DROP TABLE {SLICES}")


@contextmanager
def staging() -> Iterator[Stage]:
    """A temporary table for the rows of a load, gone afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {ROWS}")
        cursor.execute(f"CREATE TEMPORARY TABLE {ROWS} AS SELECT {', '.join(COLUMNS)} FROM {FLOWS_TABLE} LIMIT 0")
    try:
        yield Stage()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {ROWS}")


# --- Sums

# Below what is summed into it: headings from subheadings, chapters from headings, all goods from chapters.
LEVELS = (4, 2, 0)


def summarise(release_id: int) -> None:
    """Write the sums of a release's rows: for each slice, partner and flow all goods, chapters and headings."""
    with connection.cursor() as cursor:
        for level in LEVELS:
            cursor.execute(_sums(level), {"release": release_id})


def is_overflow(error: DatabaseError) -> bool:
    """Whether a sum was too large for its column (PostgreSQL: numeric value out of range)."""
    return getattr(error.__cause__, "sqlstate", "") == "22003" or "integer overflow" in str(error)


def _sums(level: int) -> str:
    """The statement for one level: a row that gives the sum wins over what is below it."""
    own = f"slice_id IN (SELECT id FROM {Slice._meta.db_table} WHERE release_id = %(release)s)"
    key, numbers = "slice_id, partner_id, flow", ("value_usd", "net_weight_kg", "row_count")
    rows = f"SELECT {key}, hs, value_usd, net_weight_kg, 1 AS row_count FROM {FLOWS_TABLE} WHERE {own}"
    if level == LEVELS[0]:
        parts = f"{rows} AND LENGTH(hs) >= 4"
    else:
        sums = f"SELECT {key}, hs, {', '.join(numbers)} FROM {SUMMARIES_TABLE} WHERE {own}"
        parts = f"{sums} AND LENGTH(hs) = {level + 2} UNION ALL {rows} AND LENGTH(hs) = {level}"
    gives = f"LENGTH(hs) = {level} AND value_usd IS NOT NULL"
    is_given = f"MAX(CASE WHEN {gives} THEN 1 ELSE 0 END) = 1"
    chosen = [
        f"CASE WHEN {is_given} THEN MAX(CASE WHEN {gives} THEN {name} END) "
        # A row without a value stands for itself alone: not beside what is below it.
        f"ELSE COALESCE(CAST(SUM(CASE WHEN LENGTH(hs) > {level} THEN {name} END) AS bigint), MAX({name})) END"
        for name in numbers
    ]
    return (
        f"INSERT INTO {SUMMARIES_TABLE} ({key}, hs, {', '.join(numbers)}, is_given) "
        f"SELECT {key}, SUBSTR(hs, 1, {level}), {', '.join(chosen)}, {is_given} "
        f"FROM ({parts}) AS parts GROUP BY {key}, SUBSTR(hs, 1, {level})"
    )
