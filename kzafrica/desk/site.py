"""The admin site: what stands around the forms of all sections."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _

from kzafrica.desk import from_source, merge


class Desk(AdminSite):
    """The editors' desk."""

    site_header = _("KZ-Africa: the editors' workshop")
    site_title = _("KZ-Africa")
    index_title = _("What would you like to record?")

    def get_urls(self) -> list:
        return [*from_source.addresses(self), *merge.addresses(self), *super().get_urls()]
