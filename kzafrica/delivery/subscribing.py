"""How a subscription comes about, and how it ends. What answers readers never says whether an address was known."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from rest_framework.throttling import SimpleRateThrottle

from kzafrica.delivery import mails
from kzafrica.delivery.choices import Frequency
from kzafrica.delivery.lists import Filtered
from kzafrica.delivery.looking import look
from kzafrica.delivery.models import News, Subscription, WatchedList
from kzafrica.open_forms import ConnectionThrottle

# One mail about one list in so long a time, however often the form is sent.
PAUSE_BETWEEN_MAILS = timedelta(hours=1)
# What nobody confirms is forgotten: by then the link has ended.
FORGET_AFTER = timedelta(days=4)


class SubscribeThrottle(ConnectionThrottle):
    """So many forms from one connection as ``SUBSCRIBE_RATE`` says."""

    scope = "subscribe"

    def get_rate(self) -> str:
        return settings.SUBSCRIBE_RATE


class AddressThrottle(SimpleRateThrottle):
    """So many mails to one address, asked for by whomever, as ``SUBSCRIBE_MAIL_RATE`` says."""

    scope = "subscribe-mail"

    def __init__(self, email: str) -> None:
        self.email = email.lower()
        super().__init__()

    def get_rate(self) -> str:
        return settings.SUBSCRIBE_MAIL_RATE

    def get_cache_key(self, request, view) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.email.replace(" ", "")}


def ask(filtered: Filtered, *, email: str, frequency: str, language: str) -> None:
    """Send a mail that asks whether the address wants to be told; one that says so where it is told already.

    Nothing is sent where one was sent a little while ago, or too many. Raises what the mail server raises; the form
    can be sent again then.
    """
    now = timezone.now()
    subscription, is_new = _subscription_for(filtered, email, frequency, language)
    if not is_new and now - subscription.asked_at < PAUSE_BETWEEN_MAILS:
        return
    if not AddressThrottle(email).allow_request(None, None):
        return
    subscription.asked_at = now
    if not subscription.confirmed_at:
        subscription.frequency, subscription.language = frequency, language
    write = mails.known_already if subscription.confirmed_at else mails.confirmation
    try:
        with translation.override(subscription.language):
            get_connection().send_messages([write(subscription, filtered)])
    except OSError:
        # Of smtplib's errors too. Nobody was asked: the next try need not wait.
        subscription.asked_at = now - PAUSE_BETWEEN_MAILS
        raise
    finally:
        subscription.save(update_fields=["asked_at", "frequency", "language"])


def _subscription_for(filtered: Filtered, email: str, frequency: str, language: str) -> tuple[Subscription, bool]:
    for _try in range(3):
        watched, _is_new = WatchedList.objects.get_or_create(list_name=filtered.list.name, query=filtered.query)
        if known := watched.subscriptions.of_address(email).first():
            return known, False
        try:
            with transaction.atomic():
                return watched.subscriptions.create(email=email, frequency=frequency, language=language), True
        except IntegrityError:
            continue  # In this moment somebody sent the same form, or the last subscriber of the list left.
    raise RuntimeError("A subscription is there and is not.")


def confirm(subscription: Subscription) -> None:
    """The owner of the address wants the mails: from now on, and never about what was before. Raises Unreadable."""
    with transaction.atomic():
        look(subscription.watched)
        latest = News.objects.filter(watched=subscription.watched).order_by("-pk").values_list("pk", flat=True).first()
        Subscription.objects.filter(pk=subscription.pk, confirmed_at__isnull=True).update(
            confirmed_at=timezone.now(), told_to=latest or 0, served_on=timezone.localdate()
        )
    subscription.refresh_from_db()


def end(subscription: Subscription) -> None:
    """Forget a subscription, at once and wholly."""
    subscription.delete()
    forget_unwatched()


def end_all(email: str) -> int:
    """Forget everything about an address; how many subscriptions there were."""
    count, _by_model = Subscription.objects.of_address(email).delete()
    forget_unwatched()
    return count


def change_frequency(subscription: Subscription, frequency: str) -> None:
    """Tell it daily or weekly from now on; one that was paused goes on."""
    Subscription.objects.filter(pk=subscription.pk).update(
        frequency=Frequency(frequency), paused_at=None, failures=0, refusals=0, retry_at=None
    )


def forget_unconfirmed() -> int:
    """Delete what nobody confirmed in time; how many there were."""
    late = Subscription.objects.unconfirmed_since(timezone.now() - FORGET_AFTER)
    count, _by_model = late.delete()
    return count


def forget_unwatched() -> None:
    """Delete the lists that nobody subscribes to any more, and news that everybody was told."""
    WatchedList.objects.without_subscribers().delete()
    News.objects.told_to_all().delete()
