import pytest

from diplomacy.models import Agreement, Award, Initiative, Mission, Programme, Relation
from kzafrica.editorial.choices import Status
from tests.factories import (
    make_agreement,
    make_award,
    make_bloc,
    make_commodity,
    make_country,
    make_event,
    make_figure,
    make_initiative,
    make_mission,
    make_organization,
    make_person,
    make_place,
    make_programme,
    make_project,
    make_record,
    make_relation,
    make_route,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db

LISTS = {
    "/missions/": Mission,
    "/relations/": Relation,
    "/agreements/": Agreement,
    "/awards/": Award,
    "/initiatives/": Initiative,
    "/programmes/": Programme,
}


@pytest.fixture(autouse=True)
def kazakhstan():
    return make_country("KAZ")


def opened(day: str, **fields) -> dict:
    return {"kind": "opened", "date": day, **fields}


def words_for(model, words: str) -> dict:
    """A record of the model that can be told by the words; relations are named by their states."""
    return {"instrument": words} if model is Relation else {"title": words}


@pytest.mark.parametrize(("address", "model"), LISTS.items(), ids=list(LISTS))
class TestEveryList:
    def test_shows_only_what_is_published(self, text_of, address, model):
        make_record(model, **words_for(model, "Seen by all"))
        for status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN):
            make_record(model, status=status, **words_for(model, f"Hidden {status}"))

        page = text_of(address)

        assert "Seen by all" in page
        assert "Hidden" not in page

    def test_refuses_an_unknown_parameter_and_keeps_its_form(self, client, address, model):
        answer = client.get(address + "?qq=x")

        assert answer.status_code == 400
        assert "Did you mean “q”?" in answer.content.decode()
        assert '<form class="filter-form"' in answer.content.decode()

    def test_says_who_says_so(self, text_of, address, model):
        make_record(model, citations=[make_source(publisher="Le Baobab")])

        assert "Said by Le Baobab" in text_of(address)

    def test_queries_stay_flat(self, queries_of, address, model):
        for _number in range(2):
            make_record(model)
        few = queries_of(address)

        for _number in range(12):
            make_record(model)

        assert queries_of(address) == few <= 15


@pytest.mark.parametrize("model", LISTS.values())
class TestEveryPage:
    def test_has_its_permanent_address_and_its_document(self, client, model):
        record = make_record(model)
        resource = model._meta.verbose_name_plural.replace(" ", "-")

        page = client.get(record.get_absolute_url()).content.decode()

        assert f'href="http://testserver{record.get_absolute_url()}"' in page
        assert f"/api/v1/{resource}/{record.slug}/" in page

    def test_names_its_source_and_where_it_says_so(self, text_of, model):
        record = make_record(model, citations=[{"source": make_source(title="A report"), "locator": "paragraph 7"}])

        page = text_of(record.get_absolute_url())

        assert "A report" in page
        assert "paragraph 7" in page

    @pytest.mark.parametrize(("status", "code"), [(Status.DRAFT, 404), (Status.WITHDRAWN, 410)])
    def test_is_closed_to_readers_unless_published(self, client, model, status, code):
        record = make_record(model, status=status)

        assert client.get(record.get_absolute_url()).status_code == code


