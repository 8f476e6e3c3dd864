"""The admin classes that records, their parts and reference data share."""

from http import HTTPStatus
from itertools import zip_longest

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.admin import GenericStackedInline
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, models, transaction
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from reversion.models import Version

from kzafrica.editorial import workflow
from kzafrica.editorial.choices import ChangeAction, Status
from kzafrica.editorial.content import content_of, differences, owner_fields, owner_of
from kzafrica.editorial.models import Citation, citable_fields
from kzafrica.editorial.part_forms import SOMEONE_WRITES, CitationFormSet, PartForm, PartFormSet, RefusedForm
from kzafrica.editorial.publishable import Citable, PublishableModel
from kzafrica.locking import is_locked
from kzafrica.translation import EDITORIAL_LANGUAGES

OTHER_LANGUAGES = tuple(f"_{code}" for code, _language in EDITORIAL_LANGUAGES if code != "en")


class _KeepAsProposal(Exception):
    """Leaves the transaction of a form whose result is to be reviewed rather than saved."""

    def __init__(self, content: dict) -> None:
        self.content = content


def title_field(model: type[models.Model]) -> str:
    """The field that says what a record is called; empty where other records say it."""
    names = {field.name for field in model._meta.fields}
    return next((name for name in ("title_en", "name_en", "text_en", "title", "name") if name in names), "")


def widened(field, db_field: models.Field, *, rows: int):
    """A form field as wide as what is written into it, and no taller than needed."""
    if isinstance(db_field, models.TextField):
        field.widget.attrs["rows"] = rows
    elif isinstance(db_field, models.CharField) and (db_field.max_length or 0) >= 150 and not db_field.choices:
        field.widget.attrs["class"] = "vLargeTextField"
    return field


class AutocompleteMixin:
    """Every key to a model with an admin of its own is chosen by typing."""

    def get_autocomplete_fields(self, request) -> list[str]:
        return [
            field.name
            for field in [*self.model._meta.fields, *self.model._meta.many_to_many]
            if field.is_relation
            and field.editable
            and field.name not in owner_fields(self.model)
            and self.admin_site.is_registered(field.related_model)
        ]


class CitationInline(GenericStackedInline):
    """Who says so: the first thing a reviewer looks at."""

    model = Citation
    formset = CitationFormSet
    extra = 0
    ct_field = "content_type"
    ct_fk_field = "object_id"
    autocomplete_fields = ("source",)
    fields = (
        ("source", "field", "locator"),
        ("as_printed", "basis"),
        ("stated", "reason"),
        "note",
        "position",
    )

    def formfield_for_dbfield(self, db_field, request, **options):
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name == "field":
            field.help_text = _("Empty for the whole record, or one of: %s.") % ", ".join(
                citable_fields(self.parent_model)
            )
        return widened(field, db_field, rows=2)


class PartInline(AutocompleteMixin, admin.StackedInline):
    """The parts of a record; those with sources of their own open on a page of their own."""

    extra = 0
    formset = PartFormSet

    def get_fields(self, request, obj=None) -> list[str]:
        """What is said before where it stands among the others."""
        return sorted(super().get_fields(request, obj), key=lambda name: name == "position")

    def get_show_change_link(self) -> bool:
        return self.admin_site.is_registered(self.model)

    @property
    def show_change_link(self) -> bool:
        return self.get_show_change_link()

    def formfield_for_dbfield(self, db_field, request, **options):
        return widened(super().formfield_for_dbfield(db_field, request, **options), db_field, rows=2)


def part_inlines(model: type[models.Model]) -> list[type]:
    """An inline for each kind of part of a record, then the citations."""
    found: list[type] = []
    for name in getattr(model, "part_names", ()):
        part = model._meta.get_field(name).related_model
        owner = model._meta.get_field(name).field.name
        found.append(type(f"{part.__name__}Inline", (PartInline,), {"model": part, "fk_name": owner}))
    if issubclass(model, Citable):
        found.append(CitationInline)
    return found


def record_behind(obj: models.Model) -> models.Model:
    """The record that a part belongs to at any depth; a record itself."""
    while (owner := owner_of(obj)) is not None:
        obj = owner
    return obj


