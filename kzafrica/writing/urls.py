from collections.abc import Iterator

from django.urls import URLPattern, path

from kzafrica.editorial.publishable import PublishableModel
from kzafrica.writing.views import ContributionViewSet, writing_views


def writing_urls(resources: dict[str, type[PublishableModel]]) -> Iterator[URLPattern]:
    """Addresses to write under, for each resource by its name in addresses."""
    listed, one = (
        ContributionViewSet.as_view({"get": "list"}, detail=False, basename="contribution"),
        ContributionViewSet.as_view({"get": "retrieve"}, detail=True, basename="contribution"),
    )
    yield path("contributions/", listed, name="contribution-list")
    yield path("contributions/<int:key>/", one, name="contribution-detail")
    for resource, model in resources.items():
        views, kind = writing_views(resource, model), model._meta.model_name
        yield path(f"drafts/{resource}/", views["draft"].as_view(), name=f"draft-{kind}")
        yield path(f"drafts/{resource}/<slug:key>/", views["amend"].as_view(), name=f"amend-{kind}")
        yield path(f"proposals/{resource}/<slug:key>/", views["propose"].as_view(), name=f"propose-{kind}")