class TestNetwork:
    def test_heading_states_the_count_of_the_day(self, text_of):
        make_mission(title="Embassy in Cairo", milestones=[opened("1993-04")])
        make_mission(title="Embassy in Rabat", milestones=[{"kind": "decree", "date": "2020-12"}])

        assert "1 embassy of Kazakhstan in Africa on 30 November 2020" in text_of("/missions/?on=2020-11-30")
        assert "2 embassies of Kazakhstan in Africa on 31 December 2020" in text_of("/missions/?on=2020-12-31")

    def test_mission_between_the_ends_of_its_deciding_date_is_undetermined_with_its_sources(self, client, text_of):
        paper = make_source(publisher="Morocco World News")
        decree = {"kind": "decree", "date": "2020-12", "citations": [{"source": paper}]}
        make_mission(title="Embassy in Rabat", milestones=[decree])

        network = client.get("/missions/?on=2020-12-15").context["network"]
        page = text_of("/missions/?on=2020-12-15")

        assert (network.count, len(network.undetermined)) == (0, 1)
        assert "Undetermined on this day" in page
        assert "Decree" in page
        assert "Said by Morocco World News" in page

    def test_series_marks_the_step_that_cannot_confirm_its_own_count(self, text_of):
        article = make_source()
        make_figure(
            measure="mission_count", unit="count", value="6", period="2025-09", counterpart=make_bloc(),
            citations=[article],
        )  # fmt: skip
        appointment = {"country": make_country("KEN"), "appointed": "2025-05", "citations": [{"source": article}]}
        make_mission(receiving=make_country("KEN"), heads=[{"accreditations": [appointment]}], citations=[article])
        make_mission(milestones=[opened("1993-04", citations=[{"source": make_source()}])])

        page = text_of("/missions/")

        # Once on its row, once in its step; the embassy with a source of its own has no such mark.
        assert page.count("not independent") == 2

    def test_rule_is_printed(self, text_of):
        make_mission(milestones=[opened("1993-04")])

        assert "copies of credentials and concurrent accreditations do not count" in text_of("/missions/")

    def test_later_steps_are_marked_and_do_not_stand_among_the_others(self, client, text_of):
        make_mission(title="Embassy in Algiers", milestones=[opened("2024-12")])

        answer = client.get("/missions/?on=2020-11-30")

        assert "not certain by this day" in text_of("/missions/?on=2020-11-30")
        assert list(answer.context["object_list"]) == []

    def test_other_missions_stand_below(self, client):
        consulate = make_mission(kind="honorary_consulate", milestones=[opened("2016-02-16")])
        ours = make_mission(sending=make_country("MAR"), receiving=make_country("KAZ"))

        answer = client.get("/missions/")

        assert answer.context["network"].count == 0
        assert {row.mission for row in answer.context["object_list"]} == {consulate, ours}

    def test_network_of_another_kind_and_of_another_state(self, client):
        make_mission(kind="honorary_consulate", milestones=[opened("2016-02-16")])
        make_mission(sending=make_country("TUR"), milestones=[opened("1925")])

        assert client.get("/missions/?kind=honorary_consulate").context["network"].count == 1
        assert client.get("/missions/?sending=tur").context["network"].count == 1

    @pytest.mark.parametrize("query", ["q=cairo", "year=1993", "has_conflict=false", "country=EGY"])
    def test_filters_choose_rows_and_leave_the_number_of_the_network_alone(self, client, text_of, query):
        make_mission(title="Embassy in Cairo", receiving=make_country("EGY"), milestones=[opened("1993-04")])
        make_mission(title="Embassy in Pretoria", receiving=make_country("ZAF"), milestones=[opened("2013")])

        answer, page = client.get(f"/missions/?{query}"), text_of(f"/missions/?{query}")

        assert answer.context["network"].count == 2
        assert "<h1>Missions</h1>" in answer.content.decode()
        assert "has 2 missions on" in page

    def test_heading_names_the_state_that_was_asked_for_and_not_africa(self, text_of):
        make_mission(receiving=make_country("TUR"), milestones=[opened("1992-10")])

        assert "1 mission of Kazakhstan in Türkiye on" in text_of("/missions/?receiving=TUR")

    def test_no_number_is_given_where_nothing_is_on_record(self, text_of):
        make_country("TUR")

        assert "No such mission of Türkiye is on record" in text_of("/missions/?sending=TUR")

    def test_missions_in_the_sending_state_itself_are_a_plain_list(self, client):
        ours = make_mission(sending=make_country("EGY"), receiving=make_country("KAZ"))

        answer = client.get("/missions/?receiving=KAZ")

        assert answer.context["network"] is None
        assert [row.mission for row in answer.context["object_list"]] == [ours]

    def test_a_day_to_come_is_said_to_be_one(self, text_of):
        make_mission(milestones=[opened("1993-04")])

        assert "That day is still to come" in text_of("/missions/?on=2090-01-01")

    def test_day_that_does_not_exist_is_refused_with_the_form(self, client):
        answer = client.get("/missions/?on=2020-02-31")

        assert answer.status_code == 400
        assert '<form class="filter-form"' in answer.content.decode()

    def test_queries_do_not_grow_with_the_lives_of_missions(self, queries_of):
        def mission():
            source = make_source()
            head = {
                "person": make_person(),
                "accreditations": [
                    {"country": make_country(), "appointed": "2014", "citations": [{"source": source}]},
                    {"organization": make_organization(), "citations": [{"source": source}]},
                ],
            }
            steps = [opened("2013", place=make_place(), citations=[{"source": source}])] * 3
            make_mission(place=make_place(), milestones=steps, heads=[head], citations=[source])

        for _number in range(2):
            mission()
        few = queries_of("/missions/")

        for _number in range(10):
            mission()

        assert queries_of("/missions/") == few <= 15

    def test_default_page_stays_small_with_two_hundred_missions(self, client, queries_of):
        source, states = make_source(publisher="Ministry of Foreign Affairs"), [make_country() for _state in range(55)]
        place = make_place("Addis Ababa", country=states[0])

        def missions(count: int) -> None:
            for number in range(count):
                decree = {"kind": "decree", "date": f"{1993 + number % 30}-05", "citations": [{"source": source}]}
                make_mission(
                    title=f"Embassy of Kazakhstan in the State of a Long Name, number {number}",
                    receiving=states[number % 55],
                    place=place,
                    milestones=[decree, opened(f"{1994 + number % 30}", citations=[{"source": source}])],
                    citations=[source, {"source": source, "field": "kind", "stated": "consulate"}],
                )

        missions(3)
        few = queries_of("/missions/?on=2026-01-01")
        missions(200)

        assert client.get("/missions/").context["network"].count == 203
        assert len(client.get("/missions/?on=2026-01-01").content) < 60_000
        assert len(client.get("/missions/").content) < 60_000
        assert queries_of("/missions/?on=2026-01-01") == few <= 15


