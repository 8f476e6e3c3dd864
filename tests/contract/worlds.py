"""A small world with a full row of every resource, and with what is no more: withdrawn, renamed, deleted."""

from kzafrica.delivery import keys
from kzafrica.delivery.models import ApiKey
from kzafrica.editorial import workflow
from kzafrica.editorial.models import Redirect
from tests.api.resources import RESOURCES, key_of
from tests.factories import make_country, make_edition, make_event, make_theme
from tests.trade.worlds import make_world

GONE, RENAMED, PRESENT, DELETED = "never-took-place", "visit-2025", "state-visit-2025", "fishing"


def fill() -> dict[str, list[str]]:
    """Makes it, in whatever database is in use, and gives keys of documents by the name of their resource."""
    make_country("KAZ")
    found = {resource.name: [key_of(resource.make())] for resource in RESOURCES}
    found["events"] += ends()
    found["themes"].append(DELETED)
    make_world()
    make_edition()
    return found | {"editions": ["kz-africa-2026-11-26"], "dossiers": ["COD", "KEN"], "versions": found["changes"]}


def ends() -> list[str]:
    """The keys of a visit that was withdrawn, of one that was renamed, and of the latter now; a theme is deleted."""
    workflow.withdraw(make_event(slug=GONE), by=workflow.system_user(), note="Never took place")
    make_event(slug=PRESENT)
    Redirect.objects.create(record_type="events.event", old_key=RENAMED, target_key=PRESENT)
    workflow.delete_reference(make_theme("Fishing", slug=DELETED), by=workflow.system_user())
    return [GONE, RENAMED, PRESENT]


def make_key() -> ApiKey:
    """A key; its token, which is shown once, is ``token``."""
    key = ApiKey(owner="Data desk", email="desk@example.org")
    key.token = keys.issue(key)
    return key
