"""One's own second factor: setting it up, putting another device in its place, new recovery codes."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from django_otp import login as verify_session

from kzafrica.desk import second_factor
from kzafrica.desk.doors import Door
from kzafrica.desk.signing_in import CodeForm, GiveCode, code_field


class SetUpForm(forms.Form):
    """The code of the new device; where another one is in use, a code of that too."""

    present = code_field(
        label=gettext_lazy("Code of your present device"),
        help_text=gettext_lazy("The six digits that it shows, or one of your recovery codes."),
    )
    secret = forms.CharField(widget=forms.HiddenInput, max_length=400)
    code = code_field(
        label=gettext_lazy("Code of the new device"),
        help_text=gettext_lazy("The six digits that your device shows once it has the secret."),
        attrs={"autofocus": True},
    )

    def __init__(self, *args, user, present: second_factor.TOTPDevice | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.present_device = user, present
        if present is None:
            del self.fields["present"]
            self.fields["code"].label = _("Code")

    def clean_secret(self) -> second_factor.Secret:
        secret = second_factor.Secret.signed_for(self.user, self.cleaned_data["secret"])
        if secret is None:
            raise ValidationError(_("This page was open for too long, and its secret is void. Here is another one."))
        return secret

    def clean(self) -> dict:
        cleaned = super().clean()
        secret, code = cleaned.get("secret"), second_factor.without_gaps(cleaned.get("code", ""))
        if secret and code and not secret.fits(code):
            self.add_error("code", second_factor.DOES_NOT_FIT)
        if self.present_device is not None and not self.errors:
            # Asked last: a code is spent by asking.
            try:
                second_factor.take_code(self.user, cleaned["present"])
            except ValidationError as refusal:
                self.add_error("present", refusal)
        return cleaned

    def save(self) -> tuple[second_factor.TOTPDevice, list[str]]:
        code = second_factor.without_gaps(self.cleaned_data["code"])
        return second_factor.set_up(self.cleaned_data["secret"], code, instead_of=self.present_device)


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class SetUp(Door, FormView):
    """Shows a secret as a picture and in letters, and takes the first code of the device that has it."""

    address_name = "admin:set_up_second_factor"
    form_class = SetUpForm
    template_name = "admin/desk/set_up_second_factor.html"

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        user = request.user
        if not (user.is_active and user.is_staff):
            return self.led_on()
        if second_factor.has_device(user) and not second_factor.has_given_code(user):
            return GiveCode.barring(request, self.kept) if self.kept else redirect(GiveCode.address_for(request))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict:
        user = self.request.user
        return {**super().get_form_kwargs(), "user": user, "present": second_factor.device_of(user)}

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(**context)
        form = context["form"]
        sent = getattr(form, "cleaned_data", {}).get("secret")
        secret = sent or second_factor.Secret.new(self.request.user)
        is_replaced = form.present_device is not None
        title = _("Replace the device") if is_replaced else _("Set up your second factor")
        must = second_factor.must_have(self.request.user)
        return {**context, "title": title, "secret": secret, "is_replaced": is_replaced, "must_have": must}

    def form_valid(self, form) -> HttpResponse:
        try:
            device, codes = form.save()
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        verify_session(self.request, device)
        self.request.session.cycle_key()
        return shown_once(self, codes)


@method_decorator([sensitive_post_parameters("code"), never_cache], name="dispatch")
class SecondFactor(Door, FormView):
    """What stands of one's second factor; a code renews the recovery codes. Only for whom the desk is open."""

    address_name = "admin:second_factor"
    form_class = CodeForm
    template_name = "admin/desk/second_factor.html"
    extra_context = {"title": gettext_lazy("Your second factor")}
    success_url = reverse_lazy("admin:second_factor")

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not second_factor.has_device(request.user):
            return redirect("admin:set_up_second_factor")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context) -> dict:
        user = self.request.user
        left = second_factor.recovery_codes_left(user)
        return super().get_context_data(device=second_factor.device_of(user), codes_left=left, **context)

    def form_valid(self, form) -> HttpResponse:
        user = self.request.user
        try:
            second_factor.take_code(user, form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error("code", refusal)
            return self.form_invalid(form)
        return shown_once(self, second_factor.renew_recovery_codes(user))


def shown_once(door: Door, codes: list[str]) -> HttpResponse:
    """The recovery codes, on the only page that ever shows them, with the way on."""
    context = {
        **admin.site.each_context(door.request),
        "title": _("Your recovery codes"),
        "codes": codes,
        "wanted": door.wanted,
        "kept": door.kept,
    }
    door.template_name = "admin/desk/recovery_codes.html"
    return door.render_to_response(context)
