"""Sends what is due: each mail at least once, and only a crash between sending and writing it down sends one twice.

The order for each mail: claim it, send it, write down that it was sent. What is claimed is left alone by other senders
until the claim ends. A mail that is sent again has the same Message-ID and tells the same news.
"""

import logging
import smtplib
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import OperationalError, models, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from kzafrica.delivery import mails
from kzafrica.delivery.lists import Filtered, Unreadable
from kzafrica.delivery.looking import look
from kzafrica.delivery.models import News, Subscription, WatchedList
from kzafrica.delivery.telling import Digest, digest_of
from kzafrica.locking import is_locked

logger = logging.getLogger(__name__)

# So many are in one sender's hands at once, and so long.
TOGETHER = 100
CLAIM = timedelta(minutes=30)
# Time that one mail may take; a claim that ends sooner is not begun on.
ONE_MAIL = timedelta(minutes=2)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(hours=1), timedelta(hours=24)
# After so many final refusals in a row no more is tried, until the subscriber says so.
REFUSALS_UNTIL_PAUSE = 3
WRITING_TRIES = 5


class NoServer(Exception):
    """The mail server cannot be reached: what is due stays due."""


@dataclass
class Report:
    """What a run did: mails sent, turns without news, failures that are tried again, subscriptions now paused."""

    sent: int = 0
    quiet: int = 0
    failed: int = 0
    paused: int = 0
    unreadable: list[str] = field(default_factory=list)


def send_due(frequencies: list[str]) -> Report:
    """Look at the lists whose subscribers have their turn, and send them what is new. Raises NoServer."""
    report, today = Report(), timezone.localdate()
    due = Subscription.objects.having_their_turn(timezone.now(), today, frequencies)
    for watched in WatchedList.objects.to_look_at(due):
        try:
            look(watched)
        except Unreadable as reason:
            report.unreadable.append(f"{watched}: {reason}")
    connection = _Connection()
    try:
        while batch := _Batch.claimed(frequencies):
            batch.send(connection, report)
    finally:
        connection.close()
    return report


class _Connection:
    """One connection to the mail server, opened when it is needed and anew after it broke."""

    def __init__(self) -> None:
        self.backend, self.has_sent = None, False

    def send(self, mail: EmailMultiAlternatives) -> None:
        """Raises NoServer, and what the server answers."""
        try:
            self._send(mail)
        except smtplib.SMTPServerDisconnected:
            if not self.has_sent:
                raise
            # Servers end a connection after so many mails: that is no fault of this one.
            self.close()
            self._send(mail)
        self.has_sent = True

    def _send(self, mail: EmailMultiAlternatives) -> None:
        if self.backend is None:
            backend = get_connection()
            try:
                backend.open()
            except OSError as error:
                raise NoServer(str(error)) from error
            self.backend = backend
        self.backend.send_messages([mail])

    def close(self) -> None:
        if self.backend is not None:
            with suppress(OSError):
                self.backend.close()
            self.backend, self.has_sent = None, False


