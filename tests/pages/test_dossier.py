import pytest

from kzafrica.editorial.choices import Status
from tests.factories import (
    make_agreement,
    make_award,
    make_bloc,
    make_claim,
    make_commodity,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_initiative,
    make_mission,
    make_organization,
    make_person,
    make_place,
    make_programme,
    make_project,
    make_relation,
    make_route,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kazakhstan():
    return make_country("KAZ")


@pytest.fixture
def congo(kazakhstan):
    return make_country("COD", subregion="Middle Africa", capital="Kinshasa")


def differing(source=None, **fields) -> dict:
    return {"source": source or make_source(), "reason": "Written later than the others.", **fields}


def fill(home, country, number: int) -> None:
    """One more record of every strand of a pair, with parts and a citation on each."""
    source = make_source()
    person, place, theme = make_person(), make_place(), make_theme()
    cited = [{"source": source}]
    event = make_event(
        date=f"20{number % 90 + 10}-05",
        host=home,
        place=place,
        participations=[{"country": country, "person": person, "citations": cited}],
        outcomes=[{"kind": "topic", "text": "Copper", "theme": theme, "citations": cited}],
    )
    make_mission(
        sending=home,
        receiving=country,
        kind="consulate",
        place=place,
        milestones=[{"kind": "opened", "date": "2014", "place": place, "citations": cited}],
        heads=[{"person": person, "accreditations": [{"country": country, "appointed": "2014", "citations": cited}]}],
    )
    make_mission(
        sending=home,
        receiving=make_country(),
        heads=[{"person": person, "accreditations": [{"country": country, "is_resident": False, "citations": cited}]}],
    )
    agreement = make_agreement(
        signed_at=event,
        parties=[{"country": home}, {"country": country, "organization": make_organization()}],
        signatories=[{"person": person, "country": country, "citations": cited}],
        stages=[{"kind": "signed", "date": "2025-09-10", "citations": cited}],
    )
    stages = {"stages": [{"date": "2025", "kind": "agreed", "citations": cited}]}
    make_initiative(countries=[country], **stages)
    make_programme(country=country, stages=[{"kind": "adopted", "date": "2025", "citations": cited}])
    make_award(country=home, recipient=person, recipient_country=country, conferred_by=person, place=place)
    make_route(countries=[country], calls=[{"place": place}], **stages)
    project = make_project(investor_country=home, host_country=country, parties=[], **stages)
    figure = make_figure(counterpart=country, period=str(1900 + number), commodity=make_commodity())
    growth = make_figure(
        measure="growth", base_measure="turnover", counterpart=country, period=str(1900 + number), value="5",
        unit="percent",
    )  # fmt: skip
    make_derived_figure([(figure, "value"), (growth, "growth")], period=str(1899 + number))
    make_figure(subject=project, counterpart="", measure="jobs", unit="jobs", value="200")
    make_claim(subjects=[country, agreement], checked_against=[figure])


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
        assert "Covered from elsewhere" in page
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
        assert [str(point.strand) for point in axis] == ["Relation", "Figure", "Agreement", "Event"]

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

        assert queries_of("/countries/cod/") == few <= 30


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

        assert queries_of("/") == few <= 32


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
