"""Calendars and feeds as a subscriber has them: read by parsers that know nothing of ours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from tests.factories import make_user


@dataclass(frozen=True)
class Component:
    """A VEVENT or VJOURNAL with what a subscriber looks at."""

    kind: str
    uid: str
    start: date | None
    end: date | None
    status: str
    sequence: int
    summary: str
    description: str
    location: str
    categories: list[str]
    url: str
    stamped_at: datetime
    transparency: str
    edtf: str | None


def components_of(document: bytes) -> list[Component]:
    """All components, whose UIDs must differ. Raises an error for what breaks RFC 5545."""
    calendar = IcsCalendarStream.calendar_from_ics(document.decode())
    found = [as_component("VEVENT", event) for event in calendar.events]
    found += [as_component("VJOURNAL", journal) for journal in calendar.journal]
    assert len({component.uid for component in found}) == len(found)
    return found


def as_component(kind: str, parsed) -> Component:
    extras = {extra.name: extra.value for extra in parsed.extras}
    return Component(
        kind=kind,
        uid=parsed.uid,
        start=parsed.dtstart,
        end=getattr(parsed, "dtend", None),
        status=parsed.status.value,
        sequence=parsed.sequence,
        summary=parsed.summary,
        description=parsed.description or "",
        location=getattr(parsed, "location", None) or "",
        categories=parsed.categories,
        url=str(parsed.url),
        stamped_at=parsed.dtstamp,
        transparency=getattr(parsed, "transparency", None) or "",
        edtf=extras.get("x-edtf"),
    )


@pytest.fixture(autouse=True)
def english():
    """Addresses are written in the active language, and a request for another leaves that one active."""
    with translation.override("en"):
        yield


@pytest.fixture
def components_at(client) -> Callable[[str], list[Component]]:
    """The components of the calendar at an address."""

    def read(address: str) -> list[Component]:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content.decode()
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        return components_of(answer.content)

    return read


@pytest.fixture
def component_at(components_at) -> Callable[[str], Component]:
    """The only component of a calendar."""

    def read(address: str) -> Component:
        (component,) = components_at(address)
        return component

    return read


@pytest.fixture
def calendar_at(client) -> Callable[[str], Calendar]:
    return lambda address: IcsCalendarStream.calendar_from_ics(client.get(address).content.decode())


@pytest.fixture
def feed_at(client) -> Callable[[str], feedparser.FeedParserDict]:
    """The feed at an address: well-formed XML, with all that Atom demands, each entry once."""

    def read(address: str) -> feedparser.FeedParserDict:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content.decode()
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = feedparser.parse(answer.content, sanitize_html=False)
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version == "atom10"
        assert all(feed.feed.get(name) for name in ("id", "title", "updated_parsed", "author"))
        for entry in feed.entries:
            assert all(entry.get(name) for name in ("id", "title", "link", "updated_parsed", "summary")), entry
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        return feed

    return read


@pytest.fixture
def queries_of(client) -> Callable[[str], int]:
    """How many queries an address costs once the process is warm."""

    def measure(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200
        return len(queries)

    return measure


@pytest.fixture
def contributor(db):
    return make_user("contributor", "aigerim")


@pytest.fixture
def editor(db):
    return make_user("editor", "bolat")
