"""Add from a source: name it once, then write down what it tells, all on one screen and by keyboard alone."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.forms import Media
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kzafrica.desk.sent_twice import remember_saved, saved_before
from kzafrica.desk.story import LONGEST_ADDRESS, Entry, Story, kinds, kinds_named
from kzafrica.editorial import workflow
from kzafrica.editorial.content import content_of
from kzafrica.editorial.labels import record_label
from kzafrica.editorial.models import Source
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.locking import is_locked
from kzafrica.workshop.compact import compact_form
from kzafrica.workshop.forms import SOMEONE_SAVED, SOMEONE_WRITES
from kzafrica.workshop.meanwhile import NUMBER
from kzafrica.workshop.resuming import is_resumed, not_saved_yet, shows_typed
from kzafrica.workshop.revising import sentence_of
from kzafrica.workshop.said import twins_of
from kzafrica.workshop.submitting import waits_for_submission
from kzafrica.workshop.texts import note_in

SCRIPTS = ("dates", "references", "may-be-same", "from-source")
MEDIA = Media(css={"all": ["kzafrica/css/story.css"]}, js=[f"kzafrica/js/{name}.js" for name in SCRIPTS])


def addresses(site: admin.AdminSite) -> list:
    """The pages of this module, for the admin site."""
    return [
        path("from-source/", site.admin_view(from_source), name="from_source"),
        path("from-source/saved/", site.admin_view(saved), name="from_source_saved"),
    ]


@shows_typed
def from_source(request):
    """GET with an address or citation and kinds of records gives their empty forms; POST saves all of them, or none.

    What cannot be saved comes back as it was typed, with the reason at its field. Leaving a record empty saves nothing
    yet: typing goes on there.
    """
    known = kinds(request.user)
    if not known:
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    asked, fault = _asked(request, known)
    story = Story(sent, request.user, address=request.GET.get("address", ""), asked=asked)
    is_at_work = sent is not None and bool({"add", "again", "remove", "back"} & set(sent))
    is_to_save = sent is not None and not asked and not fault and not is_at_work
    if is_resumed(request):
        is_to_save = False
        messages.warning(request, not_saved_yet(request))
    saved, refusal = saved_before(request) if is_to_save else None, ""
    if is_to_save and not saved and story.is_valid() and story.is_complete:
        saved, refusal = _save(request, story)
    if saved:
        told = ngettext("%(count)s draft is saved.", "%(count)s drafts are saved.", saved["count"])
        messages.success(request, told % {"count": saved["count"]})
        return redirect(saved["address"])
    if sent is not None:
        story.is_valid()
    if is_at_work:
        story.pass_over_faults()
    context = _context(request, story, known, fault)
    return _answer(request, "from_source", context, code=story.status, refusal=refusal)


def _save(request, story: Story) -> tuple[dict | None, str]:
    """Save all of it and remember that, or nothing; then perhaps with a sentence about what others did meanwhile."""
    refusal = ""
    try:
        with transaction.atomic():
            if drafts := story.save():
                records = [f"{draft._meta.model_name}/{draft.pk}" for draft in drafts]
                query = urlencode({"source": story.source.slug, "record": records}, doseq=True)
                return remember_saved(request, f"{reverse('admin:from_source_saved')}?{query}", len(drafts)), ""
    except IntegrityError:
        refusal = SOMEONE_SAVED
    except OperationalError as error:
        if not is_locked(error):
            raise
        refusal = SOMEONE_WRITES
    return saved_before(request), refusal


def _answer(request, page: str, context: dict, *, refusal: str, code: int = HTTPStatus.OK) -> TemplateResponse:
    """A page of the screen; with what was typed and the reason, where others kept it from being saved."""
    if refusal:
        context["refusal"] = refusal
        code = HTTPStatus.SERVICE_UNAVAILABLE if refusal == SOMEONE_WRITES else HTTPStatus.CONFLICT
    answer = TemplateResponse(request, f"admin/desk/{page}.html", context, status=code)
    if code == HTTPStatus.SERVICE_UNAVAILABLE:
        answer["Retry-After"] = "60"
    return answer


def _asked(request, known: dict) -> tuple[list[str], str]:
    """The kinds of record for which an empty form is wanted now, and what is wrong with how they were asked for."""
    if request.method == "POST" and (kind := request.POST.get("add", "")):
        return ([kind], "") if kind in known else ([], "")
    typed = _typed_records(request)
    try:
        return kinds_named(typed, known), ""
    except ValidationError as error:
        return [], " ".join(error.messages)


def _typed_records(request) -> str:
    return (request.POST if request.method == "POST" else request.GET).get("records", "")[:LONGEST_ADDRESS]


def _context(request, story: Story, known: dict, fault: str) -> dict:
    empty = [_empty(kind, model) for kind, model in known.items()] if story.address else []
    begun = [entry for entry in story.entries if not entry.is_blank]
    return {
        **admin.site.each_context(request),
        "title": _("Add from a source"),
        "media": MEDIA,
        "story": story,
        "source": story.named.source,
        "entries": story.entries,
        "empty_entries": empty,
        "kinds": [(kind, record_label(model)) for kind, model in known.items()],
        "publishers": Source.objects.order_by("publisher").values_list("publisher", flat=True).distinct(),
        "has_twins": any(entry.twins for entry in story.entries),
        "keep_both": any(entry.keep_both for entry in story.entries),
        "typed_records": _typed_records(request) if fault else "",
        "records_fault": fault,
        "waiting": len(story.entries) - len(begun) if begun else 0,
        "focus": _focus(request, story, fault),
        "is_refused": request.method == "POST" and _has_faults(story),
    }


def _focus(request, story: Story, fault: str) -> str:
    """The id of the field at which typing goes on; it is marked so, for browsers without scripts too."""
    number, _slash, part = request.POST.get("again", "").partition("/")
    focus = "id_records" if fault else story.focus
    if part and NUMBER.fullmatch(number):
        focus = next((entry.last_row(part) for entry in story.entries if entry.number == int(number)), focus) or focus
    for form in [story.source_form, *(entry.form for entry in story.entries)]:
        for bound in form or ():
            if bound.id_for_label == focus:
                bound.field.widget.attrs["autofocus"] = True
    return focus


def _empty(kind: str, model) -> Entry:
    """The form that a script copies when one more record of a kind is wanted."""
    form = compact_form(model, admin.site.get_model_admin(model).compact)(prefix="r__n__", initial={})
    return Entry("__n__", kind, form)


def _has_faults(story: Story) -> bool:
    forms = [entry.form for entry in story.filled]
    if story.source_form is not None:
        forms.append(story.source_form)
    return any(form.is_bound and form.errors for form in forms)


def saved(request):
    """The drafts that were just written down, with the sources and records like them; POST submits all of them."""
    source = get_object_or_404(Source, slug=request.GET.get("source", ""))
    if not admin.site.get_model_admin(Source).has_view_permission(request, source):
        raise PermissionDenied
    records = [_record(request, text) for text in request.GET.getlist("record")[:50]]
    if _is_own_draft(request, source):
        # Its records are published with it or after it.
        records.append(source)
    rows, faults, refusal = [_row(request, record) for record in records], {}, ""
    if request.method == "POST":
        waiting = [row for row in rows if row["may_submit"]]
        try:
            faults = _submit_all(request, [row["record"] for row in waiting])
        except OperationalError as error:
            if not is_locked(error):
                raise
            refusal = SOMEONE_WRITES
        if not faults and not refusal:
            told = ngettext("%(count)s record waits for review.", "%(count)s records wait for review.", len(waiting))
            if waiting:
                messages.success(request, told % {"count": len(waiting)})
            return redirect("admin:index")
        # Some may be submitted.
        for record in records:
            record.refresh_from_db()
        rows = [_row(request, record) | {"fault": faults.get(record, "")} for record in records]
    context = {
        **admin.site.each_context(request),
        "title": _("Written down from the source"),
        "source": source,
        "rows": rows,
        "may_submit": any(row["may_submit"] for row in rows),
    }
    return _answer(request, "from_source_saved", context, refusal=refusal)


def _submit_all(request, records: list[PublishableModel]) -> dict[PublishableModel, str]:
    """Submit each that can be; gives those that cannot, with the reason."""
    faults = {}
    for record in records:
        try:
            workflow.submit(record, by=request.user, note=note_in(request))
        except (ValidationError, workflow.NotAllowed) as refusal:
            faults[record] = sentence_of(refusal)
    return faults


def _record(request, text: str) -> PublishableModel:
    """The record that the address names, if the person may see it."""
    kind, _slash, number = text.partition("/")
    model = kinds(request.user).get(kind)
    if model is None or not number.isdecimal():
        raise Http404
    record = get_object_or_404(model, pk=number[:18])
    if not admin.site.get_model_admin(model).has_view_permission(request, record):
        raise PermissionDenied
    return record


def _is_own_draft(request, source: Source) -> bool:
    return Source.objects.with_last_step().drafts_of(request.user).filter(pk=source.pk).exists()


def _row(request, record: PublishableModel) -> dict:
    model = type(record)
    model_admin = admin.site.get_model_admin(model)
    twins = twins_of(model_admin.twins, model, content_of(record), other_than=record.pk)
    return {
        "record": record,
        "label": record_label(model),
        "status": record.get_status_display(),
        "address": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record.pk]),
        "twins": model_admin.described(twins, beside=record.pk),
        "may_submit": waits_for_submission(record),
        "fault": "",
    }
