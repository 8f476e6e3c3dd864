"""The transitions of a record from draft to reader and back. Nothing else assigns a status.

Changes to what is public are in ``proposals.py``, two records becoming one in ``merging.py``; both move records by the
functions here.

Each function is one transaction: the record, one revision of the whole of it, one ``Change`` and the content revision
move together or not at all. Callers that only read follow ``Change``; there are no signals.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import reversion
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Revision, Version

from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.choices import ChangeAction, Status, StepName
from kzafrica.editorial.links import (
    InTheWay,
    public_records_naming,
    records_named_by,
    records_naming,
    references_to_nothing,
)
from kzafrica.editorial.models import Change, ContentRevision, Redirect, Source, Step
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.revision import held_revision

# The changes of the revision that has begun, if one has.
_begun: ContextVar[list[Change] | None] = ContextVar("changes_of_revision", default=None)

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
    # Every request asks this, and Django takes longer to write the question than the database to answer it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM editorial_contentrevision WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else 0


def system_user():
    """The named user that the initial dataset acts as; cannot sign in."""
    user, is_new = get_user_model().objects.get_or_create(username=SYSTEM_USER_NAME, defaults={"is_active": False})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def is_system_user(user) -> bool:
    return user is not None and user.get_username() == SYSTEM_USER_NAME


def record_change(
    record: models.Model,
    action: str,
    *,
    by,
    note: str = "",
    is_unreviewed: bool = False,
    other_key: str = "",
    is_of_many: bool = False,
) -> Change:
    """Write one line of the public change log and move the content revision with it. Call inside a transaction.

    ``other_key`` is the former key of a renamed record, or the key of the one that an absorbed record was merged into;
    ``is_of_many`` lets the line stand for all rows that were loaded with this one.
    """
    # Updating the row holds it to the end of the transaction: numbers follow the order of commits.
    while not ContentRevision.objects.filter(pk=1).update(number=F("number") + 1):
        ContentRevision.objects.get_or_create(pk=1)
    return Change.objects.create(
        number=present_revision(),
        action=action,
        record_type=record._meta.label_lower,
        record_key=record.key,
        record_title=str(record)[:400],
        other_key=other_key,
        is_of_many=is_of_many,
        by_name=by.get_username() if by else "",
        note=note,
        is_unreviewed=is_unreviewed,
    )


@contextmanager
def one_revision(*, by, note: str, of: models.Model | None = None) -> Iterator[list[Change]]:
    """One transaction and one revision; changes put into the list point to that revision.

    The revision holds everything saved in it, or, where a record is named, that record with its parts and citations.
    Within another one it is a part of that, which keeps its own reason.
    """
    begun = _begun.get()
    if begun is not None:
        yield begun
        if of is not None:
            reversion.add_to_revision(of)
        return
    changes: list[Change] = []
    token = _begun.set(changes)
    try:
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
    finally:
        _begun.reset(token)


def latest_revision_of(record: models.Model) -> Revision | None:
    version = Version.objects.get_for_object(record).select_related("revision__user").first()
    return version.revision if version else None


def people_who_touched(record: models.Model) -> set[int]:
    """The users behind the revisions of a record."""
    versions = Version.objects.get_for_object(record)
    return set(versions.exclude(revision__user=None).values_list("revision__user_id", flat=True))


def returned_with(record: PublishableModel) -> Step | None:
    """The step that returned a draft to its author, with the reviewer's note; None for any other record."""
    if record.status != Status.DRAFT:
        return None
    record_type = ContentType.objects.get_for_model(record)
    step = Step.objects.filter(content_type=record_type, object_id=record.pk).select_related("by").first()
    return step if step and step.name == StepName.RETURNED else None


def submit(record: PublishableModel, *, by, note: str = "") -> None:
    """Draft or withdrawn → in review. Refused for a record that no source supports, and to who may not change it."""
    require_writer(record, by)
    with one_revision(by=by, note=note or "Submitted for review"):
        hold(record)
        require(record.status in {Status.DRAFT, Status.WITHDRAWN}, _("Only a draft can be submitted."))
        require_support(record)
        record.status = Status.IN_REVIEW
        record.submitted_by = by
        record.save()
        _log(record, StepName.SUBMITTED, by=by, note=note)


def return_to_draft(record: PublishableModel, *, by, note: str) -> None:
    """In review → draft, with the reviewer's note."""
    require_publisher(by)
    if not note.strip():
        raise ValidationError(_("Say what is missing, so that the author can mend it."))
    with one_revision(by=by, note=note):
        hold(record)
        require(record.status == Status.IN_REVIEW, _("Only a record in review can be returned."))
        record.status = Status.DRAFT
        record.save()
        _log(record, StepName.RETURNED, by=by, note=note)


