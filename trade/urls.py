from django.urls import path

from trade import dashboard_views, release_views, route_map_views, row_views, views

app_name = "trade"

urlpatterns = [
    path("", views.TradeOverview.as_view(), name="overview"),
    path("countries/<slug:alpha3>/", dashboard_views.PairTrade.as_view(), name="pair"),
    path("charts/<slug:scope>/<slug:key>.<slug:form>", dashboard_views.ChartFile.as_view(), name="chart"),
    path("investment/", views.InvestmentList.as_view(), name="investment"),
    path("projects/", views.ProjectList.as_view(), name="project_list"),
    path("projects/<slug:slug>/", views.ProjectDetail.as_view(), name="project_detail"),
    path("routes/", views.RouteList.as_view(), name="route_list"),
    path("routes/map.<slug:form>", route_map_views.RoutesMap.as_view(), name="routes_map"),
    path("routes/<slug:slug>/map.<slug:form>", route_map_views.RouteMap.as_view(), name="route_map"),
    path("routes/<slug:slug>/", views.RouteDetail.as_view(), name="route_detail"),
    path("flows/", row_views.FlowList.as_view(), name="flow_list"),
    *(
        path(f"flows/flows.{ending}", row_views.FlowFile.as_view(ending=ending), name=f"flow_{ending}")
        for ending in row_views.endings()
        if ending != "txt"
    ),
    path("flows/README.txt", row_views.FlowFile.as_view(ending="txt"), name="flow_readme"),
    path("releases/", release_views.ReleaseList.as_view(), name="release_list"),
    path("releases/<slug:slug>/", release_views.ReleaseDetail.as_view(), name="release_detail"),
    path("commodities/", views.CommodityList.as_view(), name="commodity_list"),
    path("commodities/<slug:slug>/", views.CommodityDetail.as_view(), name="commodity_detail"),
]
