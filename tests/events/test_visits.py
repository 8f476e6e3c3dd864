"""Visits paid and received, as one state sees them."""

import pytest

from events.models import Event
from tests.factories import make_country, make_event, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def kazakhstan():
    return make_country("KAZ")


@pytest.fixture
def kenya():
    return make_country("KEN")


def visit(guest, **fields) -> Event:
    return make_event(**{"kind": "official_visit", "participations": [{"country": guest, "role": "guest"}], **fields})


def ids(client, query: str) -> set[str]:
    return {row["id"] for row in client.get(f"/api/v1/events/?{query}").json()["results"]}


def test_a_visit_is_received_by_its_host_and_paid_by_the_others(client, kazakhstan, kenya):
    received, paid = visit(kenya, host=kazakhstan), visit(kazakhstan, host=kenya)

    assert ids(client, "visit=received") == {received.slug}
    assert ids(client, "visit=paid&country=KEN") == {paid.slug}


def test_where_no_host_is_named_the_place_tells_it(client, kazakhstan, kenya):
    paid = visit(kazakhstan, place=make_place("Nairobi", country=kenya))
    received = visit(kenya, place=make_place("Astana", country=kazakhstan))

    assert ids(client, "visit=paid") == {paid.slug}
    assert ids(client, "visit=received") == {received.slug}


def test_a_visit_without_host_and_place_is_neither(client, kazakhstan, kenya):
    visit(kenya)
    visit(kazakhstan)

    assert ids(client, "visit=paid") == ids(client, "visit=received") == set()


def test_a_meeting_is_no_visit(client, kazakhstan, kenya):
    visit(kenya, host=kazakhstan, kind="meeting")

    assert ids(client, "visit=received") == set()


def test_a_visit_with_several_guests_is_one_visit(client, kazakhstan, kenya):
    guests = [{"country": kenya}, {"country": kenya}, {"country": make_country("COD")}]
    make_event(kind="visit", host=kazakhstan, participations=guests)

    assert len(client.get("/api/v1/events/?visit=received").json()["results"]) == 1


def test_an_unknown_direction_is_refused_with_the_nearest(client):
    answer = client.get("/api/v1/events/?visit=recieved")

    assert answer.status_code == 400
    assert "received" in answer.json()["errors"][0]["nearest"]
