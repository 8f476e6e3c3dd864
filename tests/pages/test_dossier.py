import pytest

from kzafrica.editorial.choices import Status
from tests.factories import (
    make_agreement,
    make_award,
    make_claim,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_initiative,
    make_mission,
    make_person,
    make_project,
    make_relation,
    make_route,
    make_source,
)
from tests.pages.pairs import differing, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def kazakhstan():
    return make_country("KAZ")


@pytest.fixture
def congo(kazakhstan):
    return make_country("COD", subregion="Middle Africa", capital="Kinshasa")


class TestCountryDossier:
    def test_every_strand_stands_on_the_page_with_its_sources(self, text_of, kazakhstan, congo):
        source = make_source(publisher="Le Baobab")
        visit = make_event(
            title="State visit to Kazakhstan",
            date="2025-09-09/2025-09-10",
            participations=[{"country": congo, "person": make_person(name="Félix Tshisekedi")}],
            outcomes=[{"kind": "commitment", "text": "A new level of relations"}],
            citations=[source],
        )
        make_relation(second=congo, established="1999-02")
        make_agreement(title="Memorandum on mines", parties=[{"country": congo}], citations=[source])
        make_award(title="Order of Dostyk to a guest", recipient_country=congo, event=visit)
        make_initiative(title="Direct flights", countries=[congo])
        make_project(title="A copper plant", host_country=congo)
        make_route(title="The way by Matadi", countries=[congo])
        make_figure(title="Turnover with the Congo", counterpart=congo)
        make_claim(text="It was the first state visit.", subjects=[visit])

        page = text_of("/countries/cod/")

        for words in (
            "Kazakhstan – Democratic Republic of the Congo",
            "State visit to Kazakhstan",
            "9–10 September 2025",
            "Félix Tshisekedi",
            "A new level of relations",
            "February 1999",
            "Memorandum on mines",
            "Order of Dostyk to a guest",
            "Direct flights",
            "A copper plant",
            "The way by Matadi",
            "783 million USD",
            "It was the first state visit.",
            "Said by Le Baobab",
            "Kinshasa",
        ):
            assert words in page

    def test_differing_source_is_shown_with_its_words_and_the_reason(self, text_of, congo):
        newspaper = make_source(publisher="Astana Times")
        later = differing(newspaper, field="date", stated="2023-10~/2023-12~", as_printed="late 2023")
        make_event(
            title="Official visit",
            date="2024-12-18~",
            participations=[{"country": congo}],
            citations=[make_source(), later],
        )

        page = text_of("/countries/cod/")

        assert "sources disagree" in page
        assert "about 18 December 2024" in page
        assert "late 2023" in page
        assert "Written later than the others." in page

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
    def test_only_what_is_public_shows(self, text_of, kazakhstan, congo, status):
        make_event(title="Secret visit", participations=[{"country": congo}], status=status)
        make_mission(title="Secret embassy", receiving=congo, status=status)
        make_agreement(title="Secret paper", parties=[{"country": congo}], status=status)
        make_initiative(title="Secret plan", countries=[congo], status=status)
        make_award(title="Secret order", recipient_country=congo, status=status)
        make_figure(title="Secret number", counterpart=congo, status=status)
        make_project(title="Secret plant", host_country=congo, status=status)
        make_route(title="Secret way", countries=[congo], status=status)
        make_claim(text="Secret claim", subjects=[congo], status=status)
        make_relation(second=congo, established="1999", status=status)

        page = text_of("/countries/cod/")

        assert "Secret" not in page
        assert "1999" not in page
        assert "none known to us" in page

    def test_missions_stand_both_ways_and_from_elsewhere(self, text_of, kazakhstan):
        kenya, ethiopia = make_country("KEN"), make_country("ETH")
        head = {
            "person": make_person(name="Barlybay Sadykov"),
            "accreditations": [{"country": kenya, "is_resident": False, "credentials_presented": "2023-12?"}],
        }
        make_mission(title="Embassy in Addis Ababa", receiving=ethiopia, heads=[head])
        make_mission(title="Embassy of Kenya in Astana", sending=kenya, receiving=kazakhstan)

        page = text_of("/countries/ken/")

        assert "Embassy of Kenya in Astana" in page
        assert "Accredited from elsewhere" in page
        assert "Barlybay Sadykov" in page
        assert "concurrent" in page

    def test_accreditation_to_a_third_state_is_not_of_the_pair(self, text_of, kazakhstan):
        kenya, egypt = make_country("KEN"), make_country("EGY")
        cairo = {"accreditations": [{"country": make_country("DZA"), "credentials_presented": "2023-05-10"}]}
        make_mission(title="Embassy in Cairo", receiving=egypt, heads=[cairo])
        make_event(participations=[{"country": kenya}])

        assert "Embassy in Cairo" not in text_of("/countries/ken/")

    def test_axis_runs_through_all_strands_in_time_with_dates_as_imprecise_as_they_are(self, client, congo):
        make_event(title="The visit", date="2025-09-10", participations=[{"country": congo}])
        make_agreement(title="The paper", parties=[{"country": congo}], stages=[{"kind": "signed", "date": "2025-21"}])
        make_figure(title="The number", counterpart=congo, period="2024")
        make_relation(second=congo, established="1999~")

        axis = client.get("/countries/cod/").context["axis"]

        assert [point.date.text() for point in axis] == ["about 1999", "2024", "spring 2025", "10 September 2025"]
        assert [point.strand for point in axis] == ["relation", "figure", "agreement", "event"]

    def test_sources_count_how_often_they_support_and_differ(self, client, congo):
        newspaper = make_source(publisher="Astana Times")
        make_event(
            participations=[{"country": congo, "citations": [{"source": newspaper}]}],
            citations=[newspaper, differing(newspaper, field="date", stated="2023")],
        )

        voices = client.get("/countries/cod/").context["voices"]

        assert [(voice.source, voice.supporting, voice.differing) for voice in voices] == [(newspaper, 2, 1)]

    def test_figures_of_one_scope_stand_together_and_disagreement_is_marked(self, text_of, congo):
        make_figure(title="Turnover, first", counterpart=congo, value="100000000", printed="100.0", is_headline=True)
        make_figure(title="Turnover, second", counterpart=congo, value="200000000", printed="200.0")

        page = text_of("/countries/cod/")

        assert page.count("Turnover, first") > page.count("Turnover, second") == 0
        assert "200 million USD" in page
        assert "differs" in page

    def test_derived_figure_shows_its_formula_and_is_marked(self, text_of, congo):
        turnover = make_figure(counterpart=congo, printed="$783 million")
        growth = make_figure(
            counterpart=congo, measure="growth", base_measure="turnover", value="15.1", unit="percent", printed="15,1%"
        )
        make_derived_figure([(turnover, "value"), (growth, "growth")], counterpart=congo)

        page = text_of("/countries/cod/")

        assert "783 million USD ÷ (1 + 15.1 %)" in page
        assert "680.3 million USD computed" in page

    @pytest.mark.parametrize(
        ("occurrence", "is_said"),
        [("held", True), ("not_known", True), ("announced", False), ("postponed", False), ("cancelled", False)],
    )
    def test_only_what_was_or_may_have_been_said_stands_under_words(self, client, congo, occurrence, is_said):
        make_event(
            occurrence=occurrence,
            participations=[{"country": congo}],
            outcomes=[{"kind": "commitment", "text": "To build a terminal"}],
        )

        page = client.get("/countries/cod/").content.decode()

        assert ("To build a terminal" in page) is is_said
        assert ('href="#outcomes"' in page) is is_said

    def test_state_without_records_says_that_none_are_known(self, text_of, congo):
        assert "none known to us, not that there is none" in text_of("/countries/cod/")

    def test_upper_case_leads_to_lower_case(self, client, congo):
        answer = client.get("/countries/COD/")

        assert answer.status_code == 301
        assert answer["Location"] == "/countries/cod/"

    def test_kazakhstan_itself_leads_home(self, client, kazakhstan):
        assert client.get("/countries/kaz/")["Location"] == "/"

    def test_unknown_code_is_not_found(self, client, kazakhstan):
        assert client.get("/countries/xyz/").status_code == 404

    def test_country_outside_africa_has_a_page_only_with_records(self, client, kazakhstan):
        turkey = make_country("TUR")
        before = client.get("/countries/tur/").status_code

        make_event(title="Talks on ports", participations=[{"country": turkey}])

        assert before == 404
        assert b"Talks on ports" in client.get("/countries/tur/").content

    def test_last_change_is_that_of_the_newest_record(self, client, congo):
        event = make_event(participations=[{"country": congo}])

        assert client.get("/countries/cod/").context["dossier"].updated_at == event.updated_at

    def test_costs_the_same_with_two_and_with_two_hundred_records(self, queries_of, kazakhstan, congo):
        make_relation(second=congo)
        for number in range(2):
            fill(kazakhstan, congo, number)
        few = queries_of("/countries/cod/")

        for number in range(2, 14):
            fill(kazakhstan, congo, number)

        assert queries_of("/countries/cod/") == few <= 36
