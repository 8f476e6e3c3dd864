"""The parts and citations of a record on its form, and how the fields of any form of ours look."""

from django.contrib import admin
from django.contrib.contenttypes.admin import GenericStackedInline
from django.db import models
from django.utils.translation import gettext as _

from kzafrica.editorial.content import owner_fields
from kzafrica.editorial.models import Citation, citable_fields
from kzafrica.editorial.publishable import Citable
from kzafrica.workshop.forms import CitationFormSet, PartFormSet


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
