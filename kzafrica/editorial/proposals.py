"""Changes to what is public: kept for a second person, applied, rejected, or made at once and marked so."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kzafrica.editorial import merging
from kzafrica.editorial.changing import change_published
from kzafrica.editorial.choices import ProposalState
from kzafrica.editorial.content import Difference, content_of, differences
from kzafrica.editorial.labels import field_label
from kzafrica.editorial.models import Change, Correction, ProposedChange
from kzafrica.editorial.present_keys import with_present_keys
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.workflow import hold, hold_content, require, require_publisher, require_writer

CORRECT_PERMISSION = "editorial.correct_at_once"


def propose(
    record: PublishableModel, content: dict, *, by, note: str = "", based_on: dict | None = None
) -> ProposedChange | None:
    """Keep a change to a published record for a second person to review; None when nothing would change.

    ``based_on`` is what the record said when the change was made, if that is not what it says now.
    """
    require_writer(record, by)
    current = content_of(record) if based_on is None else based_on
    if current == content:
        return None
    return ProposedChange.objects.create(record=record, content=content, based_on=current, proposed_by=by, note=note)


def open_for(record: PublishableModel) -> models.QuerySet[ProposedChange]:
    """The proposals for a record that wait for a second person, oldest first."""
    record_type = ContentType.objects.get_for_model(record)
    waiting = ProposedChange.objects.filter(content_type=record_type, object_id=record.pk, state=ProposalState.OPEN)
    return waiting.select_related("proposed_by").order_by("proposed_at", "pk")


@dataclass(frozen=True)
class Outcome:
    """What a record would be, were a proposal applied now; ``overtaken`` are the fields others have changed since."""

    content: dict
    changes: list[Difference]
    overtaken: list[Difference]


def outcome_of(proposal: ProposedChange) -> Outcome:
    """The proposal on the record as it is now: what others changed meanwhile stays, unless both changed the same.

    Lists of parts, of citations and of keys are changed row by row: what the proposal took out is taken out, what it
    added is added; an order of rows cannot be joined. ``overtaken`` tells, for each field that cannot be joined, what
    it was and what it has become.
    """
    current, model = content_of(proposal.record), proposal.content_type.model_class()
    content, overtaken = dict(current), []
    # What others are called since is no change of this record.
    was, wanted = (with_present_keys(model, said) for said in (proposal.based_on, proposal.content))
    for change in differences(was, wanted):
        now = current.get(change.field, "")
        joined = _joined(change.old, change.new, now)
        if joined is None:
            overtaken.append(Difference(change.field, change.old, now))
        elif joined in ("", []):
            content.pop(change.field, None)
        else:
            content[change.field] = joined
    return Outcome(content, differences(current, content), overtaken)


def _joined(old, new, now):
    """A field that one hand made ``new`` and another ``now`` out of ``old``; None where they cannot both be right."""
    if now in (old, new):
        return new
    if not all(isinstance(value, list) or value == "" for value in (old, new, now)):
        return None
    old, new, now = (list(value) for value in (old, new, now))
    taken_out = [row for row in old if row not in new]
    if any(row not in now for row in taken_out):
        return None
    if [row for row in old if row in new] != [row for row in new if row in old]:
        return None  # Rows that were put into another order have no place among others that were not there.
    kept = [row for row in now if row not in taken_out]
    return [*kept, *(row for row in new if row not in old and row not in kept)]


def apply_proposal(proposal: ProposedChange, *, by, note: str = "", reason: str = "") -> None:
    """Bring a proposed change before readers; ``reason`` makes it a correction that readers are told about.

    What others have changed since it was proposed stays; where the record says all of it by now, nothing changes for
    readers. Refused for the person who proposed it, and where others have changed the same since. Raises ContentError
    where the content no longer fits (a key it names is gone).
    """
    require_publisher(by)
    with transaction.atomic():
        hold_content()
        hold(proposal)
        require(proposal.state == ProposalState.OPEN, _("This proposal has been decided."))
        is_alone = is_own(proposal, by)
        sentence = _("A second person has to decide on your proposal.")
        require(not is_alone or not settings.PUBLISHING_TAKES_TWO, sentence)
        record = proposal.record
        require(record is not None, _("The record is not there any more: reject the proposal."))
        hold(record)
        outcome = outcome_of(proposal)
        _require_not_overtaken(outcome)
        if not outcome.changes and not proposal.absorbs:
            said_by_now = _("The record says this by now: there is nothing to correct. Apply it without a reason.")
            require(not reason.strip(), said_by_now)
            _decide(proposal, ProposalState.APPLIED, by=by, note=note)
            return
        why = note or _why_proposed(proposal)
        if proposal.absorbs:
            change = merging.absorb(proposal, outcome.content, by=by, note=why, is_unreviewed=is_alone)
        else:
            change = change_published(record, outcome.content, by=by, note=why, is_unreviewed=is_alone)
        _decide(proposal, ProposalState.APPLIED, by=by, note=note)
        if reason.strip():
            Correction.objects.create(record=record, change=change, reason=reason)


def reject_proposal(proposal: ProposedChange, *, by, note: str) -> None:
    """Close a proposed change without effect, with the reviewer's note."""
    require_publisher(by)
    if not note.strip():
        raise ValidationError(_("Say why, so that the author can answer."))
    with transaction.atomic():
        hold(proposal)
        require(proposal.state == ProposalState.OPEN, _("This proposal has been decided."))
        _decide(proposal, ProposalState.REJECTED, by=by, note=note)


