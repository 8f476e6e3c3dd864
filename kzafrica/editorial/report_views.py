"""The form in which readers report an error."""

from http import HTTPStatus

from django.core.signing import BadSignature
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, TemplateView

from kzafrica.editorial.forms import ReportForm
from kzafrica.editorial.reporting import PageSeen, ReportThrottle, keep_report, page_seen, read_signed, signed
from kzafrica.editorial.views import WithoutParameters
from kzafrica.filtering import bad_parameters
from kzafrica.open_forms import HeldToARate
from kzafrica.problems import BadParameters


# Django's mark against forged forms lives in a cookie, and readers get none. It keeps a stranger from acting with the
# authority of somebody who is signed in; whoever sends this form has no authority to abuse. The form brings a signed
# mark of its own instead, which ends with the day.
@method_decorator(csrf_exempt, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ReportError(HeldToARate, FormView):
    """What is wrong on a page of ours, in a reader's words; ``?page=`` names the page, ``seen=`` its revision.

    Whatever is refused is refused in a sentence, with all that was typed still in the form, and nothing is written.
    """

    form_class = ReportForm
    throttle_class = ReportThrottle
    template_name = "editorial/report.html"
    success_url = "editorial:report_thanks"

    def get(self, request, *args, **kwargs) -> HttpResponse:
        self.page = self.page_of_address()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs) -> HttpResponse:
        form = self.get_form()
        try:
            self.page, is_in_time = read_signed(request.POST.get("mark", ""))
        except BadSignature:
            self.page, is_in_time = self.page_of_address(), True
            form.add_error(None, _("The form came without its mark. It has a new one now: please send it again."))
        if not is_in_time:
            form.add_error(None, _("The form was open for more than a day. Please read it again, and send it again."))
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def page_of_address(self) -> PageSeen:
        errors = bad_parameters(self.request.GET, None, also=("page", "seen"), forgive_tracking=True)
        if errors:
            raise BadParameters(errors)
        return page_seen(
            self.request, self.request.GET.get("page") or reverse("dossier:home"), self.request.GET.get("seen", "")
        )

    def take(self, form: ReportForm) -> HttpResponse:
        keep_report(self.page, message=form.cleaned_data["message"], email=form.cleaned_data["email"])
        return redirect(self.success_url)

    def form_invalid(self, form: ReportForm, status: int = HTTPStatus.BAD_REQUEST) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def wait_words(self, minutes: int) -> str:
        return ngettext(
            "So many reports have come from your address that this one has to wait: send it again in %(n)d minute.",
            "So many reports have come from your address that this one has to wait: send it again in %(n)d minutes.",
            minutes,
        ) % {"n": minutes}

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(page=self.page, mark=signed(self.page), **context)


class ReportThanks(WithoutParameters, TemplateView):
    """Where the form leads once it is sent; the same for everyone."""

    template_name = "editorial/report_thanks.html"
