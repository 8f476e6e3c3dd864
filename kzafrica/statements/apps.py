from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatementsConfig(AppConfig):
    name = "kzafrica.statements"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Figures and claims")
