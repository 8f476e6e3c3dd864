"""Forms whose saving makes one revision, and a proposal where the record is public."""

from http import HTTPStatus

import reversion
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, models, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.changing import draft_renamed
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import ContentError, content_of, owner_fields, record_behind
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.locking import is_locked
from kzafrica.workshop.change_source import ChangeSourceMixin
from kzafrica.workshop.fields import widened
from kzafrica.workshop.finding import FindableMixin
from kzafrica.workshop.forms import DELETED_MEANWHILE, SOMEONE_SAVED, SOMEONE_WRITES, RefusedForm
from kzafrica.workshop.history import HistoryMixin
from kzafrica.workshop.inlines import OTHER_LANGUAGES, AutocompleteMixin, part_inlines, title_field
from kzafrica.workshop.joining import joined
from kzafrica.workshop.meanwhile import Meanwhile, changed_meanwhile, version_of, version_sent
from kzafrica.workshop.resuming import is_resumed, not_saved_yet, shows_typed
from kzafrica.workshop.sent_forms import as_new
from kzafrica.workshop.texts import RecordForm, note_in
from kzafrica.workshop.twins import MayBeSame, TwinsMixin


class _KeepAsProposal(Exception):
    """Leaves the transaction of a form whose result is to be reviewed rather than saved."""

    def __init__(self, content: dict, based_on: dict) -> None:
        self.content, self.based_on = content, based_on


class _BecamePublic(Exception):
    """Leaves the transaction of a form whose record was published while it was sent."""


class _Stale(Exception):
    """Leaves the transaction of a form that was opened before others saved the record."""

    def __init__(self, meanwhile: Meanwhile) -> None:
        self.meanwhile = meanwhile


