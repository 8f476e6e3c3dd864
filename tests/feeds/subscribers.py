"""What a subscriber makes of our calendars and feeds, by parsers that know nothing of ours."""

from dataclasses import dataclass
from datetime import date, datetime

import feedparser
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream


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


def calendar_of(document: bytes) -> Calendar:
    """The calendar. Raises an error for what breaks RFC 5545."""
    return IcsCalendarStream.calendar_from_ics(document.decode())


def components_of(document: bytes) -> list[Component]:
    """All components of a calendar, whose UIDs must differ."""
    calendar = calendar_of(document)
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


def feed_of(document: bytes) -> feedparser.FeedParserDict:
    """The feed: well-formed XML, with all that Atom (RFC 4287) demands, each entry once."""
    feed = feedparser.parse(document, sanitize_html=False)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert all(feed.feed.get(name) for name in ("id", "title", "updated_parsed", "author"))
    for entry in feed.entries:
        assert all(entry.get(name) for name in ("id", "title", "link", "updated_parsed", "summary")), entry
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    return feed
