import reversion
from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "kzafrica.editorial"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Sources and workflow")

    def ready(self) -> None:
        register_for_revisions()


def register_for_revisions() -> None:
    """Make every record, its parts and their citations one revision, so that no record type can be forgotten."""
    for model in apps.get_models():
        if hasattr(model, "natural_key_fields"):
            _register(model)


def _register(model) -> None:
    if reversion.is_registered(model):
        return
    followed = [*getattr(model, "part_names", ())]
    if hasattr(model, "citations"):
        followed.append("citations")
    for name in followed:
        _register(model._meta.get_field(name).related_model)
    reversion.register(model, follow=followed)
