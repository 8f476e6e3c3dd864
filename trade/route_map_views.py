"""Maps of routes as files."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import View

from kzafrica.editorial.views import RecordList, WithoutParameters
from kzafrica.maps.pictures import map_answer
from kzafrica.pictures import Form, downloads_at
from kzafrica.problems import BadParameters
from trade.filters import RouteFilterSet
from trade.models import Route
from trade.route_maps import map_of_route, map_of_routes


def files_of_map(request: HttpRequest, route: Route | None = None) -> Mapping[Form, str]:
    """The addresses of the map of a page: of one route, or of those that the filters of the list choose."""
    if route is not None:
        return downloads_at(reverse("trade:route_map", args=[route.slug, "svg"]).removesuffix(".svg"))
    query = request.GET.urlencode()
    return downloads_at(reverse("trade:routes_map", args=["svg"]).removesuffix(".svg"), f"?{query}" if query else "")


class RoutesMap(RecordList):
    """The map of the list as SVG, PNG or CSV, behind the same filters."""

    queryset = Route.objects.published().for_list()
    filterset_class = RouteFilterSet

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.read_parameters()
        if self.errors:
            raise BadParameters(self.errors)
        return super().get(request, *args, **kwargs)

    def render_to_response(self, context: dict, **response) -> HttpResponse:
        page = self.request.build_absolute_uri(reverse("trade:route_list"))
        return map_answer(map_of_routes(context["object_list"]), self.kwargs["form"], "routes", page)


class RouteMap(WithoutParameters, View):
    """The map of one route as SVG, PNG or CSV."""

    def get(self, request: HttpRequest, slug: str, form: str) -> HttpResponse:
        route = get_object_or_404(Route.objects.published().for_list(), slug=slug)
        page = request.build_absolute_uri(route.get_absolute_url())
        return map_answer(map_of_route(route), form, f"route-{route.slug}", page)
