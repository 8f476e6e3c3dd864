"""Rows of trade statistics from the database to the wire, never by way of model instances.

Rows are in the order of the one index of their table: slice, partner, flow, code. A page goes on behind the key of its
last row, so that the last of a million rows is as near as the first, and nothing is counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice

from django.db import connection

from kzafrica.statements.amounts import DECIMAL_PLACES
from trade.catalogue import PartInfo
from trade.models import Slice, TradeFlow

TABLE, SLICES = TradeFlow._meta.db_table, Slice._meta.db_table
COLUMNS = (
    "id, slice_id, partner_id, flow, hs, value_usd, valuation, fob_value_usd, net_weight_kg, is_weight_estimated, "
    "quantity, quantity_unit, is_quantity_estimated, line"
)
# What stands for the code where a row is of all goods.
TOTAL = "TOTAL"
ORDER = "slice_id, partner_id, flow, hs"
ORDER_BACKWARD = "slice_id DESC, partner_id DESC, flow DESC, hs DESC"
SCALE = 10**DECIMAL_PLACES
# What stands behind the whole part, for every number of ten-thousandths: to look it up is twice as fast as to write it.
ENDINGS = ["", *(f".{rest:0{DECIMAL_PLACES}}".rstrip("0") for rest in range(1, SCALE))]
# A page is looked for in so many slices at a time, more each time: most often it is full after the first.
FIRST_SLICES, SLICE_GROWTH = 16, 8
# How many rows are fetched at once where all of them are given away.
FETCHED_AT_ONCE = 1000

Key = tuple[int, int, str, str]


@dataclass(frozen=True)
class Selection:
    """Which rows are meant: of which slices, in their order, and what their columns have to be; None is anything."""

    slices: tuple[PartInfo, ...]
    partners: tuple[int, ...] | None = None
    flow: str = ""
    hs: str | None = None
    level: int | None = None

    def conditions(self) -> tuple[str, list]:
        """What rows within the slices have to meet, as SQL behind AND, with its values."""
        sql, values = "", []
        if self.partners is not None:
            sql += f" AND partner_id IN ({marks(self.partners)})" if self.partners else " AND 1 = 0"
            values += self.partners
        if self.flow:
            sql += " AND flow = %s"
            values.append(self.flow)
        if self.level is None:
            if self.hs is not None:
                sql += " AND hs = %s"
                values.append(self.hs)
            return sql, values
        if self.hs:
            # In the order of the index, what is below a code lies between it and the code filled up with nines.
            sql += " AND hs BETWEEN %s AND %s"
            values += [self.hs, self.hs.ljust(6, "9")]
        return sql + f" AND LENGTH(hs) = {int(self.level)}", values

    @property
    def needs_only_slices(self) -> bool:
        return not self.conditions()[0]


def marks(values) -> str:
    return ", ".join(["%s"] * len(values))


@dataclass(frozen=True)
class Page:
    """Rows as the driver gives them, and the keys from which the pages beside it go on."""

    rows: list[tuple]
    has_next: bool
    has_previous: bool
    first: Key | None = field(default=None)
    last: Key | None = field(default=None)


def key_of(row: tuple) -> Key:
    return row[1:5]


def page_of(selection: Selection, limit: int, cursor: Key | None = None, *, backward: bool = False) -> Page:
    """So many rows behind a key, or before it."""
    rows = list(islice(_rows(selection, limit + 1, cursor, backward=backward), limit + 1))
    has_more, rows = len(rows) > limit, rows[:limit]
    if backward:
        rows.reverse()
    first, last = (key_of(rows[0]), key_of(rows[-1])) if rows else (None, None)
    has_next, has_previous = (backward or has_more), (has_more if backward else cursor is not None)
    return Page(rows, has_next, has_previous, first, last)


def _rows(selection: Selection, limit: int, cursor: Key | None, *, backward: bool) -> Iterator[tuple]:
    slices = list(selection.slices)
    if backward:
        slices.reverse()
    conditions, values = selection.conditions()
    order = ORDER_BACKWARD if backward else ORDER
    if cursor is not None:
        sign = "<" if backward else ">"
        # A cursor of another question, or of before a release was replaced or withdrawn, opens no other slice.
        if any(part.pk == cursor[0] for part in slices):
            yield from _fetch(
                f"slice_id = %s AND (partner_id, flow, hs) {sign} (%s, %s, %s){conditions}",
                [*cursor, *values],
                order,
                limit,
            )
        slices = [part for part in slices if (part.pk < cursor[0] if backward else part.pk > cursor[0])]
    for group in _groups(slices, limit if not conditions else 0):
        numbers = [part.pk for part in group]
        yield from _fetch(f"slice_id IN ({marks(numbers)}){conditions}", [*numbers, *values], order, limit)


def _groups(slices: list[PartInfo], enough: int) -> Iterator[list[PartInfo]]:
    """Slices as a page looks through them: where whole slices are meant, as many as fill the page."""
    size = FIRST_SLICES
    while slices:
        if enough:
            size, found = 0, 0
            while found < enough and size < len(slices):
                found, size = found + slices[size].row_count, size + 1
        yield slices[:size]
        slices, size = slices[size:], size * SLICE_GROWTH


def _fetch(where: str, values: list, order: str, limit: int) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM {TABLE} WHERE {where} ORDER BY {order} LIMIT {int(limit)}", values)
        return cursor.fetchall()


def row_numbered(number: int) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM {TABLE} WHERE id = %s", [number])
        return cursor.fetchone()


def batches(selection: Selection) -> Iterator[list[tuple]]:
    """Every row in order, some hundred at a time.

    Each batch is a query of its own that is over before it is given away: memory is constant, and a reader who takes
    long holds neither a transaction nor a lock. Rows of a slice never change, so what is given is of one state.
    """
    conditions, values = selection.conditions()
    for group in _small_groups(selection.slices):
        numbers = [part.pk for part in group]
        while numbers:
            where = f"slice_id IN ({marks(numbers)}){conditions}"
            found = _fetch(where, [*numbers, *values], ORDER, FETCHED_AT_ONCE)
            yield from filter(None, [found])
            if len(found) < FETCHED_AT_ONCE:
                break
            last = key_of(found[-1])
            yield from _rest_of_slice(last, conditions, values)
            numbers = [number for number in numbers if number > last[0]]


def _rest_of_slice(key: Key, conditions: str, values: list) -> Iterator[list[tuple]]:
    where = f"slice_id = %s AND (partner_id, flow, hs) > (%s, %s, %s){conditions}"
    while found := _fetch(where, [*key, *values], ORDER, FETCHED_AT_ONCE):
        yield found
        key = key_of(found[-1])


def _small_groups(slices: Iterable[PartInfo]) -> Iterator[list[PartInfo]]:
    """Slices that have no more rows together than are fetched at once, or a single one that has."""
    group, held = [], 0
    for part in slices:
        if group and held + part.row_count > FETCHED_AT_ONCE:
            yield group
            group, held = [], 0
        group.append(part)
        held += part.row_count
    if group:
        yield group


def all_rows(selection: Selection) -> Iterator[tuple]:
    """Every row in order, in constant memory."""
    return chain.from_iterable(batches(selection))


def is_longer_than(selection: Selection, limit: int) -> bool:
    """Whether more rows fit than that; no more of them are counted than it takes to know."""
    counts = [part.row_count for part in selection.slices]
    if sum(counts) <= limit or selection.needs_only_slices:
        return sum(counts) > limit
    conditions, values = selection.conditions()
    counted = 0
    for group in _groups(list(selection.slices), 0):
        numbers = [part.pk for part in group]
        where = f"slice_id IN ({marks(numbers)}){conditions}"
        sql = f"SELECT COUNT(*) FROM (SELECT 1 FROM {TABLE} WHERE {where} LIMIT {limit + 1 - counted}) AS counted"
        with connection.cursor() as cursor:
            cursor.execute(sql, [*numbers, *values])
            counted += cursor.fetchone()[0]
        if counted > limit:
            return True
    return False


def slices_with_rows(selection: Selection) -> list[PartInfo]:
    """Those of the slices that hold a row that fits."""
    conditions, values = selection.conditions()
    numbers = [part.pk for part in selection.slices]
    if not numbers:
        return []
    sql = (
        f"SELECT id FROM {SLICES} AS part WHERE id IN ({marks(numbers)}) "
        f"AND EXISTS (SELECT 1 FROM {TABLE} WHERE slice_id = part.id{conditions})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*numbers, *values])
        found = {number for (number,) in cursor.fetchall()}
    return [part for part in selection.slices if part.pk in found]


# --- As readers get them


def decimal_text(number: int | None) -> str | None:
    """Whole ten-thousandths as a decimal without trailing zeros: 15100 is 1.51."""
    if number is None:
        return None
    return f"{number // SCALE}{ENDINGS[number % SCALE]}"


def exact(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number).scaleb(-DECIMAL_PLACES)


def money(number: int | None) -> dict | None:
    return None if number is None else {"value": decimal_text(number), "unit": "USD"}
