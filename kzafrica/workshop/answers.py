"""What the scripts of the admin ask while someone types; for those who have signed in."""

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


class DateWords(View):
    """``?text=2023-10~/2023-12~``: the date in words with its bounds, or what is wrong and what may have been meant."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> JsonResponse:
        text = without_controls(request.GET.get("text", "")).strip()
        return JsonResponse(date_answer(text) if text else {})


class References(View):
    """``?field=statements.Figure.subject&term=Kongo``: what may stand in that field, over all kinds of record.

    Kinds that the person may not see are left out.
    """

    http_method_names = ["get"]
    admin_site = None

    def get(self, request: HttpRequest) -> JsonResponse:
        field = reference_field(request.GET.get("field", ""))
        if field is None:
            return JsonResponse({"error": _("There is no such field.")}, status=404)
        term = without_controls(request.GET.get("term", "")).strip()[:LONGEST_TERM]
        found = list(self.found(request, field.kinds or tuple(sorted(reference_kinds())), term)) if term else []
        options = [{"value": reference_to(record), "text": text} for record, text in found]
        return JsonResponse({"results": options[:SHOWN], "more": len(options) > SHOWN})

    def found(self, request: HttpRequest, kinds: tuple[str, ...], term: str) -> list[tuple[models.Model, str]]:
        """Records with the words that tell them apart; one that is named by its key comes first."""
        named = self.named_whole(term, kinds)
        ranked = []
        for order, kind in enumerate(kinds):
            model_admin = self.admin_of(request, reference_kinds()[kind])
            for place, record in enumerate(self.rows_of(request, model_admin, term, named) if model_admin else ()):
                is_meant = named == record or record.key.casefold() == term.casefold()
                begins = str(record).casefold().startswith(term.casefold())
                text = f"{model_admin.told_apart(record)} – {record._meta.verbose_name}"
                ranked.append((not is_meant, not begins, place, order, record, text))
        ranked.sort(key=lambda found: found[:4])
        return [(record, text) for *_rank, record, text in ranked]

    def admin_of(self, request: HttpRequest, model: type[models.Model]) -> FindableMixin | None:
        """The admin class of a kind that the person may see."""
        if not self.admin_site.is_registered(model):
            return None
        model_admin = self.admin_site.get_model_admin(model)
        return model_admin if model_admin.has_view_permission(request) else None

    def rows_of(self, request: HttpRequest, model_admin: FindableMixin, term: str, named) -> list[models.Model]:
        rows, _may_repeat = model_admin.get_search_results(request, model_admin.get_queryset(request), term)
        rows = best_first(rows, tuple(model_admin.get_search_fields(request)), term)
        found = list(model_admin.for_choosing(rows)[: SHOWN + 1])
        is_new = isinstance(named, model_admin.model) and named not in found
        return [named, *found] if is_new else found

    def named_whole(self, term: str, kinds: tuple[str, ...]) -> models.Model | None:
        """The record of ``kind/key``, if that is what was typed."""
        try:
            return resolve_reference(term, kinds) if "/" in term else None
        except ValidationError:
            return None


def reference_field(label: str) -> ReferenceField | None:
    """The field of ``app.Model.field``, if it holds references."""
    model_label, _dot, name = label.rpartition(".")
    try:
        field = apps.get_model(model_label)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return field if isinstance(field, ReferenceField) else None