class WorkshopAdmin(AutocompleteMixin, admin.ModelAdmin):
    """Saving makes one revision; what is public changes only through a proposal that a second person applies."""

    change_form_template = "admin/editorial/change_form.html"
    object_history_template = "admin/editorial/history.html"
    save_on_top = True

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


STEPS = {
    # name: (label, function, whether a note is needed, statuses it starts from)
    "submit": (gettext_lazy("Submit for review"), workflow.submit, False, {Status.DRAFT, Status.WITHDRAWN}),
    "publish": (gettext_lazy("Publish"), workflow.publish, False, {Status.IN_REVIEW}),
    "return": (gettext_lazy("Return to the author"), workflow.return_to_draft, True, {Status.IN_REVIEW}),
    "withdraw": (gettext_lazy("Withdraw"), workflow.withdraw, True, {Status.PUBLISHED}),
}


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


class RecordAdmin(WorkshopAdmin):
    """A record under workflow: its status, and the steps open to it."""

    list_filter = ("status",)
    ordering = ("-updated_at",)

    def get_list_display(self, request) -> tuple[str, ...]:
        return ("__str__", *self.list_extra, "status", "citation_count")

    list_extra: tuple[str, ...] = ()

    def get_queryset(self, request):
        return super().get_queryset(request).for_admin_list()

    @admin.display(description=gettext_lazy("Citations"), ordering="citation_count")
    def citation_count(self, record) -> int:
        return record.citation_count

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        step = path("<path:object_id>/step/<slug:step>/", self.admin_site.admin_view(self.step_view), name=name)
        return [step, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["record_status"] = obj.get_status_display()
            context["open_steps"] = [
                (reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_step", args=[obj.pk, name]), label)
                for name, (label, _function, _note, statuses) in STEPS.items()
                if obj.status in statuses and (name == "submit" or request.user.has_perm(workflow.PUBLISH_PERMISSION))
            ]
            context["site_address"] = obj.get_absolute_url() if obj.is_public else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    def step_view(self, request, object_id: str, step: str):
        """Ask for a note, then take the step; a refusal is shown as its sentence."""
        record = get_object_or_404(self.model, pk=unquote(object_id))
        if step not in STEPS or not self.has_change_permission(request, record):
            raise PermissionDenied
        label, take, needs_note, _statuses = STEPS[step]
        error, status = "", HTTPStatus.OK
        if request.method == "POST":
            try:
                take(record, by=request.user, note=request.POST.get("note", "").strip())
            except ValidationError as refusal:
                error = " ".join(refusal.messages)
            except workflow.NotAllowed as refusal:
                error = str(refusal)
            except OperationalError as refusal:
                if not is_locked(refusal):
                    raise
                error, status = SOMEONE_WRITES, HTTPStatus.SERVICE_UNAVAILABLE
                record.refresh_from_db()
            else:
                self.message_user(request, f"{record}: {record.get_status_display()}", messages.SUCCESS)
                return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", record.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{label}: {record}",
            "label": label,
            "needs_note": needs_note,
            "error": error,
            "note": request.POST.get("note", ""),
            "record": record,
            "citations": record.all_citations(),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/editorial/step.html", context, status=status)


class PartAdmin(WorkshopAdmin):
    """A part of a record on a page of its own, for its sources; reached from the record, not from the menu."""

    form = PartForm

    def has_module_permission(self, request) -> bool:
        return False

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        return tuple(owner_fields(self.model))

    def has_add_permission(self, request) -> bool:
        return False


class ReferenceAdmin(WorkshopAdmin):
    """Reference data: saved at once, by those who may publish, since readers see it at once."""

    def save_model(self, request, obj, form, change) -> None:
        action = ChangeAction.CHANGED if change else ChangeAction.PUBLISHED
        workflow.change_reference(obj, by=request.user, action=action)

    def has_change_permission(self, request, obj=None) -> bool:
        return super().has_change_permission(request, obj) and request.user.has_perm(workflow.PUBLISH_PERMISSION)

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and request.user.has_perm(workflow.PUBLISH_PERMISSION)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
