from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WritingConfig(AppConfig):
    name = "kzafrica.writing"
    verbose_name = _("Writing by API")
    default_auto_field = "django.db.models.BigAutoField"
