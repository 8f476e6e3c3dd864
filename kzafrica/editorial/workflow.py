"""The transitions of a record from draft to reader and back. Nothing else assigns a status.

Each function is one transaction: the record, one revision of the whole of it, one ``Change`` and the content revision
move together or not at all. Callers that only read follow ``Change``; there are no signals.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import reversion
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Revision, Version

from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.choices import ChangeAction, ProposalState, Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.links import public_records_naming, records_named_by, rename_references
from kzafrica.editorial.models import Change, ContentRevision, Correction, ProposedChange, Redirect, Source
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.revision import held_revision

SYSTEM_USER_NAME = "initial dataset"
PUBLISH_PERMISSION = "editorial.publish_records"


class NotAllowed(PermissionDenied):
    """The step is not open to this person or to this record; the text says why."""


def content_revision() -> int:
    """The number that moves whenever anything readers can see changes; within a request that of its beginning."""
    held = held_revision()
    return present_revision() if held is None else held


def present_revision() -> int:
    """The same, asked of the database."""
    return ContentRevision.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def system_user():
    """The named user that the initial dataset acts as; cannot sign in."""
    user, is_new = get_user_model().objects.get_or_create(username=SYSTEM_USER_NAME, defaults={"is_active": False})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def is_system_user(user) -> bool:
    return user is not None and user.get_username() == SYSTEM_USER_NAME


def record_change(record: models.Model, action: str, *, by, note: str = "") -> Change:
    """Write one line of the public change log and move the content revision with it. Call inside a transaction."""
    ContentRevision.objects.get_or_create(pk=1)
    # Updating the row holds it to the end of the transaction: numbers follow the order of commits.
    ContentRevision.objects.filter(pk=1).update(number=F("number") + 1)
    return Change.objects.create(
        number=present_revision(),
        action=action,
        record_type=record._meta.label_lower,
        record_key=record.key,
        record_title=str(record)[:400],
        by_name=by.get_username() if by else "",
        note=note,
    )


@contextmanager
def one_revision(*, by, note: str, of: models.Model | None = None) -> Iterator[list[Change]]:
    """One transaction and one revision; changes put into the list point to that revision.

    The revision holds everything saved in it, or, where a record is named, that record with its parts and citations.
    """
    changes: list[Change] = []
    with transaction.atomic():
        with reversion.create_revision(manage_manually=of is not None):
            reversion.set_user(by)
            reversion.set_comment(note)
            yield changes
            if of is not None:
                reversion.add_to_revision(of)
        if changes:
            revision = Revision.objects.filter(user=by, comment=note).order_by("-pk").first()
            Change.objects.filter(pk__in=[change.pk for change in changes]).update(revision=revision)


def latest_revision_of(record: models.Model) -> Revision | None:
    version = Version.objects.get_for_object(record).select_related("revision__user").first()
    return version.revision if version else None


def people_who_touched(record: models.Model) -> set[int]:
    """The users behind the revisions of a record."""
    versions = Version.objects.get_for_object(record)
    return set(versions.exclude(revision__user=None).values_list("revision__user_id", flat=True))


def submit(record: PublishableModel, *, by, note: str = "") -> None:
    """Draft → in review. Refused for a record that no source supports."""
    with one_revision(by=by, note=note or "Submitted for review"):
        _hold(record)
        _require(record.status in {Status.DRAFT, Status.WITHDRAWN}, _("Only a draft can be submitted."))
        _require_support(record)
        record.status = Status.IN_REVIEW
        record.submitted_by = by
        record.save()


def return_to_draft(record: PublishableModel, *, by, note: str) -> None:
    """In review → draft, with the reviewer's note."""
    _require_permission(by)
    if not note.strip():
        raise ValidationError(_("Say what is missing, so that the author can mend it."))
    with one_revision(by=by, note=note):
        _hold(record)
        _require(record.status == Status.IN_REVIEW, _("Only a record in review can be returned."))
        record.status = Status.DRAFT
        record.save()


