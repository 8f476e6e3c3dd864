"""The latest turnover with each state: as a source states it, as it follows from stated figures, or from rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kzafrica.editorial.references import reference_to
from kzafrica.numbers import amount_text
from kzafrica.reference.models import Bloc, Country
from kzafrica.statements.choices import Measure
from kzafrica.statements.computations import estimate_of
from kzafrica.statements.models import Figure
from kzafrica.statements.tables import lines_of
from kzafrica.statements.wording import figure_text
from trade.scopes import AFRICA, Scope

USD = "USD"


@dataclass(frozen=True)
class Turnover:
    """Exports and imports of a period together; ``usd`` is None where it is known in another currency alone."""

    usd: Decimal | None
    text: str
    period: str
    period_code: str
    says: str
    year: int


def turnovers_of(home: Country, countries: Iterable[Country]) -> dict[int, Turnover]:
    """By primary key; states without any are left out. In dollars before another currency, then the latest year.

    Of one year a stated figure comes before one that is computed from rows.
    """
    found: dict[int, Turnover] = {}
    for key, turnover in [*_stated(home, countries), *_of_rows(home, countries)]:
        best = found.get(key)
        if best is None or _rank(turnover) > _rank(best):
            found[key] = turnover
    return found


def _rank(turnover: Turnover) -> tuple[bool, int]:
    return turnover.usd is not None, turnover.year


def _stated(home: Country, countries: Iterable[Country]) -> list[tuple[int, Turnover]]:
    by_name, own = {reference_to(country): country.pk for country in countries}, reference_to(home)
    figures = Figure.objects.published().filter(measure=Measure.TURNOVER, commodity=None).about(home)
    found = []
    for line in lines_of(figures.order_by("-period_order", "slug").for_rows()):
        figure = line.figure
        key = by_name.get(figure.counterpart if figure.subject == own else figure.subject)
        if key is None or figure.period is None:
            continue
        estimate = estimate_of(figure)
        value = estimate.value if estimate is not None else None
        if value is None:
            continue
        day = figure.period.latest or figure.period.earliest
        says = _("computed from stated figures") if figure.is_derived else _sources_of(figure)
        usd = value if figure.unit == USD else None
        code = figure.period.edtf
        found.append((key, Turnover(usd, figure_text(figure), figure.period.text(), code, says, day.year)))
    return found


def _sources_of(figure: Figure) -> str:
    names = [str(citation.source) for citation in figure.all_citations() if not citation.differs]
    return "; ".join(dict.fromkeys(names))


def _of_rows(home: Country, countries: Iterable[Country]) -> list[tuple[int, Turnover]]:
    africa = Bloc.objects.continents().first()
    if africa is None:
        return []
    by_code = {country.alpha3: country.pk for country in countries}
    found = []
    for row in Scope(AFRICA, home, africa).states():
        if row.area.iso3 in by_code and row.exports is not None and row.imports is not None:
            value = row.exports + row.imports
            turnover = Turnover(value, amount_text(value, USD), str(row.year), str(row.year), row.says, row.year)
            found.append((by_code[row.area.iso3], turnover))
    return found