class _Batch:
    """Subscriptions in the hands of this sender, with their news and lists read once for all of them."""

    def __init__(self, claim: UUID, until: datetime) -> None:
        self.claim, self.until = claim, until
        self.subscriptions = list(Subscription.objects.filter(claim=claim).select_related("watched").order_by("pk"))
        self.filtered: dict[tuple[int, str], Filtered] = {}
        self.digests: dict[tuple, Digest] = {}
        self.news = self._news()

    @classmethod
    def claimed(cls, frequencies: list[str]) -> "_Batch | None":
        """The next ones that are due; None when none is."""
        now, claim = timezone.now(), uuid4()
        until = now + CLAIM
        latest = News.objects.filter(watched=OuterRef("watched")).order_by("-pk").values("pk")[:1]
        with transaction.atomic():
            due = Subscription.objects.having_their_turn(now, timezone.localdate(), frequencies)
            due = due.filter(watched__unreadable="").order_by("pk").select_for_update(skip_locked=True, of=("self",))
            numbers = list(due.values_list("pk", flat=True)[:TOGETHER])
            Subscription.objects.filter(pk__in=numbers).update(
                claim=claim,
                claimed_until=until,
                in_hand_to=Coalesce(F("in_hand_to"), Subquery(latest), F("told_to")),
            )
        return cls(claim, until) if numbers else None

    def _news(self) -> dict[int, list[News]]:
        """What some of them have not been told yet, by list."""
        oldest: dict[int, int] = {}
        for each in self.subscriptions:
            oldest[each.watched_id] = min(each.told_to, oldest.get(each.watched_id, each.told_to))
        condition = models.Q(pk__in=[])
        for watched, told_to in oldest.items():
            condition |= models.Q(watched=watched, pk__gt=told_to)
        found: dict[int, list[News]] = defaultdict(list)
        for line in News.objects.filter(condition).order_by("pk"):
            found[line.watched_id].append(line)
        return found

    def send(self, connection: _Connection, report: Report) -> None:
        quiet = []
        try:
            for subscription in self.subscriptions:
                if timezone.now() > self.until - ONE_MAIL:
                    break
                try:
                    mail = self._mail(subscription)
                except Unreadable as reason:
                    WatchedList.objects.filter(pk=subscription.watched_id).update(unreadable=str(reason))
                    continue
                if mail is None:
                    quiet.append(subscription.pk)
                else:
                    self._deliver(subscription, mail, connection, report)
        finally:
            mine = Subscription.objects.filter(claim=self.claim)
            report.quiet += _write(lambda: mine.filter(pk__in=quiet).served(timezone.localdate()))
            # Those that were not come to can be taken by the next sender at once.
            _write(lambda: mine.update(claim=None, claimed_until=None))

    def _mail(self, subscription: Subscription) -> EmailMultiAlternatives | None:
        """The mail in the language of its reader; None where there is nothing to tell. Raises Unreadable."""
        with translation.override(subscription.language):
            digest = self._digest(subscription)
            return mails.alert(subscription, self._filtered(subscription), digest) if digest.count else None

    def _filtered(self, subscription: Subscription) -> Filtered:
        key = (subscription.watched_id, subscription.language)
        if key not in self.filtered:
            self.filtered[key] = Filtered.of(subscription.watched)
        return self.filtered[key]

    def _digest(self, subscription: Subscription) -> Digest:
        """What it is to be told; the same for all who read one list in one language and were told as far."""
        span = (subscription.told_to, subscription.in_hand_to)
        key = (subscription.watched_id, subscription.language, *span)
        if key not in self.digests:
            after, to = span
            news = [line for line in self.news[subscription.watched_id] if after < line.pk <= to]
            self.digests[key] = digest_of(self._filtered(subscription), news)
        return self.digests[key]

    def _deliver(
        self, subscription: Subscription, mail: EmailMultiAlternatives, connection: _Connection, report: Report
    ) -> None:
        try:
            connection.send(mail)
        except (OSError, ValueError, UnicodeError) as error:
            # ValueError: a header that cannot be written. smtplib's errors are OSErrors.
            connection.close()
            self._failed(subscription, error, report)
        else:
            report.sent += 1
            mine = Subscription.objects.filter(pk=subscription.pk, claim=self.claim)
            _write(lambda: mine.served(timezone.localdate()))

    def _failed(self, subscription: Subscription, error: Exception, report: Report) -> None:
        """Try again later, ever later; a final refusal counts, and after some of them no more is tried."""
        now = timezone.now()
        pause = min(FIRST_PAUSE * 2 ** min(subscription.failures, 8), LONGEST_PAUSE)
        refusals = subscription.refusals + 1 if is_final(error) else 0
        is_paused = refusals >= REFUSALS_UNTIL_PAUSE
        # Without the address, which does not belong into a log.
        logger.warning("Alert %d was not sent: %s", subscription.pk, _reason(error))
        mine = Subscription.objects.filter(pk=subscription.pk, claim=self.claim)
        _write(
            lambda: mine.update(
                claim=None,
                claimed_until=None,
                failures=F("failures") + 1,
                refusals=refusals,
                retry_at=now + pause,
                paused_at=now if is_paused else None,
            )
        )
        report.paused += is_paused
        report.failed += not is_paused


def is_final(error: Exception) -> bool:
    """Whether the server says that it will never take this mail for this address (RFC 5321: a code of 5xx).

    That it does not take our sender, or us, is no fault of the address.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _words in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError):
        return False
    if isinstance(error, smtplib.SMTPResponseException):
        return 500 <= error.smtp_code < 600
    return isinstance(error, ValueError)


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"recipient refused ({', '.join(str(code) for code, _words in error.recipients.values())})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} ({error.smtp_code})"
    return type(error).__name__


def _write(write) -> int:
    """Write down what has happened already, although others may be writing: so it is tried more than once."""
    for tries_left in reversed(range(WRITING_TRIES)):
        try:
            return write()
        except OperationalError as error:
            if not is_locked(error) or not tries_left:
                raise
            time.sleep(0.2)
    return 0
