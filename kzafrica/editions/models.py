from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

STORAGE = "editions"


WITHDRAW_PERMISSION = "editions.withdraw_edition"


class EditionQuerySet(models.QuerySet):
    def offered(self):
        return self.filter(withdrawn_at=None)

    def newest_first(self):
        return self.order_by("-pk")

    def latest_built(self) -> "Edition | None":
        """The edition that was made last, withdrawn or not; None while there is none."""
        return self.newest_first().first()

    def latest_offered(self) -> "Edition | None":
        """The edition that readers get as the latest; None while there is none."""
        return self.offered().newest_first().first()


class Edition(models.Model):
    """The whole public record as one file, as it stood in one content revision.

    It is never changed. One that must not be had any more is withdrawn: its row stays and says why, its file does not.
    """

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

    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = models.CharField(
        _("reason"), max_length=400, blank=True, help_text=_("For readers: why it cannot be had any more.")
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("download edition")
        verbose_name_plural = _("download editions")
        permissions = [("withdraw_edition", "Can withdraw download editions")]
        constraints = [
            models.CheckConstraint(
                name="withdrawn_edition_says_why",
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawal_reason=""),
                violation_error_message=_("Say why the edition is withdrawn, for readers."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("editions:edition_file", args=[self.name])

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def file_name(self) -> str:
        return f"{self.name}.zip"

    def open(self):
        """The file, to be read from its beginning. Raises FileNotFoundError where the storage has lost it."""
        return storages[STORAGE].open(self.path)
