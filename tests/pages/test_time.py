"""Everything dated of one pair on a page of its own."""

import pytest

from kzafrica.editorial.choices import Status
from kzafrica.statements.models import Figure
from tests.factories import make_agreement, make_country, make_event, make_figure, make_mission
from tests.many import make_many
from tests.pages.pairs import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def kazakhstan():
    return make_country("KAZ")


@pytest.fixture
def congo(kazakhstan):
    return make_country("COD")


def make_figures(country, count: int) -> None:
    """One of each year since 1900."""

    def of_its_year(row, number: int) -> None:
        if isinstance(row, Figure):
            row.period = str(1900 + number)

    make_many(
        lambda number: make_figure(counterpart=country, period=str(1900 + number)), range(count), vary=of_its_year
    )


def points_at(client, address: str) -> list:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.context["points"]


def test_everything_dated_stands_newest_first(client, congo):
    make_event(date="2025-09-10", participations=[{"country": congo}])
    make_event(date="", participations=[{"country": congo}])
    make_agreement(parties=[{"country": congo}], stages=[{"kind": "signed", "date": "2025-21"}])
    make_figure(counterpart=congo, period="2024")

    points = points_at(client, "/countries/cod/time/")

    assert [point.strand for point in points] == ["event", "agreement", "figure"]


@pytest.mark.parametrize("written", ["event", "EVENT", "Event"])
def test_one_strand_is_chosen_in_any_case(client, congo, written):
    event = make_event(participations=[{"country": congo}])
    make_figure(counterpart=congo)

    points = points_at(client, f"/countries/cod/time/?strand={written}")

    assert [point.record for point in points] == [event]


def test_an_unknown_strand_is_refused_with_the_nearest_and_the_form_to_mend_it(client, congo):
    make_event(title="The visit", participations=[{"country": congo}])

    answer = client.get("/countries/cod/time/?strand=evnt")

    assert answer.status_code == 400
    page = answer.content.decode()
    assert "There is no “evnt” here. Did you mean “event”?" in page
    assert '<select name="strand"' in page
    assert 'href="/countries/cod/time/?strand=event"' in page
    assert "The visit" not in page


def test_an_unknown_parameter_is_refused_and_tracking_is_forgiven(client, congo):
    assert b"Did you mean \xe2\x80\x9cstrand\xe2\x80\x9d?" in client.get("/countries/cod/time/?strnd=event").content
    assert client.get("/countries/cod/time/?strnd=event").status_code == 400
    assert client.get("/countries/cod/time/?utm_source=letter&strand=event").status_code == 200


def test_fifty_points_stand_on_a_page_and_the_pager_keeps_the_strand(client, congo):
    make_figures(congo, 51)
    make_event(participations=[{"country": congo}])

    answer = client.get("/countries/cod/time/?strand=figure")

    assert len(answer.context["points"]) == 50
    assert b"?strand=figure&amp;page=2" in answer.content
    assert len(points_at(client, "/countries/cod/time/?strand=figure&page=2")) == 1
    assert client.get("/countries/cod/time/?page=0").status_code == 400


@pytest.mark.parametrize("occurrence", ["announced", "cancelled", "postponed", "not_known"])
def test_an_event_not_known_to_have_been_held_says_so(client, congo, occurrence):
    event = make_event(kind="state_visit", occurrence=occurrence, participations=[{"country": congo}])

    answer = client.get("/countries/cod/time/")

    (point,) = answer.context["points"]
    assert point.label == f"State visit – {event.get_occurrence_display().lower()}"
    assert not point.is_done
    assert point.label in answer.content.decode()
    assert 'class="mark-day-pending"' in answer.content.decode()


def test_an_opening_that_was_planned_is_not_drawn_as_one(client, congo):
    make_mission(receiving=congo, milestones=[{"kind": "planned", "date": "2013"}, {"kind": "opened", "date": "2014"}])

    points = points_at(client, "/countries/cod/time/")

    assert [(point.label, point.is_done) for point in points] == [("Opened", True), ("Opening planned", False)]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_only_what_is_public_shows(client, congo, status):
    make_event(participations=[{"country": congo}], status=status)

    assert list(points_at(client, "/countries/cod/time/")) == []


def test_upper_case_leads_to_lower_case_and_keeps_the_strand(client, congo):
    answer = client.get("/countries/COD/time/?strand=event")

    assert answer.status_code == 301
    assert answer["Location"] == "/countries/cod/time/?strand=event"


def test_there_is_one_where_there_is_a_dossier(client, congo):
    make_country("TUR")

    assert client.get("/countries/xyz/time/").status_code == 404
    assert client.get("/countries/tur/time/").status_code == 404
    assert client.get("/countries/kaz/time/")["Location"] == "/"
    assert client.get("/countries/cod/time/").status_code == 200


def test_dossier_shows_the_newest_eight_below_the_chart_of_all(client, congo):
    make_figures(congo, 31)

    answer = client.get("/countries/cod/")

    newest = answer.context["newest_points"]
    assert [point.date.edtf for point in newest] == [str(1930 - number) for number in range(8)]
    assert [lane.count for lane in answer.context["chart"].lanes] == [31]
    assert b'href="/countries/cod/time/?strand=figure"' in answer.content
    assert b"All 31 dates" in answer.content


def test_chart_is_an_image_with_words_and_a_few_paths_for_each_lane(client, congo):
    make_figures(congo, 40)
    make_event(date="2025-09-10", participations=[{"country": congo}])

    page = client.get("/countries/cod/time/").content.decode()

    assert '<svg role="img" aria-labelledby="time-chart-title time-chart-desc"' in page
    assert "Dates from 1900 to 2025 in lanes: Events 1, Figures, by their period 40." in page
    # A rail for each lane, and one path for each kind of mark in it.
    assert page.count("<path ") == 4
    assert "style=" not in page


def test_it_costs_the_same_with_two_and_with_two_hundred_records(queries_of, kazakhstan, congo):
    for number in range(2):
        fill(kazakhstan, congo, number)
    few = queries_of("/countries/cod/time/")

    for number in range(2, 10):
        fill(kazakhstan, congo, number)

    assert queries_of("/countries/cod/time/") == few <= 34
