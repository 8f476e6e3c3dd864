from django.urls import path

from kzafrica.editorial.downloads import files_of
from kzafrica.editorial.reuse_views import pages_of
from trade import api, dashboard_views, feeds, release_views, route_map_views, row_views, views

app_name = "trade"

urlpatterns = [
    path("", views.TradeOverview.as_view(), name="overview"),
    path("countries/<slug:alpha3>/", dashboard_views.PairTrade.as_view(), name="pair"),
    path("charts/<slug:scope>/<slug:key>.<slug:form>", dashboard_views.ChartFile.as_view(), name="chart"),
    path("charts/<slug:scope>/<slug:key>/embed/", dashboard_views.ChartEmbed.as_view(), name="chart_embed"),
    path("investment/", views.InvestmentList.as_view(), name="investment"),
    path("projects/", views.ProjectList.as_view(), name="project_list"),
    path("projects/projects.atom", feeds.ProjectFeed.as_view(), name="project_feed"),
    *files_of(views.ProjectList, api.ProjectViewSet, "project", "projects", prefix="projects/"),
    *pages_of(views.ProjectDetail, "project", prefix="projects/"),
    path("routes/", views.RouteList.as_view(), name="route_list"),
    path("routes/map.<slug:form>", route_map_views.RoutesMap.as_view(), name="routes_map"),
    path("routes/<slug:slug>/map.<slug:form>", route_map_views.RouteMap.as_view(), name="route_map"),
    path("routes/routes.atom", feeds.RouteFeed.as_view(), name="route_feed"),
    *files_of(views.RouteList, api.RouteViewSet, "route", "routes", prefix="routes/"),
    *pages_of(views.RouteDetail, "route", prefix="routes/"),
    path("flows/", row_views.FlowList.as_view(), name="flow_list"),
    *(
        path(f"flows/flows.{ending}", row_views.FlowFile.as_view(ending=ending), name=f"flow_{ending}")
        for ending in row_views.endings()
        if ending != "txt"
    ),
    path("flows/README.txt", row_views.FlowFile.as_view(ending="txt"), name="flow_readme"),
    path("releases/", release_views.ReleaseList.as_view(), name="release_list"),
    path("releases/releases.atom", feeds.ReleaseFeed.as_view(), name="release_feed"),
    *files_of(release_views.ReleaseList, api.ReleaseViewSet, "release", "releases", prefix="releases/"),
    *pages_of(release_views.ReleaseDetail, "release", prefix="releases/"),
    path("commodities/", views.CommodityList.as_view(), name="commodity_list"),
    path("commodities/<slug:slug>/", views.CommodityDetail.as_view(), name="commodity_detail"),
]
