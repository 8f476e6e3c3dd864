"""What the first page of the admin and that of each application hold: what waits, then every list."""

from dataclasses import dataclass

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from kzafrica.desk.waiting import sections_for
from kzafrica.editorial.link_checks import LinkStates, link_states
from kzafrica.editorial.models import Source

# What is recorded daily comes first; the names are those of the admin's own list of applications.
DAILY = ("Source", "Event", "Mission", "Agreement", "Figure", "Person", "Organization", "Initiative", "Award", "Claim")


@dataclass(frozen=True)
class RecordType:
    """A list of the admin, with where one more is added, as far as the person may."""

    name: str
    list_address: str | None
    add_address: str | None


def record_types(app_list: list[dict]) -> tuple[list[RecordType], list[tuple[str, list[RecordType]]]]:
    """The lists of daily work in their order, and all others by application."""
    by_name = {model["object_name"]: model for app in app_list for model in app["models"]}
    daily = [_record_type(by_name[name]) for name in DAILY if name in by_name]
    others = [
        (app["name"], [_record_type(model) for model in app["models"] if model["object_name"] not in DAILY])
        for app in app_list
    ]
    return daily, [(name, types) for name, types in others if types]


def _record_type(model: dict) -> RecordType:
    return RecordType(model["name"], model.get("admin_url"), model.get("add_url"))


def first_page(site: AdminSite, request: HttpRequest, app_label: str = "") -> dict:
    """The context of the first page, or of that of one application."""
    model_admins = [
        model_admin for model, model_admin in site._registry.items() if app_label in ("", model._meta.app_label)
    ]
    daily, others = record_types(site.get_app_list(request, app_label or None))
    return {
        "sections": sections_for(request, model_admins),
        "links": _links(request, model_admins),
        "daily_types": daily,
        "other_types": others,
    }


def _links(request: HttpRequest, model_admins: list) -> LinkStates | None:
    """How many addresses were asked; None for whoever may not see sources."""
    of_sources = (one for one in model_admins if one.model is Source and one.has_view_permission(request))
    return link_states(Source.objects.at_hand()) if next(of_sources, None) else None
