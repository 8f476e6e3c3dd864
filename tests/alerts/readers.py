"""What a reader does: asks for e-mails, follows links, reads mails; and the clock that goes on meanwhile."""

import re
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.core import mail
from django.core.management import call_command
from django.db.models import F
from django.test import Client

from kzafrica.delivery.models import Subscription
from kzafrica.editorial import workflow
from kzafrica.editorial.changing import change_published
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Correction

READER = "reader@example.org"


def fill_in(client: Client, address: str, **fields):
    """Open the form at an address and send it."""
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    mark = re.search(r'name="mark" value="([^"]+)"', page.content.decode())[1]
    filled = {"mark": mark, "email": READER, "frequency": "daily", "website": "", **fields}
    return client.post(address, filled)


def path_in(message, purpose: str) -> str:
    """The path of the link in a mail that has that purpose: confirm, end or manage."""
    (found,) = set(re.findall(rf"https?://\S+/subscribe/{purpose}/\S+/", message.body))
    return urlsplit(found).path


def subscribe(address: str = "/subscribe/?list=events", **fields) -> Subscription:
    """Ask for e-mails about a list and confirm, as a reader does; the mail that asks is taken away."""
    client = Client()
    assert fill_in(client, address, **fields).status_code == 302
    answer = client.post(path_in(mail.outbox.pop(), "confirm"))
    assert answer.status_code == 200, answer.status_code
    return Subscription.objects.latest("confirmed_at")


def a_day_goes_by(days: int = 1, subscriptions: Iterable[Subscription] | None = None) -> None:
    """Everybody, or some, had their last turn so many days earlier; what failed may be tried again."""
    rows = Subscription.objects.all() if subscriptions is None else subscriptions
    for row in rows:
        if row.served_on:
            Subscription.objects.filter(pk=row.pk).update(served_on=row.served_on - timedelta(days=days))
    Subscription.objects.exclude(retry_at=None).update(retry_at=F("asked_at") - timedelta(days=1))


def send_alerts(*arguments: str) -> list:
    """Run the command; the mails it sent."""
    before = len(mail.outbox)
    call_command("send_alerts", *arguments, verbosity=0, stdout=open_nothing())
    return mail.outbox[before:]


def open_nothing():
    class Nothing:
        def write(self, _text: str) -> None: ...

    return Nothing()


def next_mails(*arguments: str) -> list:
    """The mails of the next turn."""
    a_day_goes_by(7)
    return send_alerts(*arguments)


def change(record, *, reason: str = "", **content):
    """Change a public record as an applied proposal does, with a reason for readers or without."""
    change = change_published(record, content_of(record) | content, by=workflow.system_user(), note="Changed")
    if reason:
        Correction.objects.create(record=record, change=change, reason=reason)
    record.refresh_from_db()


def publish(record) -> None:
    workflow.publish(record, by=workflow.system_user())


def withdraw(record) -> None:
    workflow.withdraw(record, by=workflow.system_user(), note="Never took place")


def groups_of(message) -> dict[str, list[str]]:
    """The names of records in a mail, by the heading they stand under."""
    told: dict[str, list[str]] = {}
    heading = ""
    body = message.body.partition("\n--\n")[0]
    for line in body.splitlines()[2:]:
        if line.startswith("- "):
            told[heading].append(re.sub(r" \([^()]*\)$", "", line[2:]))
        elif line and not line.startswith(" "):
            heading = line
            told[heading] = []
    return {heading: titles for heading, titles in told.items() if titles}
