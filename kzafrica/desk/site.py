"""The admin site: what stands around the forms of all sections."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _

from kzafrica.desk import from_source, merge
from kzafrica.desk.first_page import first_page


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

    def get_urls(self) -> list:
        return [*from_source.addresses(self), *merge.addresses(self), *super().get_urls()]
