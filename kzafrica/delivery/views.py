"""Pages on which readers ask for e-mail alerts, confirm them, change and end them. None needs a login or a cookie."""

import logging
from dataclasses import dataclass
from http import HTTPStatus

from django.core.signing import BadSignature, SignatureExpired
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, TemplateView

from kzafrica.delivery import subscribing
from kzafrica.delivery.choices import Frequency
from kzafrica.delivery.forms import FrequencyForm, SubscribeForm
from kzafrica.delivery.links import CONFIRM, CONFIRM_WITHIN, END, MANAGE, form_mark, is_fresh, subscription_of
from kzafrica.delivery.lists import Filtered, Unreadable, alert_lists, list_named
from kzafrica.delivery.models import Subscription
from kzafrica.editorial.views import WithoutParameters
from kzafrica.filtering import bad_parameters
from kzafrica.open_forms import HeldToARate
from kzafrica.problems import BadParameters

logger = logging.getLogger(__name__)


# Django's mark against forged forms lives in a cookie, and readers get none. It keeps a stranger from acting with the
# authority of somebody who is signed in; here whoever has the signed mark of a mail may act, and nobody else.
@method_decorator(csrf_exempt, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class Subscribe(HeldToARate, FormView):
    """The form for e-mails about a list: ``?list=events&country=RWA``; without a list, what lists there are.

    The filters are read as the list itself reads them. The answer is the same whether an address is known or not.
    """

    form_class = SubscribeForm
    throttle_class = subscribing.SubscribeThrottle
    template_name = "delivery/subscribe.html"
    filtered: Filtered | None = None

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if "list" in request.GET:
            self.filtered = self.filtered_list()
        elif errors := bad_parameters(request.GET, None, also=("list",), forgive_tracking=True):
            raise BadParameters(errors)
        return super().dispatch(request, *args, **kwargs)

    def filtered_list(self) -> Filtered:
        data = self.request.GET.copy()
        names = data.pop("list")
        filtered = list_named(names[-1]).filtered_by(data)
        if filtered.errors:
            raise BadParameters(filtered.errors)
        return filtered

    def get_template_names(self) -> list[str]:
        return [self.template_name if self.filtered else "delivery/lists.html"]

    def get(self, request, *args, **kwargs) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs) -> HttpResponse:
        if self.filtered is None:
            raise BadParameters([("list", _("Choose a list first: the address has to name one."))])
        form = self.get_form()
        if not is_fresh(request.POST.get("mark", ""), self.filtered.list.name, self.filtered.query):
            form.add_error(None, _("The form was open for too long. It is fresh now: please send it again."))
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_invalid(self, form: SubscribeForm, code: int = HTTPStatus.BAD_REQUEST) -> HttpResponse:
        return TemplateResponse(self.request, self.template_name, self.get_context_data(form=form), status=code)

    def take(self, form: SubscribeForm) -> HttpResponse:
        chosen = {name: form.cleaned_data[name] for name in ("email", "frequency")}
        try:
            subscribing.ask(self.filtered, **chosen, language=get_language())
        except OSError as error:
            logger.warning("A mail that asks for confirmation was not sent: %s", type(error).__name__)
            form.add_error(None, _("The mail could not be sent just now. Look at the address, and try again later."))
            return self.form_invalid(form, HTTPStatus.SERVICE_UNAVAILABLE)
        return redirect("delivery:sent")

    def wait_words(self, minutes: int) -> str:
        return ngettext(
            "So many alerts were asked for from your connection that this one has to wait: send it again in %(n)d "
            "minute.",
            "So many alerts were asked for from your connection that this one has to wait: send it again in %(n)d "
            "minutes.",
            minutes,
        ) % {"n": minutes}

    def get_context_data(self, **context) -> dict:
        if self.filtered is None:
            # One pair is subscribed to from its page, which says which.
            whole = [each for each in alert_lists().values() if each.argument is None]
            return {"lists": whole, "view": self, **context}
        mark = form_mark(self.filtered.list.name, self.filtered.query)
        return super().get_context_data(filtered=self.filtered, asked=self.filtered.words(), mark=mark, **context)


class Sent(WithoutParameters, TemplateView):
    """Where the form leads once it is sent; the same for everyone."""

    template_name = "delivery/sent.html"

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(days=CONFIRM_WITHIN.days, **context)


