"""The parts and citations of a record on its form, and how the fields of any form of ours look."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.contenttypes.admin import GenericStackedInline
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kzafrica.editorial.content import owner_fields
from kzafrica.editorial.models import Citation, citable_fields
from kzafrica.editorial.publishable import Citable
from kzafrica.translation import EDITORIAL_LANGUAGES
from kzafrica.workshop.fields import widened
from kzafrica.workshop.forms import CitationForm, CitationFormSet, PartFormSet
from kzafrica.workshop.naming import column_label
from kzafrica.workshop.texts import RecordForm

OTHER_LANGUAGES = tuple(f"_{code}" for code, _language in EDITORIAL_LANGUAGES if code != "en")


def title_field(model: type[models.Model]) -> str:
    """The field that says what a record is called; empty where other records say it."""
    names = {field.name for field in model._meta.fields}
    return next((name for name in ("title_en", "name_en", "text_en", "title", "name") if name in names), "")


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


class FoldsOtherLanguages:
    """Words in other languages than English stand folded below the rest, open where something is written there."""

    def get_fieldsets(self, request, obj=None):
        names = list(self.get_fields(request, obj))
        other = [name for name in names if isinstance(name, str) and name.endswith(OTHER_LANGUAGES)]
        sets = [(None, {"fields": [name for name in names if name not in other]})]
        if other:
            sets.append((_("In other languages"), {"fields": [tuple(other)], "classes": ["collapse"]}))
        return sets


class RoomForKeys:
    """A key within a row has room for its name and for adding what is not there yet, not for more buttons."""

    def formfield_for_dbfield(self, db_field, request, **options):
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            widget = field.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        return field


class CitationInline(RoomForKeys, GenericStackedInline):
    """Who says so: the first thing a reviewer looks at. One line for a source that supports the record."""

    model = Citation
    form = CitationForm
    formset = CitationFormSet
    extra = 0
    ct_field = "content_type"
    ct_fk_field = "object_id"
    autocomplete_fields = ("source",)

    def get_fieldsets(self, request, obj=None):
        otherwise = {"fields": [("stated", "reason", "basis", "note", "position")], "classes": ["collapse"]}
        return [
            (None, {"fields": [("source", "field", "locator", "as_printed")]}),
            (_("Where it says otherwise, and notes"), otherwise),
        ]

    def formfield_for_dbfield(self, db_field, request, **options):
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name == "field":
            return self.field_of_record(db_field)
        return widened(field, db_field, rows=2)

    def field_of_record(self, db_field: models.Field) -> forms.ChoiceField:
        """What the source is cited for, by the labels of the form it stands in."""
        fields = [(name, column_label(name)) for name in citable_fields(self.parent_model)]
        return forms.ChoiceField(
            label=capfirst(db_field.verbose_name),
            required=False,
            choices=[("", _("the whole record")), *fields],
            help_text=_("What this source is cited for."),
            error_messages={"invalid_choice": self.no_such_field(fields)},
        )

    def no_such_field(self, fields: list[tuple[str, str]]) -> str:
        sentence = _("“%(value)s” is not a field here (%(record)s): use one of %(fields)s.")
        known = ", ".join(name for name, _label in fields)
        return sentence % {"value": "%(value)s", "record": self.parent_model._meta.verbose_name, "fields": known}


class PartInline(RoomForKeys, FoldsOtherLanguages, AutocompleteMixin, admin.StackedInline):
    """The parts of a record; those with sources of their own open on a page of their own."""

    form = RecordForm
    extra = 0
    formset = PartFormSet

    def get_fields(self, request, obj=None) -> list[str]:
        """What is said before where it stands among the others; nothing that would give it to another owner as well."""
        owners = owner_fields(self.model)
        names = [name for name in super().get_fields(request, obj) if name not in owners]
        return sorted(names, key=lambda name: name == "position")

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
