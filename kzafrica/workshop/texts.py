"""How long a text may be and which characters it may have; a text that is refused comes back cut, with a sentence."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kzafrica.editorial.labels import base_name

LONGEST_TEXT = 20_000
# An article is a text of its own, not a note on a record.
LONGEST_BODY = 200_000
# The categories Cc and Cs of Unicode without tab and line breaks; as a pattern, since a paste may have fifty million.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
TOO_LONG = gettext_lazy(
    "This text has %(show_value)d characters, and %(limit_value)d are allowed. Below it is cut to that length and "
    "nothing is saved yet: shorten it, or save what is left."
)


def without_controls(text: str) -> str:
    """The text without the characters that no page and no database can show."""
    return CONTROLS.sub("", text)


def note_in(request: HttpRequest, name: str = "note") -> str:
    """What was written beside a step or a decision, without blanks around it and signs that cannot be kept.

    Raises ValidationError where it is longer than a text of a record may be.
    """
    note = without_controls(request.POST.get(name, "")).strip()
    if len(note) > LONGEST_TEXT:
        sentence = _("This note has %(length)d characters, and %(limit)d are allowed: shorten it. Nothing is done yet.")
        raise ValidationError(sentence % {"length": len(note), "limit": LONGEST_TEXT})
    return note


def refuse_controls(value: object) -> None:
    """A validator: no character that cannot be shown, such as the NUL that some programs leave in what is copied."""
    if not isinstance(value, str):
        return
    if found := CONTROLS.search(value):
        raise ValidationError(
            _(
                "This text has a character that cannot be shown (U+%(code)s, at place %(place)d). Below it is "
                "taken out and nothing is saved yet: look at the text and save it again."
            )
            % {"code": f"{ord(found[0]):04X}", "place": found.start() + 1},
            code="control_characters",
        )


def limit_text(field: forms.CharField, db_field: models.Field | None = None) -> forms.CharField:
    """The form field of a text with its limit, where its column has none, and with its sentences."""
    if isinstance(db_field, models.TextField):
        field.max_length = LONGEST_BODY if base_name(db_field.name) == "body" else LONGEST_TEXT
        field.validators.append(MaxLengthValidator(field.max_length))
    field.validators = [check for check in field.validators if not isinstance(check, ProhibitNullCharactersValidator)]
    field.validators.append(refuse_controls)
    field.error_messages["max_length"] = TOO_LONG
    # A browser cuts what is pasted to this length without a word.
    field.widget.attrs.pop("maxlength", None)
    return field


class TextKeepingForm(forms.BaseForm):
    """Mixed into a form: when it comes back, a text that was refused is cut to what can be kept, all else stays."""

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or not self.errors:
            return
        mended = {}
        for name, field in self.fields.items():
            key = self.add_prefix(name)
            typed = self.data.getlist(key) if hasattr(self.data, "getlist") else []
            kept = self._kept(name, field, typed)
            if kept != typed:
                mended[key] = kept
        if mended:
            self.data = self.data.copy()
            for key, kept in mended.items():
                self.data.setlist(key, kept)

    def tell_only_what_was_cut(self) -> None:
        """Forget the other faults; for a form that comes back before anybody wants to save it."""
        for name in list(self.errors):
            if not any(self.has_error(name, code) for code in ("max_length", "control_characters")):
                del self.errors[name]

    def _kept(self, name: str, field: forms.Field, typed: list[str]) -> list[str]:
        if isinstance(field, forms.ModelChoiceField):
            # What is no number names no row, and the input that shows the rows chosen would look for it.
            return [value for value in typed if value == "" or (value.isascii() and value.isdigit())]
        if not isinstance(field, forms.CharField):
            return [text[:LONGEST_TEXT] for text in typed]
        is_too_long = self.has_error(name, "max_length") and field.max_length
        longest = field.max_length if is_too_long else max(field.max_length or 0, LONGEST_TEXT)
        return [without_controls(text)[:longest] for text in typed]


class RecordForm(TextKeepingForm, forms.ModelForm):
    """The form of a record, its parts and citations in the admin."""
