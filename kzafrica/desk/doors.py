"""What the pages share that stand before the desk: each leads on to where its visitor wanted to go.

A form that arrives while the desk is closed to its sender is kept: the page before the desk carries it on.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kzafrica import problems
from kzafrica.desk.kept_work import ADDRESS, KeptWork, is_ours
from kzafrica.workshop.resuming import RESUME


class Door:
    """Mixed into a form view: a page before the desk, its way on, and what it carries.

    ``is_barrier`` says that the page answers a form that was meant for another address: its own form is then empty,
    and the status is 403, so that no program takes the answer for a success.
    """

    address_name = ""
    is_barrier = False
    kept: KeptWork | None = None

    @classmethod
    def address_for(cls, request: HttpRequest) -> str:
        """The address of this door, from which it leads on to what was asked for."""
        return f"{reverse(cls.address_name)}?{urlencode({ADDRESS: request.get_full_path()})}"

    @classmethod
    def barring(cls, request: HttpRequest, kept: KeptWork | None) -> HttpResponse:
        """This door as the answer to a form that was sent to another address."""
        door = cls()
        door.setup(request)
        door.is_barrier, door.kept = True, kept
        answer = door.render_to_response(door.get_context_data())
        answer.status_code = HTTPStatus.FORBIDDEN
        add_never_cache_headers(answer)
        return answer

    def setup(self, request, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.kept = KeptWork.carried_by(request)

    @property
    def wanted(self) -> str:
        """The address of ours that the visitor wanted: that of the form kept, the one asked for, or the desk's own."""
        if self.kept:
            return self.kept.address
        if self.is_barrier:
            return self.request.get_full_path()
        asked = self.request.POST.get(ADDRESS) or self.request.GET.get(ADDRESS, "")
        leads_on = is_ours(self.request, asked) and urlsplit(asked).path != self.request.path
        return asked if leads_on else reverse("admin:index")

    def get_form_kwargs(self) -> dict:
        kwargs = super().get_form_kwargs()
        if self.is_barrier:
            kwargs = {name: value for name, value in kwargs.items() if name not in ("data", "files")}
        return kwargs

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(
            **{
                **admin.site.each_context(self.request),
                "address": reverse(self.address_name),
                "wanted": self.wanted,
                "kept": self.kept,
                "is_barrier": self.is_barrier,
                **context,
            }
        )

    def led_on(self) -> HttpResponse:
        """The way on, once this door has opened."""
        # An address of the desk leads to the next door by itself, where there is one.
        return with_kept_work(self.request, self.kept) if self.kept else redirect(self.wanted)


def with_kept_work(request: HttpRequest, kept: KeptWork) -> HttpResponse:
    """What was kept, with a button that leads back to its form; the next door, where the desk is still closed."""
    if not admin.site.has_permission(request):
        return admin.site.door_for(request).barring(request, kept)
    context = {**admin.site.each_context(request), "title": _("What you typed is kept"), "kept": kept, "mark": RESUME}
    answer = TemplateResponse(request, "admin/desk/kept_work.html", context)
    add_never_cache_headers(answer)
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form without its safety mark; one of our own, typed before its writer signed in anew, is kept.

    Signing in changes the mark, in every tab of the browser. Only a form that a page of ours has sent is shown again:
    the browser says so in ``Origin``.
    """
    own_origin = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") != own_origin:
        return problems.csrf_failure(request, reason)
    kept = KeptWork.carried_by(request) or KeptWork.sent_in(request)
    return with_kept_work(request, kept) if kept else problems.csrf_failure(request, reason)
