"""Warns of records that may be the same as the one being written: while it is typed, and before it is first saved.

Nothing is refused for good. Whoever has looked saves again, and both are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import prefetch_related_objects
from django.http import HttpResponseBadRequest, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kzafrica.editorial.content import content_of
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.references import ReferenceField
from kzafrica.workshop.key_fields import KeyField, KeysField, ReferenceKeyField, ReferencesKeyField
from kzafrica.workshop.said import Rule, twins_of

KEEP_FIELD = "_keep_both"
# How keys are written in what is asked: by number, as Django's own widgets give them, or as they are typed.
BY_NUMBER, BY_KEY = "number", "key"
MOST_VALUES = 60


@dataclass(frozen=True)
class Twin:
    """A record that may be the same as another: what it is, where it stands, and where the two are made one."""

    title: str
    status: str
    details: str
    address: str
    merge_address: str = ""
    key: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it stands on the same page, not saved yet."""
        return self.address.startswith("#")


def unseen(twins: Iterable[Twin], kept: Iterable[str]) -> list[Twin]:
    """Those that were not shown when the form was sent; ``kept`` are the keys that it says to keep beside it."""
    return [twin for twin in twins if twin.key not in set(kept)]


class MayBeSame(Exception):
    """Leaves the transaction of a new record that may be there already."""

    def __init__(self, twins: list[Twin]) -> None:
        self.twins = twins

    @property
    def sentence(self) -> str:
        return ngettext(
            "Nothing is saved yet: this may be the same as a record that is there already. Save again to keep both.",
            "Nothing is saved yet: this may be the same as records that are there already. Save again to keep both.",
            len(self.twins),
        )


class TwinsMixin(admin.ModelAdmin):
    """Looks by the ``twins`` of its class for records that may be the same."""

    twins: Rule | None = None

    class Media:
        css = {"all": ["kzafrica/css/story.css"]}
        js = ["kzafrica/js/may-be-same.js"]

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_may_be_same"
        view = self.admin_site.admin_view(self.may_be_same_view)
        return [path("may-be-same/", view, name=name), *super().get_urls()] if self.twins else super().get_urls()

    def may_be_same_view(self, request):
        """Those that may be the same as what is asked, as a piece of a page.

        The parameters are the fields that the rule reads, ``by`` (how keys are written) and ``of`` (the number of the
        record itself); any other is refused, and what is half typed is left out.
        """
        if not (self.has_view_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseBadRequest(_("This is asked with GET."))
        if fault := self._fault_of(request.GET):
            return HttpResponseBadRequest(fault, content_type="text/plain; charset=utf-8")
        number = int(request.GET["of"]) if request.GET.get("of") else None
        said = said_in(self.model, self.twins, request.GET, by=request.GET.get("by", BY_NUMBER))
        twins = twins_of(self.twins, self.model, said, other_than=number)
        context = {"twins": self.described(twins, beside=number)}
        return TemplateResponse(request, "admin/workshop/twins.html", context)

    def _fault_of(self, query: QueryDict) -> str:
        known = {*self.twins.reads, "by", "of"}
        unknown = sorted(set(query) - known)
        if unknown:
            return _("There is no parameter “%(name)s”: known are %(known)s.") % {
                "name": unknown[0][:60],
                "known": ", ".join(sorted(known)),
            }
        if query.get("by", BY_NUMBER) not in (BY_NUMBER, BY_KEY):
            return _("“by” is number or key.")
        if query.get("of") and not (query["of"].isdecimal() and len(query["of"]) < 18):
            return _("“of” is the number of a record.")
        if sum(len(values) for _name, values in query.lists()) > MOST_VALUES:
            return _("More than %s values at once are not looked for.") % MOST_VALUES
        return ""

    def described(self, twins: Iterable[models.Model], *, beside: int | None = None) -> list[Twin]:
        """The records with what tells them apart; ``beside`` is the number of a record that one may be merged with."""
        app, model = self.opts.app_label, self.opts.model_name
        merge = reverse("admin:merge", args=[app, model, beside]) if beside else ""
        shown = getattr(self, "list_extra", ())
        twins = list(twins)
        fields = {field.name: field for field in self.opts.fields}
        prefetch_related_objects(twins, *(name for name in shown if name in fields and fields[name].is_relation))
        return [
            Twin(
                title=str(twin),
                status=twin.get_status_display() if isinstance(twin, PublishableModel) else "",
                details=" · ".join(filter(None, (words_of(twin, name) for name in shown))),
                address=reverse(f"admin:{app}_{model}_change", args=[twin.pk]),
                merge_address=f"{merge}?with={twin.pk}" if merge else "",
                key=f"{model}/{twin.key}",
            )
            for twin in twins
        ]

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        if change or self.twins is None:
            return
        record = form.instance
        twins = self.described(twins_of(self.twins, self.model, content_of(record), other_than=record.pk))
        if unseen(twins, request.POST.getlist(KEEP_FIELD)):
            raise MayBeSame(twins)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        refused = getattr(request, "may_be_same", None)
        context["twins"] = refused.twins if refused else []
        context["keep_both"] = [twin.key for twin in refused.twins] if refused else request.POST.getlist(KEEP_FIELD)
        context["looks_for_twins"] = None
        if self.twins is not None:
            context["looks_for_twins"] = {
                "address": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_may_be_same"),
                "reads": " ".join(self.twins.reads),
                "of": obj.pk if obj is not None else "",
                "by": BY_NUMBER,
            }
        if isinstance(obj, PublishableModel) and self.has_change_permission(request, obj):
            context["merge_address"] = reverse("admin:merge", args=[self.opts.app_label, self.opts.model_name, obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)


def said_in(model: type[models.Model], rule: Rule, query: QueryDict, *, by: str) -> dict:
    """The plain content that the parameters say, as far as it can be read."""
    said: dict = {}
    for name in rule.reads:
        part, _dot, column = name.rpartition(".")
        owner = model._meta.get_field(part).related_model if part else model
        field = owner._meta.get_field(column)
        values = [value for text in query.getlist(name) if text.strip() for value in _read(field, text, by=by)]
        if part and values:
            said.setdefault(part, []).extend({column: value} for value in values)
        elif values:
            said[name] = values if field.many_to_many else values[0]
    return said


def _read(field: models.Field, text: str, *, by: str) -> list[str]:
    """The keys or values that a text of one field stands for; none where it cannot be read."""
    text = text[:1000]
    if field.is_relation and by == BY_NUMBER:
        numbers = [number for number in text.split(",") if number.strip().isdecimal() and len(number) < 18]
        return [record.key for record in field.related_model.objects.filter(pk__in=numbers)]
    try:
        if field.is_relation:
            several = KeysField(field.related_model).clean(text) if " " in text or "," in text else None
            return several or [KeyField(field.related_model).clean(text)]
        if isinstance(field, ReferenceField):
            several = ReferencesKeyField(field.kinds, required=False).clean(text) if " " in text.strip() else None
            return several or [ReferenceKeyField(field.kinds).clean(text)]
    except ValidationError:
        return []
    return [text]


def words_of(record: models.Model, name: str) -> str:
    """One field of a record as people read it; empty where it says nothing."""
    if hasattr(record, f"get_{name}_display"):
        return str(getattr(record, f"get_{name}_display")())
    value = getattr(record, name, None)
    if value in (None, "", False, True):
        return ""
    return value.text() if hasattr(value, "text") else str(value)
