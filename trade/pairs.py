"""Trade between two sides, year by year: as one reports it, as the other does, and as it is reconciled.

The three stand beside each other and are never added. What one side exports the other imports; the gap between the two
reports is theirs to explain: freight and insurance in imports (CIF), goods in transit, the year's end. Reconciled data
have no gap, since they are made of both.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from kzafrica.reference.choices import AreaKind
from trade.catalogue import Catalogue, PartInfo, Side
from trade.choices import Flow, Perspective
from trade.rows import exact
from trade.totals import totals

YEAR_OF_MONTHS = 12
# From how much of the world, in per cent, partners count as all of them: confidential trade has none.
NEARLY_ALL = 95
# The reports of a year, in the order in which they stand beside each other.
REPORTS = ("own", "mirror", "reconciled")


@dataclass
class Amount:
    """A value in dollars, and what it rests on. ``reporters`` counts the states that report it."""

    value: Decimal
    row_count: int
    releases: set[str]
    reporters: int = 1
    # Of how many months it is, at most twelve; of several reporters that of the one with the fewest.
    months: int = YEAR_OF_MONTHS
    # Whether the rows may be only some of those that the reporter has: some goods, some partners.
    is_excerpt: bool = False

    @property
    def is_of_whole_year(self) -> bool:
        return self.months == YEAR_OF_MONTHS

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(
            self.value + other.value,
            self.row_count + other.row_count,
            self.releases | other.releases,
            max(self.reporters, other.reporters),
            min(self.months, other.months),
            self.is_excerpt or other.is_excerpt,
        )


@dataclass
class Report:
    """What one perspective says of a year: goods that leave the first side for the other, and that arrive from it."""

    exports: Amount | None = None
    imports: Amount | None = None
    reporter: str = ""

    @property
    def turnover(self) -> Decimal | None:
        return self.exports.value + self.imports.value if self.exports and self.imports else None

    @property
    def balance(self) -> Decimal | None:
        return self.exports.value - self.imports.value if self.exports and self.imports else None

    @property
    def both(self) -> tuple[Amount | None, Amount | None]:
        return self.exports, self.imports

    @property
    def amounts(self) -> list[Amount]:
        return [amount for amount in (self.exports, self.imports) if amount is not None]

    @property
    def months(self) -> int:
        """Of how many months it is, at most twelve."""
        return min((amount.months for amount in self.amounts), default=YEAR_OF_MONTHS)

    @property
    def releases(self) -> set[str]:
        return {release for amount in self.amounts for release in amount.releases}


@dataclass
class Year:
    """A year of trade between two sides in its three reports; one that nobody gives is empty."""

    year: int
    sides: tuple[Side, Side]
    own: Report = field(default_factory=Report)
    mirror: Report = field(default_factory=Report)
    reconciled: Report = field(default_factory=Report)
    growth: Decimal | None = None

    @property
    def reports(self) -> list[Report]:
        """Those that have an amount, each with its reporter; the reconciled one has none."""
        named = {name: getattr(self, name) for name in REPORTS}
        for name, report in named.items():
            report.reporter = {"own": self.sides[0].name, "mirror": self.sides[1].name}.get(name, "")
        return [report for report in named.values() if report.amounts]

    @property
    def has_gap(self) -> bool:
        """Whether two single states report the same trade, so that their reports can be held against each other."""
        return self.sides[1].is_one_state and (self.export_gap is not None or self.import_gap is not None)

    @property
    def lines(self) -> int:
        return len(self.reports) + self.has_gap

    @property
    def export_gap(self) -> Decimal | None:
        """Imports that the other side reports less the exports of the first."""
        return _gap(self.mirror.exports, self.own.exports)

    @property
    def import_gap(self) -> Decimal | None:
        """Imports that the first side reports less the exports of the other."""
        return _gap(self.own.imports, self.mirror.imports)

    @property
    def best(self) -> Report:
        """The report to draw: the side's own, else the reconciled, else the other's."""
        return next((report for report in (self.own, self.reconciled, self.mirror) if report.amounts), self.own)


def _gap(arriving: Amount | None, leaving: Amount | None) -> Decimal | None:
    return arriving.value - leaving.value if arriving and leaving else None


def trade_between(known: Catalogue, first: str, other: str, hs: str = "") -> list[Year]:
    """``years_between`` two sides by their references, worked out once for each content revision."""
    return known.remember(
        ("trade", first, other, hs), lambda: years_between(known, known.sides[first], known.sides[other], hs=hs)
    )


def years_between(known: Catalogue, first: Side, other: Side, *, hs: str = "") -> list[Year]:
    """Every year of which any report has a row, in time; of one good by its code, or of all."""
    years: dict[int, Year] = {}

    def put(report: str, name: str, reporting: Side, partner: Side, flow: str, perspective: str) -> None:
        for year, amount in _amounts(known, reporting, partner, flow, perspective, hs).items():
            setattr(getattr(years.setdefault(year, Year(year, (first, other))), report), name, amount)

    put("own", "exports", first, other, Flow.EXPORT, Perspective.AS_REPORTED)
    put("own", "imports", first, other, Flow.IMPORT, Perspective.AS_REPORTED)
    put("mirror", "exports", other, first, Flow.IMPORT, Perspective.AS_REPORTED)
    put("mirror", "imports", other, first, Flow.EXPORT, Perspective.AS_REPORTED)
    put("reconciled", "exports", first, other, Flow.EXPORT, Perspective.RECONCILED)
    put("reconciled", "imports", other, first, Flow.EXPORT, Perspective.RECONCILED)
    in_time = [years[year] for year in sorted(years)]
    for before, after in pairwise(in_time):
        is_next = after.year == before.year + 1 and before.own.months == after.own.months == YEAR_OF_MONTHS
        if is_next and before.own.turnover and after.own.turnover is not None:
            after.growth = (after.own.turnover / before.own.turnover - 1) * 100
    return in_time


def slices_of(
    known: Catalogue, reporting: Side, perspective: str, years: Iterable[int] | None = None
) -> list[PartInfo]:
    """The current slices of a side, of each reporter and year those of one source.

    That is the one that has most of the year, and of two with as much of it the one released last.
    """
    wanted, areas = None if years is None else set(years), set(reporting.areas)
    by_year: dict[tuple[int, int], list[PartInfo]] = defaultdict(list)
    for part in known.current():
        if part.reporter in areas and part.perspective == perspective and (wanted is None or part.year in wanted):
            by_year[part.reporter, part.year].append(part)
    chosen = []
    for parts in by_year.values():
        of_source = defaultdict(list)
        for part in parts:
            of_source[part.source].append(part)
        chosen += max(of_source.values(), key=lambda same: (months_of(same), *_latest(same)))
    return chosen


def months_of(parts: Iterable[PartInfo]) -> int:
    """Of how many months of a year slices of one reporter are."""
    months = {part.month for part in parts}
    return YEAR_OF_MONTHS if 0 in months else len(months)


def _latest(parts: Iterable[PartInfo]) -> tuple:
    return max((part.released_on, part.pk) for part in parts)


def _amounts(
    known: Catalogue, reporting: Side, partner: Side, flow: str, perspective: str, hs: str
) -> dict[int, Amount]:
    slices = slices_of(known, reporting, perspective)
    found = totals(
        known, slices, by=("year", "reporter", "release"), partners=partner.areas, flow=flow, level=len(hs), under=hs
    )
    amounts: dict[int, Amount] = {}
    reporters: dict[int, set] = defaultdict(set)
    of_year: dict[tuple[int, int], list[PartInfo]] = defaultdict(list)
    for part in slices:
        of_year[part.reporter, part.year].append(part)
    is_group = len(partner.areas) > 1 and not partner.is_one_state
    excerpts = _without_all_partners(known, slices, flow) if is_group else set()
    for total in found:
        if total.value is None:
            continue
        year = total.key.year
        reporters[year].add(total.key.reporter)
        amount = Amount(exact(total.value), total.row_count, {total.key.release})
        amount.months = months_of(of_year[total.key.reporter, year])
        # Reconciled files hold subheadings alone, so nothing tells an excerpt of them.
        amount.is_excerpt = perspective == Perspective.AS_REPORTED and (
            (not hs and not total.is_of_given) or (year, total.key.reporter) in excerpts
        )
        amounts[year] = amounts[year] + amount if year in amounts else amount
    for year, amount in amounts.items():
        amount.reporters = len(reporters[year])
    return amounts


def _without_all_partners(known: Catalogue, slices: list[PartInfo], flow: str) -> set[tuple[int, int]]:
    """The years and reporters whose partners do not add up to the world that they give, or that give none."""
    by_partner = totals(known, slices, by=("year", "reporter", "partner"), flow=flow)
    worlds: dict[tuple[int, int], int] = {}
    parts: dict[tuple[int, int], int] = defaultdict(int)
    for total in by_partner:
        area, key = known.areas[total.key.partner], (total.key.year, total.key.reporter)
        if area.kind == AreaKind.WORLD and total.is_of_given and total.value:
            worlds[key] = total.value
        elif area.is_part:
            parts[key] += total.value or 0
    return {key for key in parts if key not in worlds or parts[key] < worlds[key] * NEARLY_ALL // 100}


def perspective_name(report: str, first: Side, other: Side) -> str:
    """Who says so, in words."""
    return {
        "own": _("as %(side)s reports it") % {"side": first.name},
        "mirror": _("as %(side)s reports it") % {"side": other.name},
        "reconciled": _("reconciled from both reports"),
    }[report]