class TestMissionPage:
    def test_life_stands_in_time_with_the_act_that_counts_marked(self, client, text_of):
        algeria = make_country("DZA")
        accreditation = {"country": algeria, "is_resident": True, "copies_presented": "2024-12", "appointed": "2024-11"}
        mission = make_mission(
            receiving=algeria,
            milestones=[{"kind": "planned", "date": "2024"}, {"kind": "closed", "date": ""}],
            heads=[{"person": make_person(name="Anuarbek Akhmetov"), "accreditations": [accreditation]}],
        )

        moments = client.get(mission.get_absolute_url()).context["moments"]
        page = text_of(mission.get_absolute_url())

        assert [str(moment.label) for moment in moments] == [
            "Opening planned",
            "Head of mission appointed",
            "Copies of credentials handed over",
            "Closed",
        ]
        assert [moment.decides for moment in moments] == [False, True, False, True]
        assert "Anuarbek Akhmetov" in page
        assert "counts by the rule" in page

    def test_resident_and_concurrent_accreditations_are_told_apart(self, text_of):
        accreditations = [
            {"country": make_country("ETH"), "is_resident": True},
            {"country": make_country("KEN"), "is_resident": False},
            {"country": make_country("DZA")},
        ]
        mission = make_mission(receiving=make_country("ETH"), heads=[{"accreditations": accreditations}])

        page = text_of(mission.get_absolute_url())

        assert "Ethiopia resident" in page
        assert "Kenya concurrent, from elsewhere" in page
        assert "Algeria residence not said" in page

    def test_last_check_is_told_only_where_there_was_one(self, text_of):
        unchecked = make_mission()
        checked = make_mission(last_checked_on="2026-01-05")

        assert "never by an editor of ours" in text_of(unchecked.get_absolute_url())
        assert "5 January 2026" in text_of(checked.get_absolute_url())

    def test_differing_date_of_opening_stands_with_its_reason(self, text_of):
        other = {"source": make_source(), "field": "date", "stated": "2011-03", "reason": "Announced only in 2013."}
        step = opened("2014-12-23", citations=[{"source": make_source(), "field": "date"}, other])
        mission = make_mission(milestones=[step])

        page = text_of(mission.get_absolute_url())

        assert "23 December 2014" in page
        assert "March 2011" in page
        assert "Announced only in 2013." in page


