from django.urls import path, re_path

from kzafrica.dossier import map_views, pair_views, reuse_views, views
from kzafrica.dossier.panel_views import PanelFile
from kzafrica.dossier.search_views import SearchPage

app_name = "dossier"

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("share.png", reuse_views.HomeShareImage.as_view(), name="share_image"),
    path("countries/", views.CountryList.as_view(), name="country_list"),
    path("countries/africa/", views.Africa.as_view(), name="africa"),
    path("countries/reciprocity/", views.ReciprocityList.as_view(), name="reciprocity"),
    path("countries/compare/", pair_views.PairComparison.as_view(), name="pair_comparison"),
    path("countries/panel.csv", PanelFile.as_view(), name="panel"),
    path("search/", SearchPage.as_view(), name="search"),
    path("countries/map/", map_views.MapPage.as_view(), name="map"),
    path("countries/map/<slug:strand>.<slug:form>", map_views.MapFile.as_view(), name="map_file"),
    path("quality/", views.QualityPage.as_view(), name="quality"),
    re_path(r"^countries/(?P<alpha3>[A-Za-z]{3})/time/$", pair_views.CountryTime.as_view(), name="country_time"),
    re_path(r"^countries/(?P<alpha3>[A-Za-z]{3})/brief/$", pair_views.CountryBrief.as_view(), name="country_brief"),
    re_path(r"^countries/(?P<alpha3>[A-Za-z]{3})/$", pair_views.CountryDossier.as_view(), name="country_detail"),
    re_path(r"^countries/(?P<alpha3>[A-Za-z]{3})\.md$", reuse_views.PairMarkdown.as_view(), name="country_markdown"),
    re_path(
        r"^countries/(?P<alpha3>[A-Za-z]{3})/cite\.(?P<form>[a-z]+)$",
        reuse_views.PairCitation.as_view(),
        name="country_citation",
    ),
    re_path(
        r"^countries/(?P<alpha3>[A-Za-z]{3})/share\.png$",
        reuse_views.PairShareImage.as_view(),
        name="country_share_image",
    ),
]
