from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TradeConfig(AppConfig):
    name = "trade"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Trade, routes and projects")
