"""Records for pages, filled with what a test does not care about."""

from itertools import count

from django.utils.text import slugify

from diplomacy.models import Agreement
from events.models import Event, Participation
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Citation, ContentRevision, Source
from kzafrica.reference.models import Country, Office, OfficeHeld, Organization, Person, Theme

numbers = count(1)


def make(model, label: str, **fields):
    number = next(numbers)
    fields.setdefault("slug", f"{slugify(label)}-{number}")
    if hasattr(model, "status"):
        fields.setdefault("status", Status.PUBLISHED)
    ContentRevision.objects.get_or_create(pk=1)
    return model.objects.create(**fields)


def make_source(**fields) -> Source:
    values = {"kind": "news", "title": "A report", "publisher": "A paper", "language": "en", "published": "2025-09-10"}
    return make(Source, "source", **values | fields)


def cite(record, source: Source | None = None, **fields) -> Citation:
    if fields.get("stated"):
        fields.setdefault("reason", "Others were there.")
    return Citation.objects.create(source=source or make_source(), target=record, **fields)


def make_event(*, cited: bool = True, **fields) -> Event:
    values = {"title": "A visit", "kind": "state_visit", "level": "head_of_state", "date": "2025-09-10"}
    event = make(Event, "event", **values | fields)
    if cited:
        cite(event)
    return event


def make_person(**fields) -> Person:
    return make(Person, "person", **{"name": "A. Person"} | fields)


def make_office(**fields) -> Office:
    return make(Office, "office", **{"title": "Minister", "kind": "minister"} | fields)


def make_organization(**fields) -> Organization:
    return make(Organization, "organization", **{"name": "A ministry", "kind": "ministry"} | fields)


def make_theme(**fields) -> Theme:
    return make(Theme, "theme", **{"name": "Mining"} | fields)


def make_agreement(**fields) -> Agreement:
    return make(Agreement, "agreement", **{"title": "A memorandum", "kind": "memorandum"} | fields)


def make_country(alpha3: str = "COD", **fields) -> Country:
    number = next(numbers)
    values = {"alpha2": f"{number % 100:02}", "m49": f"{number % 1000:03}", "name": "DR Congo", "role": "african_state"}
    country, _is_new = Country.objects.get_or_create(alpha3=alpha3, defaults=_columns(values | fields))
    return country


def _columns(values: dict) -> dict:
    return {"name_en" if name == "name" else name: value for name, value in values.items()}


def take_part(event: Event, **fields) -> Participation:
    return Participation.objects.create(event=event, **fields)


def hold_office(person: Person, **fields) -> OfficeHeld:
    return OfficeHeld.objects.create(person=person, office=fields.pop("office", None) or make_office(), **fields)
