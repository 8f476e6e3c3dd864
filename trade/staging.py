"""How validated rows reach their table, all of them or none, and the sums that are kept of them.

On SQLite whoever writes locks all others out. So the rows of a file are written into a temporary table while they are
read, which keeps nobody waiting, and one statement moves them, in the order of their index; the lock is held for that
and for the sums after it.

On PostgreSQL nobody waits for a load, so rows arrive by COPY where they are to stay, and are rolled back with it:
moving a million would take as long as writing them. Only where a key repeats are they read again into a temporary
table, which can tell the lines.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count, islice
from operator import itemgetter

from django.db import DatabaseError, IntegrityError, connection, transaction

from trade.models import FlowSummary, Slice, TradeFlow
from trade.parsing import ROW_FIELDS, Row, SliceKey

BATCH = 10_000
ROWS, SLICES = "staged_trade_rows", "staged_trade_slices"
FLOWS_TABLE, SUMMARIES_TABLE, SLICES_TABLE = (model._meta.db_table for model in (TradeFlow, FlowSummary, Slice))
# In the order of ``Row``; the first is the number of a slice until the rows are moved.
COLUMNS = tuple(TradeFlow._meta.get_field(name).column for name in ROW_FIELDS)
KEY = ("slice_id", "partner_id", "flow", "hs")
# Below what is summed into it: headings from subheadings, chapters from headings, all goods from chapters.
LEVELS = (4, 2, 0)
SUM_KEY = ", ".join(KEY)
SUMMED = f"{SUM_KEY}, value_usd, net_weight_kg, row_count, is_given"
OF_RELEASE = f"slice_id IN (SELECT id FROM {SLICES_TABLE} WHERE release_id = %s)"
# How many slices rows can be copied straight into: no number can be asked for while a COPY runs.
MOST_STRAIGHT_SLICES = 5_000


class NeedsStage(Exception):
    """Rows cannot be copied straight into their table: a key repeats, or there are too many slices."""


class Stage:
    """The temporary table of one load."""

    # Whether the sums that rows give are written with them.
    has_given_sums = False

    def __init__(self) -> None:
        # What rows call their slices until these are made, and how many rows each has.
        self.numbers: Iterator[int] = count()
        self.row_counts: Counter[int] = Counter()
        # Whether what was written is to stay.
        self.is_kept = False

    def write(self, rows: Iterable[Row], advance: Callable[[int], None]) -> None:
        write = self._copy if connection.vendor == "postgresql" else self._insert
        write(self._batches(rows, advance))

    def _batches(self, rows: Iterable[Row], advance: Callable[[int], None]) -> Iterator[list[Row]]:
        rows = iter(rows)
        with uncollected():
            while batch := list(islice(rows, BATCH)):
                yield batch
                self.row_counts.update(map(itemgetter(0), batch))
                advance(len(batch))

    def _insert(self, batches: Iterator[list[Row]]) -> None:
        statement = f"INSERT INTO {ROWS} VALUES ({', '.join('?' * len(COLUMNS))})"
        # The driver's own: Django's keeps every row it has passed on. A deferred transaction that writes into a
        # temporary table alone locks nobody out, and without one each row would be a transaction.
        sqlite, is_outermost = connection.connection, not connection.in_atomic_block
        if is_outermost:
            sqlite.execute("BEGIN DEFERRED")
        try:
            for batch in batches:
                sqlite.executemany(statement, batch)
        finally:
            if is_outermost:
                sqlite.execute("COMMIT")

    def _copy(self, batches: Iterator[list[Row]]) -> None:
        with connection.cursor() as cursor, cursor.copy(f"COPY {ROWS} FROM STDIN") as copy:
            for batch in batches:
                for row in batch:
                    copy.write_row(row)

    def slice_pk(self, number: int) -> int | None:
        """The primary key that a slice must get; None where any will do."""
        return None

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


class StraightStage(Stage):
    """The table itself, for a load that is one transaction on PostgreSQL. Raises NeedsStage where that will not do."""

    has_given_sums = True

    def __init__(self) -> None:
        super().__init__()
        reserve = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        with connection.cursor() as cursor:
            cursor.execute(reserve, [SLICES_TABLE, MOST_STRAIGHT_SLICES])
            self.numbers = self._while_they_last([number for (number,) in cursor.fetchall()])

    def _while_they_last(self, numbers: list[int]) -> Iterator[int]:
        yield from numbers
        raise NeedsStage

    def write(self, rows: Iterable[Row], advance: Callable[[int], None]) -> None:
        batches = self._batches(rows, advance)
        try:
            with connection.wrap_database_errors, connection.cursor() as cursor:
                self._copy_by_turns(cursor, batches)
        except IntegrityError as error:
            raise NeedsStage from error

    def _copy_by_turns(self, cursor, batches: Iterator[list[Row]]) -> None:
        """Copy rows and the sums that they give; while the server works on these, the next are read."""
        waiting = next(batches, [])
        while waiting:
            with cursor.copy(f"COPY {FLOWS_TABLE} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
                for row in waiting:
                    copy.write_row(row)
                following = next(batches, [])
            with cursor.copy(f"COPY {SUMMARIES_TABLE} ({SUMMED}) FROM STDIN") as copy:
                for part, partner, flow, hs, value, _valuation, _fob, weight, *_others in waiting:
                    if len(hs) <= LEVELS[0] and value is not None:
                        copy.write_row((part, partner, flow, hs, value, weight, 1, True))
                following += next(batches, [])
            waiting = following

    def slice_pk(self, number: int) -> int | None:
        return number

    def repeats(self, most: int) -> tuple[list[tuple[int, int]], int]:
        return [], 0

    def move(self, slices: dict[SliceKey, int], made: dict[SliceKey, Slice]) -> None:
        """They are there; the planner has to be told, or it takes the tables for empty."""
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {FLOWS_TABLE}, {SUMMARIES_TABLE}, {SLICES_TABLE}")


@contextmanager
def uncollected() -> Iterator[None]:
    """Rows refer to nothing: the garbage collector would look through each batch several times, in vain."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def stages() -> Iterator[AbstractContextManager[Stage]]:
    """The ways in which rows may get to their table, the next for when one says NeedsStage."""
    if connection.vendor == "postgresql":
        yield straight()
    yield staging()


