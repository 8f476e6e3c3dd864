"""Changes to public records that wait for a second person."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, transaction
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.choices import ProposalState
from kzafrica.editorial.content import ContentError, content_of, differences
from kzafrica.editorial.labels import field_label
from kzafrica.editorial.merging import absorbed_by
from kzafrica.editorial.models import ProposedChange
from kzafrica.locking import is_locked
from kzafrica.workshop.forms import SOMEONE_WRITES
from kzafrica.workshop.meanwhile import changed_meanwhile, version_of
from kzafrica.workshop.proposing_again import can_be_proposed_again
from kzafrica.workshop.records import ReadOnlyAdmin, RecordAdmin
from kzafrica.workshop.resuming import is_resumed, not_done_yet, shows_typed
from kzafrica.workshop.reviewing import Review, in_the_way
from kzafrica.workshop.revising import sentence_of
from kzafrica.workshop.texts import note_in
from kzafrica.workshop.waits import WAITS_OF_PROPOSALS, Waiting


class ProposedChangeAdmin(Waiting, ReadOnlyAdmin):
    """Changes to public records that wait for a second person: field by field, apply or reject."""

    waits = WAITS_OF_PROPOSALS
    list_display = ("record_title", "proposed_by", "proposed_at", "fate", "decided_by")
    list_filter = ("state",)
    list_select_related = ("content_type", "proposed_by", "decided_by")

    def rows_to_tell(self):
        """With their records, in a query for each kind."""
        waiting = [one for one in self.admin_site._registry.values() if isinstance(one, RecordAdmin)]
        return (
            super().rows_to_tell().prefetch_related(GenericPrefetch("record", [one.rows_to_tell() for one in waiting]))
        )

    @admin.display(description=gettext_lazy("Record"))
    def record_title(self, proposal: ProposedChange) -> str:
        return f"{proposal.content_type.name}: {proposal.record}"

    @admin.display(description=pgettext_lazy("of a proposal", "Outcome"), ordering="state")
    def fate(self, proposal: ProposedChange) -> str:
        return proposals.fate_of(proposal)

    def get_urls(self):
        view = self.admin_site.admin_view(self.decide_view)
        return [path("<int:pk>/change/", view, name="editorial_proposedchange_change"), *super().get_urls()]

    @shows_typed
    def decide_view(self, request, pk: int):
        """Show the proposal on the record as it is now; ``apply``, ``reject`` or ``take_back`` in a POST close it."""
        proposal = get_object_or_404(ProposedChange, pk=pk)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        error, status, others = "", HTTPStatus.OK, []
        if is_resumed(request):
            record = proposal.record
            meanwhile = changed_meanwhile(record, request.POST) if record is not None else None
            error = meanwhile.sentence if meanwhile else not_done_yet(request)
        elif request.method == "POST":
            error, status, others = self._decide(request, proposal)
            if not error:
                self.message_user(request, f"{proposal.record}: {proposals.fate_of(proposal)}", messages.SUCCESS)
                return redirect("admin:editorial_proposedchange_changelist")
            proposal.refresh_from_db()
        told = self._changes(proposal)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Proposed change: %s") % proposal.record,
            "proposal": proposal,
            "fate": proposals.fate_of(proposal),
            "absorbed": absorbed_by(proposal),
            "form_version": version_of(proposal.record),
            "may_decide": proposal.state == ProposalState.OPEN and request.user.has_perm(workflow.PUBLISH_PERMISSION),
            "may_take_back": proposal.state == ProposalState.OPEN and proposals.is_own(proposal, request.user),
            "error": error,
            "in_the_way": others,
            "record_address": self._record_address(proposal),
            "typed": {name: request.POST.get(name, "") for name in ("note", "reason")},
            "opts": self.opts,
            "may_propose_again": can_be_proposed_again(proposal, is_overtaken=bool(told.get("overtaken"))),
            **told,
        }
        return TemplateResponse(request, "admin/workshop/proposal.html", context, status=status)

    def _changes(self, proposal: ProposedChange) -> dict:
        """What applying it would change; of a decided one, what it was to change."""
        record = proposal.record
        before, after = proposal.based_on, proposal.content
        if record is None or proposal.state != ProposalState.OPEN:
            review = Review(proposal.content_type.model_class(), [before, after])
            return {"changes": review.changes_with_sources(before, after)}
        now, outcome = content_of(record), proposals.outcome_of(proposal)
        review = Review(type(record), [before, after, now])
        overtaken = {change.field for change in outcome.overtaken}
        ours = {change.field for change in differences(before, after)}
        others = []
        for other in proposals.open_for(record).exclude(pk=proposal.pk):
            theirs = {change.field for change in differences(other.based_on, other.content)}
            others.append((other, [field_label(name) for name in sorted(theirs & ours)]))
        before, after, now_there = (
            {name: value for name, value in content.items() if name in overtaken} for content in (before, after, now)
        )
        return {
            "changes": review.changes_with_sources(now, outcome.content),
            "overtaken": review.changes(before, now_there),
            "wanted": review.changes(before, after),
            "others": others,
        }

    def _record_address(self, proposal: ProposedChange) -> str:
        model = proposal.content_type.model_class()
        if proposal.record is None or not self.admin_site.is_registered(model):
            return ""
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[proposal.object_id])

    def _decide(self, request, proposal: ProposedChange) -> tuple[str, HTTPStatus, list]:
        """Why the proposal was not decided, in a sentence, and the records in its way; empty where it was."""
        try:
            note = note_in(request)
            with transaction.atomic():
                record = proposal.record
                if record is not None and "apply" in request.POST:
                    workflow.hold_content()
                    workflow.hold(record)
                    if meanwhile := changed_meanwhile(record, request.POST):
                        return meanwhile.sentence, HTTPStatus.CONFLICT, []
                if "apply" in request.POST:
                    reason = note_in(request, "reason")
                    proposals.apply_proposal(proposal, by=request.user, note=note, reason=reason)
                elif "take_back" in request.POST:
                    proposals.take_back(proposal, by=request.user, note=note)
                elif "reject" not in request.POST:
                    return _("Say whether to apply or to reject it."), HTTPStatus.BAD_REQUEST, []
                else:
                    proposals.reject_proposal(proposal, by=request.user, note=note)
        except (ValidationError, workflow.NotAllowed, ContentError) as refusal:
            return sentence_of(refusal), HTTPStatus.OK, in_the_way(self.admin_site, request, refusal)
        except OperationalError as refusal:
            if not is_locked(refusal):
                raise
            return str(SOMEONE_WRITES), HTTPStatus.SERVICE_UNAVAILABLE, []
        return "", HTTPStatus.OK, []
