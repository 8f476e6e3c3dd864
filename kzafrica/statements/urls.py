from django.urls import path

from kzafrica.editorial.downloads import files_of
from kzafrica.editorial.reuse_views import pages_of
from kzafrica.statements import api, feeds, views

app_name = "statements"

urlpatterns = [
    path("trade/figures/", views.FigureList.as_view(), name="figure_list"),
    path("trade/figures/figures.atom", feeds.FigureFeed.as_view(), name="figure_feed"),
    *files_of(views.FigureList, api.FigureViewSet, "figure", "figures", prefix="trade/figures/"),
    *pages_of(views.FigureDetail, "figure", prefix="figures/"),
    path("claims/", views.ClaimList.as_view(), name="claim_list"),
    path("claims/claims.atom", feeds.ClaimFeed.as_view(), name="claim_feed"),
    *files_of(views.ClaimList, api.ClaimViewSet, "claim", "claims", prefix="claims/"),
    *pages_of(views.ClaimDetail, "claim", prefix="claims/"),
]
