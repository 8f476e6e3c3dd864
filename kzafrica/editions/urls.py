from django.urls import path, re_path

from kzafrica.editions import views

app_name = "editions"

urlpatterns = [
    path("latest.zip", views.LatestEdition.as_view(), name="latest"),
    re_path(r"^editions/(?P<name>[a-z0-9-]+)\.zip$", views.EditionFile.as_view(), name="edition_file"),
]
