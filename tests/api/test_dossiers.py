"""What the API puts together of one pair, of all pairs, and of the continent."""

from datetime import date

import pytest

from diplomacy.choices import Strand
from kzafrica.dossier.axis import axis_of
from tests.api.resources import freeze_moments
from tests.factories import (
    make_bloc,
    make_check,
    make_claim,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_programme,
    make_theme,
)
from tests.pages.pairs import fill

pytestmark = pytest.mark.django_db

OPENED = [{"kind": "opened", "date": "2014"}]


@pytest.fixture
def kazakhstan():
    return make_country("KAZ")


@pytest.fixture
def kenya(kazakhstan):
    return make_country("KEN")


@pytest.fixture
def pair(kazakhstan, kenya):
    """Something in each kind of cell."""
    make_mission(slug="embassy-kaz-in-ken", title="Embassy in Kenya", receiving=kenya, milestones=OPENED)
    make_mission(
        slug="consul-kaz-in-ken",
        title="Consul in Mombasa",
        kind="honorary_consulate",
        receiving=kenya,
        milestones=[*OPENED, {"kind": "closed", "date": "2020"}],
    )
    make_mission(
        slug="embassy-kaz-in-eth",
        title="Embassy in Ethiopia",
        receiving=make_country("ETH"),
        heads=[{"accreditations": [{"country": kenya, "is_resident": False, "credentials_presented": "2013-12"}]}],
    )
    visit = {"kind": "official_visit", "host": kazakhstan, "participations": [{"country": kenya}]}
    make_event(slug="visit-ken-2024", title="Visit", date="2024-05", **visit)
    make_event(slug="visit-ken-2030", title="Planned visit", date="2030", occurrence="announced", **visit)
    make_check(kenya, strand="visits_paid", checked_on=date(2026, 5, 3))
    freeze_moments()


def test_computed_parts_of_a_dossier_are_as_they_were_promised(pair, document_at, assert_kept):
    dossier = document_at("/api/v1/dossiers/KEN/")

    assert_kept("dossiers", {"reciprocity": dossier["reciprocity"], "axis": dossier["axis"]})


def test_none_known_has_a_day_and_not_yet_checked_has_none(pair, document_at):
    cells = document_at("/api/v1/dossiers/KEN/")["reciprocity"]

    assert cells.keys() == set(Strand)
    assert (cells["visits_paid"]["count"], cells["visits_paid"]["checked_on"]) == (0, "2026-05-03")
    assert (cells["missions_received"]["count"], cells["missions_received"]["checked_on"]) == (0, None)


def test_a_planned_visit_and_a_closed_consulate_are_told_and_not_counted(pair, document_at):
    dossier = document_at("/api/v1/dossiers/KEN/")

    cells = dossier["reciprocity"]
    assert (cells["visits_received"]["count"], cells["visits_received"]["latest"]["id"]) == (1, "visit-ken-2024")
    assert cells["consuls_sent"]["count"] == 0
    assert [(row["standing"], row["is_counted"]) for row in cells["consuls_sent"]["missions"]] == [("closed", False)]
    assert [row["id"] for row in cells["missions_sent"]["covered_from"]] == ["embassy-kaz-in-eth"]
    assert [point["label"] for point in dossier["axis"] if not point["is_done"]] == ["Official visit – announced"]


def test_the_list_has_the_cells_of_every_dossier(pair, kazakhstan, document_at):
    fill(kazakhstan, make_country("COD"), 0)

    rows = document_at("/api/v1/dossiers/")["results"]

    assert {row["country"]["iso3"] for row in rows} >= {"KEN", "ETH", "COD"}
    for row in rows:
        assert row["reciprocity"] == document_at(row["url"])["reciprocity"]


def test_axis_and_cells_are_those_of_the_page(client, document_at, kazakhstan, kenya):
    for number in range(3):
        fill(kazakhstan, kenya, number)

    page, document = client.get("/countries/ken/").context, document_at("/api/v1/dossiers/KEN/")

    points = axis_of(page["dossier"])
    assert [(point["date"]["edtf"], point["strand"], point["label"]) for point in document["axis"]] == [
        (point.date.edtf, point.strand, point.label) for point in points
    ]
    assert [point["record"]["id"] for point in document["axis"]] == [point.record.slug for point in points]
    assert {strand: cell["count"] for strand, cell in document["reciprocity"].items()} == {
        strand: cell.count for strand, cell in page["reciprocity"].cells.items()
    }


def test_programmes_of_a_state_stand_in_its_dossier(document_at, kenya):
    programme = make_programme(country=kenya)
    make_programme(country=make_country("ETH"))

    assert [row["id"] for row in document_at("/api/v1/dossiers/KEN/")["programmes"]] == [programme.slug]


def test_the_continent_has_a_document_of_its_own(document_at, kazakhstan, kenya):
    africa = make_bloc()
    programme = make_programme(themes=[make_theme("Mining")])
    embassy = make_mission(receiving=kenya, milestones=OPENED)
    talks = make_event(participations=[{"country": kazakhstan}, {"country": make_country("TUR")}])
    make_event(participations=[{"country": kazakhstan}, {"country": kenya}])
    figure, claim = make_figure(counterpart=africa), make_claim(subjects=[africa])
    make_figure(counterpart=kenya)

    document = document_at("/api/v1/dossiers/africa/")

    assert document["bloc"]["id"] == "002"
    assert [(row["id"], [theme["id"] for theme in row["themes"]]) for row in document["programmes"]] == [
        (programme.slug, ["mining"])
    ]
    assert document["network"]["count"] == 1
    assert [(step["mission"]["id"], step["effective_on"], step["count"]) for step in document["network"]["steps"]] == [
        (embassy.slug, "2014-12-31", 1)
    ]
    assert document_at(document["network"]["url"])["count"] == 1
    assert [row["id"] for row in document["talks"]] == [talks.slug]
    assert [row["id"] for row in document["figures"]] == [figure.slug]
    assert [row["id"] for row in document["claims"]] == [claim.slug]


def test_the_continent_takes_no_filter_and_is_not_there_before_its_data(client, errors_at, kazakhstan):
    assert client.get("/api/v1/dossiers/africa/").status_code == 404
    make_bloc()
    assert errors_at("/api/v1/dossiers/africa/", {"year": "2025"}).keys() == {"year"}


def test_talks_with_no_african_party_are_a_filter_of_the_events(ids_at, kazakhstan, kenya):
    with_kenya = make_event(participations=[{"country": kenya}])
    hosted = make_event(host=kenya)
    talks = make_event(participations=[{"country": make_country("TUR")}])

    assert ids_at("/api/v1/events/", {"african_party": "false"}) == {talks.slug}
    assert ids_at("/api/v1/events/", {"african_party": "true"}) == {with_kenya.slug, hosted.slug}


def test_a_dossier_costs_the_same_with_few_records_of_every_strand_and_with_more(queries_of, kazakhstan, kenya):
    for number in range(2):
        fill(kazakhstan, kenya, number)
    few = queries_of("/api/v1/dossiers/KEN/")

    for number in range(2, 7):
        fill(kazakhstan, kenya, number)

    assert queries_of("/api/v1/dossiers/KEN/") == few
