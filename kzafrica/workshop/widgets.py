"""Inputs that say back what was understood: without scripts for what is kept, with them while one types."""

from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Media
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kzafrica.date_fields import FORMS_OF_DATES
from kzafrica.date_reading import suggestion_for, understood
from kzafrica.dates import DateError, ImpreciseDate
from kzafrica.editorial.references import resolve_reference


class SayingInput(AdminTextInputWidget):
    """A text input with a line below it, which is part of its description."""

    answer_template = ""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        attrs = {**self.attrs, **(attrs or {})}
        words_id = f"{attrs.get('id') or name}_words"
        attrs["aria-describedby"] = f"{attrs.get('aria-describedby', '')} {words_id}".strip()
        typed = super().render(name, value, attrs, renderer)
        shown = self.format_value(value) or ""
        context = {"input": typed, "input_id": attrs.get("id", ""), "words_id": words_id, **self.said_of(shown.strip())}
        return render_to_string(self.answer_template, context)

    def said_of(self, text: str) -> dict:
        """What the template needs to answer the text: ``words`` and ``is_wrong`` at least."""
        raise NotImplementedError


def date_answer(text: str) -> dict:
    """What is said of a date that was typed: ``words`` if it is one, else ``error`` and perhaps ``suggestion``."""
    try:
        date = ImpreciseDate.parse(text)
    except DateError as error:
        meant = suggestion_for(text)
        if meant is None:
            return {"error": str(error)}
        asked = _("Did you mean %(edtf)s (%(words)s)?") % {"edtf": meant.edtf, "words": meant.text()}
        return {
            "error": f"{error.sentence_alone} {asked}",
            "suggestion": meant.edtf,
            "offer": _("Write %(edtf)s") % {"edtf": meant.edtf},
        }
    earliest, latest = (day and day.isoformat() for day in (date.earliest, date.latest))
    return {"edtf": date.edtf, "words": understood(date), "earliest": earliest, "latest": latest}


class DateInput(SayingInput):
    """The input of an imprecise date, with the date in words."""

    answer_template = "admin/workshop/date_input.html"

    @property
    def media(self) -> Media:
        return super().media + Media(js=["kzafrica/js/dates.js"])

    def said_of(self, text: str) -> dict:
        said = date_answer(text) if text else {}
        return {
            "words": said.get("words") or said.get("error", ""),
            "is_wrong": "error" in said,
            "forms": FORMS_OF_DATES,
        }


class ShortDateInput(DateInput):
    """The same for a page with many dates: how one is written stands in a line of help below it."""

    def said_of(self, text: str) -> dict:
        return super().said_of(text) | {"forms": ()}


class ReferenceInput(SayingInput):
    """The input of ``kind/key``, with the name of the record; names are looked up while one types."""

    answer_template = "admin/workshop/reference_input.html"

    def __init__(self, db_field: models.Field, attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.kinds, self.asked_for = db_field.kinds, str(db_field)

    @property
    def media(self) -> Media:
        return super().media + Media(js=["kzafrica/js/references.js"])

    def said_of(self, text: str) -> dict:
        said = {"words": "", "is_wrong": False, "asked_for": self.asked_for, "waits_for_arrow": False}
        if not text:
            return said
        try:
            record = resolve_reference(text, self.kinds)
        except ValidationError as error:
            return said | {"words": " ".join(error.messages), "is_wrong": True}
        return said | {"words": f"{record} ({record._meta.verbose_name})"}


class KeyInput(SayingInput):
    """The input of a key or name, of one or several, whatever record is meant; names are looked up while one types.

    Enter sends the form as in any input: only what an arrow has led to is taken.
    """

    answer_template = "admin/workshop/reference_input.html"

    def __init__(self, db_field: models.Field, attrs: dict | None = None, *, takes_many: bool = False) -> None:
        super().__init__(attrs)
        self.asked_for, self.takes_many = str(db_field), takes_many

    def said_of(self, text: str) -> dict:
        return {
            "words": "",
            "is_wrong": False,
            "asked_for": self.asked_for,
            "waits_for_arrow": True,
            "takes_many": self.takes_many,
        }
