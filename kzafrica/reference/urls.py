from django.urls import path

from kzafrica.editorial.downloads import files_of
from kzafrica.editorial.reuse_views import pages_of
from kzafrica.reference import api, feeds, views

app_name = "reference"

urlpatterns = [
    path("people/", views.PersonList.as_view(), name="person_list"),
    path("people/people.atom", feeds.PersonFeed.as_view(), name="person_feed"),
    *files_of(views.PersonList, api.PersonViewSet, "person", "people", prefix="people/"),
    *pages_of(views.PersonDetail, "person", prefix="people/"),
    path("organizations/", views.OrganizationList.as_view(), name="organization_list"),
    path("organizations/organizations.atom", feeds.OrganizationFeed.as_view(), name="organization_feed"),
    *files_of(
        views.OrganizationList, api.OrganizationViewSet, "organization", "organizations", prefix="organizations/"
    ),
    *pages_of(views.OrganizationDetail, "organization", prefix="organizations/"),
    path("themes/", views.ThemeList.as_view(), name="theme_list"),
    *pages_of(views.ThemeDetail, "theme", prefix="themes/"),
]
