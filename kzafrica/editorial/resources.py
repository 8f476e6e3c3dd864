"""Which records have a resource of the API, by the addresses of the API: the kind is in the name of the address."""

from functools import cache

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from kzafrica.editorial.publishable import Keyed


@cache
def resources_of_changes() -> dict[str, tuple[str, str]]:
    """By type of record, such as ``events.event``: the resource, such as ``events``, and its kind, such as ``event``.

    Types whose rows have no documents of their own, such as offices, are not among them.
    """
    root = reverse("api:api-root")
    found = {}
    for model in apps.get_models():
        if not issubclass(model, Keyed):
            continue
        try:
            address = reverse(f"api:{model._meta.model_name}-list")
        except NoReverseMatch:
            continue
        found[model._meta.label_lower] = (address.removeprefix(root).strip("/"), model._meta.model_name)
    return found


def resource_names() -> list[str]:
    """The resources whose changes the log tells, in order."""
    return sorted(name for name, _kind in resources_of_changes().values())


def types_of_resource(name: str) -> list[str]:
    """The types of record behind a resource."""
    return [record_type for record_type, (resource, _kind) in resources_of_changes().items() if resource == name]
