"""A change that was proposed and did not come before readers, in the form of its record to be gone on with.

The record becomes what the proposal makes of it, its form is read as a browser would, and all of it is undone. What the
form says comes back like the form of somebody who was signed out: to be looked at, not saved.
"""

from collections.abc import Callable
from itertools import chain

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.choices import ProposalState
from kzafrica.editorial.content import content_of
from kzafrica.editorial.labels import field_label
from kzafrica.editorial.models import ProposedChange
from kzafrica.editorial.proposals import outcome_of
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.workshop.meanwhile import NUMBER
from kzafrica.workshop.sent_forms import Typed, put, put_rows, untouched

FormsOf = Callable[[PublishableModel], tuple[forms.BaseForm, list[forms.BaseModelFormSet]]]


def can_be_proposed_again(proposal: ProposedChange, *, is_overtaken: bool) -> bool:
    """Rejected, or open and overtaken; a merge is laid side by side anew."""
    is_lost = proposal.state == ProposalState.REJECTED or (proposal.state == ProposalState.OPEN and is_overtaken)
    return is_lost and proposal.record is not None and not proposal.absorbs


def form_of(proposal: ProposedChange, forms_of: FormsOf) -> QueryDict:
    """What stands in the form of the record with all of the proposal that nobody has changed otherwise since.

    ``forms_of`` gives the form of a record and its formsets. Raises ContentError where the content no longer fits.
    """
    record = proposal.record
    _form, formsets = forms_of(record)
    there = {formset.prefix: _rows(formset) for formset in formsets}
    with transaction.atomic():
        changed = type(record)._base_manager.get(pk=record.pk)
        apply_content(changed, outcome_of(proposal).content)
        form, formsets = forms_of(type(record)._base_manager.get(pk=record.pk))
        typed = {form.add_prefix(name): untouched(form, name) for name in form.fields}
        rows = {formset.prefix: _rows(formset) for formset in formsets}
        transaction.set_rollback(True)
    data = QueryDict(mutable=True)
    put(data, "", typed)
    for prefix, now in there.items():
        _put_rows(data, prefix, now, rows[prefix])
    return data


def proposal_again(record: PublishableModel, number: str) -> ProposedChange:
    """The proposal of that number for the record. Raises Http404."""
    record_type = ContentType.objects.get_for_model(record)
    found = ProposedChange.objects.filter(content_type=record_type, object_id=record.pk, absorbs=None)
    if not NUMBER.fullmatch(number):
        raise Http404
    return get_object_or_404(found, pk=int(number))


def left_out(proposal: ProposedChange) -> list[str]:
    """What of the proposal does not stand in the form, in sentences."""
    outcome, now = outcome_of(proposal), content_of(proposal.record)
    sentences = []
    if outcome.overtaken:
        fields = ", ".join(field_label(change.field) for change in outcome.overtaken)
        sentences.append(_("Others have changed the same since, and it stands as they left it: %s.") % fields)
    if _sources_of_parts(outcome.content) != _sources_of_parts(now):
        # The form of a record has no room for them.
        sentences.append(_("Sources of parts are not carried along: see to them on the pages of the parts."))
    return sentences


def _sources_of_parts(content: dict) -> list[str]:
    """What is cited for the parts of a content, at every depth."""
    lists = (rows for name, rows in content.items() if name != "citations" and isinstance(rows, list))
    parts = [row for rows in lists for row in rows if isinstance(row, dict)]
    own = [str(sorted(citation.items())) for part in parts for citation in part.get("citations", ())]
    return sorted(chain(own, *map(_sources_of_parts, parts)))


def _rows(formset: forms.BaseModelFormSet) -> dict[str, Typed]:
    """The rows by their number, each by the names of its columns."""
    rows = ({name: untouched(form, name) for name in form.fields} for form in formset.initial_forms)
    return {row[formset.model._meta.pk.name][0]: row for row in rows}


def _put_rows(data: QueryDict, prefix: str, now: dict[str, Typed], then: dict[str, Typed]) -> None:
    """Rows that are there, to be deleted where they are no more, then those that came."""
    rows = [
        *(then.get(number, row | {"DELETE": ["on"]}) for number, row in now.items()),
        *(row | {"id": [""]} for number, row in then.items() if number not in now),
    ]
    put_rows(data, prefix, rows, len(now))
    data[f"{prefix}-MIN_NUM_FORMS"], data[f"{prefix}-MAX_NUM_FORMS"] = "0", "1000"
