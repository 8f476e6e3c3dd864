from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kzafrica.workshop.naming import call_by_labels


class WorkshopConfig(AppConfig):
    name = "kzafrica.workshop"
    verbose_name = _("The editors' workshop")

    def ready(self) -> None:
        call_by_labels()
