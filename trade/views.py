from django.views.generic import TemplateView

from kzafrica.editorial.views import RecordDetail, RecordList, WithoutParameters
from kzafrica.reference.filters import CommodityFilterSet
from kzafrica.reference.models import CURRENT_HS_EDITION, Bloc, Commodity, Country
from kzafrica.statements.choices import Direction, Measure
from kzafrica.statements.models import Figure
from kzafrica.statements.tables import composition_of, lines_of, series_of
from kzafrica.statements.views import FigureList
from trade.filters import ProjectFilterSet, RouteFilterSet
from trade.models import Project, Release, Route

TRADE = (Measure.TURNOVER, Measure.EXPORTS, Measure.IMPORTS, Measure.BALANCE)
INVESTMENT = (Measure.INVESTMENT_STOCK, Measure.INVESTMENT_FLOW, Measure.INVESTMENT_PLANNED)
# How many of the newest figures a section of the overview shows before it leads to the whole list.
SHOWN = 12


class TradeOverview(WithoutParameters, TemplateView):
    """What there is about trade, investment, routes and projects, and where the rest is."""

    template_name = "trade/overview.html"

    def get_context_data(self, **context) -> dict:
        home, africa = Country.objects.home().first(), Bloc.objects.continents().first()
        with_africa = lines_of(Figure.objects.published().between(home, africa).for_rows())
        others = Figure.objects.published().order_by("-period_order", "slug").for_rows()
        return super().get_context_data(
            turnover=series_of(with_africa, Measure.TURNOVER),
            exports=composition_of(with_africa, Direction.EXPORT),
            imports=composition_of(with_africa, Direction.IMPORT),
            states=lines_of(others.measuring(*TRADE).about(*Country.objects.african())[:SHOWN]),
            investment=lines_of(others.measuring(*INVESTMENT)[:SHOWN]),
            commodities=Commodity.objects.filter(figures__in=Figure.objects.published()).distinct(),
            routes=Route.objects.published().prefetch_related("stages"),
            projects=Project.objects.published().prefetch_related("stages"),
            **context,
        )


class InvestmentList(FigureList):
    """Figures of investment made and planned, and growth and shares of it."""

    queryset = Figure.objects.published().measuring(*INVESTMENT).for_rows().by_measure()
    template_name = "trade/investment.html"


class RouteList(RecordList):
    queryset = Route.objects.published().for_list()
    filterset_class = RouteFilterSet


class RouteDetail(RecordDetail):
    queryset = Route.objects.published().for_list()

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(**linked_to(self.object), **context)


class ProjectList(RecordList):
    queryset = Project.objects.published().for_list()
    filterset_class = ProjectFilterSet


class ProjectDetail(RecordDetail):
    queryset = Project.objects.published().for_list()

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(**linked_to(self.object), **context)


def linked_to(record: Route | Project) -> dict:
    """What other sections say about a route or project: numbers, and the instruments and plans that name it."""
    return {
        "lines": lines_of(Figure.objects.published().about(record).for_rows()),
        "agreements": record.agreements.published().prefetch_related("stages"),
        "initiatives": record.initiatives.published().prefetch_related("stages"),
    }


class ReleaseDetail(RecordDetail):
    """One release of trade rows: its files, what it holds, and what replaced it."""

    queryset = Release.objects.published().for_list()
    template_name = "trade/release_detail.html"


class CommodityList(RecordList):
    queryset = Commodity.objects.all()
    filterset_class = CommodityFilterSet
    template_name = "trade/commodity_list.html"


class CommodityDetail(RecordDetail):
    """One good of the current edition: where it stands in the system, and the figures about it and what is below it."""

    queryset = Commodity.objects.filter(edition=CURRENT_HS_EDITION).select_related("parent__parent")
    slug_field = "code"
    template_name = "trade/commodity_detail.html"

    def get_context_data(self, **context) -> dict:
        commodity = self.object
        figures = Figure.objects.published().filter(commodity__code__startswith=commodity.code)
        return super().get_context_data(
            lines=lines_of(figures.for_rows()),
            initiatives=commodity.initiatives.published().prefetch_related("stages"),
            **context,
        )
