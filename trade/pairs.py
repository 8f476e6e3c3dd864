"""Trade between two sides, year by year: as one reports it, as the other does, and as it is reconciled.

The three stand beside each other and are never added. What one side exports the other imports; the gap between the two
reports is theirs to explain: freight and insurance in imports (CIF), goods in transit, the year's end. Reconciled data
have no gap, since they are made of both.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from django.utils.translation import gettext as _

from trade.catalogue import Catalogue, PartInfo, Side, catalogue
from trade.choices import Flow, Perspective
from trade.rows import exact
from trade.totals import totals

# The reports of a year, in the order in which they stand beside each other.
REPORTS = ("own", "mirror", "reconciled")


@dataclass
class Amount:
    """A value in dollars, and what it rests on. ``reporters`` counts the states that report it."""

    value: Decimal
    row_count: int
    releases: set[str]
    reporters: int = 1
    is_given: bool = True

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(
            self.value + other.value,
            self.row_count + other.row_count,
            self.releases | other.releases,
            max(self.reporters, other.reporters),
            is_given=False,
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


# How many pairs and goods a process remembers of one content revision.
REMEMBERED = 512


@lru_cache(maxsize=REMEMBERED)
def trade_between(first: str, other: str, hs: str, revision: int, language: str) -> tuple[Year, ...]:
    """``years_between`` two sides by their references, worked out once for each content revision."""
    known = catalogue(revision)
    return tuple(years_between(known, known.sides[first], known.sides[other], hs=hs))


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
        if after.year == before.year + 1 and before.own.turnover and after.own.turnover is not None:
            after.growth = (after.own.turnover / before.own.turnover - 1) * 100
    return in_time


def slices_of(
    known: Catalogue, reporting: Side, perspective: str, years: Iterable[int] | None = None
) -> list[PartInfo]:
    """The current slices of a side, of each reporter and year those of one source: the one released last."""
    wanted, areas = None if years is None else set(years), set(reporting.areas)
    by_year: dict[tuple[int, int], list[PartInfo]] = defaultdict(list)
    for part in known.current():
        if part.reporter in areas and part.perspective == perspective and (wanted is None or part.year in wanted):
            by_year[part.reporter, part.year].append(part)
    chosen = []
    for parts in by_year.values():
        source = max(parts, key=lambda part: (part.released_on, part.pk)).source
        chosen += [part for part in parts if part.source == source]
    return chosen


def _amounts(
    known: Catalogue, reporting: Side, partner: Side, flow: str, perspective: str, hs: str
) -> dict[int, Amount]:
    slices = slices_of(known, reporting, perspective)
    found = totals(
        known, slices, by=("year", "reporter", "release"), partners=partner.areas, flow=flow, level=len(hs), under=hs
    )
    amounts: dict[int, Amount] = {}
    reporters: dict[int, set] = defaultdict(set)
    for total in found:
        if total.value is None:
            continue
        year = total.key.year
        reporters[year].add(total.key.reporter)
        amount = Amount(exact(total.value), total.row_count, {total.key.release}, is_given=total.is_given)
        amounts[year] = amounts[year] + amount if year in amounts else amount
    for year, amount in amounts.items():
        amount.reporters = len(reporters[year])
    return amounts


def perspective_name(report: str, first: Side, other: Side) -> str:
    """Who says so, in words."""
    return {
        "own": _("as %(side)s reports it") % {"side": first.name},
        "mirror": _("as %(side)s reports it") % {"side": other.name},
        "reconciled": _("reconciled from both reports"),
    }[report]
