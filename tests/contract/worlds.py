"""A small world with a full row of every resource, and with what is no more: withdrawn, renamed, merged, deleted."""

from kzafrica.delivery import keys
from kzafrica.delivery.models import ApiKey
from kzafrica.editorial import workflow
from kzafrica.editorial.models import Redirect
from tests.api.resources import RESOURCES
from tests.factories import make_bloc, make_country, make_event, make_theme

GONE, RENAMED = "never-took-place", "visit-2025"


def fill() -> None:
    """Makes it, in whatever database is in use."""
    home = make_country("KAZ")
    for resource in RESOURCES:
        resource.make()
    make_bloc("002", name="Africa", kind="continent", members=[make_country("COD"), make_country("KEN")])
    gone = make_event(slug=GONE)
    workflow.withdraw(gone, by=workflow.system_user(), note="Never took place")
    make_event(slug="state-visit-2025", host=home)
    Redirect.objects.create(record_type="events.event", old_key=RENAMED, target_key="state-visit-2025")
    workflow.delete_reference(make_theme("Fishing", slug="fishing"), by=workflow.system_user())


def make_key(**details) -> str:
    return keys.issue(ApiKey(owner="Somebody", email="somebody@example.org", **details))
