"""The brief of a pair, and two pairs beside each other."""

import pytest

from kzafrica.editorial.choices import Status
from tests.factories import (
    make_agreement,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_relation,
)
from tests.pages.pairs import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def kazakhstan():
    return make_country("KAZ")


@pytest.fixture
def congo(kazakhstan):
    return make_country("COD", subregion="Middle Africa")


@pytest.fixture
def kenya(kazakhstan):
    return make_country("KEN", subregion="Eastern Africa")


class TestHead:
    def test_a_pair_opens_with_its_few_numbers(self, text_of, kazakhstan, kenya):
        make_mission(receiving=kenya, milestones=[{"kind": "opened", "date": "2014"}])
        make_agreement(parties=[{"country": kenya}, {"country": kazakhstan}])
        make_figure(counterpart=kenya, period="2024", value="24000000")

        page = text_of("/countries/ken/")

        assert "missions 1 there in Kazakhstan: not yet checked" in page
        assert "agreements on record 1" in page
        assert "turnover, 2024 24 million USD" in page

    def test_what_no_source_states_is_not_zero(self, text_of, kenya):
        make_event(participations=[{"country": kenya}])

        assert "turnover no source states it" in text_of("/countries/ken/")

    def test_turnover_of_the_continent_is_not_that_of_the_pair(self, text_of, kenya):
        make_event(participations=[{"country": kenya}])
        make_figure(value="783000000")

        assert "no source states it" in text_of("/countries/ken/")


class TestBrief:
    def test_has_the_newest_of_each_strand_and_says_how_many_there_are(self, text_of, kazakhstan, congo):
        for number in range(5):
            fill(kazakhstan, congo, number)

        page = text_of("/countries/cod/brief/")

        assert page.count("The newest of 5.") == 2 and "The newest of 10." in page
        assert "Who says so" in page

    def test_drafts_do_not_show(self, text_of, congo):
        make_event(title="Open visit", participations=[{"country": congo}])
        make_event(title="Secret visit", participations=[{"country": congo}], status=Status.DRAFT)

        page = text_of("/countries/cod/brief/")

        assert "Open visit" in page
        assert "Secret visit" not in page

    def test_says_where_nothing_is_on_record(self, text_of, congo):
        assert "none known to us, not that there is none" in text_of("/countries/cod/brief/")

    def test_there_is_one_where_there_is_a_dossier(self, client, congo):
        make_country("TUR")

        assert client.get("/countries/tur/brief/").status_code == 404
        assert client.get("/countries/COD/brief/")["Location"] == "/countries/cod/brief/"
        assert client.get("/countries/cod/brief/?page=2").status_code == 400

    def test_costs_the_same_with_many_records(self, queries_of, kazakhstan, congo):
        fill(kazakhstan, congo, 0)
        fill(kazakhstan, congo, 1)
        few = queries_of("/countries/cod/brief/")

        for number in range(2, 5):
            fill(kazakhstan, congo, number)

        assert queries_of("/countries/cod/brief/") == few <= 36


class TestComparison:
    address = "/countries/compare/?first=COD&second=KEN"

    def test_both_stand_in_the_order_asked_for(self, client, congo, kenya):
        for address, expected in ((self.address, ["COD", "KEN"]), ("?first=KEN&second=cod", ["KEN", "COD"])):
            answer = client.get(address if address.startswith("/") else f"/countries/compare/{address}")

            assert [pair.country.alpha3 for pair in answer.context["pairs"]] == expected

    def test_the_same_questions_are_asked_of_both(self, text_of, kazakhstan, congo, kenya):
        make_relation(first=kazakhstan, second=kenya, established="1992-06-30")
        make_event(title="Visit from Kinshasa", participations=[{"country": congo}], date="2025-09")

        page = text_of(self.address)

        assert "Diplomatic relations no source says when 30 June 1992" in page
        assert "Latest events 1 Visit from Kinshasa September 2025 none on record" in page

    def test_all_dates_stand_on_one_axis(self, client, congo, kenya):
        make_event(participations=[{"country": congo}], date="2025-09")
        make_event(participations=[{"country": kenya}], date="2014")

        chart = client.get(self.address).context["chart"]

        assert [lane.label for lane in chart.lanes] == ["Events: Democratic Republic of the Congo", "Events: Kenya"]
        assert (chart.scale.first_year, chart.scale.last_year) == (2014, 2025)

    def test_asks_for_two_states_and_says_so_of_one(self, client, text_of, congo, kenya):
        assert "pairs" not in client.get("/countries/compare/").context
        assert "pairs" not in client.get("/countries/compare/?first=COD").context
        assert "choose another one" in text_of("/countries/compare/?first=COD&second=COD")

    def test_a_code_that_is_no_african_state_is_refused_with_the_nearest(self, client, congo, kenya):
        answer = client.get("/countries/compare/?first=KEM&second=COD")

        assert answer.status_code == 400
        assert "KEN" in answer.content.decode()

    def test_drafts_do_not_show(self, text_of, congo, kenya):
        make_event(title="Secret visit", participations=[{"country": congo}], status=Status.DRAFT)

        assert "Secret visit" not in text_of(self.address)

    def test_costs_the_same_with_many_records(self, queries_of, kazakhstan, congo, kenya):
        for number in range(2):
            fill(kazakhstan, congo, number)
            fill(kazakhstan, kenya, number)
        few = queries_of(self.address)

        for number in range(2, 4):
            fill(kazakhstan, congo, number)
            fill(kazakhstan, kenya, number)

        assert queries_of(self.address) == few <= 66


def test_style_guide_shows_every_colour_with_its_contrast(client):
    answer = client.get("/styleguide/")

    shown = {swatch.name: swatch for swatch in answer.context["swatches"]}
    assert {"ink", "paper", "gold-pale"} <= shown.keys()
    assert ("paper", "15.9", "15.1") in shown["ink"].pairs
    assert b'style="' not in answer.content
