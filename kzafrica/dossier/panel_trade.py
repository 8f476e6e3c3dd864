"""Trade of each pair and year for the panel: the figure that is chosen, else what rows of trade statistics give."""

from dataclasses import dataclass
from decimal import Decimal

from kzafrica.editorial.references import reference_to
from kzafrica.reference.models import Country
from kzafrica.statements.amounts import plain
from kzafrica.statements.choices import Measure, Qualifier, Reliability, Unit
from kzafrica.statements.computations import estimate_of
from kzafrica.statements.models import Figure
from trade.catalogue import catalogue
from trade.choices import Flow, Perspective
from trade.pairs import YEAR_OF_MONTHS, months_of, slices_of
from trade.rows import exact
from trade.totals import totals

ORIGINS = {
    "stated": "a source states it",
    "derived": "we derive it from figures that sources state",
    "rows": "the sum of rows of trade statistics, as Kazakhstan reports them",
}
QUALIFIERS = {value: str(value).replace("_", " ") for value in Qualifier.values}
MEASURES = (Measure.TURNOVER, Measure.EXPORTS, Measure.IMPORTS)
Key = tuple[str, int, str]


@dataclass(frozen=True)
class Trade:
    """A value in dollars with where it comes from; without a value it is empty."""

    value: Decimal | None = None
    origin: str = ""
    reliability: str = ""
    qualifier: str = ""
    source: str = ""

    def cells(self) -> dict[str, str | None]:
        return {
            "usd": None if self.value is None else f"{plain(self.value):f}",
            "origin": self.origin or None,
            "status": self.reliability or None,
            "qualifier": self.qualifier or None,
            "source": self.source or None,
        }


def trade_of_pairs(home: Country) -> dict[Key, Trade]:
    """By alpha-3, year and measure."""
    return _of_rows(home) | _of_figures(home)


def _of_figures(home: Country) -> dict[Key, Trade]:
    """What figures say of a whole year in one value: the one we show, else stated before derived."""
    figures = Figure.objects.published().filter(measure__in=MEASURES, commodity=None, universe="", unit=Unit.USD)
    figures = figures.exclude(reliability=Reliability.PLANNED).about(home).for_rows()
    found: dict[Key, Trade] = {}
    for figure in sorted(figures, key=lambda each: (not each.is_headline, each.is_derived, each.slug)):
        other, year = _other_side(figure, reference_to(home)), _whole_year(figure)
        estimate = estimate_of(figure)
        if other and year and estimate is not None and estimate.value is not None:
            found.setdefault((other, year, figure.measure), _said(figure, estimate.value))
    return found


def _said(figure: Figure, value: Decimal) -> Trade:
    if figure.is_derived:
        return Trade(value, "derived", source=figure.slug)
    return Trade(value, "stated", figure.reliability, figure.qualifier, figure.slug)


def _other_side(figure: Figure, home: str) -> str:
    """The alpha-3 of the other side; empty where it is no state, or where the flow is seen from it."""
    other = figure.counterpart if figure.subject == home else figure.subject
    if figure.subject != home and figure.measure != Measure.TURNOVER:
        return ""
    kind, _slash, key = other.partition("/")
    return key if kind == "country" else ""


def _whole_year(figure: Figure) -> int:
    """The one calendar year that the figure is of; 0 where it is of another time."""
    period = figure.period
    if period is None or period.earliest is None or period.latest is None:
        return 0
    year = period.earliest.year
    is_whole = (period.earliest.month, period.earliest.day) == (1, 1)
    return year if is_whole and period.latest == period.latest.replace(year=year, month=12, day=31) else 0


def _of_rows(home: Country) -> dict[Key, Trade]:
    """What Kazakhstan reports of whole years, where its files give the totals."""
    known = catalogue()
    side = known.sides.get(reference_to(home))
    if side is None:
        return {}
    slices = slices_of(known, side, Perspective.AS_REPORTED)
    months = {year: months_of(part for part in slices if part.year == year) for year in {part.year for part in slices}}
    african = [area.pk for area in known.areas.values() if area.is_african_state]
    values: dict[tuple[str, int], dict[str, tuple[Decimal, set[str]]]] = {}
    for flow, measure in ((Flow.EXPORT, Measure.EXPORTS), (Flow.IMPORT, Measure.IMPORTS)):
        for total in totals(known, slices, by=("year", "partner", "release"), partners=african, flow=flow):
            iso3, year = known.areas[total.key.partner].iso3, total.key.year
            # A sum that no row gives may be of an excerpt, and months are not a year.
            if total.value is None or not total.is_of_given or months[year] != YEAR_OF_MONTHS:
                continue
            of_pair = values.setdefault((iso3, year), {})
            value, releases = of_pair.get(measure, (Decimal(0), set()))
            of_pair[measure] = (value + exact(total.value), releases | {total.key.release})
    return dict(_of_values(values))


def _of_values(values: dict):
    for (iso3, year), of_pair in values.items():
        for measure, (value, releases) in of_pair.items():
            yield (iso3, year, measure), Trade(value, "rows", source="; ".join(sorted(releases)))
        if len(of_pair) == len(MEASURES) - 1:
            value = sum(each for each, _releases in of_pair.values())
            releases = {release for _value, slugs in of_pair.values() for release in slugs}
            yield (iso3, year, Measure.TURNOVER), Trade(value, "rows", source="; ".join(sorted(releases)))
