from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kzafrica.delivery.models import ApiKey
from kzafrica.editorial.models import ProposedChange, RecordReference
from kzafrica.writing.choices import ContributionKind


class Contribution(RecordReference):
    """What a program has written with a key: a draft, or a change proposed to what is public."""

    kind = models.CharField(_("kind"), max_length=8, choices=ContributionKind)
    # Beside the key, which may be deleted.
    key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, related_name="+", verbose_name=_("key"))
    key_prefix = models.CharField(_("key begins with"), max_length=12)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written as")
    )
    # A draft that is deleted keeps its name here.
    title = models.CharField(_("title"), max_length=400)
    proposal = models.ForeignKey(ProposedChange, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    # A draft that is merged lives on in the record that is kept.
    follows_merges = True

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["content_type", "object_id"], name="contribution_record")]
        verbose_name = _("contribution by API")
        verbose_name_plural = _("contributions by API")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"


class KeptAnswer(models.Model):
    """The answer to a request with an Idempotency-Key, given again to whoever sends the same request again."""

    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="+")
    name = models.CharField(max_length=255, help_text=_("The Idempotency-Key."))
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the method, the address and what was sent.
    begun_at = models.DateTimeField(default=timezone.now)
    # Who is writing, and until when nobody else takes that over; none once it is written.
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    code = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    location = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["key", "name"],
                name="answer_kept_once",
                violation_error_message=_("This Idempotency-Key is in use already."),
            )
        ]
        indexes = [models.Index(fields=["begun_at"], name="kept_answer_age")]

    def __str__(self) -> str:
        return self.name
