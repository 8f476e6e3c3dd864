from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "kzafrica.editions"
    verbose_name = _("Download editions")
    default_auto_field = "django.db.models.BigAutoField"
