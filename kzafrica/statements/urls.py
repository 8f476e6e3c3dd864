from django.urls import path

from kzafrica.statements import views

app_name = "statements"

urlpatterns = [
    path("trade/figures/", views.FigureList.as_view(), name="figure_list"),
    path("figures/<slug:slug>/", views.FigureDetail.as_view(), name="figure_detail"),
    path("claims/", views.ClaimList.as_view(), name="claim_list"),
    path("claims/<slug:slug>/", views.ClaimDetail.as_view(), name="claim_detail"),
]
