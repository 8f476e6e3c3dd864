"""The admin site: what stands around the forms of all sections, and who may come in."""

from functools import update_wrapper

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from kzafrica.desk import from_source, merge, second_factor
from kzafrica.desk.doors import Door
from kzafrica.desk.first_page import first_page
from kzafrica.desk.kept_work import KeptWork, can_show_typed
from kzafrica.desk.setting_up import SecondFactor, SetUp
from kzafrica.desk.signing_in import GiveCode, SignIn
from kzafrica.workshop.addresses import comfort_addresses
from kzafrica.workshop.finding import Autocomplete
from kzafrica.workshop.resuming import is_resumed


class Desk(AdminSite):
    """The editors' desk."""

    site_header = _("KZ-Africa: the editors' workshop")
    site_title = _("KZ-Africa")
    index_title = _("Your desk")
    index_template = "admin/desk/index.html"
    app_index_template = "admin/desk/app_index.html"

    def index(self, request, extra_context=None):
        return super().index(request, {**first_page(self, request), **(extra_context or {})})

    def app_index(self, request, app_label, extra_context=None):
        return super().app_index(request, app_label, {**first_page(self, request, app_label), **(extra_context or {})})

    def each_context(self, request) -> dict:
        """As Django's; and whether a form of this page can come along into another language."""
        can_come_along = can_show_typed(request, request.get_full_path())
        return {**super().each_context(request), "can_come_along": can_come_along}

    # --- Who may come in

    def has_permission(self, request) -> bool:
        """Whether the desk is open: to staff, with a second factor where they have one or must have one."""
        return super().has_permission(request) and second_factor.is_satisfied_by(request.user)

    def door_for(self, request: HttpRequest) -> type[Door]:
        """The page that stands between this visitor and the desk."""
        user = request.user
        if not super().has_permission(request):
            return SignIn
        return GiveCode if second_factor.has_device(user) else SetUp

    def admin_view(self, view, cacheable=False):
        """As Django's, but whoever may not come in is led to the right door, and what they sent is kept."""
        protected = super().admin_view(view, cacheable)

        def guarded(request, *args, **kwargs):
            if not self.has_permission(request):
                return self._at_the_door(request)
            if is_resumed(request) and not getattr(view, "shows_typed", False):
                # It would do what nobody has looked through yet.
                return redirect(request.get_full_path())
            return protected(request, *args, **kwargs)

        return update_wrapper(guarded, view)

    def _at_the_door(self, request: HttpRequest) -> HttpResponse:
        if request.path == reverse("admin:logout"):
            return self.logout(request) if request.user.is_authenticated else redirect("admin:index")
        door = self.door_for(request)
        if request.method == "POST":
            return door.barring(request, KeptWork.sent_in(request))
        return redirect(door.address_for(request))

    def login(self, request, extra_context=None) -> HttpResponse:
        return SignIn.as_view()(request)

    def get_urls(self):
        return [
            path("second-factor/", self.admin_view(SecondFactor.as_view()), name="second_factor"),
            path("second-factor/set-up/", SetUp.as_view(), name="set_up_second_factor"),
            path("second-factor/code/", GiveCode.as_view(), name="give_code"),
            *comfort_addresses(self),
            *from_source.addresses(self),
            *merge.addresses(self),
            *super().get_urls(),
        ]

    def autocomplete_view(self, request):
        return Autocomplete.as_view(admin_site=self)(request)
