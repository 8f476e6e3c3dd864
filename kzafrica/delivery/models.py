import base64
import secrets
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kzafrica.delivery.addresses import masked
from kzafrica.delivery.choices import Frequency, NewsKind
from kzafrica.delivery.querysets import (
    ApiKeyQuerySet,
    NewsQuerySet,
    SubscriptionQuerySet,
    WatchedListQuerySet,
    WebhookQuerySet,
)
from kzafrica.editorial.resources import resource_names
from kzafrica.editorial.workflow import content_revision
from kzafrica.filtering import unknown_value
from kzafrica.outward import Refused, place_of, why_not

# Filters that are longer than this in an address are a mistake or an attack.
LONGEST_QUERY = 600


class WatchedList(models.Model):
    """A list with filters set, to which somebody subscribes, as it stood when it was last looked at."""

    list_name = models.CharField(_("list"), max_length=40)
    query = models.CharField(_("filters"), max_length=LONGEST_QUERY, blank=True)
    revision = models.PositiveBigIntegerField(null=True, help_text=_("The content revision of the last look."))
    looked_on = models.DateField(_("last looked at"), null=True)
    unreadable = models.TextField(blank=True, help_text=_("Why its filters cannot be read any more."))

    objects = WatchedListQuerySet.as_manager()

    class Meta:
        ordering = ("list_name", "query")
        constraints = [
            models.UniqueConstraint(
                fields=["list_name", "query"],
                name="watched_list_once",
                violation_error_message=_("This list is watched already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.list_name}?{self.query}" if self.query else self.list_name


class RecordOfList(models.Model):
    """A record as a watched list knows it: by number, since keys change, with its name in each language."""

    record_type = models.CharField(max_length=80)
    record_pk = models.PositiveBigIntegerField()
    record_key = models.CharField(max_length=140)
    # Its name when readers last saw it: that of a withdrawn record may be another by now, in a draft.
    titles = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_key}"

    @property
    def place(self) -> tuple[str, int]:
        return (self.record_type, self.record_pk)


class WatchedRecord(RecordOfList):
    """A record that was in the list at the last look."""

    watched = models.ForeignKey(WatchedList, models.CASCADE, related_name="records")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["watched", "record_type", "record_pk"],
                name="watched_record_once",
                violation_error_message=_("This record is in the list already."),
            )
        ]


class News(RecordOfList):
    """What a look found to have happened to a record of the list since the look before; numbers follow the looks."""

    watched = models.ForeignKey(WatchedList, models.CASCADE, related_name="news")
    kind = models.CharField(max_length=9, choices=NewsKind)
    # The content revisions between which it happened, the first not included.
    after_revision = models.PositiveBigIntegerField()
    to_revision = models.PositiveBigIntegerField()

    objects = NewsQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = _("news")


class Subscription(models.Model):
    """Somebody's wish to be told by mail what happens in a list. Nothing more is kept of the person."""

    watched = models.ForeignKey(WatchedList, models.CASCADE, related_name="subscriptions")
    email = models.EmailField(_("address"), max_length=254)
    language = models.CharField(_("language"), max_length=8)
    frequency = models.CharField(_("how often"), max_length=6, choices=Frequency)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    told_to = models.PositiveBigIntegerField(default=0, help_text=_("The last of the news that were told."))
    served_on = models.DateField(_("last had its turn"), null=True)
    # A mail that was begun ends where it ended first, however often it is tried: so it stays the same mail.
    in_hand_to = models.PositiveBigIntegerField(null=True)
    claim = models.UUIDField(null=True, help_text=_("The sender that has it in hand."))
    claimed_until = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(_("next try"), null=True)
    paused_at = models.DateTimeField(_("paused"), null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "watched",
                name="subscribed_once",
                violation_error_message=_("This address is subscribed to this list already."),
            )
        ]
        indexes = [models.Index(fields=["frequency", "served_on"], name="subscription_turn")]

    def __str__(self) -> str:
        return f"{masked(self.email)}: {self.watched}"

    @property
    def masked_email(self) -> str:
        """The address as it may be shown to those who need not know it."""
        return masked(self.email)


