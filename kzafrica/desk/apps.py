from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "kzafrica.desk"
    verbose_name = _("The editors' desk")


class DeskAdminConfig(AdminConfig):
    """Django's admin, with the desk as its site."""

    default_site = "kzafrica.desk.site.Desk"
