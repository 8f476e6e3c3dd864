from django.urls import path

from kzafrica.editorial.reuse_views import pages_of
from kzafrica.statements import views

app_name = "statements"

urlpatterns = [
    path("trade/figures/", views.FigureList.as_view(), name="figure_list"),
    *pages_of(views.FigureDetail, "figure", prefix="figures/"),
    path("claims/", views.ClaimList.as_view(), name="claim_list"),
    *pages_of(views.ClaimDetail, "claim", prefix="claims/"),
]