def publish(record: PublishableModel, *, by, note: str = "") -> None:
    """In review → published; the sources it cites become public with it.

    Refused for a record without a supporting citation, for a user without the permission, and for the only person who
    has touched the record or who submitted it: publishing takes two people. Where the settings relax that, the change
    log says that nobody else looked at it. The initial dataset acts alone.
    """
    with one_revision(by=by, note=note or "Published") as changes:
        hold_content()
        hold(record)
        is_alone = False
        if not is_system_user(by):
            require_publisher(by)
            require(record.status == Status.IN_REVIEW, _("Only a record in review can be published: submit it first."))
            is_alone = record.submitted_by_id == by.pk or not people_who_touched(record) - {by.pk}
            sentence = _("Publishing takes two people: someone else has to review what you submitted.")
            require(not is_alone or not settings.PUBLISHING_TAKES_TWO, sentence)
        changes += publish_sources_of(record, by=by, note=note, is_unreviewed=is_alone)
        changes += _make_public(record, by=by, note=note, is_unreviewed=is_alone)
        _log(record, StepName.PUBLISHED, by=by, note=note)


def withdraw(record: PublishableModel, *, by, note: str) -> None:
    """Published → withdrawn: readers no longer see it, its address says so.

    Refused while other public records name it or rest on it: they would name what readers may not see.
    """
    require_publisher(by)
    if not note.strip():
        raise ValidationError(_("Say why the record is withdrawn; the change log keeps the reason."))
    with one_revision(by=by, note=note) as changes:
        hold_content()
        hold(record)
        require(record.status == Status.PUBLISHED, _("Only a published record can be withdrawn."))
        _require_not_named(record)
        record.status = Status.WITHDRAWN
        record.updated_at = timezone.now()
        record.save()
        others = record.visibility_changed()
        changes.append(record_change(record, ChangeAction.WITHDRAWN, by=by, note=note))
        tell_of_others(others, by=by, changes=changes)
        _log(record, StepName.WITHDRAWN, by=by, note=note)


def delete_draft(record: PublishableModel, *, by, note: str = "") -> None:
    """Take out a record that readers have never seen; a last revision keeps what it was."""
    model = record._meta
    require(by.has_perm(f"{model.app_label}.delete_{model.model_name}"), _("You may not delete this record."))
    with transaction.atomic():
        hold(record)
        require(
            not record.published_at and record.status in {Status.DRAFT, Status.IN_REVIEW},
            _("Readers have seen this record: withdraw it, so that its address goes on saying so."),
        )
        if naming := records_naming(record):
            raise InTheWay(_("“%(record)s” is named by others: %(naming)s. Change them first."), record, naming)
        with one_revision(by=by, note=note or "Deleted", of=record):
            pass
        # Of drafts that were merged into it, which can come back at their own addresses then.
        Redirect.objects.filter(record_type=record._meta.label_lower, target_key=record.key).delete()
        delete_logged(record, by=by, note=note)


def bring_in(record: models.Model, content: dict, *, by, note: str) -> None:
    """Create a record from content and make it public at once. Only the initial dataset acts alone."""
    require(is_system_user(by), _("Only the initial dataset publishes what one hand has written."))
    action = ChangeAction.PUBLISHED if record._state.adding else ChangeAction.CHANGED
    with one_revision(by=by, note=note, of=record) as changes:
        record.updated_at = timezone.now()
        apply_content(record, content)
        if isinstance(record, PublishableModel):
            changes += publish_sources_of(record, by=by, note=note)
            changes += _make_public(record, by=by, note=note)
        else:
            changes.append(record_change(record, action, by=by, note=note))


def change_reference(
    record: models.Model, *, by, action: str = ChangeAction.CHANGED, note: str = "", former_key: str = ""
) -> None:
    """Save reference data, which has no workflow, and move the content revision with it.

    ``former_key`` is the key that a renamed row had.
    """
    note = note or ("Added" if action == ChangeAction.PUBLISHED else "Changed")
    with one_revision(by=by, note=note) as changes:
        record.updated_at = timezone.now()
        record.save()
        changes.append(record_change(record, action, by=by, other_key=former_key))


def delete_reference(record: models.Model, *, by) -> None:
    """Delete reference data that nothing needs any more; the change log keeps its name."""
    require_publisher(by)
    with transaction.atomic():
        with one_revision(by=by, note="Deleted", of=record) as changes:
            changes.append(record_change(record, ChangeAction.DELETED, by=by))
        record.delete()


