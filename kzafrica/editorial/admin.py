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
from kzafrica.editorial.models import Change, Correction, ErrorReport, ProposedChange, Redirect, Source, SourceAuthor
from kzafrica.editorial.part_forms import SOMEONE_WRITES
from kzafrica.editorial.workshop import PartAdmin, ReadOnlyAdmin, RecordAdmin
from kzafrica.locking import is_locked

admin.site.site_header = gettext_lazy("KZ-Africa: the editors' workshop")
admin.site.site_title = gettext_lazy("KZ-Africa")
admin.site.index_title = gettext_lazy("What would you like to record?")


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_extra = ("publisher", "kind", "published")
    list_filter = ("status", "kind", "language")
    search_fields = ("title", "publisher", "slug", "url")


@admin.register(SourceAuthor)
class SourceAuthorAdmin(PartAdmin):
    search_fields = ("name",)


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("number", "at", "action", "record_type", "record_title", "by_name", "note")
    list_filter = ("action", "record_type")
    search_fields = ("record_title", "record_key", "by_name")
    ordering = ("-number",)


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("corrected_at", "change", "reason")
    list_select_related = ("change",)


@admin.register(Redirect)
class RedirectAdmin(ReadOnlyAdmin):
    list_display = ("record_type", "old_key", "target_key", "created_at")
    search_fields = ("old_key", "target_key")


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    list_display = ("reported_at", "state", "message")
    list_filter = ("state",)
    readonly_fields = ("content_type", "object_id", "message", "email", "content_revision", "reported_at")

    def has_add_permission(self, request) -> bool:
        return False


@admin.register(ProposedChange)
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

    def decide_view(self, request, pk: int):
        """Show the proposal; a POST with ``apply`` or ``reject`` decides it."""
        proposal = get_object_or_404(ProposedChange, pk=pk)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        error = ""
        if request.method == "POST":
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
        return TemplateResponse(request, "admin/editorial/proposal.html", context, status=status)

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
