"""The history of records in the admin: every version in words, back to any of them, and what was deleted."""

from datetime import datetime, time, timedelta
from itertools import zip_longest

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from reversion.models import Version

from kzafrica.editorial import history
from kzafrica.editorial.content import ContentError, content_of
from kzafrica.editorial.naming import Names
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.reverting import moment_of, restore, revert
from kzafrica.editorial.workflow import NotAllowed
from kzafrica.locking import is_locked
from kzafrica.workshop.forms import SOMEONE_WRITES
from kzafrica.workshop.meanwhile import NUMBER
from kzafrica.workshop.resuming import is_resumed, not_done_yet, shows_typed
from kzafrica.workshop.texts import note_in

# No database keeps a number of so many digits.
TOO_LARGE = 10**18


class HistoryMixin(admin.ModelAdmin):
    """The versions of a record on the page of its history, also of one that is deleted."""

    object_history_template = "admin/workshop/history.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        if not hasattr(self.model, "natural_key_fields"):
            return super().get_urls()  # A part has the history of its record.
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("<path:object_id>/versions/<int:revision>/", view(self.version_view), name=f"{name}_version"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        """Every version: who, when, why, and what changed; ``as_of`` leads to that of a day."""
        record = self._present(request, object_id)
        number = record.pk if record is not None else self._number(object_id)
        model = self.model
        error, asked = "", request.GET.get("as_of", "")
        if asked:
            state, error = self._state_of_day(model, number, asked)
            if state is not None:
                return redirect(self._address(number, state.revision.pk, model))
        states = history.states(model, number)
        if record is None and not states:
            raise Http404
        names = Names([(model, state.content) for state in states], are_hidden_named=True)
        rows = [
            {
                "state": state,
                "address": self._address(number, state.revision.pk, model),
                "is_first": before is None,
                "changes": names.changes(model, before.content, state.content) if before else [],
                "step": before is not None and before.status != state.status,
                "status": self._status_words(model, state.status),
            }
            for state, before in zip_longest(states, states[1:])
        ]
        return self._page(
            request,
            self.object_history_template,
            title=_("History of %s") % (record or states[0].title),
            rows=rows,
            object=record,
            is_deleted=record is None,
            error=error,
            asked=asked,
            restore_address=self._address(number, states[0].revision.pk, model) if record is None else "",
            **(extra_context or {}),
        )

    @shows_typed
    def version_view(self, request, object_id: str, revision: int):
        """One version in words; a POST makes the record what it was then, or brings a deleted one back."""
        record = self._present(request, object_id)
        number = record.pk if record is not None else self._number(object_id)
        state = history.state_in(self.model, number, revision) if revision < TOO_LARGE else None
        if state is None:
            raise Http404
        is_there = record is not None
        may_change = self.has_change_permission(request, record) if is_there else self.has_add_permission(request)
        if request.method == "POST" and not may_change:
            raise PermissionDenied
        error = not_done_yet(request) if is_resumed(request) else ""
        if request.method == "POST" and not error:
            answer, error = self._go_back(request, record, number, state)
            if answer is not None:
                return answer
        present = content_of(record) if record is not None else {}
        names = Names([(self.model, content) for content in (present, state.content)], are_hidden_named=True)
        return self._page(
            request,
            "admin/workshop/version.html",
            title=_("%(record)s as of %(moment)s") % {"record": state.title, "moment": moment_of(state)},
            state=state,
            status=self._status_words(self.model, state.status),
            words=names.changes(self.model, {}, state.content),
            back=names.changes(self.model, present, state.content) if record is not None else [],
            object=record,
            is_public=isinstance(record, PublishableModel) and record.is_public,
            may_change=may_change,
            history_address=reverse(self._name("history"), args=[number]),
            error=error,
            note=request.POST.get("note", ""),
        )

    def deleted_view(self, request):
        """Records of this kind that were deleted, with the way to what they were."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        deleted = Version.objects.get_deleted(self.model).select_related("revision__user")[:200]
        rows = [
            {"version": version, "address": reverse(self._name("history"), args=[version.object_id])}
            for version in deleted
        ]
        title = _("Deleted: %s") % self.opts.verbose_name_plural
        return self._page(request, "admin/workshop/deleted.html", title=title, rows=rows)

    def _go_back(self, request, record, number: int, state: history.State):
        try:
            note = note_in(request)
            if record is None:
                restored = restore(self.model, number, by=request.user, note=note)
                self.message_user(request, _("“%s” is a draft again.") % restored, messages.SUCCESS)
                return redirect(self._name("change"), restored.pk), ""
            proposal = revert(record, state, by=request.user, note=note)
        except (ValidationError, NotAllowed, ContentError) as refusal:
            return None, " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        except OperationalError as refusal:
            if not is_locked(refusal):
                raise
            return None, SOMEONE_WRITES
        told = _("“%s” is what it was then.")
        if proposal is not None:
            told = _("“%s” is public: the way back waits for a second person to review it.")
        self.message_user(request, told % record, messages.SUCCESS)
        return redirect(self._name("history"), record.pk), ""

    def _present(self, request, object_id: str):
        """The record; None if it is deleted."""
        obj = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        return obj

    def _number(self, object_id: str) -> int:
        if not NUMBER.fullmatch(object_id):
            raise Http404
        return int(object_id)

    def _state_of_day(self, model, number: int, asked: str):
        """The state at the end of a day of the site's time zone, or a sentence."""
        try:
            day = parse_date(asked)
        except ValueError:
            day = None
        if day is None:
            return None, _("“%s” is not a day: write it as 2026-11-01.") % asked[:30]
        if day > localdate():
            return None, _("%s is still to come.") % day.isoformat()
        state = history.state_at(model, number, make_aware(datetime.combine(day + timedelta(days=1), time())))
        return state, "" if state else _("There was no version yet on %s.") % day.isoformat()

    def _status_words(self, model, status: str) -> str:
        return dict(model._meta.get_field("status").flatchoices).get(status, status) if status else ""

    def _name(self, page: str) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _address(self, number: int, revision: int, model) -> str:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_version", args=[number, revision])

    def _page(self, request, template: str, **context) -> TemplateResponse:
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), "opts": self.opts, **context}
        )
