"""What rows of trade statistics give for a stated figure: values, balances, growth and shares of goods.

Up to three computations stand beside a figure: of rows that its subject reports, of rows that its counterpart reports
(the mirror), and of reconciled rows. They read the scope of the figure alone. A value from rows is exact: its interval
is the value itself.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kzafrica.statements.amounts import Interval, plain
from kzafrica.statements.choices import Measure, Reliability, Unit
from kzafrica.statements.computations import Computation, Estimate, Uncheckable, rounded
from kzafrica.statements.models import Figure
from trade.catalogue import Catalogue, Side, catalogue
from trade.choices import Perspective
from trade.models import Release
from trade.pairs import REPORTS, Amount, Report, Year, slices_of, trade_between

VALUES = (Measure.TURNOVER, Measure.EXPORTS, Measure.IMPORTS, Measure.BALANCE)
RELATIVE = (Measure.GROWTH, Measure.SHARE)
# What rows can be of; without a counterpart trade is with the world.
KINDS_OF_SIDES = {"country", "bloc", ""}
HUNDRED = Decimal(100)
Years = dict[int, Year]
Value = tuple[Decimal | None, set[str]]


@dataclass(frozen=True)
class Asked:
    """What a figure is about, as far as rows can tell it."""

    first: str
    other: str
    hs: str
    years: tuple[int, ...]
    measure: str
    of: str


def trade_from_rows(figures: list[Figure]) -> dict[int, list[Computation | Uncheckable]]:
    """For figures of trade in dollars and per cent: what each report of their years gives, or why none does."""
    own = [figure for figure in figures if is_of_trade(figure)]
    if not own:
        return {}
    known = catalogue()
    found = {figure.pk: list(_found(figure, known)) for figure in own}
    _name_releases([each for results in found.values() for each in results if isinstance(each, Computation)])
    return found


def is_of_trade(figure: Figure) -> bool:
    """Whether rows could tell it: trade done in a known period, and of shares those of a good."""
    if figure.reliability == Reliability.PLANNED or not figure.period:
        return False
    if figure.measure in VALUES:
        return True
    return figure.base_measure in VALUES and (figure.measure == Measure.GROWTH or is_share_of_a_good(figure))


def is_share_of_a_good(figure: Figure) -> bool:
    return figure.measure == Measure.SHARE and figure.commodity_id is not None


def _found(figure: Figure, known: Catalogue) -> Iterator[Computation | Uncheckable]:
    asked = _asked(figure, known)
    if isinstance(asked, Uncheckable):
        yield asked
        return
    years = {year.year: year for year in trade_between(known, asked.first, asked.other, asked.hs)}
    whole = years
    if asked.measure == Measure.SHARE:
        whole = {year.year: year for year in trade_between(known, asked.first, asked.other)}
    first, other = known.sides[asked.first], known.sides[asked.other]
    given = 0
    for report in REPORTS:
        value, releases = _value(asked, report, (first, other), years, whole)
        if value is None:
            continue
        given += 1
        exact = rounded(value, Unit.PERCENT) if asked.measure in RELATIVE else plain(value)
        yield Computation(
            Estimate(exact, Interval(exact, exact), figure.unit if asked.measure in RELATIVE else Unit.USD),
            sorted(releases),
            rule=_rule(asked),
            label=_label(report, first, other),
        )
    if not given:
        yield Uncheckable(_why_nothing(asked, known, first, other))


def _asked(figure: Figure, known: Catalogue) -> Asked | Uncheckable:
    kinds = {reference.partition("/")[0] for reference in (figure.subject, figure.counterpart)}
    if not kinds <= KINDS_OF_SIDES:
        return Uncheckable(_("Rows of trade statistics are of states, not of what this number is about."))
    years = _whole_years(figure)
    if not years:
        return Uncheckable(_("Rows of trade statistics are by whole years, and this number is not."))
    if not {figure.subject, figure.counterpart} <= known.sides.keys():
        return Uncheckable(_no_rows(years))
    code = figure.commodity.code if figure.commodity_id else ""
    return Asked(figure.subject, figure.counterpart, code, years, figure.measure, figure.base_measure)


def _no_rows(years: Iterable[int]) -> str:
    return _("No rows of trade statistics are loaded for %s.") % _span(years)


def _span(years: Iterable[int]) -> str:
    years = sorted(years)
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def _whole_years(figure: Figure) -> tuple[int, ...]:
    """The years that the period is made of; none where it is open, unknown, or begins or ends within a year."""
    period = figure.period
    if period is None or period.earliest is None or period.latest is None:
        return ()
    begins, ends = period.earliest, period.latest
    if (begins.month, begins.day, ends.month, ends.day) != (1, 1, 12, 31):
        return ()
    return tuple(range(begins.year, ends.year + 1))


def _value(asked: Asked, report: str, sides: tuple[Side, Side], years: Years, whole: Years) -> Value:
    """What one report gives, in dollars or per cent, and the releases it comes from; None where a year is missing."""
    releases: set[str] = set()

    def total(of: str, among: Years, in_years: tuple[int, ...]) -> Decimal | None:
        reports = [_report(among.get(year), report, *sides) for year in in_years]
        values = [MEASURED[of](each) for each in reports]
        if not values or any(value is None for value in values):
            return None
        releases.update(*(each.releases for each in reports))
        return sum(values, Decimal(0))

    if asked.measure == Measure.GROWTH:
        if len(asked.years) != 1:
            return None, releases
        after, before = total(asked.of, years, asked.years), total(asked.of, years, (asked.years[0] - 1,))
        return ((after / before - 1) * HUNDRED if before and after is not None else None), releases
    if asked.measure == Measure.SHARE:
        part, all_goods = total(asked.of, years, asked.years), total(asked.of, whole, asked.years)
        return (part / all_goods * HUNDRED if all_goods and part is not None else None), releases
    return total(asked.measure, years, asked.years), releases


def _report(year: Year | None, name: str, first: Side, other: Side) -> Report:
    """A report of a year as far as it can be held against a number.

    That is of single states, since of many some may not have reported; of twelve months; and no excerpt.
    """
    if year is None:
        return Report()
    report: Report = getattr(year, name)
    exporting, importing = {"own": (first, first), "mirror": (other, other)}.get(name, (first, other))
    return Report(
        report.exports if exporting.is_one_state and is_whole(report.exports) else None,
        report.imports if importing.is_one_state and is_whole(report.imports) else None,
    )


def is_whole(amount: Amount | None) -> bool:
    return amount is not None and amount.is_of_whole_year and not amount.is_excerpt


MEASURED: dict[str, Callable[[Report], Decimal | None]] = {
    Measure.EXPORTS: lambda report: report.exports.value if report.exports else None,
    Measure.IMPORTS: lambda report: report.imports.value if report.imports else None,
    Measure.TURNOVER: lambda report: report.turnover,
    Measure.BALANCE: lambda report: report.balance,
}


def _label(report: str, first: Side, other: Side) -> str:
    if report == "reconciled":
        return _("Reconciled rows")
    return _("Rows that %(side)s reports") % {"side": (first if report == "own" else other).name}


def _rule(asked: Asked) -> str:
    rules = {
        Measure.TURNOVER: _(
            "Exports and imports of the rows, added; exports FOB, imports CIF where they are so reported."
        ),
        Measure.BALANCE: _("Exports (mostly FOB) less imports (mostly CIF) of the rows; re-exports within exports."),
        Measure.GROWTH: _("The rows of the year over those of the year before."),
        Measure.SHARE: _("The rows of the good over those of all goods."),
    }
    return rules.get(asked.measure, _("The rows of all goods, or of the good, added; every good once."))


def _why_nothing(asked: Asked, known: Catalogue, first: Side, other: Side) -> str:
    """What is missing: the reporters of the years, or rows between the two."""
    years = {*asked.years, *({asked.years[0] - 1} if asked.measure == Measure.GROWTH else ())}
    perspectives = (Perspective.AS_REPORTED, Perspective.RECONCILED)
    if not any(slices_of(known, side, each, years) for side in (first, other) for each in perspectives):
        return _no_rows(years)
    if asked.measure in VALUES and any(
        getattr(year, name).amounts
        for year in trade_between(known, asked.first, asked.other, asked.hs)
        if year.year in years
        for name in REPORTS
    ):
        return _("The rows loaded for %s are an excerpt, not of the whole year, or of one direction.") % _span(years)
    sentence = _("The rows loaded for %(years)s do not tell this of the trade of %(first)s with %(other)s.")
    return sentence % {"first": first.name, "other": other.name, "years": _span(years)}


def _name_releases(computations: list[Computation]) -> None:
    """Put the releases in place of their slugs, all in one query."""
    slugs = {slug for each in computations for slug in each.derived_from}
    releases = {release.slug: release for release in Release.objects.filter(slug__in=slugs)} if slugs else {}
    for each in computations:
        each.derived_from[:] = [releases[slug] for slug in each.derived_from if slug in releases]
