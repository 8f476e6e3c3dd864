"""A lost password: Django's own way by mail, in the look of the desk. It opens no account: the second factor stays."""

from django.contrib import admin
from django.contrib.auth import views
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kzafrica import problems
from kzafrica.middleware import client_address

REQUESTS_PER_HOUR = 10
HOUR_SECONDS = 3600


class AtTheDesk:
    """Mixed into a view of Django's: what stands around every page of the admin, and where typing begins."""

    first_field = ""

    def get_form(self, *args):
        form = super().get_form(*args)
        form.fields[self.first_field].widget.attrs["autofocus"] = True
        return form

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(**{**admin.site.each_context(self.request), **context})


def is_asking_too_often(request: HttpRequest) -> bool:
    """Whether this address has asked for more mails within the hour than a person would."""
    key = f"password-reset-{client_address(request)}"
    cache.add(key, 0, HOUR_SECONDS)
    return cache.incr(key) > REQUESTS_PER_HOUR


class PasswordReset(AtTheDesk, views.PasswordResetView):
    """Asks for the mail address of an account. The answer is the same whether there is one."""

    first_field = "email"
    template_name = "admin/desk/password_reset.html"
    email_template_name = "admin/desk/password_reset_mail.txt"
    subject_template_name = "admin/desk/password_reset_subject.txt"
    title = gettext_lazy("A new password")

    def post(self, request, *args, **kwargs) -> HttpResponse:
        if is_asking_too_often(request):
            sentence = _("Too many new passwords were asked for from here. Try again in an hour.")
            return problems.too_many_requests(request, sentence, wait_seconds=HOUR_SECONDS)
        return super().post(request, *args, **kwargs)


class PasswordResetDone(AtTheDesk, views.PasswordResetDoneView):
    template_name = "admin/desk/password_reset_done.html"
    title = gettext_lazy("Look into your mail")


class PasswordResetConfirm(AtTheDesk, views.PasswordResetConfirmView):
    """Takes the new password from whoever has the link of the mail; it is good for once, and for three days."""

    first_field = "new_password1"
    template_name = "admin/desk/password_reset_confirm.html"


class PasswordResetComplete(AtTheDesk, views.PasswordResetCompleteView):
    template_name = "admin/desk/password_reset_complete.html"
    title = gettext_lazy("Your new password is set")
