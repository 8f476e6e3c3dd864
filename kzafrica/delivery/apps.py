from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "kzafrica.delivery"
    verbose_name = _("Alerts, keys and webhooks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kzafrica.delivery import checks  # noqa: F401, PLC0415 (system checks are found once the app is there)
