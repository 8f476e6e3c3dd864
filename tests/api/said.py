"""What sources and other records say of the full rows of ``resources.py``."""

from collections.abc import Callable

from django.db import models
from django.utils.text import slugify

from diplomacy.models import Mission
from tests.factories import (
    MAKERS,
    make_agreement,
    make_award,
    make_country,
    make_event,
    make_mission,
    make_person,
    make_source,
)


def differing(field: str, stated: str) -> list[dict]:
    """One source that supports the record and one that states something else."""
    return [
        {"source": the(make_source, "Communique", kind="official"), "field": field, "locator": "paragraph 2"},
        {"source": the(make_source, "Report"), "field": field, "stated": stated, "reason": "The former was there."},
    ]


def cited(**part) -> dict:
    """A part that rests on the newspaper."""
    return {**part, "citations": [{}]}


def the(make: Callable[..., models.Model], words: str, **fields) -> models.Model:
    """The record of that name or title, made if it is not there yet: to be named by many at the cost of one."""
    model = next(model for model, maker in MAKERS.items() if maker is make)
    words_of = "name" if hasattr(model, "name") else "title"
    return model.objects.filter(slug=slugify(words)).first() or make(**{words_of: words}, **fields)


def act_in_public(person, office) -> None:
    """Everything that other records say of a person, once each."""
    kazakhstan, country = make_country("KAZ"), office.country
    visit, memorandum = the(make_event, "Visit of a president"), the(make_agreement, "Memorandum of a president")
    visit.participations.create(person=person, office=office, country=country, role="guest")
    memorandum.stages.get_or_create(kind="signed", date="2025-09-10")
    memorandum.signatories.create(person=person, country=country, capacity="President")
    embassy = Mission.objects.filter(slug="embassy-of-a-president").first() or make_mission(
        title="Embassy of a president", sending=country, receiving=kazakhstan
    )
    head = embassy.heads.create(person=person)
    head.accreditations.create(country=kazakhstan, is_resident=True, appointed="2014-05")
    make_award(title="Order for a president", order_class="I", recipient=person, recipient_country=country)
    make_award(title="Order of a president", country=country, conferred_by=person, recipient=the(make_person, "Other"))