def publish(record: PublishableModel, *, by, note: str = "") -> None:
    """In review → published; the sources it cites become public with it.

    Refused for a record without a supporting citation, for a user without the permission, and for the only person who
    has touched the record or who submitted it: publishing takes two people. The initial dataset acts alone.
    """
    with one_revision(by=by, note=note or "Published") as changes:
        _hold(record)
        if not is_system_user(by):
            _require_permission(by)
            _require(record.status == Status.IN_REVIEW, _("Only a record in review can be published: submit it first."))
            _require(
                record.submitted_by_id != by.pk and people_who_touched(record) - {by.pk},
                _("Publishing takes two people: someone else has to review what you submitted."),
            )
        changes += _publish_sources_of(record, by=by, note=note)
        changes.append(_make_public(record, by=by, note=note))


def withdraw(record: PublishableModel, *, by, note: str) -> None:
    """Published → withdrawn: readers no longer see it, its address says so.

    Refused while other public records name it or rest on it: they would name what readers may not see.
    """
    _require_permission(by)
    if not note.strip():
        raise ValidationError(_("Say why the record is withdrawn; the change log keeps the reason."))
    with one_revision(by=by, note=note) as changes:
        _hold(record)
        _require(record.status == Status.PUBLISHED, _("Only a published record can be withdrawn."))
        _require_not_named(record)
        record.status = Status.WITHDRAWN
        record.updated_at = timezone.now()
        record.save()
        record.visibility_changed()
        changes.append(record_change(record, ChangeAction.WITHDRAWN, by=by, note=note))


def propose(record: PublishableModel, content: dict, *, by, note: str = "") -> ProposedChange | None:
    """Keep a change to a published record for a second person to review; None when nothing would change."""
    current = content_of(record)
    if current == content:
        return None
    return ProposedChange.objects.create(record=record, content=content, based_on=current, proposed_by=by, note=note)


def apply_proposal(proposal: ProposedChange, *, by, note: str = "", reason: str = "") -> None:
    """Bring a proposed change before readers; ``reason`` makes it a correction that readers are told about.

    Refused for the person who proposed it, and when the record has changed since. Raises ContentError where the content
    no longer fits (a key it names is gone).
    """
    _require_permission(by)
    with transaction.atomic():
        _hold(proposal)
        _require(proposal.state == ProposalState.OPEN, _("This proposal has been decided."))
        _require(proposal.proposed_by_id != by.pk, _("A second person has to decide on your proposal."))
        record = proposal.record
        _hold(record)
        _require(
            content_of(record) == proposal.based_on,
            _("The record has changed since this was proposed: reject it and propose again."),
        )
        change = change_published(record, proposal.content, by=by, note=note or proposal.note)
        _decide(proposal, ProposalState.APPLIED, by=by, note=note)
        if reason.strip():
            Correction.objects.create(record=record, change=change, reason=reason)


def reject_proposal(proposal: ProposedChange, *, by, note: str) -> None:
    """Close a proposed change without effect, with the reviewer's note."""
    _require_permission(by)
    if not note.strip():
        raise ValidationError(_("Say why, so that the author can answer."))
    with transaction.atomic():
        _hold(proposal)
        _require(proposal.state == ProposalState.OPEN, _("This proposal has been decided."))
        _decide(proposal, ProposalState.REJECTED, by=by, note=note)


def change_published(record: PublishableModel, content: dict, *, by, note: str = "") -> Change:
    """Make a public record what the content says, at once. Only for a reviewed proposal and for the initial dataset."""
    old_key = record.key
    with one_revision(by=by, note=note or "Changed", of=record) as changes:
        _require(record.is_public, _("The record is not public any more: change the record itself."))
        apply_content(record, content)
        changes += _publish_sources_of(record, by=by, note=note)
        record.updated_at = timezone.now()
        record.save()
        if record.key != old_key:
            Redirect.objects.filter(record_type=record._meta.label_lower, target_key=old_key).update(
                target_key=record.key
            )
            Redirect.objects.create(record_type=record._meta.label_lower, old_key=old_key, target_key=record.key)
            rename_references(record, old_key)
        record.visibility_changed()
        action = ChangeAction.CHANGED if record.key == old_key else ChangeAction.RENAMED
        change = record_change(record, action, by=by, note=note)
        changes.append(change)
    return change