class TestAgreementPage:
    def test_shows_parties_signatories_stages_and_what_it_belongs_to(self, text_of):
        agreement = make_agreement(
            title="Memorandum on mines",
            parties=[{"country": make_country("KAZ")}, {"organization": make_organization(name="Gécamines")}],
            signatories=[{"person": make_person(name="Yersaiyn Nagaspayev"), "country": make_country("KAZ")}],
            stages=[{"kind": "signed", "date": "2025-09-10", "note": "At Akorda."}],
            signed_at=make_event(title="State visit"),
            route=make_route(title="Cotonou"),
            project=make_project(title="A plant"),
            themes=[make_theme("Mining")],
        )

        page = text_of(agreement.get_absolute_url())

        for words in ("Gécamines", "Yersaiyn Nagaspayev", "10 September 2025", "At Akorda.", "State visit", "Cotonou"):
            assert words in page
        assert "A plant" in page
        assert "Mining" in page

    def test_list_queries_do_not_grow_with_parts(self, queries_of):
        def agreement():
            cited = [{"source": make_source()}]
            make_agreement(
                parties=[{"country": make_country()}, {"organization": make_organization()}],
                signatories=[{"person": make_person(), "country": make_country(), "citations": cited}],
                stages=[{"kind": "signed", "date": "2025", "citations": cited}],
                themes=[make_theme()],
            )

        for _number in range(2):
            agreement()
        few = queries_of("/agreements/")

        for _number in range(10):
            agreement()

        assert queries_of("/agreements/") == few <= 15

    def test_newest_come_first(self, text_of):
        make_agreement(title="Earlier", stages=[{"kind": "signed", "date": "2016"}])
        make_agreement(title="Later", stages=[{"kind": "signed", "date": "2024-03"}])

        page = text_of("/agreements/")

        assert page.index("Later") < page.index("Earlier")


def test_initiative_page_shows_goods_countries_and_how_far_it_has_come(text_of):
    initiative = make_initiative(
        countries=[make_country("COD")],
        commodities=[make_commodity("2617")],
        stages=[{"kind": "raised", "date": "2025-05-28"}],
        raised_at=make_event(title="Talks"),
    )

    page = text_of(initiative.get_absolute_url())

    for words in ("Democratic Republic of the Congo", "2617", "Raised", "28 May 2025", "Talks"):
        assert words in page


def test_programme_page_shows_whose_it_is_and_for_whom(text_of):
    programme = make_programme(
        country=make_country("KAZ"), beneficiaries=[make_bloc()], begins="2025", ends="2030",
        stages=[{"kind": "drafted", "date": "2025"}],
    )  # fmt: skip

    page = text_of(programme.get_absolute_url())

    for words in ("Kazakhstan", "Africa", "2025", "2030", "Being drafted"):
        assert words in page


def test_award_page_shows_class_and_every_ground(text_of):
    award = make_award(
        order="Order of Dostyk", order_class="I", grounds="Friendship of two nations\nPeace in the region",
        recipient=make_person(name="Félix Tshisekedi"), venue="Akorda",
    )  # fmt: skip

    page = text_of(award.get_absolute_url())

    for words in ("Order of Dostyk", "Friendship of two nations", "Peace in the region", "Félix Tshisekedi", "Akorda"):
        assert words in page


def test_relation_page_says_that_no_source_names_the_instrument(text_of):
    assert "not named by the sources here" in text_of(make_relation().get_absolute_url())
