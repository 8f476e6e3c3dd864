from urllib.parse import urlencode

from django.http import Http404, QueryDict
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from kzafrica.editorial.api import KeyedViewSet
from kzafrica.filtering import refuse_bad_parameters
from kzafrica.rest import read_limit
from trade.asking import places_beside, read_place, understood
from trade.catalogue import catalogue
from trade.filters import FlowFilterSet, ProjectFilterSet, ReleaseFilterSet, RouteFilterSet
from trade.metadata import describe_project, describe_release, describe_route
from trade.models import Project, Release, Route, TradeFlow
from trade.row_json import row_json, rows_json
from trade.rows import page_of, row_numbered
from trade.serializers import FlowSerializer, ProjectSerializer, ReleaseSerializer, RouteSerializer


class RouteViewSet(KeyedViewSet):
    """Corridors with the places they pass and how far they have come."""

    queryset = Route.objects.published().for_list()
    describe = staticmethod(describe_route)
    serializer_class = RouteSerializer
    filterset_class = RouteFilterSet


class ProjectViewSet(KeyedViewSet):
    """Plants, joint ventures, supply arrangements; their amounts are figures."""

    queryset = Project.objects.published().for_list()
    describe = staticmethod(describe_project)
    serializer_class = ProjectSerializer
    filterset_class = ProjectFilterSet


class ReleaseViewSet(KeyedViewSet):
    """Files of trade statistics that were loaded."""

    queryset = Release.objects.published().for_list().newest_first()
    describe = staticmethod(describe_release)
    serializer_class = ReleaseSerializer
    filterset_class = ReleaseFilterSet


class FlowViewSet(GenericViewSet):
    """Rows of trade statistics: one reporter, partner, flow, period and good each, with the release they come from.

    Rows that a newer release has replaced are given where their release is named. Rows of all goods, chapters, headings
    and subheadings stand beside each other, and so do the world and its states: add up rows of one ``level`` alone.
    """

    queryset = TradeFlow.objects.none()
    serializer_class = FlowSerializer
    filterset_class = FlowFilterSet
    lookup_url_kwarg = "key"
    lookup_value_regex = r"\d{1,18}"

    def list(self, request):
        query: QueryDict = request.query_params
        selection, known = understood(query)
        cursor, backward = read_place(query.get("cursor"))
        page = page_of(selection, read_limit(query.get("limit")), cursor, backward=backward)
        following, before = places_beside(page)
        return Response(
            {
                "next": self.link(following),
                "previous": self.link(before),
                "results": rows_json(page.rows, known),
            }
        )

    def retrieve(self, request, key: str):
        refuse_bad_parameters(request.query_params, None, also=("format",))
        known = catalogue()
        row = row_numbered(int(key))
        if row is None or row[1] not in known.slices:
            raise Http404
        return Response(row_json(row, known))

    def link(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        query = urlencode({**self.request.query_params.dict(), "cursor": cursor})
        return self.request.build_absolute_uri(f"{self.request.path}?{query}")
