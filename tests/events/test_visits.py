"""Visits paid and received, as one state sees them, and to which state a visit belongs."""

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


def test_a_visit_is_paid_to_its_host_and_not_to_the_other_guests(client, kazakhstan, kenya):
    turkey = make_country("TUR")
    at_ankara = make_event(kind="visit", host=turkey, participations=[{"country": kazakhstan}, {"country": kenya}])

    assert ids(client, "visit=paid&country=TUR") == {at_ankara.slug}
    assert ids(client, "visit=paid&country=KEN") == set()
    assert ids(client, "visit=paid") == ids(client, "visit=paid&country=KAZ") == {at_ankara.slug}


def test_a_visit_is_received_from_each_of_its_guests(client, kazakhstan, kenya):
    congo = make_country("COD")
    both = make_event(kind="visit", host=kazakhstan, participations=[{"country": kenya}, {"country": congo}])

    for code in ("KEN", "COD", "KAZ"):
        assert ids(client, f"visit=received&country={code}") == {both.slug}


def test_a_visit_that_no_other_state_is_known_to_have_made_is_not_received(client, kazakhstan, kenya):
    visit(kazakhstan, host=kazakhstan)
    make_event(kind="visit", host=kazakhstan, participations=[])

    assert ids(client, "visit=received") == ids(client, "visit=paid") == set()


def test_who_only_planned_to_come_to_a_visit_that_was_held_did_not(client, kazakhstan, kenya):
    guests = [{"country": kazakhstan, "attendance": "planned"}, {"country": kenya}]
    make_event(kind="visit", host=make_country("TUR"), participations=guests)
    make_event(kind="visit", host=kazakhstan, participations=[{"country": kenya, "attendance": "planned"}])

    assert ids(client, "visit=paid") == ids(client, "visit=received") == set()


@pytest.mark.parametrize("occurrence", ["announced", "confirmed", "postponed", "cancelled", "not_known"])
def test_a_visit_not_known_to_be_held_is_found_by_who_planned_it(client, kazakhstan, kenya, occurrence):
    planned = {"kind": "visit", "occurrence": occurrence, "date": "2015"}
    paid = make_event(host=kenya, participations=[{"country": kazakhstan, "attendance": "planned"}], **planned)
    received = make_event(host=kazakhstan, participations=[{"country": kenya, "attendance": "planned"}], **planned)

    assert ids(client, "visit=paid&country=KEN") == {paid.slug}
    assert ids(client, "visit=received&country=KEN") == {received.slug}


class TestKnownByItsPlace:
    """A visit of which no host is named belongs to the state in which its place lies."""

    @pytest.fixture
    def to_nairobi(self, kazakhstan, kenya):
        make_event(title="Talks in Nairobi", place=make_place("Karen", country=kenya))
        return visit(kazakhstan, title="Visit to Nairobi", place=make_place("Nairobi", country=kenya))

    def test_it_involves_that_state_and_a_meeting_there_does_not(self, client, to_nairobi):
        assert ids(client, "country=KEN") == ids(client, "visit=paid&country=KEN") == {to_nairobi.slug}

    def test_it_stands_in_the_dossier_and_is_counted_among_the_pairs(self, client, to_nairobi):
        (pair,) = client.get("/countries/").context["object_list"]

        assert pair.event_count == 1
        assert b"Visit to Nairobi" in client.get("/countries/ken/").content
        document = client.get("/api/v1/dossiers/KEN/").json()
        assert [row["id"] for row in document["events"]] == [to_nairobi.slug]
        assert document["reciprocity"]["visits_paid"]["count"] == 1

    def test_its_row_names_that_state(self, client, to_nairobi):
        (row,) = client.get("/api/v1/events/?country=KEN").json()["results"]

        assert {country["iso3"] for country in row["countries"]} == {"KAZ", "KEN"}

    def test_it_has_an_african_party(self, client, to_nairobi):
        assert ids(client, "african_party=true") == {to_nairobi.slug}

    def test_where_a_host_is_named_the_place_does_not_count(self, client, kazakhstan, kenya):
        visit(kazakhstan, host=make_country("TUR"), place=make_place("Nairobi", country=kenya))

        assert ids(client, "country=KEN") == set()


def test_an_unknown_direction_is_refused_with_the_nearest(client):
    answer = client.get("/api/v1/events/?visit=recieved")

    assert answer.status_code == 400
    assert "received" in answer.json()["errors"][0]["nearest"]