def sentence_of(refusal: Exception) -> str:
    """Why a step was refused, as its sentence."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


class WorkshopAdmin(HistoryMixin, ChangeSourceMixin, TwinsMixin, FindableMixin, AutocompleteMixin, admin.ModelAdmin):
    """Saving makes one revision; what is public changes only through a proposal that a second person applies."""

    form = RecordForm
    change_form_template = "admin/workshop/change_form.html"

    class Media:
        # In this order: the second writes over the function of the first.
        js = ("admin/js/urlify.js", "kzafrica/js/slugs.js")

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

    @shows_typed
    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, extra_context)

    @shows_typed
    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(request, object_id, form_url, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        record = record_behind(obj) if obj is not None else None
        # Read before what the form shows: a version that comes in between is not taken for seen.
        request.form_version = version_of(record)
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        # Shown again, the form still shows the version that it did.
        sent = version_sent(request.POST)
        request.form_version = request.form_version if sent is None else sent
        form = (object_id, form_url, extra_context)
        if object_id and obj is None and self.has_add_permission(request):
            return self._form_of_deleted(request, extra_context)
        if is_resumed(request):
            return self._form_resumed(request, form)
        try:
            return self._save_or_propose(request, record, form)
        except _Stale as stale:
            return self._form_of_stale(request, stale.meanwhile, form)
        except MayBeSame as found:
            request.may_be_same = found
            return self._form_kept(request, form, found.sentence, HTTPStatus.CONFLICT)
        except IntegrityError:
            return self._form_kept(request, form, SOMEONE_SAVED, HTTPStatus.CONFLICT)
        except OperationalError as error:
            if not is_locked(error):
                raise
            answer = self._form_kept(request, form, SOMEONE_WRITES, HTTPStatus.SERVICE_UNAVAILABLE)
            answer["Retry-After"] = "60"
            return answer

    def _save_or_propose(self, request, record: models.Model | None, form: tuple):
        if isinstance(record, PublishableModel) and record.is_public:
            return self._propose_instead(request, record, form)
        try:
            return self._save_at_once(request, record, form)
        except _BecamePublic:
            return self._propose_instead(request, record, form)

    def _save_at_once(self, request, record: models.Model | None, form: tuple):
        with workflow.one_revision(by=request.user, note=_("Edited in the admin")) as changes:
            self._refuse_stale(request, record)
            if isinstance(record, PublishableModel) and record.is_public:
                raise _BecamePublic
            answer = super().changeform_view(request, *form)
            if record is not None and hasattr(request, "saved"):
                saved = type(record)._base_manager.get(pk=record.pk)
                # A part is saved on its own page: the version is of the whole record.
                reversion.add_to_revision(saved)
                if isinstance(record, PublishableModel):
                    draft_renamed(saved, record.key, by=request.user, changes=changes)
            return answer

    def _refuse_stale(self, request, record: models.Model | None) -> None:
        if record is None:
            return
        workflow.hold(record)
        meanwhile = changed_meanwhile(record, request.POST)
        if meanwhile is not None:
            raise _Stale(meanwhile)

    def _form_of_stale(self, request, meanwhile: Meanwhile, form: tuple):
        """The form with what others saved and what was typed, each in its place."""
        obj = self.get_object(request, unquote(form[0]))
        if obj is not None:
            form_class = self.get_form(request, obj, change=True)
            formsets, _inlines = self._create_formsets(request, obj, change=True)
            request.joined = joined(request.POST, obj, form_class, formsets, seen=meanwhile.seen)
            request.POST = request.joined.post
        request.meanwhile, request.form_version = meanwhile, meanwhile.now
        return self._form_kept(request, form, meanwhile.sentence, HTTPStatus.CONFLICT)

    def _form_resumed(self, request, form: tuple):
        """What was typed and comes back; where others saved meanwhile, with what they changed."""
        obj = self.get_object(request, unquote(form[0])) if form[0] else None
        meanwhile = changed_meanwhile(record_behind(obj), request.POST) if obj is not None else None
        if meanwhile is not None:
            return self._form_of_stale(request, meanwhile, form)
        return self._form_kept(request, form, not_saved_yet(request), HTTPStatus.OK)

    def _form_of_deleted(self, request, extra_context):
        """The form of a record that others deleted while it was open, as that of a new one."""
        owners = {name for inline in self.get_inline_instances(request) for name in owner_fields(inline.model)}
        request.POST = as_new(request.POST, owners)
        request.form_version = 0
        add_address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return self._form_kept(request, (None, add_address, extra_context), DELETED_MEANWHILE, HTTPStatus.GONE)

    def _form_kept(self, request, form: tuple, refusal: str, status: HTTPStatus):
        """The form as it was sent, with the reason why it is not saved; outside a transaction, to read alone."""
        request.refusal = refusal
        answer = self._changeform_view(request, *form)
        answer.status_code = status
        return answer

    def get_form(self, request, obj=None, change=False, **options):
        form = super().get_form(request, obj, change=change, **options)
        refusal = getattr(request, "refusal", None)
        if not refusal:
            return form
        marks = request.joined.sentences("") if hasattr(request, "joined") else {}
        return type(form)(form.__name__, (RefusedForm, form), {"refusal": refusal, "marks": marks})

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        for row in (row for formset in formsets for row in formset.forms if hasattr(request, "joined")):
            row.marks = request.joined.sentences(row.prefix)
        return formsets, inlines

    def _propose_instead(self, request, record, form: tuple):
        """Let the form save, look at the result, undo it, and keep the result as a proposal."""
        request.makes_proposal = True
        try:
            with transaction.atomic():
                self._refuse_stale(request, record)
                request.based_on = content_of(record)
                return super().changeform_view(request, *form)
        except _KeepAsProposal as kept:
            content, based_on = kept.content, kept.based_on
        finally:
            del request.makes_proposal
        if "_urgent" in request.POST:
            return self._correct_at_once(request, record, content, based_on, form)
        try:
            note = note_in(request, "_note")
        except ValidationError as refusal:
            return self._form_kept(request, form, sentence_of(refusal), HTTPStatus.OK)
        proposal = proposals.propose(record, content, by=request.user, note=note, based_on=based_on)
        if proposal is None:
            self.message_user(request, _("Nothing was changed."), messages.INFO)
        else:
            self.message_user(
                request,
                _("“%s” is public: your change waits for a second person to review it.") % record,
                messages.SUCCESS,
            )
        return self._back_to_list()

    def _correct_at_once(self, request, record, content: dict, based_on: dict, form: tuple):
        try:
            reason = note_in(request, "_note")
            change = proposals.correct_at_once(record, content, by=request.user, reason=reason, based_on=based_on)
        except (ValidationError, workflow.NotAllowed, ContentError) as refusal:
            return self._form_kept(request, form, sentence_of(refusal), HTTPStatus.OK)
        told = _("“%s” is corrected. Readers see that it was urgent and your reason.") % record
        level = messages.SUCCESS if change else messages.INFO
        self.message_user(request, told if change else _("Nothing was changed."), level)
        return self._back_to_list()

    def _back_to_list(self):
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def response_add(self, request, obj, post_url_continue=None):
        request.saved = True
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        # Every form that was saved comes by here, also that of a pop-up, whose answer is a page like that of an error.
        if getattr(request, "makes_proposal", False):
            record = record_behind(obj)
            raise _KeepAsProposal(content_of(type(record).objects.get(pk=record.pk)), request.based_on)
        request.saved = True
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
        record = record_behind(obj) if obj is not None else None
        context["note_for_reviewer"] = request.POST.get("_note", "")
        context["is_urgent"] = "_urgent" in request.POST
        context["form_version"] = request.form_version
        context["meanwhile"] = getattr(request, "meanwhile", None)
        context["both_changed"] = request.joined.both_changed if hasattr(request, "joined") else []
        context["is_refused"] = hasattr(request, "refusal")
        if context["is_refused"]:
            context["errors"] = []  # Why it is not saved stands above; what is wrong in it, beside each field.
        context["may_correct_at_once"] = request.user.has_perm(proposals.CORRECT_PERMISSION)
        context["open_proposals"] = list(proposals.open_for(record)) if isinstance(record, PublishableModel) else []
        answer = super().render_change_form(request, context, add, change, form_url, obj)
        # Sent as it stands: in the other encoding of forms, a text in Cyrillic letters is three times as long.
        answer.context_data["has_file_field"] = True
        return answer
