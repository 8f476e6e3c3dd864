"""Looking for records that may be the same costs the same however many there are, alike or not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diplomacy.models import Agreement, Award, Mission
from events.models import Event
from kzafrica.editorial.models import Source
from kzafrica.reference.models import Organization, Person
from kzafrica.statements.models import Claim, Figure
from tests.admin import address_of
from tests.factories import (
    make_agreement,
    make_award,
    make_claim,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_organization,
    make_person,
    make_project,
    make_source,
)
from trade.models import Project

pytestmark = pytest.mark.django_db

ALIKE = {
    "event": (
        Event,
        lambda states: make_event(host=states[1]),
        {"kind": "meeting", "date": "2025-09-10", "host": "KEN"},
    ),
    "mission": (
        Mission,
        lambda states: make_mission(receiving=states[1]),
        {"kind": "embassy", "sending": "KAZ", "receiving": "KEN"},
    ),
    "award": (
        Award,
        lambda states: make_award(recipient=_ruto(), date="2025-09-10"),
        {"recipient": "ruto", "date": "2025"},
    ),
    "agreement": (
        Agreement,
        lambda states: make_agreement(title="On visas", parties=[{"country": state} for state in states]),
        {"title_en": "On visas"},
    ),
    "figure": (
        Figure,
        lambda states: make_figure(counterpart=states[1], period="2024"),
        {"measure": "turnover", "subject": "KAZ", "counterpart": "KEN", "period": "2024"},
    ),
    "claim": (Claim, lambda states: make_claim(text="The first visit."), {"text_en": "The first visit."}),
    "person": (
        Person,
        lambda states: make_person(name="William Ruto", name_forms=[{"text": "Руто"}]),
        {"name_en": "W. Ruto"},
    ),
    "organization": (
        Organization,
        lambda states: make_organization(name="Kenya Airways", country=make_country(states[1].alpha3)),
        {"name_en": "Kenya Airways"},
    ),
    "project": (
        Project,
        lambda states: make_project(title="Tea plant", host_country=states[1], investor_country=states[0]),
        {"title_en": "Tea plant"},
    ),
    "source": (
        Source,
        lambda states: make_source(title="Talks", url="https://paper.kz/talks", authors=[{"name": "A. B."}]),
        {"url": "https://paper.kz/talks"},
    ),
}
OTHERS = {
    "event": lambda: make_event(date="2020"),
    "mission": lambda: make_mission(receiving=make_country("UGA")),
    "award": lambda: make_award(recipient=make_person(), date="2020"),
    "agreement": lambda: make_agreement(),
    "figure": lambda: make_figure(period="2020"),
    "claim": lambda: make_claim(),
    "person": lambda: make_person(name="Someone Else", name_forms=[{"text": "Иной"}]),
    "organization": lambda: make_organization(name="Some Ministry"),
    "project": lambda: make_project(title="Another plant"),
    "source": lambda: make_source(title="Other", url="https://paper.kz/other"),
}


def _ruto() -> Person:
    return Person.objects.filter(slug="ruto").first() or make_person(slug="ruto")


@pytest.mark.parametrize("kind", ALIKE)
def test_no_more_queries_with_more_records(writing, states, kind):
    model, make_alike, asked = ALIKE[kind]
    words = ""

    def cost() -> int:
        nonlocal words
        with CaptureQueriesContext(connection) as queries:
            answer = writing.get(address_of("may_be_same", model), {"by": "key", **asked})
        words = answer.content.decode()
        return len(queries)

    for _number in range(2):
        make_alike(states)
        OTHERS[kind]()
    cost()
    few = cost()
    assert words.count("<li>") == 2
    for _number in range(5):
        make_alike(states)
        OTHERS[kind]()

    assert cost() == few
    assert words.count("<li>") == 5
