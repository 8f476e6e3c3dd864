from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferenceConfig(AppConfig):
    name = "kzafrica.reference"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Countries, people, places")
