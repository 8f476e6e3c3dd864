from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

STORAGE = "editions"


class EditionQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-pk")

    def latest_built(self) -> "Edition | None":
        """The edition that readers get as the latest; None while there is none."""
        return self.newest_first().first()


class Edition(models.Model):
    """The whole public record as one file, as it stood in one content revision. It is never changed."""

    name = models.CharField(
        _("name"), max_length=60, unique=True, help_text=_("As in its address: kz-africa-2026-11-26.")
    )
    day = models.DateField(_("day"), help_text=_("The day in Almaty on which it was made."))
    content_revision = models.PositiveBigIntegerField(
        _("content revision"), help_text=_("The number of the last public change that is in it.")
    )
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64, help_text=_("The checksum of the file."))
    has_parquet = models.BooleanField(
        _("with Parquet"), help_text=_("Whether rows of trade statistics are in it as Parquet as well.")
    )
    built_at = models.DateTimeField(_("made at"), default=timezone.now)
    path = models.CharField(_("path"), max_length=200, help_text=_("Where the storage of editions keeps the file."))

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("download edition")
        verbose_name_plural = _("download editions")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("editions:edition_file", args=[self.name])

    @property
    def file_name(self) -> str:
        return f"{self.name}.zip"

    def open(self):
        """The file, to be read from its beginning. Raises FileNotFoundError where the storage has lost it."""
        return storages[STORAGE].open(self.path)
