from kzafrica.editorial.api import KeyedViewSet
from trade.filters import ProjectFilterSet, ReleaseFilterSet, RouteFilterSet
from trade.models import Project, Release, Route
from trade.serializers import ProjectSerializer, ReleaseSerializer, RouteSerializer


class RouteViewSet(KeyedViewSet):
    """Corridors with the places they pass and how far they have come."""

    queryset = Route.objects.published().for_list()
    serializer_class = RouteSerializer
    filterset_class = RouteFilterSet


class ProjectViewSet(KeyedViewSet):
    """Plants, joint ventures, supply arrangements; their amounts are figures."""

    queryset = Project.objects.published().for_list()
    serializer_class = ProjectSerializer
    filterset_class = ProjectFilterSet


class ReleaseViewSet(KeyedViewSet):
    """Files of trade statistics that were loaded."""

    queryset = Release.objects.published().for_list().newest_first()
    serializer_class = ReleaseSerializer
    filterset_class = ReleaseFilterSet
