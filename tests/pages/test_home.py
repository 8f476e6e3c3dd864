import pytest

from diplomacy.models import Mission
from kzafrica.editorial.choices import Status
from tests.factories import (
    make_agreement,
    make_bloc,
    make_claim,
    make_commodity,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_mission,
    make_person,
    make_place,
    make_programme,
    make_source,
    make_theme,
)
from tests.pages.pairs import differing, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def kazakhstan():
    return make_country("KAZ")


@pytest.fixture
def congo(kazakhstan):
    return make_country("COD", subregion="Middle Africa", capital="Kinshasa")


class TestCountryList:
    def test_pairs_stand_by_subregion_with_their_counts(self, client, kazakhstan, congo):
        make_country("MAR", subregion="Northern Africa")
        make_event(host=kazakhstan, participations=[{"country": congo}, {"country": congo}])
        make_event(host=congo)
        make_mission(receiving=congo)
        make_mission(sending=congo, receiving=kazakhstan)
        make_agreement(parties=[{"country": congo}, {"country": kazakhstan}])

        countries = list(client.get("/countries/").context["object_list"])

        assert [country.alpha3 for country in countries] == ["COD", "MAR"]
        counts = [
            (country.event_count, country.missions_there, country.missions_here, country.agreement_count)
            for country in countries
        ]
        assert counts == [(2, 1, 1, 1), (0, 0, 0, 0)]

    def test_drafts_are_not_counted(self, client, congo):
        make_event(participations=[{"country": congo}], status=Status.DRAFT)
        make_agreement(parties=[{"country": congo}], status=Status.DRAFT)

        (country,) = client.get("/countries/").context["object_list"]

        assert (country.event_count, country.agreement_count) == (0, 0)

    def test_filter_by_bloc(self, text_of, congo):
        make_country("MAR", subregion="Northern Africa")
        make_bloc("SADC", members=[congo])

        page = text_of("/countries/?bloc=SADC")

        assert "Democratic Republic of the Congo" in page
        assert "Morocco" not in page

    def test_unknown_parameter_is_refused(self, client, congo):
        assert client.get("/countries/?blok=SADC").status_code == 400

    def test_costs_the_same_with_many_records(self, queries_of, kazakhstan, congo):
        make_event(participations=[{"country": congo}])
        few = queries_of("/countries/")

        for _number in range(20):
            make_event(participations=[{"country": make_country(subregion="Eastern Africa")}])

        assert queries_of("/countries/") == few <= 15