def delete_logged(record: PublishableModel, *, by, note: str) -> None:
    """Delete a record that no other names, of which its revisions and the step that deleted it remain."""
    _log(record, StepName.DELETED, by=by, note=note)
    record.delete()


def _log(record: PublishableModel, name: str, *, by, note: str) -> None:
    Step.objects.create(record=record, name=name, by=by, note=note)


def _make_public(record: PublishableModel, *, by, note: str, is_unreviewed: bool = False) -> list[Change]:
    now = timezone.now()
    record.status = Status.PUBLISHED
    record.published_at = record.published_at or now
    record.updated_at = now
    record.save()
    others = record.visibility_changed()
    changes = [record_change(record, ChangeAction.PUBLISHED, by=by, note=note, is_unreviewed=is_unreviewed)]
    tell_of_others(others, by=by, changes=changes)
    return changes


def tell_of_others(others: Iterable[PublishableModel], *, by, changes: list[Change]) -> None:
    """Tell readers that public records say something else of themselves since another came, went or changed."""
    for other in others:
        # Not saved, which would make a version in which nothing differs: its content is what it was.
        type(other)._base_manager.filter(pk=other.pk).update(updated_at=timezone.now())
        changes.append(record_change(other, ChangeAction.CHANGED, by=by))


def publish_sources_of(record: PublishableModel, *, by, note: str, is_unreviewed: bool = False) -> list[Change]:
    """Bring the cited sources that no reader has seen yet before readers, ahead of the record that rests on them.

    Where the publisher alone has touched one of them, that takes a second person too, as ``publish`` says. Refuses a
    record that nothing supports, that says what is unfit for readers, that names a record which they may not
    see or which is not there, or that rests on a source which was withdrawn.
    """
    require_support(record)
    if missing := sorted(set(references_to_nothing(record))):
        raise ValidationError(
            _("“%(record)s” names what is not there: %(missing)s. Name what it is called now, or take it out.")
            % {"record": record, "missing": ", ".join(missing)}
        )
    cited = {citation.source_id for citation in record.all_citations()}
    sources = list(Source.objects.filter(pk__in=cited).exclude(status=Status.PUBLISHED))
    if faults := record.faults_before_readers(sources):
        raise ValidationError(faults)
    withdrawn = [source for source in sources if source.status == Status.WITHDRAWN]
    named = [other for other in records_named_by(record) if not other.is_public and other not in (record, *sources)]
    if hidden := [*named, *withdrawn]:
        sentence = _("“%(record)s” names records that are not public yet: %(hidden)s. Publish them first.")
        raise InTheWay(sentence, record, hidden)
    own = [] if is_system_user(by) else [source for source in sources if people_who_touched(source) == {by.pk}]
    require(
        not own or is_unreviewed or not settings.PUBLISHING_TAKES_TWO,
        _("Publishing takes two people: nobody but you has seen to “%s”, which would go before readers with it.")
        % ", ".join(map(str, own)),
    )
    changes = []
    for source in sources:
        changes += _make_public(source, by=by, note=note, is_unreviewed=is_unreviewed or source in own)
        reversion.add_to_revision(source)
    return changes


def hold_content() -> None:
    """Let nobody else bring anything before readers, or take it away, to the end of the transaction.

    What a record names has to be public: two steps that each see the other's beginning could break that together. Held
    before any record, lest two people who each hold what the other needs wait for ever.
    """
    while not ContentRevision.objects.select_for_update().filter(pk=1):
        ContentRevision.objects.get_or_create(pk=1)


def require(condition, sentence: str) -> None:
    if not condition:
        raise NotAllowed(sentence)


def require_writer(record: models.Model, user) -> None:
    model = record._meta
    may = is_system_user(user) or user.has_perm(f"{model.app_label}.change_{model.model_name}")
    require(may, _("You may not change records of this kind (%s).") % model.verbose_name)


def require_publisher(user) -> None:
    require(is_system_user(user) or user.has_perm(PUBLISH_PERMISSION), _("Only an editor can do this."))


def require_support(record: PublishableModel) -> None:
    if not record.has_support():
        raise ValidationError(_("“%s” cannot go before readers without a citation that supports it.") % record)


def _require_not_named(record: PublishableModel) -> None:
    if naming := public_records_naming(record):
        sentence = _("“%(record)s” is named by public records: %(naming)s. Change or withdraw them first.")
        raise InTheWay(sentence, record, naming)


def hold(row: models.Model) -> None:
    """Read a row as it is now and keep others from changing it to the end of the transaction.

    The copy in hand may be older than what a second person has done meanwhile. See DATABASES in the settings for what
    holds on SQLite.
    """
    row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update())
