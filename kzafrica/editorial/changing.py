"""What happens to a public record when it is changed, wherever the change came from."""

import reversion
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.choices import ChangeAction
from kzafrica.editorial.content import content_of, record_behind
from kzafrica.editorial.links import rename_references
from kzafrica.editorial.models import Change, Redirect
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.workflow import (
    change_reference,
    hold_content,
    one_revision,
    publish_sources_of,
    record_change,
    require,
    tell_of_others,
)


def change_published(
    record: PublishableModel, content: dict, *, by, note: str = "", is_unreviewed: bool = False
) -> Change:
    """Make a public record what the content says, at once.

    Only for a reviewed proposal, an urgent correction and the initial dataset.
    """
    with one_revision(by=by, note=note or "Changed", of=record) as changes:
        return rewrite(record, content, by=by, note=note, is_unreviewed=is_unreviewed, changes=changes)


def rewrite(
    record: PublishableModel, content: dict, *, by, note: str, is_unreviewed: bool, changes: list[Change]
) -> Change:
    """The same within a revision that has begun, to whose list of changes it adds."""
    require(record.is_public, _("The record is not public any more: change the record itself."))
    hold_content()
    old_key = record.key
    apply_content(record, content)
    changes += publish_sources_of(record, by=by, note=note, is_unreviewed=is_unreviewed)
    record.updated_at = timezone.now()
    record.save()
    others = record.visibility_changed()
    is_renamed = record.key != old_key
    change = record_change(
        record,
        ChangeAction.RENAMED if is_renamed else ChangeAction.CHANGED,
        by=by,
        note=note,
        is_unreviewed=is_unreviewed,
        other_key=old_key if is_renamed else "",
    )
    changes.append(change)
    tell_of_others(others, by=by, changes=changes)
    if is_renamed:
        lead_elsewhere(record, old_key, by=by, changes=changes)
    return change


def lead_elsewhere(record: models.Model, old_key: str, *, by, changes: list[Change]) -> None:
    """Let an address that is not used any more, and whatever named it, lead to the record. Call inside a revision."""
    record_type = record._meta.label_lower
    Redirect.objects.filter(record_type=record_type, target_key=old_key).update(target_key=record.key)
    # Only reference data can have been there before: no address of a record is ever used twice.
    Redirect.objects.filter(record_type=record_type, old_key__in=(record.key, old_key)).delete()
    Redirect.objects.create(record_type=record_type, old_key=old_key, target_key=record.key)
    _follow(record, old_key, by=by, changes=changes)


def draft_renamed(record: PublishableModel, old_key: str, *, by, changes: list[Change]) -> None:
    """Let what names a record that readers have never seen, or led to it, follow it. Call inside a revision.

    Nobody is led from its old address, which is free again.
    """
    if record.key == old_key:
        return
    Redirect.objects.filter(record_type=record._meta.label_lower, target_key=old_key).update(target_key=record.key)
    _follow(record, old_key, by=by, changes=changes)


def _follow(record: models.Model, old_key: str, *, by, changes: list[Change]) -> None:
    naming = (record_behind(row) for row in rename_references(record, old_key))
    for other in {(type(other), other.pk): other for other in naming}.values():
        tell_of_renaming(other, record, by=by, changes=changes)


def reference_saved(record: models.Model, before: tuple[str, dict] | None, *, by) -> None:
    """Tell readers of reference data that a form has saved; nothing moves where it says what it said before.

    ``before`` is the key and the content that it had, None where it was not there. Its former key leads to it.
    """
    former_key, content = before or ("", None)
    if content == content_of(record):
        return
    action = ChangeAction.CHANGED if before else ChangeAction.PUBLISHED
    is_renamed = before is not None and former_key != record.key
    if not is_renamed:
        change_reference(record, by=by, action=action)
        return
    with one_revision(by=by, note="Renamed") as changes:
        change_reference(record, by=by, action=ChangeAction.RENAMED, former_key=former_key)
        lead_elsewhere(record, former_key, by=by, changes=changes)


def tell_of_renaming(other: models.Model, record: models.Model, *, by, changes: list[Change]) -> None:
    """A record that named another by its old key says something else now: its history tells, and its readers."""
    other.refresh_from_db()
    if not isinstance(other, PublishableModel) or other.is_public:
        other.updated_at = timezone.now()
        other.save()
        changes.append(record_change(other, ChangeAction.CHANGED, by=by, note=_("Names “%s” now.") % record.key))
    reversion.add_to_revision(other)