class TestHome:
    def test_opens_before_anything_is_loaded(self, client):
        assert client.get("/").status_code == 200

    def test_says_how_many_embassies_there_are_today(self, text_of, kazakhstan):
        make_mission(title="Embassy in Cairo", milestones=[{"kind": "opened", "date": "1993-04"}])
        make_mission(milestones=[{"kind": "planned", "date": "2014"}])

        page = text_of("/")

        assert "1 embassy in Africa" in page
        assert "Embassy in Cairo" in page

    @pytest.mark.parametrize("address", ["/", "/countries/africa/"])
    def test_network_is_drawn_and_listed_no_further_than_today(self, client, kazakhstan, address):
        make_bloc()
        make_mission(title="Embassy in Cairo", milestones=[{"kind": "opened", "date": "1993-04"}])
        make_mission(title="Embassy to come", milestones=[{"kind": "decree", "date": "2020/2999"}])
        before = client.get(address)
        Mission.objects.filter(title_en="Embassy in Cairo").delete()
        after = client.get(address)

        embassies = before.context["embassies"]
        assert [str(step.mission) for step in embassies.newest_steps] == ["Embassy in Cairo"]
        assert embassies.chart.scale.last_year == embassies.network.on.year
        assert "Embassy to come" not in before.content.decode()
        assert after.context["embassies"].chart is None
        assert b"<caption>How the network" not in after.content

    @pytest.mark.parametrize("address", ["/", "/countries/africa/"])
    def test_newest_twelve_steps_of_the_network_stand_with_the_number_of_all(
        self, client, text_of, kazakhstan, address
    ):
        make_bloc()
        for number in range(13):
            make_mission(receiving=make_country(), milestones=[{"kind": "opened", "date": str(1993 + number)}])

        steps = client.get(address).context["embassies"].newest_steps

        assert [step.count for step in steps] == list(range(2, 14))
        assert "The newest 12 of 13 steps of the network" in text_of(address)

    def test_turnover_has_its_growth_and_marks_what_is_computed(self, text_of, kazakhstan):
        make_derived_figure()

        page = text_of("/")

        assert "680.3 million USD computed" in page
        assert "783 million USD ÷ (1 + 15.1 %)" in page
        assert "15.1 %" in page

    def test_goods_stand_by_share_with_bars_as_long_as_their_share(self, client, text_of, kazakhstan):
        for code, share in (("2709", "28.5"), ("2503", "64")):
            make_figure(
                title=f"Goods {code}", measure="share", base_measure="exports", direction="export", unit="percent",
                counterpart=make_bloc(), commodity=make_commodity(code), value=share,
            )  # fmt: skip

        page = text_of("/")

        assert page.index("Goods 2503") < page.index("Goods 2709")
        assert b'<rect class="bar-fill" width="28.5"' in client.get("/").content

    def test_bars_keep_their_point_in_other_languages(self, client, kazakhstan):
        make_figure(
            measure="share", base_measure="exports", direction="export", unit="percent", counterpart=make_bloc(),
            commodity=make_commodity(), value="28.5",
        )  # fmt: skip

        assert b'width="28.5"' in client.get("/ru/").content

    def test_disagreement_is_shown_with_both_sides(self, text_of, kazakhstan):
        make_event(
            title="Visit of 2024", date="2024-12", citations=[make_source(), differing(field="date", stated="2023")]
        )

        page = text_of("/")

        assert "In 1 place a source states something other" in page
        assert "Written later than the others." in page

    def test_changes_by_editors_are_news_and_the_first_load_is_not(self, text_of, kazakhstan):
        make_event(title="A visit")

        assert "None since the record began" in text_of("/")

    def test_drafts_do_not_show(self, text_of, kazakhstan):
        make_event(title="Secret visit", status=Status.DRAFT)
        make_figure(title="Secret number", status=Status.DRAFT, value="123000000")

        page = text_of("/")

        assert "Secret" not in page
        assert "123 million" not in page

    def test_costs_the_same_with_many_records(self, queries_of, kazakhstan):
        for number in range(2):
            fill(kazakhstan, make_country(), number)
        make_derived_figure()
        few = queries_of("/")

        for number in range(2, 12):
            fill(kazakhstan, make_country(), number)

        assert queries_of("/") == few <= 36


class TestAfrica:
    def test_shows_policies_figures_claims_and_talks_about_the_continent(self, text_of, kazakhstan):
        africa = make_bloc()
        make_programme(title="Strategy 2025–2030", beneficiaries=[africa], themes=[make_theme("Logistics")])
        make_claim(text="Africa is a new direction.", subjects=[africa])
        make_figure(title="Aid of 2015", measure="aid", value="2000000", counterpart=africa)
        make_event(title="Talks on Bandar Abbas", participations=[{"country": kazakhstan}])
        make_event(title="Visit from Egypt", participations=[{"country": make_country("EGY")}])

        page = text_of("/countries/africa/")

        for words in (
            "Strategy 2025–2030",
            "Logistics",
            "Africa is a new direction.",
            "Aid of 2015",
            "Talks on Bandar Abbas",
        ):
            assert words in page
        assert "Visit from Egypt" not in page

    def test_costs_the_same_with_many_records(self, queries_of, kazakhstan):
        africa = make_bloc()

        def fill_continent():
            make_programme(beneficiaries=[africa], themes=[make_theme()], stages=[{"kind": "adopted", "date": "2025"}])
            make_claim(subjects=[africa])
            make_event(participations=[{"country": kazakhstan, "person": make_person()}])
            make_mission(milestones=[{"kind": "opened", "date": "2014", "place": make_place()}])

        fill_continent()
        make_derived_figure()
        few = queries_of("/countries/africa/")

        for _number in range(10):
            fill_continent()

        assert queries_of("/countries/africa/") == few <= 30
