"""How the fields of any form of ours look, and what they refuse."""

from django import forms
from django.db import models

from kzafrica.date_fields import ImpreciseDateField
from kzafrica.editorial.references import ReferenceField
from kzafrica.workshop.texts import limit_text
from kzafrica.workshop.widgets import DateInput, ReferenceInput

WIDE = 150


def widened(field, db_field: models.Field, *, rows: int):
    """A form field as wide as what is written into it, no taller than needed, that says what it understood."""
    if isinstance(field, forms.CharField):
        limit_text(field, db_field)
    if isinstance(db_field, ImpreciseDateField):
        put_widget(field, DateInput(field.widget.attrs))
    elif isinstance(db_field, ReferenceField):
        put_widget(field, ReferenceInput(db_field, field.widget.attrs))
    elif isinstance(db_field, models.TextField):
        field.widget.attrs["rows"] = rows
    elif isinstance(db_field, models.CharField) and (db_field.max_length or 0) >= WIDE and not db_field.choices:
        field.widget.attrs["class"] = "vLargeTextField"
    return field


def put_widget(field: forms.Field, widget: forms.Widget) -> None:
    widget.is_required = field.widget.is_required
    field.widget = widget
