"""Every resource of ``/api/v1/``, in one place."""

from csp.decorators import csp_update
from django.http import JsonResponse
from django.urls import path
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views import View
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import APIRootView, DefaultRouter

from diplomacy.api import (
    AgreementViewSet,
    AwardViewSet,
    HeadOfMissionViewSet,
    InitiativeViewSet,
    MilestoneViewSet,
    MissionViewSet,
    ProgrammeViewSet,
    RelationViewSet,
)
from events.api import EventViewSet
from kzafrica.analysis.api import ArticleViewSet
from kzafrica.dossier.api import DossierViewSet
from kzafrica.dossier.panel_views import PanelViewSet
from kzafrica.dossier.quality_api import QualityViewSet
from kzafrica.dossier.search_api import SearchViewSet
from kzafrica.editions.api import EditionViewSet
from kzafrica.editorial.api import CorrectionViewSet, SourceViewSet
from kzafrica.editorial.change_api import ChangeViewSet
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.version_api import VersionViewSet
from kzafrica.filtering import refuse_bad_parameters
from kzafrica.linked_context import context
from kzafrica.reference.api import (
    AreaViewSet,
    BlocViewSet,
    CommodityViewSet,
    CountryViewSet,
    OrganizationViewSet,
    PersonViewSet,
    PlaceViewSet,
    ThemeViewSet,
)
from kzafrica.statements.api import ClaimViewSet, FigureViewSet
from kzafrica.writing.urls import writing_urls
from trade.api import FlowViewSet, ProjectViewSet, ReleaseViewSet, RouteViewSet
from trade.totals_api import TotalsViewSet

app_name = "api"


class Root(APIRootView):
    """The resources of the API with their addresses."""

    def get(self, request, *args, **kwargs):
        refuse_bad_parameters(request.query_params, None, also=("format",))
        return super().get(request, *args, **kwargs)


class Schema(SpectacularAPIView):
    """The OpenAPI document, in English whatever is asked for; its form by Accept or ``format``."""

    def initial(self, request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        # Most of its prose is in no other language, and a part of it alone would help nobody.
        translation.activate("en")
        refuse_bad_parameters(request.query_params, None, also=("format",))


class Context(View):
    """The context of our JSON-LD: what each of its terms means."""

    def get(self, request, *args, **kwargs):
        refuse_bad_parameters(request.GET, None)
        return JsonResponse(context(), content_type="application/ld+json")


# Its icons are pictures within its style sheet.
@method_decorator(csp_update({"img-src": ["data:"]}), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    """The document for people, in which each operation can be tried."""

    url_name = "schema"
    template_name = "api_docs.html"


router = DefaultRouter()
router.APIRootView = Root
router.include_format_suffixes = False
router.register("countries", CountryViewSet, "country")
router.register("areas", AreaViewSet, "area")
router.register("blocs", BlocViewSet, "bloc")
router.register("places", PlaceViewSet, "place")
router.register("people", PersonViewSet, "person")
router.register("organizations", OrganizationViewSet, "organization")
router.register("themes", ThemeViewSet, "theme")
router.register("commodities", CommodityViewSet, "commodity")
router.register("sources", SourceViewSet, "source")
router.register("events", EventViewSet, "event")
router.register("missions", MissionViewSet, "mission")
router.register("milestones", MilestoneViewSet, "milestone")
router.register("heads-of-mission", HeadOfMissionViewSet, "head-of-mission")
router.register("relations", RelationViewSet, "relation")
router.register("agreements", AgreementViewSet, "agreement")
router.register("awards", AwardViewSet, "award")
router.register("initiatives", InitiativeViewSet, "initiative")
router.register("programmes", ProgrammeViewSet, "programme")
router.register("figures", FigureViewSet, "figure")
router.register("claims", ClaimViewSet, "claim")
router.register("releases", ReleaseViewSet, "release")
router.register("flows", FlowViewSet, "flow")
router.register("trade/totals", TotalsViewSet, "trade-totals")
router.register("routes", RouteViewSet, "route")
router.register("projects", ProjectViewSet, "project")
router.register("articles", ArticleViewSet, "article")
router.register("corrections", CorrectionViewSet, "correction")
router.register("versions", VersionViewSet, "version")
router.register("changes", ChangeViewSet, "change")
router.register("editions", EditionViewSet, "edition")
router.register("dossiers", DossierViewSet, "dossier")
router.register("panel", PanelViewSet, "panel")
router.register("quality", QualityViewSet, "quality")
router.register("search", SearchViewSet, "search")

# What is under workflow can be written with a key, at addresses of its own: those that are read stay read-only.
QUERYSETS = {resource: getattr(viewset, "queryset", None) for resource, viewset, _name in router.registry}
WRITTEN = {
    resource: queryset.model
    for resource, queryset in QUERYSETS.items()
    if queryset is not None and issubclass(queryset.model, PublishableModel) and not queryset.model.comes_with_file
}

urlpatterns = [
    path("context.jsonld", Context.as_view(), name="context"),
    *router.urls,
    *writing_urls(WRITTEN),
]
