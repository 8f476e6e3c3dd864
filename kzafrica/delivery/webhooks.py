"""Tells programs of public changes: batches posted as JSON and signed by the scheme of Standard Webhooks.

Each message arrives at least once and in its order: the next is sent when the one before was answered with 2xx. One
that is sent again has the same ``webhook-id`` and the same body.
"""

import base64
import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import orjson
from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kzafrica import outward
from kzafrica.delivery.links import absolute
from kzafrica.delivery.models import Webhook, why_not_posted_to
from kzafrica.editorial.change_api import ChangeSerializer
from kzafrica.editorial.models import Change
from kzafrica.editorial.resources import types_of_resource

logger = logging.getLogger(__name__)

# So many changes are in one message, and so many messages go to one address in one run.
CHANGES_TOGETHER = 100
MESSAGES_A_RUN = 20
# Longer than a run can take with one address that answers as late as it may.
CLAIM = timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=12)
# After so many failures in a row, which take some five days, a webhook is switched off.
MOST_FAILURES = 20


@dataclass
class Report:
    """What a run did: messages that arrived, tries that failed, webhooks switched off."""

    sent: int = 0
    failed: int = 0
    switched_off: int = 0


@dataclass(frozen=True)
class Message:
    """A batch of changes as it goes to one address; the same again when it is sent again."""

    id: str
    body: bytes

    def headers(self, secret: str, at: datetime) -> dict[str, str]:
        timestamp = int(at.timestamp())
        return {
            "Content-Type": "application/json",
            "webhook-id": self.id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(secret, self.id, timestamp, self.body),
        }


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """``v1,`` and the HMAC-SHA256 of id, timestamp and body, joined by full stops (Standard Webhooks)."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def send_due() -> Report:
    """Tell every webhook that may be told now what it has not been told. Safe by two at once."""
    report = Report()
    for number in Webhook.objects.due(timezone.now()).values_list("pk", flat=True):
        claim = _claim(number)
        if claim is None:
            continue
        mine = Webhook.objects.filter(pk=number, claim=claim)
        try:
            _tell(mine, report)
        finally:
            mine.update(claim=None, claimed_until=None)
    return report


def _claim(number: int) -> UUID | None:
    """Take a webhook in hand; None where another sender was faster."""
    now, claim = timezone.now(), uuid4()
    due = Webhook.objects.due(now).filter(pk=number)
    return claim if due.update(claim=claim, claimed_until=now + CLAIM) else None


def _tell(mine: QuerySet, report: Report) -> None:
    for _message in range(MESSAGES_A_RUN):
        webhook = mine.filter(is_active=True).first()
        message = _next_message(webhook, mine) if webhook is not None else None
        if message is None:
            return
        failure, is_final = _post(webhook, message)
        if failure:
            _failed(webhook, mine, failure, report, is_final=is_final)
            return
        report.sent += 1
        mine.update(
            told_to=F("in_hand_to"),
            in_hand_to=None,
            failures=0,
            last_failure="",
            retry_at=None,
            succeeded_at=timezone.now(),
        )


def _next_message(webhook: Webhook, mine: QuerySet) -> Message | None:
    """What the webhook is told next, which is kept in hand until it arrived; None where there is nothing."""
    # Read first: a change that is written meanwhile belongs to the next message.
    latest = webhook.in_hand_to or Change.objects.order_by("-number").values_list("number", flat=True).first() or 0
    changes = Change.objects.filter(number__gt=webhook.told_to, number__lte=latest).order_by("number")
    if names := webhook.resource_list:
        changes = changes.filter(record_type__in=[each for name in names for each in types_of_resource(name)])
    batch = list(changes[:CHANGES_TOGETHER])
    if not batch:
        mine.update(told_to=max(latest, webhook.told_to), in_hand_to=None)
        return None
    last = batch[-1].number if len(batch) == CHANGES_TOGETHER else latest
    mine.update(in_hand_to=last)
    return Message(f"msg_{webhook.pk}_{webhook.told_to}_{last}", _body(webhook.told_to, last, batch))


class _Site:
    """Stands for a request where none asked: addresses begin with that of the site."""

    query_params: dict[str, str] = {}
    build_absolute_uri: Callable[[str], str] = staticmethod(absolute)


def _body(after: int, last: int, batch: list[Change]) -> bytes:
    lines = ChangeSerializer(batch, many=True, context={"request": _Site()}).data
    resume = absolute(f"{reverse('api:change-list')}?after={last}")
    data = {"after": after, "to": last, "resume": resume, "changes": lines}
    return orjson.dumps({"type": "changes", "timestamp": batch[-1].at, "data": data})


def _post(webhook: Webhook, message: Message) -> tuple[str, bool]:
    """Why the message did not arrive, and whether none ever will; nothing where it did."""
    if fault := why_not_posted_to(webhook.address):
        return fault, False
    headers = message.headers(webhook.secret, timezone.now())
    try:
        answer = outward.post(webhook.address, message.body, agent=_agent(), headers=headers)
    except (outward.Refused, outward.NoAnswer) as reason:
        return str(reason), False
    if 200 <= answer.status < 300:
        return "", False
    return _("It answered %(status)s.") % {"status": answer.status}, answer.status == HTTPStatus.GONE


def _agent() -> str:
    return f"KZ-Africa webhooks (mailto:{settings.SERVER_EMAIL})"


def _failed(webhook: Webhook, mine: QuerySet, reason: str, report: Report, *, is_final: bool) -> None:
    """Try again later, ever later; an address that says it is gone, or fails too often, is switched off."""
    now, failures = timezone.now(), webhook.failures + 1
    is_over = is_final or failures >= MOST_FAILURES
    pause = min(FIRST_PAUSE * 2 ** min(webhook.failures, 16), LONGEST_PAUSE)
    # Without the address, which may hold a secret of its owner.
    logger.warning("Webhook %d was not told: %s", webhook.pk, reason)
    mine.update(
        failures=failures,
        last_failure=reason[:300],
        retry_at=now + pause,
        is_active=not is_over,
        switched_off_at=now if is_over else None,
    )
    report.failed += 1
    report.switched_off += is_over
