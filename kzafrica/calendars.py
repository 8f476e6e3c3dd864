"""Entries as a calendar to subscribe to (iCalendar, RFC 5545 and 7986).

A day that no source names is never put into a calendar: an entry without exact days is a VJOURNAL without DTSTART,
with the date as its source gives it in X-EDTF and in words behind the title. There is no METHOD, which would make
the file an invitation (RFC 5546) that needs an organizer.
"""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Component, Event, Journal, vText

from kzafrica.syndication import Channel, Entry, State, plain

PRODUCER = "-//KZ-Africa//The open record of relations//EN"
DOMAIN = "kz-africa"
# How often it pays to ask again; an unchanged calendar costs one query.
REFRESH = timedelta(hours=6)

STATES = {
    Event: {State.SETTLED: "CONFIRMED", State.OPEN: "TENTATIVE", State.CANCELLED: "CANCELLED"},
    Journal: {State.SETTLED: "FINAL", State.OPEN: "DRAFT", State.CANCELLED: "CANCELLED"},
}


def write_calendar(channel: Channel, entries: Iterable[Entry]) -> bytes:
    """The entries in the order given, as one iCalendar document."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    # The latter is what calendars read before RFC 7986 gave it a name. The library knows neither to be text.
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(plain(channel.title)))
    calendar.add("url", channel.list_address)
    calendar.add("source", channel.own_address, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(component_of(entry))
    return calendar.to_ical()


def component_of(entry: Entry) -> Component:
    """A VEVENT for exact days, else a VJOURNAL."""
    paragraphs = list(entry.paragraphs)
    if entry.days is not None:
        first, last = entry.days
        component = Event()
        component.add("dtstart", first)
        component.add("dtend", last + timedelta(days=1))
        component.add("transp", "TRANSPARENT")
        component.add("summary", plain(entry.title))
        if entry.place:
            component.add("location", plain(entry.place))
    else:
        component = Journal()
        component.add("summary", plain(f"{entry.title} ({entry.date_in_words})"))
        # A VJOURNAL has no LOCATION.
        paragraphs = [entry.place, *paragraphs]
    component.add("uid", f"{entry.uid}@{DOMAIN}")
    component.add("sequence", entry.sequence)
    component.add("dtstamp", entry.updated)
    component.add("created", entry.published)
    component.add("last-modified", entry.updated)
    component.add("status", STATES[type(component)][entry.state])
    component.add("url", entry.url)
    if description := "\n".join(filter(None, paragraphs)):
        component.add("description", plain(description))
    if entry.categories:
        component.add("categories", [plain(category.label) for category in entry.categories])
    if entry.date is not None:
        component.add("x-edtf", entry.date.edtf)
    return component
