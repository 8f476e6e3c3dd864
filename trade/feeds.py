from kzafrica.editorial.described_feeds import DescribedFeed
from trade.filters import ProjectFilterSet, ReleaseFilterSet, RouteFilterSet
from trade.metadata import describe_project, describe_release, describe_route
from trade.models import Project, Release, Route


class RouteFeed(DescribedFeed):
    queryset = Route.objects.published()
    filterset_class = RouteFilterSet
    list_name = "trade:route_list"
    describe = staticmethod(describe_route)


class ProjectFeed(DescribedFeed):
    queryset = Project.objects.published()
    filterset_class = ProjectFilterSet
    list_name = "trade:project_list"
    describe = staticmethod(describe_project)


class ReleaseFeed(DescribedFeed):
    queryset = Release.objects.published()
    filterset_class = ReleaseFilterSet
    list_name = "trade:release_list"
    describe = staticmethod(describe_release)
