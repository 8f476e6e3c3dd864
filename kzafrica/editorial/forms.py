"""Forms that readers fill in."""

import unicodedata

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from kzafrica.open_forms import OpenForm

LONGEST_MESSAGE = 4000


class TypedText(forms.CharField):
    """Text of several lines; a line end counts once, as browsers count it, though they send it as two characters.

    Signs that nobody sees, such as joiners of no width, are no text by themselves.
    """

    widget = forms.Textarea

    def to_python(self, value) -> str:
        text = super().to_python(value).replace("\r\n", "\n")
        return text if any(unicodedata.category(sign)[0] not in "CMZ" for sign in text) else ""


class ReportForm(OpenForm):
    """What a reader says is wrong. Text alone: it is shown escaped wherever it stands."""

    message = TypedText(
        label=_("What is wrong?"),
        help_text=_("What stands there, what would be right, and where we can read that. At most 4,000 characters."),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Say what is wrong: without that nobody can look into it."),
            "max_length": _("Say it in at most %(limit_value)d characters; these are %(show_value)d."),
        },
    )
    email = forms.EmailField(
        label=_("Your e-mail address, if you want an answer"),
        help_text=_("Only editors see it. It is deleted when the report is, or a year after it was answered."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("This is not an e-mail address: write it as name@example.org, or leave it out.")},
    )

    field_order = ("message", "email", "website")

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        for validator in self.fields["email"].validators:
            if isinstance(validator, EmailValidator):
                validator.message = self.fields["email"].error_messages["invalid"]