@method_decorator(csrf_exempt, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ByMark(TemplateView):
    """A page that a link of a mail leads to. Programs that look into mails follow links: a GET changes nothing."""

    purpose = ""

    def dispatch(self, request, *args, mark: str, **kwargs) -> HttpResponse:
        try:
            self.subscription = subscription_of(self.purpose, mark)
        except SignatureExpired:
            return self.said("late", code=HTTPStatus.GONE)
        except (BadSignature, ValueError):
            return self.said("unknown", code=HTTPStatus.NOT_FOUND)
        return super().dispatch(request, *args, **kwargs)

    def said(self, what: str, code: int = HTTPStatus.OK, **context) -> HttpResponse:
        """A page that says one thing: ``confirmed``, ``ended``, ``deleted``, ``late`` or ``unknown``."""
        context = {"what": what, "days": CONFIRM_WITHIN.days, **context}
        return TemplateResponse(self.request, "delivery/said.html", context, status=code)

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(subscription=self.subscription, shown=shown(self.subscription), **context)


@dataclass(frozen=True)
class Shown:
    """A subscription as its pages show it; ``words`` are its filters, ``address`` is empty where they mean nothing."""

    label: str
    words: list[str]
    address: str = ""


def shown(subscription: Subscription) -> Shown:
    try:
        filtered = Filtered.of(subscription.watched)
    except Unreadable:
        return Shown(subscription.watched.list_name, [subscription.watched.query])
    return Shown(str(filtered.list.label), filtered.words(), filtered.address())


class Confirm(ByMark):
    """Says what was asked for; the button there says that it was the owner of the address who asked."""

    purpose = CONFIRM
    template_name = "delivery/confirm.html"

    def get(self, request, *args, **kwargs) -> HttpResponse:
        if self.subscription is None:
            return self.said("unknown", code=HTTPStatus.NOT_FOUND)
        if self.subscription.confirmed_at:
            return self.confirmed()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs) -> HttpResponse:
        if self.subscription is None:
            return self.said("unknown", code=HTTPStatus.NOT_FOUND)
        if not self.subscription.confirmed_at:
            try:
                subscribing.confirm(self.subscription)
            except Unreadable:
                return self.said("unknown", code=HTTPStatus.NOT_FOUND)
        return self.confirmed()

    def confirmed(self) -> HttpResponse:
        return self.said("confirmed", subscription=self.subscription, shown=shown(self.subscription))


class End(ByMark):
    """Ends one subscription by a POST, that of the button or that of a mail program (RFC 8058)."""

    purpose = END
    template_name = "delivery/end.html"

    def get(self, request, *args, **kwargs) -> HttpResponse:
        return self.said("ended") if self.subscription is None else super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs) -> HttpResponse:
        # Sent twice, it has the same answer: a mail program may try again.
        if self.subscription is not None:
            subscribing.end(self.subscription)
        return self.said("ended")


class Manage(ByMark):
    """All that an address is subscribed to: how often, one less, or none and nothing kept."""

    purpose = MANAGE
    template_name = "delivery/manage.html"

    def get(self, request, *args, **kwargs) -> HttpResponse:
        return self.said("ended") if self.subscription is None else super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs) -> HttpResponse:
        if self.subscription is None:
            return self.said("ended")
        if "delete_all" in request.POST:
            subscribing.end_all(self.subscription.email)
            return self.said("deleted")
        number = request.POST.get("subscription", "")
        chosen = next((each for each in self.subscriptions() if str(each.pk) == number), None)
        if chosen is None:
            return self.answer(problem=_("This subscription has ended already."), status=HTTPStatus.CONFLICT)
        if "end" in request.POST:
            subscribing.end(chosen)
            return self.said("ended") if chosen.pk == self.subscription.pk else self.answer(done=True)
        form = FrequencyForm(request.POST)
        if not form.is_valid():
            sentence = " ".join(form.errors["frequency"])
            return self.answer(problem=sentence, status=HTTPStatus.BAD_REQUEST)
        subscribing.change_frequency(chosen, form.cleaned_data["frequency"])
        return self.answer(done=True)

    def answer(self, *, status: int = HTTPStatus.OK, **context) -> HttpResponse:
        return TemplateResponse(self.request, self.template_name, self.get_context_data(**context), status=status)

    def subscriptions(self):
        same = Subscription.objects.of_address(self.subscription.email).confirmed()
        return same.select_related("watched").order_by("watched__list_name", "watched__query")

    def get_context_data(self, **context) -> dict:
        rows = [(each, shown(each)) for each in self.subscriptions()]
        return super().get_context_data(rows=rows, frequencies=Frequency.choices, **context)
