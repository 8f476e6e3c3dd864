"""The admin classes that records, their parts and reference data share."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kzafrica.editorial import workflow
from kzafrica.editorial.changing import reference_saved
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import ContentError, content_of, owner_fields, record_behind
from kzafrica.locking import is_locked
from kzafrica.workshop.exchange.views import Exchange
from kzafrica.workshop.forms import SOMEONE_WRITES, PartForm
from kzafrica.workshop.meanwhile import VERSION_FIELD, changed_meanwhile, version_of
from kzafrica.workshop.preview import can_be_previewed, preview_address
from kzafrica.workshop.proposing_again import form_of, left_out, proposal_again
from kzafrica.workshop.resuming import AGAIN, RESUME, is_resumed, not_done_yet, shows_typed
from kzafrica.workshop.reviewing import in_the_way, statements_about
from kzafrica.workshop.revising import WorkshopAdmin, sentence_of
from kzafrica.workshop.texts import note_in
from kzafrica.workshop.waits import WAITS_OF_RECORDS, Waiting

STEPS = {
    # name: (label, function, whether a note is needed, statuses it starts from)
    "submit": (gettext_lazy("Submit for review"), workflow.submit, False, {Status.DRAFT, Status.WITHDRAWN}),
    "publish": (gettext_lazy("Publish"), workflow.publish, False, {Status.IN_REVIEW}),
    "return": (gettext_lazy("Return to the author"), workflow.return_to_draft, True, {Status.IN_REVIEW}),
    "withdraw": (gettext_lazy("Withdraw"), workflow.withdraw, True, {Status.PUBLISHED}),
}


def _may_take(step: str, user) -> bool:
    """Whether a step is one of this person's; the workflow asks again when it is taken."""
    return step == "submit" or user.has_perm(workflow.PUBLISH_PERMISSION)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Written by the workflow or by a load alone; those who may publish can look it up."""

    def has_view_permission(self, request, obj=None) -> bool:
        return super().has_view_permission(request, obj) or request.user.has_perm(workflow.PUBLISH_PERMISSION)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class RecordAdmin(Waiting, Exchange, WorkshopAdmin):
    """A record under workflow: its status, the steps open to it, and what it waits for."""

    waits = WAITS_OF_RECORDS
    list_filter = ("status",)
    ordering = ("-updated_at",)

    def get_list_display(self, request) -> tuple[str, ...]:
        return ("__str__", *self.list_extra, "status", "citation_count")

    list_extra: tuple[str, ...] = ()

    def get_queryset(self, request):
        return super().get_queryset(request).for_admin_list()

    def rows_to_tell(self):
        return super().rows_to_tell().select_related("submitted_by")

    @admin.display(description=gettext_lazy("Citations"), ordering="citation_count")
    def citation_count(self, record) -> int:
        return record.citation_count

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        step = path("<path:object_id>/step/<slug:step>/", self.admin_site.admin_view(self.step_view), name=name)
        return [step, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["can_be_previewed"] = add or can_be_previewed(obj)
        if obj is not None:
            context["record_status"] = obj.get_status_display()
            context["open_steps"] = [
                (reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_step", args=[obj.pk, name]), label)
                for name, (label, _function, _note, statuses) in STEPS.items()
                if obj.status in statuses and _may_take(name, request.user)
            ]
            context["site_address"] = obj.get_absolute_url() if obj.is_public else ""
            context["preview_address"] = preview_address(obj) if can_be_previewed(obj) else ""
            context["returned_with"] = workflow.returned_with(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_view_on_site_url(self, obj=None):
        """Where readers find it; nothing for a draft, whose address answers 404 as yet."""
        return super().get_view_on_site_url(obj) if obj is None or obj.is_public else None

    def response_add(self, request, obj, post_url_continue=None):
        answer = super().response_add(request, obj, post_url_continue)
        return self._preview_of(request, obj) or answer

    def response_change(self, request, obj):
        answer = super().response_change(request, obj)
        return self._preview_of(request, obj) or answer

    def _preview_of(self, request, obj):
        asked = "_preview" in request.POST and can_be_previewed(obj)
        return redirect(preview_address(obj)) if asked else None

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id and request.method == "GET" and AGAIN in request.GET:
            self._propose_again(request, unquote(object_id))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _propose_again(self, request, object_id: str) -> None:
        """Let the form be shown with what the proposal of the number ``again`` wanted; why not, where it cannot be."""
        record = self.get_object(request, object_id)
        if record is None or not self.has_change_permission(request, record):
            raise PermissionDenied
        wanted = proposal_again(record, request.GET[AGAIN])
        try:
            form = form_of(wanted, lambda row: self._forms_of(request, row))
        except ContentError as refusal:
            return self.message_user(request, sentence_of(refusal), messages.ERROR)
        except OperationalError as refusal:
            if not is_locked(refusal):
                raise
            return self.message_user(request, _("The database is busy: try in a minute."), messages.ERROR)
        for sentence in left_out(wanted):
            self.message_user(request, sentence, messages.WARNING)
        form.update({RESUME: AGAIN, VERSION_FIELD: str(version_of(record)), "_note": wanted.note})
        # Django reads both together: were the files read later, the fields would be those of the request again.
        request.FILES  # noqa: B018
        request.method, request.POST = "POST", form

    def _forms_of(self, request, record) -> tuple:
        formsets, _inlines = self._create_formsets(request, record, change=True)
        return self.get_form(request, record, change=True)(instance=record), formsets

    def _record_to_step(self, request, object_id: str, step: str):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if step not in STEPS or not self.has_change_permission(request, record):
            raise PermissionDenied
        return record

    @shows_typed
    def step_view(self, request, object_id: str, step: str):
        """Ask for a note, then take the step; a refusal is shown as its sentence."""
        record = self._record_to_step(request, object_id, step)
        label, take, needs_note, _statuses = STEPS[step]
        may_take = _may_take(step, request.user)
        error, status, meanwhile, others = "", HTTPStatus.OK, None, []
        if not may_take:
            error, status = _("Only an editor can do this."), HTTPStatus.FORBIDDEN
        if is_resumed(request):
            meanwhile = changed_meanwhile(record, request.POST)
            error = meanwhile.sentence if meanwhile else not_done_yet(request)
        elif request.method == "POST":
            try:
                with transaction.atomic():
                    workflow.hold_content()
                    workflow.hold(record)
                    meanwhile = changed_meanwhile(record, request.POST)
                    if meanwhile is None:
                        take(record, by=request.user, note=note_in(request))
            except (ValidationError, workflow.NotAllowed) as refusal:
                error, others = sentence_of(refusal), in_the_way(self.admin_site, request, refusal)
            except OperationalError as refusal:
                if not is_locked(refusal):
                    raise
                error, status = SOMEONE_WRITES, HTTPStatus.SERVICE_UNAVAILABLE
            else:
                if meanwhile is None:
                    self.message_user(request, f"{record}: {record.get_status_display()}", messages.SUCCESS)
                    return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", record.pk)
                error, status = meanwhile.sentence, HTTPStatus.CONFLICT
            record.refresh_from_db()
        context = {
            **self.admin_site.each_context(request),
            "title": f"{label}: {record}",
            "label": label,
            "needs_note": needs_note,
            "may_take": may_take,
            "error": error,
            "note": request.POST.get("note", ""),
            "record": record,
            "form_version": version_of(record),
            "meanwhile": meanwhile,
            "in_the_way": others,
            "statements": statements_about(record),
            "record_address": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk]),
            "preview_address": preview_address(record) if can_be_previewed(record) else "",
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/workshop/step.html", context, status=status)

    def delete_model(self, request, obj) -> None:
        workflow.delete_draft(obj, by=request.user)

    def delete_queryset(self, request, queryset) -> None:
        with transaction.atomic():
            for record in queryset:
                workflow.delete_draft(record, by=request.user)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except (ValidationError, workflow.NotAllowed) as refusal:
            self._tell_refused(request, refusal)
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def response_action(self, request, queryset):
        try:
            return super().response_action(request, queryset)
        except (ValidationError, workflow.NotAllowed) as refusal:
            self._tell_refused(request, refusal)
            return redirect(request.get_full_path())

    def _tell_refused(self, request, refusal: Exception) -> None:
        others = in_the_way(self.admin_site, request, refusal)
        links = format_html_join(" · ", '<a href="{1}">{0}</a>', others)
        self.message_user(request, format_html("{} {}", sentence_of(refusal), links), messages.ERROR)


class PartAdmin(WorkshopAdmin):
    """A part of a record on a page of its own, for its sources; reached from the record, not from the menu."""

    form = PartForm

    def has_module_permission(self, request) -> bool:
        return False

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        return tuple(owner_fields(self.model))

    def has_add_permission(self, request) -> bool:
        return False

    def get_actions(self, request) -> dict:
        return {}

    def delete_view(self, request, object_id, extra_context=None):
        """A part goes in the form of its record, whose version then says so."""
        raise PermissionDenied

    def history_view(self, request, object_id, extra_context=None):
        """A part has the history of its record."""
        part = self.get_object(request, unquote(object_id))
        if part is None:
            raise Http404
        record = record_behind(part)
        return redirect(f"admin:{record._meta.app_label}_{record._meta.model_name}_history", record.pk)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["show_delete"] = False
        return super().render_change_form(request, context, add, change, form_url, obj)


class ReferenceAdmin(Exchange, WorkshopAdmin):
    """Reference data: saved at once, by those who may publish, since readers see it at once."""

    def save_model(self, request, obj, form, change) -> None:
        was = self.model._base_manager.get(pk=obj.pk) if change else None
        request.reference_before = (was.key, content_of(was)) if was is not None else None
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        # Its parts are rows of other tables, which are saved by now.
        saved = self.model._base_manager.get(pk=form.instance.pk)
        reference_saved(saved, request.reference_before, by=request.user)

    def has_change_permission(self, request, obj=None) -> bool:
        return super().has_change_permission(request, obj) and request.user.has_perm(workflow.PUBLISH_PERMISSION)

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and request.user.has_perm(workflow.PUBLISH_PERMISSION)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
