from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetConfig(AppConfig):
    name = "kzafrica.dataset"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Initial dataset")
