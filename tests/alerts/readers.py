"""What a reader does: asks for e-mails, follows links, reads mails; and the clock that goes on meanwhile."""

import re
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.core import mail
from django.core.management import call_command
from django.db.models import F
from django.http import QueryDict
from django.test import Client
from django.utils.translation import get_language_from_path

from kzafrica.delivery.lists import alert_lists
from kzafrica.delivery.models import Subscription, WatchedList
from kzafrica.delivery.subscribing import confirm
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


def subscribe(
    address: str = "/subscribe/?list=events", *, email: str = READER, frequency: str = "daily"
) -> Subscription:
    """A confirmed subscription to the list that the address of a form names, without the pages on the way."""
    path, _mark, query = address.partition("?")
    data = QueryDict(query, mutable=True)
    filtered = alert_lists()[data.pop("list")[0]].filtered_by(data)
    watched, _is_new = WatchedList.objects.get_or_create(list_name=filtered.list.name, query=filtered.query)
    language = get_language_from_path(path) or "en"
    row = watched.subscriptions.create(email=email, frequency=frequency, language=language)
    confirm(row)
    return row


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
