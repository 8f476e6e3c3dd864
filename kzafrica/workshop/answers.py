"""What the scripts of the admin ask while someone types; for those who have signed in."""

import re

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views import View

from kzafrica.editorial.references import ReferenceField, reference_kinds, reference_to, resolve_reference
from kzafrica.workshop.finding import LONGEST_TERM, FindableMixin, best_first
from kzafrica.workshop.texts import without_controls
from kzafrica.workshop.widgets import date_answer

SHOWN = 20
# Of the words of a line, of which the last may make a name.
MOST_ENDS = 8


class DateWords(View):
    """``?text=2023-10~/2023-12~``: the date in words with its bounds, or what is wrong and what may have been meant."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> JsonResponse:
        text = without_controls(request.GET.get("text", "")).strip()
        return JsonResponse(date_answer(text) if text else {})


class References(View):
    """``?field=statements.Figure.subject&term=Kongo``: what may stand in that field, over all kinds of record.

    Kinds that the person may not see are left out. With ``many=1`` several stand in the term, and the last is looked
    up; ``term`` in the answer is that last one.
    """

    http_method_names = ["get"]
    admin_site = None

    def get(self, request: HttpRequest) -> JsonResponse:
        models_meant = self.models_of(request.GET.get("field", ""))
        if not models_meant:
            return JsonResponse({"error": _("There is no such field.")}, status=404)
        term = without_controls(request.GET.get("term", "")).strip()[-LONGEST_TERM:]
        found: list[tuple[str, str]] = []
        for meant in _ends_of(term) if "many" in request.GET else [term]:
            term, found = meant, self.found(request, models_meant, meant) if meant else []
            if found:
                break
        options = [{"value": value, "text": text} for value, text in found]
        return JsonResponse({"results": options[:SHOWN], "more": len(options) > SHOWN, "term": term})

    def models_of(self, label: str) -> dict[str, type[models.Model]]:
        """What the field of ``app.Model.field`` may name, by the kind before the slash; empty where there is none."""
        model_label, _dot, name = label.rpartition(".")
        try:
            field = apps.get_model(model_label)._meta.get_field(name)
        except (LookupError, ValueError, FieldDoesNotExist):
            return {}
        if isinstance(field, ReferenceField):
            known = reference_kinds()
            return {kind: known[kind] for kind in field.kinds or sorted(known)}
        is_ours = field.is_relation and hasattr(field.related_model, "natural_key_fields")
        return {"": field.related_model} if is_ours else {}

    def found(self, request: HttpRequest, kinds: dict[str, type[models.Model]], term: str) -> list[tuple[str, str]]:
        """Values with the words that tell them apart; one that is named by its key comes first."""
        named = self.named_whole(term, kinds)
        ranked = []
        for order, (kind, model) in enumerate(kinds.items()):
            model_admin = self.admin_of(request, model)
            for place, record in enumerate(self.rows_of(request, model_admin, term, named) if model_admin else ()):
                is_meant = named == record or record.key.casefold() == term.casefold()
                begins = str(record).casefold().startswith(term.casefold())
                text = model_admin.told_apart(record)
                said = (reference_to(record), f"{text} – {record._meta.verbose_name}") if kind else (record.key, text)
                ranked.append((not is_meant, not begins, place, order, said))
        ranked.sort(key=lambda found: found[:4])
        return [said for *_rank, said in ranked]

    def admin_of(self, request: HttpRequest, model: type[models.Model]) -> FindableMixin | None:
        """The admin class of a kind that the person may see."""
        if not self.admin_site.is_registered(model):
            return None
        model_admin = self.admin_site.get_model_admin(model)
        if not isinstance(model_admin, FindableMixin):
            return None
        return model_admin if model_admin.has_view_permission(request) else None

    def rows_of(self, request: HttpRequest, model_admin: FindableMixin, term: str, named) -> list[models.Model]:
        rows, _may_repeat = model_admin.get_search_results(request, model_admin.get_queryset(request), term)
        rows = best_first(rows, tuple(model_admin.get_search_fields(request)), term)
        found = list(model_admin.for_choosing(rows)[: SHOWN + 1])
        is_new = isinstance(named, model_admin.model) and named not in found
        return [named, *found] if is_new else found

    def named_whole(self, term: str, kinds: dict[str, type[models.Model]]) -> models.Model | None:
        """The record of ``kind/key``, if that is what was typed."""
        try:
            return resolve_reference(term, tuple(kinds)) if "/" in term and "" not in kinds else None
        except ValidationError:
            return None


def _ends_of(text: str) -> list[str]:
    """What follows the last comma, then that without its first word, and so on: keys with blanks between them."""
    last = re.split(r"[,;]\s*", text)[-1]
    return [last[found.start() :] for found in re.finditer(r"\S+", last)][-MOST_ENDS:]
