"""Rows of trade statistics as series: annual totals as ``trade/totals.py`` adds them, one for each key."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from kzafrica.sdmx.artefacts import Region
from kzafrica.sdmx.questions import MOST_OBSERVATIONS, Answer, Observation, Question, Series, TooManyObservations
from trade.catalogue import Catalogue, PartInfo, catalogue
from trade.coverage import coverage
from trade.pairs import YEAR_OF_MONTHS, months_of
from trade.rows import TOTAL, decimal_text
from trade.totals import LEVELS, TooManyTotals, Total, counted_once, totals

ANNUAL = "A"
IN_DOLLARS, IN_KILOGRAMS = "VALUE", "NET_WEIGHT"
UNITS = {IN_DOLLARS: "USD", IN_KILOGRAMS: "kg"}
# What the sums are parted by, so that each stands in one observation.
PARTED_BY = ("year", "reporter", "partner", "hs")


def slices_asked(question: Question, known: Catalogue) -> Iterator[list[PartInfo]]:
    """The slices that readers see and the question means, for each perspective apart: one never replaces the other.

    Years of which a reporter's rows have not all months are left out: they would be taken for whole ones.
    """
    if not question.wants("FREQ", ANNUAL):
        return
    by_perspective: dict[str, list[PartInfo]] = defaultdict(list)
    by_year: dict[tuple, list[PartInfo]] = defaultdict(list)
    for part in known.current():
        is_meant = question.wants("SOURCE", part.source) and question.wants("PERSPECTIVE", part.perspective)
        is_meant = is_meant and question.wants("REPORTER", known.areas[part.reporter].code)
        if is_meant and question.wants_days(date(part.year, 1, 1), date(part.year, 12, 31)):
            by_year[part.source, part.perspective, part.reporter, part.year].append(part)
    for (_source, perspective, _reporter, _year), parts in by_year.items():
        if months_of(parts) == YEAR_OF_MONTHS:
            by_perspective[perspective] += parts
    yield from by_perspective.values()


def partners_asked(question: Question, known: Catalogue) -> list[int] | None:
    wanted = question.wanted.get("PARTNER")
    return None if wanted is None else [area.pk for area in known.areas.values() if area.code in wanted]


def goods_asked(question: Question) -> list[str] | None:
    wanted = question.wanted.get("COMMODITY")
    return None if wanted is None else sorted("" if code == TOTAL else code for code in wanted)


def trade_series(question: Question) -> Answer:
    """Totals of each year by source, perspective, reporter, partner, flow and good. Raises TooManyObservations."""
    known = catalogue()
    by_series: dict[tuple, list[Total]] = defaultdict(list)
    for total in _totals(question, known):
        by_series[_key(total, known)].append(total)
    series = []
    for key in sorted(by_series):
        years = sorted(by_series[key], key=lambda total: total.key.year)
        for measure in (IN_KILOGRAMS, IN_DOLLARS):
            if question.wants("MEASURE", measure):
                observations = list(_observations(years, measure, known))
                if observations:
                    series.append(Series((ANNUAL, *key, measure), {"UNIT_MEASURE": UNITS[measure]}, observations))
    return Answer(series)


def _totals(question: Question, known: Catalogue) -> Iterator[Total]:
    partners, goods = partners_asked(question, known), goods_asked(question)
    left = MOST_OBSERVATIONS
    for slices in slices_asked(question, known):
        # The database adds up each slice apart, so that a year of months comes twelve times.
        parts_of_a_year = max(Counter((part.source, part.reporter, part.year) for part in slices).values())
        for level in LEVELS:
            of_level = None if goods is None else [code for code in goods if len(code) == level]
            try:
                found = totals(
                    known, slices, by=PARTED_BY, partners=partners, flow=_only_flow(question), level=level,
                    goods=of_level, most=left * parts_of_a_year,
                )  # fmt: skip
            except TooManyTotals:
                raise TooManyObservations from None
            left -= len(found)
            if left < 0:
                raise TooManyObservations
            yield from (total for total in found if question.wants("FLOW", total.key.flow))


def _only_flow(question: Question) -> str:
    """The one flow that is wanted, for the database to look for; empty where there are several."""
    wanted = question.wanted.get("FLOW", frozenset())
    return next(iter(wanted)) if len(wanted) == 1 else ""


def _key(total: Total, known: Catalogue) -> tuple[str, ...]:
    key = total.key
    reporter, partner = known.areas[key.reporter].code, known.areas[key.partner].code
    return key.source, key.perspective, reporter, partner, key.flow, key.hs or TOTAL


def _observations(years: list[Total], measure: str, known: Catalogue) -> Iterator[Observation]:
    """A value that no row gives is a missing one; a weight that none gives is not told of."""
    for total in years:
        number = total.value if measure == IN_DOLLARS else total.weight
        if number is None and measure == IN_KILOGRAMS:
            continue
        editions = sorted({known.slices[part].edition for part in total.slices})
        told = {
            "OBS_STATUS": "O" if number is None else "A",
            "EDITION": " ".join(editions),
            "ROW_COUNT": str(total.row_count),
            "IS_GIVEN": "true" if total.is_given else "false",
        }
        yield Observation(f"{total.key.year:04}", decimal_text(number), told)


def trade_region(question: Question, names: list[str]) -> Region:
    """What there is of totals within the question, from the rows themselves; nothing is added up for it."""
    known = catalogue()
    if question.is_of_everything:
        return known.remember(("sdmx", "region"), lambda: _region(question, names, known))
    return _region(question, names, known)


def _region(question: Question, names: list[str], known: Catalogue) -> Region:
    chosen = [part for slices in slices_asked(question, known) for part in counted_once(slices)]
    found = coverage(
        [part.pk for part in chosen],
        partners=partners_asked(question, known),
        flows=question.wanted.get("FLOW"),
        goods=goods_asked(question),
    )
    parts = [part for part in chosen if part.pk in found.slices]
    measures = [IN_DOLLARS, IN_KILOGRAMS] if found.has_weights else [IN_DOLLARS]
    codes = {
        "FREQ": {ANNUAL} if parts else set(),
        "SOURCE": {part.source for part in parts},
        "PERSPECTIVE": {part.perspective for part in parts},
        "REPORTER": {known.areas[part.reporter].code for part in parts},
        "PARTNER": {known.areas[number].code for number in found.partners},
        "FLOW": found.flows,
        "COMMODITY": {code or TOTAL for code in found.goods},
        "MEASURE": {measure for measure in measures if parts and question.wants("MEASURE", measure)},
    }
    years = [part.year for part in parts]
    begins, ends = (f"{min(years):04}-01-01", f"{max(years):04}-12-31") if years else ("", "")
    return Region({name: sorted(codes[name]) for name in names}, begins, ends)


def goods_of_rows() -> set[str]:
    """The codes that rows of current slices have, in whatever edition."""
    known = catalogue()
    numbers = [part.pk for part in known.current()]
    return known.remember(("sdmx", "goods"), lambda: coverage(numbers).goods)