@contextmanager
def straight() -> Iterator[Stage]:
    with transaction.atomic():
        stage = StraightStage()
        yield stage
        transaction.set_rollback(not stage.is_kept)


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


def summarise(release_id: int, *, has_given: bool = False) -> None:
    """Write the sums of a release's rows: for each slice, partner and flow all goods, chapters and headings.

    A row that gives the sum wins over what is below it. Most files give all, so these are taken first, if they are not
    there yet, and then it is asked which slices lack any.
    """
    with connection.cursor() as cursor:
        if not has_given:
            cursor.execute(_given(), [release_id])
        cursor.execute(_incomplete(), [release_id])
        slices = [number for (number,) in cursor.fetchall()]
        for level in LEVELS if slices else ():
            cursor.execute(_sums(level, ", ".join(map(str, slices))))


def is_overflow(error: DatabaseError) -> bool:
    """Whether a sum was too large for its column (PostgreSQL: numeric value out of range)."""
    return getattr(error.__cause__, "sqlstate", "") == "22003" or "integer overflow" in str(error)


def _given() -> str:
    return (
        f"INSERT INTO {SUMMARIES_TABLE} ({SUMMED}) SELECT {SUM_KEY}, value_usd, net_weight_kg, 1, 1 = 1 "
        f"FROM {FLOWS_TABLE} WHERE {OF_RELEASE} AND LENGTH(hs) <= {LEVELS[0]} AND value_usd IS NOT NULL "
        f"ORDER BY {SUM_KEY}"
    )


def _is_missing(code: str) -> str:
    equal = " AND ".join(f"given.{name} = part.{name}" for name in KEY[:-1])
    return f"NOT EXISTS (SELECT 1 FROM {SUMMARIES_TABLE} AS given WHERE {equal} AND given.hs = {code})"


def _incomplete() -> str:
    """The slices with a row that stands below no given sum, or that should be one and has no value."""
    equal = " AND ".join(f"given.{name} = part.{name}" for name in KEY[:-1])
    above = "CASE WHEN part.hs = '' THEN '' ELSE SUBSTR(part.hs, 1, LENGTH(part.hs) - 2) END"
    # Not as NOT EXISTS: PostgreSQL would look up a million rows one by one.
    return (
        f"SELECT DISTINCT part.slice_id FROM {FLOWS_TABLE} AS part "
        f"LEFT JOIN {SUMMARIES_TABLE} AS given ON {equal} AND given.hs = {above} WHERE part.{OF_RELEASE} "
        f"AND (given.id IS NULL OR LENGTH(part.hs) <= {LEVELS[0]} AND part.value_usd IS NULL)"
    )


def _sums(level: int, slices: str) -> str:
    """The statement for one level: the sums that are missing, of what is below them.

    A row without a value stands for itself alone: not beside what is below it.
    """
    code = f"SUBSTR(part.hs, 1, {level})"
    below = (FLOWS_TABLE, "1") if level == LEVELS[0] else (SUMMARIES_TABLE, "row_count")
    parts = " UNION ALL ".join(
        f"SELECT {', '.join(KEY[:-1])}, {code} AS hs, value_usd, net_weight_kg, {row_count} AS row_count, "
        f"{length} > {level} AS is_below FROM {table} AS part "
        f"WHERE slice_id IN ({slices}) AND LENGTH(hs) = {length} AND {_is_missing(code)}"
        for (table, row_count), length in ((below, level + 2), ((FLOWS_TABLE, "1"), level))
    )
    sums = ", ".join(
        f"COALESCE(CAST(SUM(CASE WHEN is_below THEN {name} END) AS bigint), MAX({name}))"
        for name in ("value_usd", "net_weight_kg", "row_count")
    )
    return (
        f"INSERT INTO {SUMMARIES_TABLE} ({SUMMED}) SELECT {SUM_KEY}, {sums}, 1 = 0 FROM ({parts}) AS parts "
        f"GROUP BY {SUM_KEY}"
    )
