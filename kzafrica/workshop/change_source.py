"""The source of a change, asked once on the form of a record and cited for each field that was changed."""

from collections.abc import Iterator

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kzafrica.editorial.content import owner_of
from kzafrica.editorial.models import Citation, Source, citable_fields
from kzafrica.editorial.publishable import Citable

SOURCE, LOCATOR, PRINTED = "change_source", "change_locator", "change_as_printed"


class ChangeSourceForm(forms.BaseForm):
    """Mixed into the form of a record that is there already: what the changes that are about to be saved rest on."""

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        said = [name for name in (LOCATOR, PRINTED) if cleaned.get(name)]
        if said and not cleaned.get(SOURCE) and SOURCE not in self.errors:
            self.add_error(SOURCE, ValidationError(_("Which source says so? Choose it, or leave all three empty.")))
        return cleaned


def change_source_fields(admin_site) -> dict[str, forms.Field]:
    source = Citation._meta.get_field("source")
    return {
        SOURCE: forms.ModelChoiceField(
            Source.objects.all(),
            required=False,
            widget=AutocompleteSelect(source, admin_site),
            label=gettext_lazy("Source of this change"),
            help_text=gettext_lazy("Cited for every field that you change, unless this place of it is there already."),
        ),
        LOCATOR: forms.CharField(
            required=False,
            max_length=Citation._meta.get_field("locator").max_length,
            label=gettext_lazy("Where in it"),
            help_text=gettext_lazy("Page, paragraph, table, minute."),
        ),
        PRINTED: forms.CharField(
            required=False,
            max_length=Citation._meta.get_field("as_printed").max_length,
            label=gettext_lazy("As printed"),
            help_text=gettext_lazy("The date, number or name in the words of the source."),
        ),
    }


class ChangeSourceMixin(admin.ModelAdmin):
    """Asks for the source of a change, in proposals too: then the citations are part of what is proposed."""

    def _asks_for_source(self, obj) -> bool:
        return obj is not None and isinstance(obj, Citable) and not isinstance(obj, Source)

    def get_form(self, request, obj=None, change=False, **options):
        form = super().get_form(request, obj, change=change, **options)
        # Asked for the names of its fields alone, the form names those of the record.
        is_asked_for_names = "fields" in options and options["fields"] is None
        if is_asked_for_names or not self._asks_for_source(obj):
            return form
        return type(form)(form.__name__, (ChangeSourceForm, form), change_source_fields(self.admin_site))

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        said = form.cleaned_data
        if said.get(SOURCE):
            cite_changes(form, formsets, said[SOURCE], locator=said[LOCATOR], as_printed=said[PRINTED])

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        asked = (SOURCE, LOCATOR, PRINTED) if change and self.has_change_permission(request, obj) else ()
        context["change_source"] = [form[name] for name in asked if name in form.fields]
        return super().render_change_form(request, context, add, change, form_url, obj)


def cite_changes(form, formsets, source: Source, *, locator: str, as_printed: str) -> list[Citation]:
    """Cite the source for everything the forms have changed; gives the new citations.

    Left out is what the source is cited for at the same place already; where no place is named, at any. A citation that
    states something else does not count: it says the contrary.
    """
    made = []
    for target, field in dict.fromkeys(_changed(form, formsets)):
        cited = target.citations.supporting().filter(source=source, field=field)
        if not (cited.filter(locator=locator) if locator else cited).exists():
            position = target.citations.count()
            made.append(
                target.citations.create(
                    source=source, field=field, locator=locator, as_printed=as_printed, position=position
                )
            )
    return made


def _changed(form, formsets) -> Iterator[tuple[models.Model, str]]:
    """What was changed, and in which field; empty for a record or part as a whole."""
    yield from _changed_in(form)
    for formset in formsets:
        if issubclass(formset.model, Citation):
            continue
        for row in formset.forms:
            if row.has_changed() and row.instance.pk and row not in formset.deleted_forms:
                yield from _changed_in(row, is_new=row in formset.extra_forms)
        if formset.deleted_objects and isinstance(form.instance, Citable):
            yield form.instance, ""


def _changed_in(form, *, is_new: bool = False) -> Iterator[tuple[models.Model, str]]:
    row = form.instance
    fields = [name for name in form.changed_data if name in citable_fields(type(row))]
    if not isinstance(row, Citable):
        # The parties of an agreement have no citations of their own.
        owner = owner_of(row)
        if fields and isinstance(owner, Citable):
            yield owner, ""
        return
    if is_new and fields:
        yield row, ""
        return
    for name in fields:
        yield row, name
