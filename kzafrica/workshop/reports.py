"""Errors that readers report: tickets tied to the page, the record and the version that the reader saw."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, models
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kzafrica.editorial import reporting, workflow
from kzafrica.editorial.change_words import FieldChange
from kzafrica.editorial.choices import ReportState
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ErrorReport
from kzafrica.editorial.naming import Names
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.version_pages import version_address
from kzafrica.editorial.versions import PublicVersion, public_changes, version_behind
from kzafrica.locking import is_locked
from kzafrica.workshop.forms import SOMEONE_WRITES
from kzafrica.workshop.resuming import is_resumed, not_done_yet, shows_typed
from kzafrica.workshop.texts import note_in
from kzafrica.workshop.waits import Wait, Waiting


class ErrorReportAdmin(Waiting, admin.ModelAdmin):
    """What readers say is wrong: looked into, then accepted or declined with an answer for colleagues."""

    waits = {
        "report": Wait(
            gettext_lazy("Not answered yet"),
            lambda reports, _user: reports.filter(state=ReportState.NEW),
            F("reported_at"),
            is_for_publishers=True,
        ),
    }
    list_display = ("said", "state", "age", "about", "handled_by")
    list_filter = ("state", ("content_type", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("handled_by",)
    search_fields = ("message", "record_title", "page", "answer")
    date_hierarchy = "reported_at"

    @admin.display(description=gettext_lazy("What is wrong"))
    def said(self, report: ErrorReport) -> str:
        return Truncator(report.message).chars(90)

    @admin.display(description=gettext_lazy("Age"), ordering="-reported_at")
    def age(self, report: ErrorReport) -> str:
        return timesince(report.reported_at, depth=1)

    @admin.display(description=pgettext_lazy("concerning", "About"), ordering="record_title")
    def about(self, report: ErrorReport) -> str:
        return report.record_title or report.page

    def has_add_permission(self, request) -> bool:
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.ticket_view)
        return [path("<int:pk>/change/", view, name="editorial_errorreport_change"), *super().get_urls()]

    @shows_typed
    def ticket_view(self, request, pk: int):
        """The report beside what the reader saw and what changed since; a POST accepts or declines it."""
        report = get_object_or_404(ErrorReport, pk=pk)
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        error = not_done_yet(request) if is_resumed(request) else ""
        if request.method == "POST" and not error:
            error = self._answer(request, report)
            if not error:
                self.message_user(request, _("The report was answered."), messages.SUCCESS)
                return redirect("admin:editorial_errorreport_changelist")
        record = report.record
        context = {
            **self.admin_site.each_context(request),
            "title": _("Error report: %s") % (report.record_title or report.page),
            "report": report,
            "record": record,
            "form_address": _admin_address(record, "change"),
            "record_history": _admin_address(record, "history"),
            "public_address": record.get_absolute_url() if getattr(record, "is_public", False) else "",
            **_seen_beside_now(report, record),
            "may_answer": report.state == ReportState.NEW and self.has_change_permission(request, report),
            "may_delete": self.has_delete_permission(request, report),
            "error": error,
            "typed": request.POST.get("answer", ""),
            "opts": self.opts,
        }
        status = HTTPStatus.SERVICE_UNAVAILABLE if error == SOMEONE_WRITES else HTTPStatus.OK
        return TemplateResponse(request, "admin/workshop/report.html", context, status=status)

    def _answer(self, request, report: ErrorReport) -> str:
        decide = reporting.accept if "accept" in request.POST else reporting.decline
        try:
            decide(report, by=request.user, answer=note_in(request, "answer"))
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        except workflow.NotAllowed as refusal:
            return str(refusal)
        except OperationalError as refusal:
            if not is_locked(refusal):
                raise
            return str(SOMEONE_WRITES)
        return ""


def _admin_address(record: models.Model | None, page: str) -> str:
    if record is None:
        return ""
    try:
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])
    except NoReverseMatch:
        return ""


def _seen_beside_now(report: ErrorReport, record: models.Model | None) -> dict:
    """The version that the reader saw, where it can be read, and what has changed since."""
    if not isinstance(record, PublishableModel):
        return {"seen": None, "seen_address": "", "changed_since": []}
    change = public_changes(record).filter(number__lte=report.content_revision).first()
    seen = version_behind(change) if change is not None else None
    return {
        "seen": seen,
        "seen_address": version_address(record, change.number) if seen is not None and record.is_public else "",
        "changed_since": _changed_since(seen, record) if seen is not None else [],
    }


def _changed_since(seen: PublicVersion, record: PublishableModel) -> list[FieldChange]:
    now = content_of(record)
    names = Names((seen.model, content) for content in (seen.state.content, now))
    return names.changes(seen.model, seen.state.content, now)
