"""Two records of one thing made one: side by side, field by field, with the result before anything is written."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from kzafrica.editorial import merging
from kzafrica.editorial.change_words import row_in_words, value_in_words
from kzafrica.editorial.content import ContentError, content_fields, content_of
from kzafrica.editorial.labels import field_label, records_label
from kzafrica.editorial.models import Citation
from kzafrica.editorial.naming import Names
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.workflow import NotAllowed, hold, hold_content
from kzafrica.locking import is_locked
from kzafrica.workshop.forms import SOMEONE_WRITES
from kzafrica.workshop.key_fields import key_of, list_name, suggestions
from kzafrica.workshop.meanwhile import VERSION_FIELD, Meanwhile, changed_meanwhile, version_of
from kzafrica.workshop.resuming import is_resumed, not_done_yet, shows_typed
from kzafrica.workshop.revising import sentence_of
from kzafrica.workshop.said import twins_of
from kzafrica.workshop.texts import note_in

KEPT, OTHER, BOTH = "kept", "other", "both"
ROWS_SHOWN = "shown"


def addresses(site: admin.AdminSite) -> list:
    """The pages of this module, for the admin site."""
    return [path("merge/<slug:app>/<slug:model>/<int:number>/", site.admin_view(merge), name="merge")]


@dataclass(frozen=True)
class Choice:
    """One field of the two records: what each says, and which of them is taken."""

    name: str
    label: str
    kept: str
    other: str
    chosen: str
    may_be_both: bool = False

    @property
    def is_equal(self) -> bool:
        return self.kept == self.other


@dataclass(frozen=True)
class United:
    """A part or citation of the one, the other or both, and whether it is taken."""

    name: str
    words: str
    is_taken: bool


@dataclass(frozen=True)
class Refusal:
    """Why two records are not one yet, with what others did to them meanwhile."""

    sentence: str
    status: HTTPStatus = HTTPStatus.OK
    meanwhile: tuple[tuple[str, Meanwhile], ...] = ()

    @property
    def may_be_tried_again(self) -> bool:
        """Whether the same can be sent again, a little later."""
        return self.status == HTTPStatus.SERVICE_UNAVAILABLE


@shows_typed
def merge(request, app: str, model: str, number: int):
    """GET shows the two, with ``with`` the number of the other; POST shows the result, and with ``merge`` makes it."""
    record_model = _model(app, model)
    model_admin = admin.site.get_model_admin(record_model)
    kept = get_object_or_404(record_model, pk=number)
    if not model_admin.has_change_permission(request, kept):
        raise PermissionDenied
    other, fault = _other(request, kept)
    if other is None:
        return _ask_for_other(request, model_admin, kept, fault)
    other_number = other.pk
    if request.method != "POST" and other.is_public and not kept.is_public:
        # Its address is where readers are led.
        return redirect(f"{reverse('admin:merge', args=[app, model, other.pk])}?with={kept.pk}")
    refusal = None
    if is_resumed(request):
        refusal = _stale(request, kept, other)
        messages.warning(request, not_done_yet(request))
    elif "merge" in request.POST:
        refusal = _merge(request, kept, other)
        if refusal is None:
            return redirect(f"admin:{app}_{model}_changelist")
        # A merge that was begun has left its marks on the two in hand.
        kept, other = (get_object_or_404(record_model, pk=pk) for pk in (number, other_number))
    elif request.method == "POST":
        refusal = _stale(request, kept, other)
    contents = content_of(kept), content_of(other)
    content = chosen_content(kept, other, request.POST if request.method == "POST" else None)
    names = Names([(record_model, said) for said in (contents[0], content)], are_hidden_named=True)
    context = {
        **admin.site.each_context(request),
        "title": _("Merge two records"),
        "opts": record_model._meta,
        "kept": kept,
        "other": other,
        "kept_address": reverse(f"admin:{app}_{model}_change", args=[kept.pk]),
        "other_address": reverse(f"admin:{app}_{model}_change", args=[other.pk]),
        "turned_address": ""
        if kept.is_public and not other.is_public
        else f"{reverse('admin:merge', args=[app, model, other.pk])}?with={kept.pk}",
        "choices": choices(kept, *contents, request.POST),
        "united": united(kept, other, request.POST),
        "result": names.changes(record_model, contents[0], content),
        "is_preview": request.method == "POST" and (refusal is None or refusal.may_be_tried_again),
        "is_proposed": _takes_two(kept, other),
        "state": _state_of(contents),
        "versions": [(version_field(record), version_of(record)) for record in (kept, other)],
        "meanwhile": refusal.meanwhile if refusal else (),
        "note": request.POST.get("note", ""),
        "error": refusal.sentence if refusal else "",
    }
    answer = TemplateResponse(request, "admin/desk/merge.html", context, status=refusal.status if refusal else 200)
    if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        answer["Retry-After"] = "60"
    return answer


def _model(app: str, model: str) -> type[PublishableModel]:
    try:
        found = apps.get_model(app, model)
    except LookupError:
        raise Http404 from None
    if not issubclass(found, PublishableModel) or not admin.site.is_registered(found):
        raise Http404
    return found


def _other(request, kept: PublishableModel) -> tuple[PublishableModel | None, str]:
    """The record that is to be merged into the one kept, by its number or as it was typed; or what is wrong."""
    text = request.GET.get("with", "").strip()
    if not text:
        return None, ""
    others = type(kept).objects.exclude(pk=kept.pk)
    if text.isdecimal():
        other = others.filter(pk=text[:18]).first()
        return other, "" if other else _("There is no other record with the number %s.") % text[:18]
    try:
        other = others.filter(slug=key_of(type(kept), text)).first()
    except ValidationError as error:
        return None, sentence_of(error)
    return other, "" if other else _("That is this record itself.")


def _ask_for_other(request, model_admin, kept: PublishableModel, fault: str):
    model = type(kept)
    twins = twins_of(getattr(model_admin, "twins", None), model, content_of(kept), other_than=kept.pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Merge with another"),
        "opts": model._meta,
        "kept": kept,
        "twins": model_admin.described(twins, beside=kept.pk),
        "list_name": list_name(model),
        "suggestions": suggestions(model),
        "fault": fault,
        "typed": request.GET.get("with", ""),
        "kind": records_label(model),
    }
    return TemplateResponse(request, "admin/desk/merge_ask.html", context)


def _takes_two(kept: PublishableModel, other: PublishableModel) -> bool:
    """Whether a second person has to review it, since readers have seen one of them."""
    return bool(kept.published_at or other.published_at)


def _merge(request, kept: PublishableModel, other: PublishableModel) -> Refusal | None:
    """Make the two one, or propose it, with what was chosen; None if that is done."""
    try:
        with transaction.atomic():
            # First, so that two people who merge the same two, each into the other, wait for each other in one order.
            hold_content()
            hold(kept)
            hold(other)
            if refusal := _stale(request, kept, other):
                return refusal
            told = _make_one(request, kept, other)
    except type(kept).DoesNotExist:
        raise Http404 from None
    except ContentError as error:
        return Refusal(" ".join(f"{_where(fault.where)}: {fault.sentence}" for fault in error.faults))
    except (ValidationError, NotAllowed) as refusal:
        return Refusal(sentence_of(refusal))
    except OperationalError as error:
        if not is_locked(error):
            raise
        return Refusal(str(SOMEONE_WRITES), HTTPStatus.SERVICE_UNAVAILABLE)
    messages.success(request, told)
    return None


def _make_one(request, kept: PublishableModel, other: PublishableModel) -> str:
    """Merge, or propose to; gives the sentence that says so."""
    content = chosen_content(kept, other, request.POST)
    note, titles = note_in(request), {"other": str(other), "kept": str(kept)}
    if _takes_two(kept, other):
        merging.propose_merge(kept, other, content, by=request.user, note=note)
        return _("Merging “%(other)s” into “%(kept)s” waits for a second person to review it.") % titles
    merging.merge(kept, other, content, by=request.user, note=note)
    return _("“%(other)s” is merged into “%(kept)s”; its address leads there.") % (titles | {"kept": str(kept)})


def version_field(record: PublishableModel) -> str:
    """Where the form carries the version of one of the two that it shows."""
    return f"{VERSION_FIELD}-{record.pk}"


def _stale(request, kept: PublishableModel, other: PublishableModel) -> Refusal | None:
    """What was changed since the two were laid side by side: by whom, where that is known; None if nothing."""
    found, sentences = [], []
    for record in (kept, other):
        meanwhile = changed_meanwhile(record, request.POST, version_field(record))
        if meanwhile is not None:
            sentence = _("%(who)s changed “%(record)s” after you had laid the two side by side.")
            sentences.append(sentence % {"who": meanwhile.who, "record": record})
            found.append((str(record), meanwhile))
    if not found and request.POST.get("state") == _state_of((content_of(kept), content_of(other))):
        return None
    first = _("Nothing is merged yet: one of the two was changed meanwhile.")
    last = _("Look through what they say now. What you chose is kept.")
    return Refusal(" ".join([first, *sentences, last]), HTTPStatus.CONFLICT, tuple(found))


def _where(place: str) -> str:
    return field_label(place.partition("[")[0].partition(".")[0]) if place else _("The whole record")


def _state_of(contents: tuple[dict, dict]) -> str:
    """What two contents said when they were shown."""
    return hashlib.sha256(json.dumps(contents, sort_keys=True).encode()).hexdigest()[:16]


# --- What is chosen


def chosen_content(kept: PublishableModel, other: PublishableModel, post) -> dict:
    """The content of both with what was chosen field by field; what is chosen by itself, where nobody has yet."""
    content = merging.merged_content(kept, other, _chosen_values(kept, other, post or {}))
    if post is None:
        return content
    for name in _row_names(type(kept)):
        rows = content.get(name, [])
        content[name] = [row for called, row in _called(name, rows) if _is_taken(called, post)]
    return {name: value for name, value in content.items() if value not in ("", [])}


def _chosen_values(kept: PublishableModel, other: PublishableModel, post) -> dict:
    """What was chosen of one of the two, field by field."""
    mine, theirs = content_of(kept), content_of(other)
    return {
        field.name: (mine if chosen == KEPT else theirs).get(field.name, "")
        for field in content_fields(type(kept))
        if field.name != "slug" and (chosen := post.get(f"field-{field.name}")) in (KEPT, OTHER)
    }


def choices(kept: PublishableModel, mine: dict, theirs: dict, post) -> list[Choice]:
    """The fields that at least one of the two fills in, in the order of the form."""
    rows, model = [], type(kept)
    for field in content_fields(model):
        name = field.name
        if name == "slug" or not (mine.get(name) or theirs.get(name)):
            continue
        likely = BOTH if field.many_to_many else KEPT if mine.get(name) else OTHER
        words = [value_in_words(model, name, said[name]) if said.get(name) else "" for said in (mine, theirs)]
        chosen = post.get(f"field-{name}", likely)
        rows.append(Choice(name, field_label(name), *words, chosen, may_be_both=field.many_to_many))
    return rows


def united(kept: PublishableModel, other: PublishableModel, post) -> list[dict]:
    """The parts and citations of both, equal ones once, by kind; all are taken unless one is left out."""
    model, groups = type(kept), []
    content = merging.merged_content(kept, other, _chosen_values(kept, other, post))
    for name in _row_names(model):
        part = Citation if name == "citations" else model._meta.get_field(name).related_model
        rows = [
            United(called, row_in_words(part, row), _is_taken(called, post))
            for called, row in _called(name, content.get(name, []))
        ]
        if rows:
            groups.append({"label": _("Citations") if part is Citation else _plural(part, name), "rows": rows})
    return groups


def _called(name: str, rows: list[dict]) -> Iterator[tuple[str, dict]]:
    """Rows of a kind, each with the name of its box in the form.

    That is made of what the row says, not of its place: what was left out is left out wherever it stands by then.
    """
    known: Counter[str] = Counter()
    for row in rows:
        said = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:16]
        known[said] += 1
        yield f"row-{name}-{said}-{known[said]}", row


def _is_taken(called: str, post) -> bool:
    """Whether a row is taken: all are, but those that were shown and left out."""
    return called in post or called not in post.getlist(ROWS_SHOWN)


def _plural(part, name: str) -> str:
    return records_label(part) or field_label(name).capitalize()


def _row_names(model: type[PublishableModel]) -> tuple[str, ...]:
    return (*getattr(model, "part_names", ()), "citations")