class ApiKey(models.Model):
    """Whoever sends its token may ask the API more often. Made by ``keys.issue()``; the token itself is not kept."""

    owner = models.CharField(_("owner"), max_length=200, help_text=_("The person or body that uses it."))
    email = models.EmailField(_("address"), max_length=254, help_text=_("Where its owner can be reached about it."))
    requests_per_minute = models.PositiveIntegerField(_("requests a minute"), default=1200)
    writes_as = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"is_active": True},
        verbose_name=_("writes as"),
        help_text=_("The account in whose name it writes drafts and proposes changes. Empty: it reads alone."),
    )
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256 of the token, in hexadecimal.
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False, help_text=_("To the hour."))
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        constraints = [
            models.CheckConstraint(
                name="api_key_allows_something",
                condition=models.Q(requests_per_minute__gte=1),
                violation_error_message=_("A key allows at least one request a minute; one that is to end is revoked."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}…"

    def clean(self) -> None:
        super().clean()
        if self.writes_as is not None and not may_write(self.writes_as):
            sentence = _("“%s” may not write records: choose an active account of a contributor or editor.")
            raise ValidationError({"writes_as": sentence % self.writes_as})


def may_write(user) -> bool:
    """Whether an account may write at least sources, on which every record rests."""
    return user.is_active and user.has_perm("editorial.add_source")


def new_secret() -> str:
    """A key for signatures in the form of Standard Webhooks: ``whsec_`` and 32 bytes as base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class Webhook(models.Model):
    """A program that is told of public changes: where they are posted, signed with what, and how far it was told."""

    name = models.CharField(
        _("name"), max_length=100, help_text=_("The program and the house that runs it; no person.")
    )
    address = models.URLField(_("address"), max_length=500, help_text=_("An https address on the open internet."))
    secret = models.CharField(_("secret"), max_length=100, default=new_secret, editable=False)
    resources = models.CharField(
        _("resources"),
        max_length=400,
        blank=True,
        help_text=_("Whose changes it is told: names as in the API, separated by commas. Empty: all."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    told_to = models.PositiveBigIntegerField(_("told up to change"), default=content_revision, editable=False)
    # A batch that was begun ends where it ended first, however often it is sent: so it stays the same message.
    in_hand_to = models.PositiveBigIntegerField(null=True, editable=False)
    succeeded_at = models.DateTimeField(_("last success"), null=True, editable=False)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0, editable=False)
    last_failure = models.CharField(_("last failure"), max_length=300, blank=True, editable=False)
    retry_at = models.DateTimeField(_("next try"), null=True, editable=False)
    switched_off_at = models.DateTimeField(_("switched off"), null=True, editable=False)
    claim = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def resource_list(self) -> list[str]:
        return [name.strip().lower() for name in self.resources.split(",") if name.strip()]

    def clean(self) -> None:
        super().clean()
        if self.address and (fault := why_not_posted_to(self.address)):
            raise ValidationError({"address": fault})
        for name in self.resource_list:
            if name not in resource_names():
                raise ValidationError({"resources": unknown_value(name, resource_names())})
        self.resources = ", ".join(dict.fromkeys(self.resource_list))


def why_not_posted_to(address: str) -> str:
    """Why nothing is ever posted to an address, in a sentence; empty where a name has only to be looked up."""
    try:
        place = place_of(address)
        ip = ip_address(place.host)
    except Refused as reason:
        return str(reason)
    except ValueError:
        ip = None  # A name, whose numbers are looked up and checked each time.
    if place.scheme != "https" and not settings.WEBHOOKS_OVER_HTTP:
        return _("Write an address that begins with https://: changes are sent over no open line.")
    return why_not(ip, place.port) if ip is not None else ""
