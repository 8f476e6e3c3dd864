from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from kzafrica.delivery.addresses import LONGEST_ADDRESS, normal_address, not_an_address
from kzafrica.delivery.choices import Frequency
from kzafrica.open_forms import OpenForm


class AddressField(forms.CharField):
    """A mail address that we can write to, in one spelling."""

    widget = forms.EmailInput

    def __init__(self, **options) -> None:
        super().__init__(max_length=LONGEST_ADDRESS, **options)

    def clean(self, value) -> str:
        try:
            return normal_address(super().clean(value))
        except ValidationError as error:
            if not value:
                raise
            raise ValidationError(not_an_address()) from error


class FrequencyForm(forms.Form):
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=Frequency,
        initial=Frequency.DAILY,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how often you want to be told."),
            "invalid_choice": gettext_lazy("Choose how often you want to be told."),
        },
    )


class SubscribeForm(FrequencyForm, OpenForm):
    email = AddressField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We send a link to it first. Without your click there, nothing more comes."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Give the address to which we are to write.")},
    )
    field_order = ("email", "frequency", "website")
