"""Signing in: name, password and, where the account has a second factor, a code, in one form."""

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login as sign_in
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from django_otp import login as verify_session

from kzafrica.desk import second_factor
from kzafrica.desk.doors import Door

CODE_HINT = _("The six digits that your device shows, or one of your recovery codes.")


def code_field(**options) -> forms.CharField:
    """A field for a code, which a browser or a phone may fill in by itself."""
    attributes = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(**{
        "label": _("Code"), "max_length": 32, "help_text": CODE_HINT,
        "widget": forms.TextInput(attrs=attributes | options.pop("attrs", {})), **options,
    })  # fmt: skip


class SignInForm(AdminAuthenticationForm):
    code = code_field(
        required=False,
        help_text=_("If your account has a second factor: the six digits that your device shows, or a recovery code."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Django tells the browser alone how long a name may be, and django-axes has no room for a longer one.
        username = self.fields["username"]
        username.validators.append(MaxLengthValidator(username.max_length))

    def clean(self) -> dict:
        cleaned = super().clean()
        user = self.get_user()
        if user is None or not second_factor.has_device(user):
            return cleaned
        try:
            # django-otp marks the session with this device as soon as the user is signed in.
            user.otp_device = second_factor.take_code(user, cleaned.get("code", ""))
        except ValidationError as refusal:
            if refusal.code == "wrong":
                credentials = {"username": user.get_username()}
                AxesProxyHandler.user_login_failed(sender=type(self), credentials=credentials, request=self.request)
            self.add_error("code", refusal)
        return cleaned


class SignIn(Door, LoginView):
    """The way in for everybody. Whoever is in already is led on."""

    address_name = "admin:login"
    authentication_form = SignInForm
    template_name = "admin/desk/sign_in.html"
    extra_context = {"title": _("Sign in"), "subtitle": None}

    def get(self, request, *args, **kwargs) -> HttpResponse:
        user = request.user
        if user.is_active and user.is_staff:
            return redirect(self.wanted)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        sign_in(self.request, form.get_user())
        return self.led_on()


class CodeForm(forms.Form):
    code = code_field(attrs={"autofocus": True})


@method_decorator([sensitive_post_parameters("code"), never_cache], name="dispatch")
class GiveCode(Door, FormView):
    """Asks whoever has signed in with a password, and has a second factor, for a code of it."""

    address_name = "admin:give_code"
    form_class = CodeForm
    template_name = "admin/desk/give_code.html"
    extra_context = {"title": _("Give a code of your second factor")}

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        user = request.user
        if not (user.is_active and user.is_staff) or second_factor.is_satisfied_by(user):
            return self.led_on()
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        try:
            device = second_factor.take_code(self.request.user, form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error("code", refusal)
            return self.form_invalid(form)
        verify_session(self.request, device)
        self.request.session.cycle_key()
        return self.led_on()
