from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from kzafrica.editorial.views import FEED, RecordDetail, RecordList, WithoutParameters
from kzafrica.reference.filters import CommodityFilterSet
from kzafrica.reference.models import Bloc, Commodity, Country
from kzafrica.statements.choices import Measure
from kzafrica.statements.comparisons import with_comparisons
from kzafrica.statements.models import Claim, Figure
from kzafrica.statements.tables import lines_of, trade_of
from kzafrica.statements.views import FigureList
from trade.amounts import INVESTMENT, with_amounts
from trade.dashboard_views import shown
from trade.filters import ProjectFilterSet, RouteFilterSet
from trade.metadata import describe_project, describe_route
from trade.models import Project, Route
from trade.route_map_views import files_of_map
from trade.route_maps import map_of_route, map_of_routes
from trade.scopes import AFRICA, TRADE, Scope

# How many of the newest figures a section of the overview shows before it leads to the whole list.
SHOWN = 12


class TradeOverview(WithoutParameters, TemplateView):
    """The dashboard of trade with the continent, and what there is about investment, routes and projects."""

    template_name = "trade/overview.html"

    def get_context_data(self, **context) -> dict:
        home, africa = Country.objects.home().first(), Bloc.objects.continents().first()
        figures = Figure.objects.published().order_by("-period_order", "slug").for_rows()
        with_africa = list(figures.measuring(*TRADE).between(home, africa))
        with_states = list(figures.measuring(*TRADE).about(*Country.objects.african())[:SHOWN])
        investment = list(figures.measuring(*INVESTMENT)[:SHOWN])
        with_comparisons([*with_africa, *with_states, *investment])
        projects = list(Project.objects.published().prefetch_related("stages"))
        trade = trade_of(lines_of(with_africa))
        if home and africa:
            scope = Scope(AFRICA, home, africa)
            context |= shown(scope, trade) | {"states_by_rows": scope.states()}
        return super().get_context_data(
            trade=trade,
            claims=Claim.objects.published().about_measures(*TRADE).order_by("-date_order", "slug").with_figures(),
            states=lines_of(with_states),
            investment=investment_groups(lines_of(investment), figure_of=lambda line: line.figure),
            commodities=Commodity.objects.filter(figures__in=Figure.objects.published()).distinct(),
            routes=Route.objects.published().prefetch_related("stages"),
            projects=with_amounts(projects),
            **context,
        )


@dataclass(frozen=True)
class InvestmentGroup:
    """Figures of investment that may be read together; those of two groups are never added."""

    key: str
    heading: str
    note: str
    rows: list


INVESTMENT_GROUPS = (
    (
        Measure.INVESTMENT_STOCK,
        _("Cumulative"),
        _("All investment since a year or up to one. A single year may be within it, so the two are not added."),
    ),
    (Measure.INVESTMENT_FLOW, _("In one period"), _("Investment of one year or span.")),
    (Measure.INVESTMENT_PLANNED, _("Planned"), _("Announced or intended. It is not counted as made.")),
    ("", _("Growth and shares of investment"), ""),
)


def investment_groups(rows: Iterable, figure_of: Callable = lambda figure: figure) -> list[InvestmentGroup]:
    """Figures, or lines of them, by what kind of investment they measure; groups without any are left out."""
    by_measure: dict[str, list] = defaultdict(list)
    for row in rows:
        measure = figure_of(row).measure
        by_measure[measure if measure in INVESTMENT else ""].append(row)
    return [
        InvestmentGroup(measure or "relative", heading, note, by_measure[measure])
        for measure, heading, note in INVESTMENT_GROUPS
        if by_measure[measure]
    ]


class InvestmentList(FigureList):
    """Figures of investment: cumulative, of one period and planned apart, and growth and shares of it."""

    queryset = Figure.objects.published().measuring(*INVESTMENT).for_rows().by_measure()
    template_name = "trade/investment.html"
    # The files and the feed are those of all figures, whose filters do not know this choice.
    feed_name = file_name = ""

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(**context)
        return context | {"groups": investment_groups(context["object_list"])}


class RouteList(RecordList):
    queryset = Route.objects.published().for_list()
    filterset_class = RouteFilterSet
    feed_name = "trade:route"
    feed_forms = (FEED,)
    file_name = "trade:route"

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(**context)
        return context | {"map": map_of_routes(context["object_list"]), "map_files": files_of_map(self.request)}


class RouteDetail(RecordDetail):
    describe = staticmethod(describe_route)
    queryset = Route.objects.published().for_list()

    def get_context_data(self, **context) -> dict:
        shown = {"map": map_of_route(self.object), "map_files": files_of_map(self.request, self.object)}
        return super().get_context_data(**shown, **linked_to(self.object), **context)


class ProjectList(RecordList):
    queryset = Project.objects.published().for_list()
    filterset_class = ProjectFilterSet
    feed_name = "trade:project"
    feed_forms = (FEED,)
    file_name = "trade:project"

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(**context)
        with_amounts(context["object_list"])
        return context


class ProjectDetail(RecordDetail):
    describe = staticmethod(describe_project)
    queryset = Project.objects.published().for_list()

    def get_context_data(self, **context) -> dict:
        with_amounts([self.object])
        return super().get_context_data(**linked_to(self.object), **context)


def linked_to(record: Route | Project) -> dict:
    """What other sections say about a route or project: numbers, and the instruments and plans that name it.

    Each comes with the event at which it was signed or raised: those are the talks behind the record.
    """
    figures = Figure.objects.published().about(record).for_rows()
    agreements = record.agreements.published().select_related("signed_at__place").prefetch_related("stages")
    initiatives = record.initiatives.published().select_related("raised_at__place").prefetch_related("stages")
    talks = {each.signed_at for each in agreements} | {each.raised_at for each in initiatives}
    return {
        "lines": lines_of(with_comparisons(figures)),
        "agreements": agreements,
        "initiatives": initiatives,
        "talks": sorted(
            (event for event in talks if event is not None and event.is_public),
            key=lambda event: (event.date_order, event.slug),
        ),
    }


class CommodityList(RecordList):
    queryset = Commodity.objects.all()
    filterset_class = CommodityFilterSet
    template_name = "trade/commodity_list.html"


class CommodityDetail(RecordDetail):
    """One good: where it stands in the system, what rows give of it, the figures about it and what is below it.

    A code is that of HS 2022, or of the newest edition that has it.
    """

    queryset = Commodity.objects.newest_editions().select_related("parent__parent")
    slug_field = "code"
    template_name = "trade/commodity_detail.html"

    def get_context_data(self, **context) -> dict:
        commodity = self.object
        figures = Figure.objects.published().filter(commodity__code__startswith=commodity.code)
        home, africa = Country.objects.home().first(), Bloc.objects.continents().first()
        if home and africa:
            context |= shown(Scope(commodity.code, home, africa, commodity))
        return super().get_context_data(
            lines=lines_of(figures.for_rows()),
            initiatives=commodity.initiatives.published().prefetch_related("stages"),
            **context,
        )
