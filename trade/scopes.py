"""What a dashboard of trade is of: the continent, one state, or one good; its years, its charts, its states."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from kzafrica.editorial.references import reference_to
from kzafrica.editorial.workflow import content_revision
from kzafrica.reference.models import Bloc, Commodity, Country
from kzafrica.statements.choices import Measure
from kzafrica.statements.comparisons import with_comparisons
from kzafrica.statements.models import Figure
from kzafrica.statements.tables import Trade, lines_of, trade_of
from trade.catalogue import AreaInfo, Catalogue, Side, catalogue
from trade.choices import Flow, Perspective
from trade.dashboards import Board, goods_of, partners_of, stated_composition, stated_turnover, trade_by_year
from trade.models import Release
from trade.pairs import Year, perspective_name, slices_of, trade_between
from trade.totals import totals

TRADE = (Measure.TURNOVER, Measure.EXPORTS, Measure.IMPORTS, Measure.BALANCE)
AFRICA = "africa"


@dataclass(frozen=True)
class StateRow:
    """The latest year that a report gives of trade with one state."""

    area: AreaInfo
    year: int
    says: str
    exports: Decimal | None
    imports: Decimal | None
    row_count: int

    @property
    def address(self) -> str:
        return reverse("trade:pair", args=[self.area.iso3.lower()]) if self.area.iso3 else ""


@dataclass
class Told:
    """What a report says of trade with one state in one direction."""

    value_usd: Decimal
    row_count: int


@dataclass(frozen=True)
class Scope:
    """Kazakhstan on one side, Africa or a state of it on the other, and all goods or one."""

    key: str
    home: Country
    other: Country | Bloc
    good: Commodity | None = None

    @property
    def title(self) -> str:
        """Kazakhstan – Kenya; of a good with its code."""
        sides = f"{self.home} – {self.other}"
        return f"{sides}, HS {self.good.code}" if self.good else sides

    @cached_property
    def revision(self) -> int:
        return content_revision()

    @cached_property
    def known(self) -> Catalogue:
        return catalogue(self.revision)

    @property
    def hs(self) -> str:
        return self.good.code if self.good else ""

    @cached_property
    def sides(self) -> tuple[Side, Side] | None:
        """Both sides by their areas; None before areas are loaded."""
        names = [reference_to(self.home), reference_to(self.other)]
        return tuple(self.known.sides[name] for name in names) if set(names) <= self.known.sides.keys() else None

    @cached_property
    def years(self) -> list[Year]:
        if self.sides is None:
            return []
        first, other = reference_to(self.home), reference_to(self.other)
        return trade_between(self.known, first, other, self.hs)

    def stated(self) -> Trade:
        """Figures of trade between the two sides, arranged."""
        figures = Figure.objects.published().order_by("-period_order", "slug").for_rows()
        return trade_of(lines_of(with_comparisons(figures.measuring(*TRADE).between(self.home, self.other))))

    def boards(self, stated: Trade | None = None) -> list[Board]:
        """The charts: as stated, where figures are given, then from rows."""
        of_rows = [board for board in self._of_rows() if board is not None]
        return [*(self.stated_boards(stated) if stated else ()), *of_rows]

    def stated_boards(self, stated: Trade) -> list[Board]:
        """The charts of what sources state; asks the database nothing."""
        made = (
            stated_turnover(stated.turnover),
            stated_composition("stated-exports", _("Exports by good, as stated"), stated.exports),
            stated_composition("stated-imports", _("Imports by good, as stated"), stated.imports),
        )
        return [board for board in made if board is not None]

    def _of_rows(self) -> Iterator[Board | None]:
        if not self.years:
            return
        first, other = self.sides
        yield trade_by_year(self.years, first, other)
        latest = self.years[-1].year
        for direction in ("exports", "imports"):
            if not self.hs:
                yield goods_of(self.known, first, other, latest, direction)
            if not other.is_one_state:
                yield partners_of(self.known, first, other, latest, direction, hs=self.hs)

    def states(self) -> list[StateRow]:
        """Of each state of the other side and each report of it the latest year, by name."""
        return sorted(self._states(), key=lambda row: (row.area.name_order, row.says)) if self.sides else []

    def _states(self) -> Iterator[StateRow]:
        first = self.sides[0]
        for report, (exports, imports) in self._by_state().items():
            latest: dict[int, int] = {}
            for area, year in [*exports, *imports]:
                latest[area] = max(year, latest.get(area, 0))
            for area, year in latest.items():
                found = [exports.get((area, year)), imports.get((area, year))]
                info = self.known.areas[area]
                own = Side(info.name, (area,), is_one_state=True)
                yield StateRow(
                    info,
                    year,
                    perspective_name(report, first, own),
                    *(total.value_usd if total else None for total in found),
                    sum(total.row_count for total in found if total),
                )

    def _by_state(self) -> dict[str, tuple[dict, dict]]:
        """Totals by area and year in both directions, for each report."""
        first, other = self.sides
        reported, reconciled = Perspective.AS_REPORTED, Perspective.RECONCILED
        leaving, arriving = Flow.EXPORT, Flow.IMPORT
        ours, theirs = partial(self._by_area, first, other), partial(self._by_area, other, first)
        return {
            "own": (ours(leaving, reported), ours(arriving, reported)),
            "mirror": (theirs(arriving, reported), theirs(leaving, reported)),
            "reconciled": (ours(leaving, reconciled), theirs(leaving, reconciled)),
        }

    def _by_area(self, reporting: Side, partner: Side, flow: str, perspective: str) -> dict[tuple[int, int], Told]:
        """Totals by year and by area of the side that is not Kazakhstan."""
        name = "partner" if reporting is self.sides[0] else "reporter"
        slices = slices_of(self.known, reporting, perspective)
        goods = {"level": len(self.hs), "under": self.hs}
        found = totals(self.known, slices, by=("year", name), partners=partner.areas, flow=flow, **goods)
        by_area: dict[tuple[int, int], Told] = {}
        for total in found:
            if total.value is not None:
                # A state may have several areas: it stands under the first of them.
                area = self.first_areas[getattr(total.key, name)]
                told = by_area.setdefault((area, total.key.year), Told(Decimal(0), 0))
                told.value_usd += total.value_usd
                told.row_count += total.row_count
        return by_area

    @cached_property
    def first_areas(self) -> dict[int, int]:
        """For each area the first of those of its state."""
        first: dict[str, int] = {}
        return {area.pk: first.setdefault(area.iso3 or area.code, area.pk) for area in self.known.areas.values()}

    def releases(self) -> list[Release]:
        """The releases that the years rest on."""
        slugs = {
            slug
            for year in self.years
            for report in (year.own, year.mirror, year.reconciled)
            for slug in report.releases
        }
        return list(Release.objects.published().filter(slug__in=slugs).select_related("source")) if slugs else []

    @property
    def address(self) -> str:
        """Of the page that shows it."""
        if self.good:
            return self.good.get_absolute_url()
        if self.key == AFRICA:
            return reverse("trade:overview")
        return reverse("trade:pair", args=[self.key])

    def chart_address(self, board: Board) -> str:
        """Of the chart as a file, without its ending."""
        return reverse("trade:chart", args=[self.key, board.key, "svg"]).removesuffix(".svg")


def scope_of(key: str) -> Scope:
    """The scope that an address names: africa, an alpha-3 code in lower case, or an HS code. Raises Http404."""
    home, africa = Country.objects.home().first(), Bloc.objects.continents().first()
    if home is None or africa is None:
        raise Http404
    if key == AFRICA:
        return Scope(key, home, africa)
    if key.isdigit():
        good = Commodity.objects.newest_editions().filter(code=key).first()
        if good is None:
            raise Http404
        return Scope(key, home, africa, good)
    country = Country.objects.african().filter(alpha3=key.upper()).first()
    if country is None or not key.islower():
        raise Http404
    return Scope(key, home, country)
