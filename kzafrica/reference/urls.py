from django.urls import path

from kzafrica.reference import views

app_name = "reference"

urlpatterns = [
    path("people/", views.PersonList.as_view(), name="person_list"),
    path("people/<slug:slug>/", views.PersonDetail.as_view(), name="person_detail"),
    path("organizations/", views.OrganizationList.as_view(), name="organization_list"),
    path("organizations/<slug:slug>/", views.OrganizationDetail.as_view(), name="organization_detail"),
    path("themes/", views.ThemeList.as_view(), name="theme_list"),
    path("themes/<slug:slug>/", views.ThemeDetail.as_view(), name="theme_detail"),
]
