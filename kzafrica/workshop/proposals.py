"""Changes to public records that wait for a second person."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kzafrica.editorial import workflow
from kzafrica.editorial.choices import ProposalState
from kzafrica.editorial.content import ContentError, differences
from kzafrica.editorial.models import ProposedChange
from kzafrica.locking import is_locked
from kzafrica.workshop.forms import SOMEONE_WRITES
from kzafrica.workshop.records import ReadOnlyAdmin
from kzafrica.workshop.resuming import NOT_DONE_YET, is_resumed, shows_typed


class ProposedChangeAdmin(ReadOnlyAdmin):
    """Changes to public records that wait for a second person: field by field, apply or reject."""

    list_display = ("record_title", "proposed_by", "proposed_at", "state", "decided_by")
    list_filter = ("state",)
    list_select_related = ("content_type", "proposed_by", "decided_by")

    @admin.display(description=gettext_lazy("Record"))
    def record_title(self, proposal: ProposedChange) -> str:
        return f"{proposal.content_type.name}: {proposal.record}"

    def get_urls(self):
        view = self.admin_site.admin_view(self.decide_view)
        return [path("<int:pk>/change/", view, name="editorial_proposedchange_change"), *super().get_urls()]

    @shows_typed
    def decide_view(self, request, pk: int):
        """Show the proposal; a POST with ``apply`` or ``reject`` decides it."""
        proposal = get_object_or_404(ProposedChange, pk=pk)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        error = NOT_DONE_YET if is_resumed(request) else ""
        if request.method == "POST" and not error:
            error = self._decide(request, proposal)
            if not error:
                self.message_user(request, f"{proposal.record}: {proposal.get_state_display()}", messages.SUCCESS)
                return redirect("admin:editorial_proposedchange_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Proposed change: %s") % proposal.record,
            "proposal": proposal,
            "differences": differences(proposal.based_on, proposal.content),
            "others": ProposedChange.objects.filter(
                content_type=proposal.content_type, object_id=proposal.object_id, state=ProposalState.OPEN
            ).exclude(pk=proposal.pk),
            "may_decide": proposal.state == ProposalState.OPEN and request.user.has_perm(workflow.PUBLISH_PERMISSION),
            "error": error,
            "typed": {name: request.POST.get(name, "") for name in ("note", "reason")},
            "opts": self.opts,
        }
        status = HTTPStatus.SERVICE_UNAVAILABLE if error == SOMEONE_WRITES else HTTPStatus.OK
        return TemplateResponse(request, "admin/workshop/proposal.html", context, status=status)

    def _decide(self, request, proposal: ProposedChange) -> str:
        note = request.POST.get("note", "").strip()
        try:
            if "apply" in request.POST:
                workflow.apply_proposal(proposal, by=request.user, note=note, reason=request.POST.get("reason", ""))
            else:
                workflow.reject_proposal(proposal, by=request.user, note=note)
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        except (workflow.NotAllowed, ContentError) as refusal:
            return str(refusal)
        except OperationalError as refusal:
            if not is_locked(refusal):
                raise
            return str(SOMEONE_WRITES)
        return ""
