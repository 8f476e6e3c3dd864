"""Totals of trade rows, read from the sums that are kept of each release.

What may never be added is kept apart: flows, sources, the world and its parts. Every reporter and year is counted once:
from its yearly rows, or from its months where it has no yearly ones; in the edition it was reported in, or else in the
newest. Re-exports are counted within exports (IMTS 2010, 4.6) and are not added to them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kzafrica.reference.choices import AreaKind
from trade.catalogue import Catalogue, PartInfo
from trade.models import FlowSummary, TradeFlow
from trade.rows import exact, marks

SUMS, ROWS = FlowSummary._meta.db_table, TradeFlow._meta.db_table
# The levels of goods of which sums are kept; subheadings are rows themselves.
SUBHEADING = 6
LEVELS = (0, 2, 4, SUBHEADING)
GROUPS = ("year", "reporter", "partner", "hs", "release")
RULE = _(
    "Sums of rows of trade statistics, each good once: a total that a file gives is taken, else what is below it is "
    "added. Sources, imports and exports, and the world and its parts are never added to each other; re-exports are "
    "within exports. Each reporter and year is counted once, from the newest release of a source."
)


class TooManyTotals(Exception):
    """More sums are behind totals than were to be read."""


@dataclass(frozen=True)
class TotalKey:
    """What a total is of; what it is not parted by is None."""

    source: str
    perspective: str
    flow: str
    year: int | None = None
    reporter: int | None = None
    partner: int | None = None
    hs: str | None = None
    release: str | None = None

    def order(self, known: Catalogue) -> tuple:
        """By source, then by what it is parted by, areas by their code."""
        reporter, partner = (known.areas[area].code if area else "" for area in (self.reporter, self.partner))
        return (self.source, self.year or 0, reporter, partner, self.flow, self.hs or "", self.release or "")


@dataclass
class Total:
    """A sum of rows in exact ten-thousandths, and what it rests on."""

    key: TotalKey
    value: int | None = None
    weight: int | None = None
    row_count: int = 0
    is_given: bool = True
    # Whether every sum in it is given by a row of a file, and none put together from what is below.
    is_of_given: bool = True
    slices: set[int] = field(default_factory=set)

    def add(self, value: int | None, weight: int | None, row_count: int, *, parts: int, all_given: bool, part: int):
        """Add what a slice gives: ``parts`` is of how many sums it is made."""
        self.is_given = all_given and parts == 1 and not self.slices
        self.is_of_given = self.is_of_given and all_given
        self.value = _sum(self.value, value)
        self.weight = _sum(self.weight, weight)
        self.row_count += row_count
        self.slices.add(part)

    @property
    def value_usd(self) -> Decimal | None:
        return exact(self.value)

    @property
    def net_weight_kg(self) -> Decimal | None:
        return exact(self.weight)


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other


def counted_once(slices: Iterable[PartInfo]) -> list[PartInfo]:
    """Of the slices given, those to count: for each source, reporter and year one yearly, or one for each month."""
    by_period: dict[tuple, list[PartInfo]] = defaultdict(list)
    for part in slices:
        by_period[part.source, part.reporter, part.year, part.month].append(part)
    yearly = {key[:3] for key in by_period if key[3] == 0}
    return [
        max(same, key=lambda part: (not part.is_converted, part.edition, part.pk))
        for key, same in by_period.items()
        if key[3] == 0 or key[:3] not in yearly
    ]


def totals(
    known: Catalogue,
    slices: Iterable[PartInfo],
    *,
    by: Iterable[str] = (),
    partners: Iterable[int] | None = None,
    flow: str = "",
    level: int = 0,
    under: str = "",
    goods: Collection[str] | None = None,
    most: int | None = None,
) -> list[Total]:
    """Totals of the slices given, parted by source and flow and by what ``by`` names of ``GROUPS``.

    ``partners`` None is the world: its own row where a reporter gives one, else all parts together. With ``by``
    partner it is every area there is. ``level`` is that of the goods, ``under`` the code they stand below, ``goods``
    are their codes where not all are meant. Raises TooManyTotals where more than ``most`` sums would be read.
    """
    by = set(by)
    found: dict[TotalKey, Total] = {}
    chosen = {part.pk: part for part in counted_once(slices)}
    for part, partner, own_flow, hs, value, weight, count, parts, all_given in _sums(
        known, chosen, by=by, partners=partners, flow=flow, level=level, under=under, goods=goods, most=most
    ):
        info = chosen[part]
        key = TotalKey(
            info.source,
            info.perspective,
            own_flow,
            year=info.year if "year" in by else None,
            reporter=info.reporter if "reporter" in by else None,
            partner=partner if "partner" in by else None,
            hs=hs if "hs" in by else None,
            release=info.release if "release" in by else None,
        )
        total = found.get(key) or found.setdefault(key, Total(key))
        total.add(value, weight, count, parts=parts, all_given=bool(all_given), part=part)
    return list(found.values())


def _sums(
    known: Catalogue, chosen: dict[int, PartInfo], *, by, partners, flow, level, under, goods, most
) -> Iterator[tuple]:
    """Sums from the database, by slice, partner, flow and code, as far as they are asked for."""
    if not chosen or (partners is not None and not partners) or (goods is not None and not goods):
        return
    of_rows = level == SUBHEADING
    wants_world = partners is None and "partner" not in by
    parted = {
        "partner": "partner_id" if "partner" in by or wants_world else "NULL",
        "hs": "hs" if "hs" in by else "NULL",
    }
    where, values = [f"slice_id IN ({marks(chosen)})"], [*chosen]
    if partners is not None:
        where.append(f"partner_id IN ({marks(partners)})")
        values += partners
    if flow:
        where.append("flow = %s")
        values.append(flow)
    where.append(f"LENGTH(hs) = {int(level)}")
    if under:
        where.append("hs BETWEEN %s AND %s")
        values += [under, under.ljust(SUBHEADING, "9")]
    if goods is not None:
        where.append(f"hs IN ({marks(goods)})")
        values += goods
    count, given = ("COUNT(*)", "1") if of_rows else ("SUM(row_count)", "MIN(CASE WHEN is_given THEN 1 ELSE 0 END)")
    groups = ", ".join(["slice_id", "flow", *(column for column in parted.values() if column != "NULL")])
    columns = f"slice_id, {parted['partner']}, flow, {parted['hs']}, SUM(value_usd), SUM(net_weight_kg), {count}"
    table = ROWS if of_rows else SUMS
    sql = f"SELECT {columns}, COUNT(*), {given} FROM {table} WHERE {' AND '.join(where)} GROUP BY {groups}"
    if most is not None:
        sql += f" LIMIT {int(most) + 1}"
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = [(*row[:4], _whole(row[4]), _whole(row[5]), int(row[6]), *row[7:]) for row in cursor.fetchall()]
    if most is not None and len(found) > most:
        raise TooManyTotals
    yield from _worlds(found, known) if wants_world else found


def _whole(number) -> int | None:
    """PostgreSQL adds whole numbers to decimals."""
    return None if number is None else int(number)


def _worlds(sums: list[tuple], known: Catalogue) -> Iterator[tuple]:
    """Of each slice, flow and good the row of the world, or its parts where the file gives none that says a value."""
    worlds = {area.pk for area in known.areas.values() if area.kind == AreaKind.WORLD}
    parts = {_apart(row) for row in sums if row[1] not in worlds and known.areas[row[1]].is_part}
    # A world that is our own sum of some goods says less than its parts.
    of_world = [row for row in sums if row[1] in worlds and row[4] is not None]
    given = {_apart(row) for row in of_world if row[8] or _apart(row) not in parts}
    for row in sums:
        if row[1] in worlds if _apart(row) in given else known.areas[row[1]].is_part:
            yield row


def _apart(row: tuple) -> tuple:
    """The slice, flow and good of a sum."""
    return row[0], row[2], row[3]


@dataclass(frozen=True)
class TotalQuestion:
    """Which totals are asked for, as ``totals()`` takes it, in order of their key, of ``value`` or of ``-value``."""

    slices: tuple[PartInfo, ...]
    by: tuple[str, ...] = ()
    partners: tuple[int, ...] | None = None
    flow: str = ""
    level: int = 0
    under: str = ""
    ordering: str = ""

    def answer(self, known: Catalogue) -> list[Total]:
        found = totals(
            known,
            self.slices,
            by=self.by,
            partners=self.partners,
            flow=self.flow,
            level=self.level,
            under=self.under,
        )
        if not self.ordering:
            return sorted(found, key=lambda total: total.key.order(known))
        # Those without a value stand last in either order.
        sign = -1 if self.ordering.startswith("-") else 1
        return sorted(found, key=lambda total: (total.value is None, sign * (total.value or 0), total.key.order(known)))
