"""Forms that anybody may send, without an account: what keeps programs and floods away. Knows no model."""

import math
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.throttling import SimpleRateThrottle

from kzafrica.middleware import client_address


class OpenForm(forms.Form):
    """With a field that stays out of sight of people; programs that fill in every field betray themselves."""

    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("The last field has to stay empty: it tells people from programs."))
        return ""


def connection_of(request: HttpRequest) -> str:
    """Where a request comes from, to be counted: its address, of IPv6 the network, which one household has."""
    address = client_address(request)
    try:
        known = ip_address(address)
    except ValueError:
        return address
    is_network = isinstance(known, IPv6Address) and known.ipv4_mapped is None
    return f"{int(known) >> 64:x}" if is_network else address


class ConnectionThrottle(SimpleRateThrottle):
    """So many forms from one connection as its rate says."""

    def get_cache_key(self, request: HttpRequest, view) -> str:
        return self.cache_format % {"scope": self.scope, "ident": connection_of(request)}


class HeldToARate:
    """For a FormView: whoever sends too much is told in the form how long to wait. Its ``form_invalid`` takes a status.

    ``take`` does what a form in time asks for; ``wait_words`` says to wait so many minutes.
    """

    throttle_class: type[SimpleRateThrottle]
    take: Callable[[forms.Form], HttpResponse]
    wait_words: Callable[[int], str]

    def form_valid(self, form: forms.Form) -> HttpResponse:
        throttle = self.throttle_class()
        if throttle.allow_request(self.request, self):
            return self.take(form)
        wait_seconds = throttle.wait() or throttle.duration
        form.add_error(None, self.wait_words(math.ceil(wait_seconds / 60)))
        answer = self.form_invalid(form, HTTPStatus.TOO_MANY_REQUESTS)
        answer["Retry-After"] = str(math.ceil(wait_seconds))
        return answer
