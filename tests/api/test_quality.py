"""The quality of the record as a document: the same counts as on the page."""

import json
from datetime import date

import pytest

from kzafrica.dossier.quality import KINDS, RULE, quality_on
from tests.factories import make_agreement, make_check, make_country, make_event, make_mission, make_source

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/quality/"


@pytest.fixture
def document(client):
    make_country("KAZ")
    congo = make_country("COD")
    make_mission(receiving=congo, milestones=[{"kind": "opened", "date": "2014"}], last_checked_on="2020-01-01")
    make_check(congo, strand="visits_paid", checked_on=date(2026, 3, 2))
    make_event(title="Visit", title_ru="Визит", citations=[make_source(kind="official"), make_source()])
    make_agreement()
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    return answer.json()


def test_says_its_rule_and_what_it_counts_over(document):
    assert document["rule"] == str(RULE)
    assert document["html_url"] == "http://testserver/quality/"
    assert [row["record_type"] for row in document["record_types"]] == [model._meta.model_name for model in KINDS]
    for row in [document["all"], *document["record_types"]]:
        assert sum(row["by_number_of_sources"].values()) == row["records"]
    for row in document["strands"]:
        assert row["recorded"] + row["none_known"] + row["not_checked"] == row["pairs"] == 1


def test_gives_counts_and_no_rounded_shares(document):
    events = next(row for row in document["record_types"] if row["record_type"] == "event")

    assert events == {
        "record_type": "event",
        "name": "Events",
        "records": 1,
        "with_official_source": 1,
        "with_differing_source": 0,
        "by_number_of_sources": {"0": 0, "1": 0, "2": 1, "3": 0, "4+": 0},
        "mean_sources": "2.00",
        "translations": {"kk": 0, "ru": 1, "fr": 0},
    }


def test_a_pair_says_of_each_strand_what_is_known(document):
    [pair] = document["pairs"]

    assert pair["country"]["iso3"] == "COD"
    assert pair["strands"]["missions_sent"] == {"state": "recorded", "count": 1, "checked_on": None}
    assert pair["strands"]["visits_paid"] == {"state": "none_known", "count": 0, "checked_on": "2026-03-02"}
    assert pair["strands"]["visits_received"] == {"state": "not_checked", "count": 0, "checked_on": None}


def test_tells_when_missions_and_links_were_checked(document):
    assert document["missions_checked"] == {
        "total": 1,
        "within_a_year": 0,
        "longer_ago": 1,
        "never": 0,
        "first_on": "2020-01-01",
        "last_on": "2020-01-01",
    }
    assert document["links"]["total"] == document["links"]["not_asked"] == 0


def test_an_empty_record_has_no_mean_and_no_pairs(client):
    document = client.get(ADDRESS).json()

    assert document["all"]["mean_sources"] is None
    assert document["pairs"] == []
    assert document["on"] == quality_on().on.isoformat()


def test_refuses_a_parameter_it_does_not_know(client):
    answer = client.get(ADDRESS, {"country": "COD"})

    assert answer.status_code == 400
    assert json.loads(answer.content)["errors"][0]["parameter"] == "country"
