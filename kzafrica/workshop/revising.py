"""Forms whose saving makes one revision, and a proposal where the record is public."""

from http import HTTPStatus
from itertools import zip_longest

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, models, transaction
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from reversion.models import Version

from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of, differences, owner_of
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.locking import is_locked
from kzafrica.workshop.fields import widened
from kzafrica.workshop.finding import FindableMixin
from kzafrica.workshop.forms import RefusedForm
from kzafrica.workshop.inlines import OTHER_LANGUAGES, AutocompleteMixin, part_inlines, title_field
from kzafrica.workshop.texts import RecordForm


class _KeepAsProposal(Exception):
    """Leaves the transaction of a form whose result is to be reviewed rather than saved."""

    def __init__(self, content: dict) -> None:
        self.content = content


def record_behind(obj: models.Model) -> models.Model:
    """The record that a part belongs to at any depth; a record itself."""
    while (owner := owner_of(obj)) is not None:
        obj = owner
    return obj


class WorkshopAdmin(FindableMixin, AutocompleteMixin, admin.ModelAdmin):
    """Saving makes one revision; what is public changes only through a proposal that a second person applies."""

    form = RecordForm
    change_form_template = "admin/workshop/change_form.html"
    object_history_template = "admin/workshop/history.html"

    def get_inlines(self, request, obj) -> list[type]:
        return part_inlines(self.model)

    def get_fieldsets(self, request, obj=None):
        names = list(super().get_fieldsets(request, obj)[0][1]["fields"])
        other = [name for name in names if isinstance(name, str) and name.endswith(OTHER_LANGUAGES)]
        main = [name for name in names if name not in other]
        # What it is called comes before its address.
        main.sort(key=lambda name: {title_field(self.model): 0, "slug": 1}.get(name, 2))
        sets = [(None, {"fields": main})]
        if other:
            sets.append((_("In other languages"), {"fields": other, "classes": ["collapse"]}))
        return sets

    def get_prepopulated_fields(self, request, obj=None) -> dict:
        title = title_field(self.model)
        has_slug = any(field.name == "slug" for field in self.model._meta.fields)
        return {"slug": (title,)} if obj is None and has_slug and title else {}

    def formfield_for_dbfield(self, db_field, request, **options):
        return widened(super().formfield_for_dbfield(db_field, request, **options), db_field, rows=3)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            obj = self.get_object(request, unquote(object_id)) if object_id else None
            record = record_behind(obj) if obj is not None else None
            if isinstance(record, PublishableModel) and record.is_public:
                return self._propose_instead(request, record, object_id, form_url, extra_context)
            with workflow.one_revision(by=request.user, note=_("Edited in the admin")):
                return super().changeform_view(request, object_id, form_url, extra_context)
        except OperationalError as error:
            if not is_locked(error):
                raise
            return self._form_kept(request, object_id, form_url, extra_context)

    def _form_kept(self, request, object_id, form_url, extra_context):
        """The form as it was sent, with the reason why it could not be saved; outside a transaction, to read alone."""
        request.cannot_be_saved = True
        answer = self._changeform_view(request, object_id, form_url, extra_context)
        answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        answer["Retry-After"] = "60"
        return answer

    def get_form(self, request, obj=None, change=False, **options):
        form = super().get_form(request, obj, change=change, **options)
        return type(form)(form.__name__, (RefusedForm, form), {}) if hasattr(request, "cannot_be_saved") else form

    def _propose_instead(self, request, record, object_id, form_url, extra_context):
        """Let the form save, look at the result, undo it, and keep the result as a proposal."""
        request.makes_proposal = True
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except _KeepAsProposal as kept:
            content = kept.content
        finally:
            del request.makes_proposal
        proposal = workflow.propose(record, content, by=request.user, note=request.POST.get("_note", ""))
        if proposal is None:
            self.message_user(request, _("Nothing was changed."), messages.INFO)
        else:
            self.message_user(
                request,
                _("“%s” is public: your change waits for a second person to review it.") % record,
                messages.SUCCESS,
            )
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def response_change(self, request, obj):
        # Every form that was saved comes by here, also that of a pop-up, whose answer is a page like that of an error.
        if getattr(request, "makes_proposal", False):
            record = record_behind(obj)
            raise _KeepAsProposal(content_of(type(record).objects.get(pk=record.pk)))
        return super().response_change(request, obj)

    def message_user(self, request, message, *args, **options) -> None:
        # What Django says of a form that was saved and undone would not be true.
        if not getattr(request, "makes_proposal", False):
            super().message_user(request, message, *args, **options)

    def has_delete_permission(self, request, obj=None) -> bool:
        if obj is not None:
            record = record_behind(obj)
            if isinstance(record, PublishableModel) and record.status not in {Status.DRAFT, Status.IN_REVIEW}:
                return False
            if getattr(obj, "published_at", None):
                return False  # Readers have seen it at its address, which goes on saying that it was withdrawn.
        return super().has_delete_permission(request, obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["is_public_record"] = obj is not None and getattr(record_behind(obj), "is_public", False)
        context["note_for_reviewer"] = request.POST.get("_note", "")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def history_view(self, request, object_id, extra_context=None):
        """Every revision of the record: who, when, why, and which fields changed."""
        obj = get_object_or_404(self.model, pk=unquote(object_id))
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        versions = list(Version.objects.get_for_object(obj).select_related("revision__user"))
        rows = []
        for version, before in zip_longest(versions, versions[1:]):
            old = before.field_dict if before else {}
            changed = differences(old, version.field_dict) if before else []
            rows.append({"revision": version.revision, "changed": changed, "is_first": before is None})
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %s") % obj,
            "rows": rows,
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)
