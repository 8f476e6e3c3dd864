import reversion
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "kzafrica.editions"
    verbose_name = _("Download editions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The revision of a withdrawal says who took it from readers and why.
        reversion.register(self.get_model("Edition"))
