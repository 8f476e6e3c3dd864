from django.urls import path

from kzafrica.editorial.reuse_views import pages_of
from kzafrica.reference import views

app_name = "reference"

urlpatterns = [
    path("people/", views.PersonList.as_view(), name="person_list"),
    *pages_of(views.PersonDetail, "person", prefix="people/"),
    path("organizations/", views.OrganizationList.as_view(), name="organization_list"),
    *pages_of(views.OrganizationDetail, "organization", prefix="organizations/"),
    path("themes/", views.ThemeList.as_view(), name="theme_list"),
    *pages_of(views.ThemeDetail, "theme", prefix="themes/"),
]