def bring_in(record: models.Model, content: dict, *, by, note: str) -> None:
    """Create a record from content and make it public at once. Only the initial dataset acts alone."""
    _require(is_system_user(by), _("Only the initial dataset publishes what one hand has written."))
    action = ChangeAction.PUBLISHED if record._state.adding else ChangeAction.CHANGED
    with one_revision(by=by, note=note, of=record) as changes:
        record.updated_at = timezone.now()
        apply_content(record, content)
        if isinstance(record, PublishableModel):
            changes += _publish_sources_of(record, by=by, note=note)
            changes.append(_make_public(record, by=by, note=note))
        else:
            changes.append(record_change(record, action, by=by, note=note))


def change_reference(record: models.Model, *, by, action: str = ChangeAction.CHANGED) -> None:
    """Save reference data, which has no workflow, and move the content revision with it."""
    with transaction.atomic():
        record.updated_at = timezone.now()
        record.save()
        record_change(record, action, by=by)


def delete_reference(record: models.Model, *, by) -> None:
    """Delete reference data that nothing needs any more; the change log keeps its name."""
    _require_permission(by)
    with transaction.atomic():
        record_change(record, ChangeAction.DELETED, by=by)
        record.delete()


def _make_public(record: PublishableModel, *, by, note: str) -> Change:
    now = timezone.now()
    record.status = Status.PUBLISHED
    record.published_at = record.published_at or now
    record.updated_at = now
    record.save()
    record.visibility_changed()
    return record_change(record, ChangeAction.PUBLISHED, by=by, note=note)


def _publish_sources_of(record: PublishableModel, *, by, note: str) -> list[Change]:
    """Bring the cited sources that no reader has seen yet before readers, ahead of the record that rests on them.

    Refuses a record that nothing supports, that names a record which readers may not see, or that rests on a source
    which was withdrawn.
    """
    _require_support(record)
    cited = {citation.source_id for citation in record.all_citations()}
    sources = list(Source.objects.filter(pk__in=cited).exclude(status=Status.PUBLISHED))
    withdrawn = [source for source in sources if source.status == Status.WITHDRAWN]
    named = [other for other in records_named_by(record) if not other.is_public and other not in (record, *sources)]
    hidden = sorted({str(other) for other in [*named, *withdrawn]})
    if hidden:
        raise ValidationError(
            _("“%(record)s” names records that are not public yet: %(hidden)s. Publish them first.")
            % {"record": record, "hidden": ", ".join(hidden)}
        )
    changes = []
    for source in sources:
        changes.append(_make_public(source, by=by, note=note))
        reversion.add_to_revision(source)
    return changes


def _decide(proposal: ProposedChange, state: str, *, by, note: str) -> None:
    proposal.state = state
    proposal.decided_by = by
    proposal.decided_at = timezone.now()
    proposal.decision_note = note
    proposal.save()


def _require(condition, sentence: str) -> None:
    if not condition:
        raise NotAllowed(sentence)


def _require_permission(user) -> None:
    _require(is_system_user(user) or user.has_perm(PUBLISH_PERMISSION), _("Only an editor can do this."))


def _require_support(record: PublishableModel) -> None:
    if not record.has_support():
        raise ValidationError(_("“%s” cannot go before readers without a citation that supports it.") % record)


def _require_not_named(record: PublishableModel) -> None:
    naming = sorted(str(other) for other in public_records_naming(record))
    if naming:
        raise ValidationError(
            _("“%(record)s” is named by public records: %(naming)s. Change or withdraw them first.")
            % {"record": record, "naming": ", ".join(naming[:10]) + ("…" if len(naming) > 10 else "")}
        )


def _hold(row: models.Model) -> None:
    """Read a row as it is now and keep others from changing it to the end of the transaction.

    The copy in hand may be older than what a second person has done meanwhile. See DATABASES in the settings for what
    holds on SQLite.
    """
    row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update())
