from django.urls import path, re_path

from kzafrica.dossier import reuse_views, views

app_name = "dossier"

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("share.png", reuse_views.HomeShareImage.as_view(), name="share_image"),
    path("countries/", views.CountryList.as_view(), name="country_list"),
    path("countries/africa/", views.Africa.as_view(), name="africa"),
    path("countries/reciprocity/", views.ReciprocityList.as_view(), name="reciprocity"),
    path("quality/", views.QualityPage.as_view(), name="quality"),
    re_path(r"^countries/(?P<alpha3>[A-Za-z]{3})/time/$", views.CountryTime.as_view(), name="country_time"),
    re_path(r"^countries/(?P<alpha3>[A-Za-z]{3})/$", views.CountryDossier.as_view(), name="country_detail"),
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