def take_back(proposal: ProposedChange, *, by, note: str = "") -> None:
    """Close one's own proposal without effect, while nobody has decided on it: rejected by whoever proposed it."""
    with transaction.atomic():
        hold(proposal)
        require(proposal.state == ProposalState.OPEN, _("This proposal has been decided."))
        require(is_own(proposal, by), _("Only the person who proposed a change can take it back."))
        if proposal.record is not None:
            require_writer(proposal.record, by)
        _decide(
            proposal, ProposalState.REJECTED, by=by, note=note.strip() or _("Taken back by the person who proposed it.")
        )


def fate_of(proposal: ProposedChange) -> str:
    """What became of it, in words; what its own author rejected was taken back."""
    is_taken_back = proposal.state == ProposalState.REJECTED and proposal.decided_by_id == proposal.proposed_by_id
    return _("Taken back") if is_taken_back and proposal.decided_by_id is not None else proposal.get_state_display()


def is_own(proposal: ProposedChange, user) -> bool:
    return proposal.proposed_by_id is not None and proposal.proposed_by_id == user.pk


def correct_at_once(
    record: PublishableModel, content: dict, *, by, reason: str, based_on: dict | None = None
) -> Change | None:
    """An administrator's urgent correction of a public record: no second person, and marked so wherever it is told.

    Needs the permission ``editorial.correct_at_once`` and a reason for readers. None when nothing would change.
    """
    require(by.has_perm(CORRECT_PERMISSION), _("Only an administrator corrects at once: propose the change."))
    if not reason.strip():
        raise ValidationError(_("An urgent correction needs a reason for readers: what was wrong and what is right."))
    with transaction.atomic():
        hold_content()
        hold(record)
        current = content_of(record)
        sentence = _("Others have changed this record in this moment: look at it again.")
        require(based_on is None or based_on == current, sentence)
        if current == content:
            return None
        change = change_published(record, content, by=by, note=reason, is_unreviewed=True)
        Correction.objects.create(record=record, change=change, reason=reason, is_urgent=True)
    return change


def _require_not_overtaken(outcome: Outcome) -> None:
    fields = ", ".join(field_label(change.field) for change in outcome.overtaken)
    require(
        not fields,
        _("The record has changed since this was proposed (%s): reject it and propose again.") % fields,
    )


def _why_proposed(proposal: ProposedChange) -> str:
    """What the history says where the person who decided says nothing: the words of whoever proposed it, as theirs."""
    if not proposal.note or proposal.proposed_by is None:
        return proposal.note
    return _("Proposed by %(who)s: %(note)s") % {"who": proposal.proposed_by, "note": proposal.note}


def _decide(proposal: ProposedChange, state: str, *, by, note: str) -> None:
    proposal.state = state
    proposal.decided_by = by
    proposal.decided_at = timezone.now()
    proposal.decision_note = note
    proposal.save()
