"""What an event is to programs: the words of schema.org, its citation and its share image."""

from events.choices import Attendance, EventKind, Occurrence
from events.models import Event
from kzafrica.editorial.describing import (
    country_item,
    described,
    identity,
    organization_item,
    person_item,
    place_item,
)
from kzafrica.linked_data import Description, iso_span

# What is not known to have been held has no status of schema.org.
STATUSES = {
    Occurrence.ANNOUNCED: "EventScheduled",
    Occurrence.CONFIRMED: "EventScheduled",
    Occurrence.HELD: "EventScheduled",
    Occurrence.POSTPONED: "EventPostponed",
    Occurrence.CANCELLED: "EventCancelled",
}


def describe_event(event: Event) -> Description:
    where = None if event.kind == EventKind.CALL else place_item(event.place, event.venue) or country_item(event.host)
    took_part = [part for part in event.participations.all() if part.attendance == Attendance.TOOK_PART]
    bodies = [part.organization for part in took_part if part.organization and not part.person]
    status = STATUSES.get(event.occurrence)
    item = {
        "@type": "Event",
        **iso_span(event.date),
        "eventStatus": f"https://schema.org/{status}" if status else None,
        "location": where,
        "about": [country_item(country) for country in event.countries],
        "attendee": [
            *(person_item(part.person) for part in took_part if part.person and part.person.is_public),
            *(organization_item(body) for body in bodies if body.is_public),
        ],
        "superEvent": {"@type": "Event", "@id": identity(event.parent), "name": str(event.parent)}
        if event.parent and event.parent.is_public
        else None,
    }
    return described(
        event,
        item,
        kind=event.get_kind_display(),
        summary=event.summary,
        date=event.date,
        place=", ".join(str(part) for part in (event.venue, event.place) if part),
        sides=event.countries,
    )
