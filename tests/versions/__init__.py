"""What the tests of versions and corrections share: changes to public records, and when they happened."""

from datetime import datetime

from django.utils.timezone import get_default_timezone

from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Change
from tests.factories import make_user


def change_public(record, *, reason: str = "", note: str = "Seen by two", **fields) -> Change:
    """Propose these fields of a public record as one person and apply them as another; with a reason, a correction."""
    record.refresh_from_db()
    content = {**content_of(record), **fields}
    content = {name: value for name, value in content.items() if value not in ("", [])}
    proposal = proposals.propose(record, content, by=make_user("contributor"), note=note)
    proposals.apply_proposal(proposal, by=make_user("editor"), reason=reason)
    record.refresh_from_db()
    return Change.objects.last()


def withdraw(record) -> None:
    workflow.withdraw(record, by=workflow.system_user(), note="Never took place")


def publish_again(record) -> None:
    record.refresh_from_db()
    workflow.publish(record, by=workflow.system_user(), note="It did")


def happened(change: Change, moment: str) -> None:
    """Put a change at a moment of Almaty, such as ``2026-11-01 23:59``."""
    change.at = datetime.fromisoformat(moment).replace(tzinfo=get_default_timezone())
    change.save(update_fields=["at"])
