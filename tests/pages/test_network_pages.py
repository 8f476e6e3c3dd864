import pytest

from diplomacy.models import Milestone, Mission
from tests.factories import (
    make_bloc,
    make_country,
    make_figure,
    make_mission,
    make_organization,
    make_person,
    make_place,
    make_source,
)
from tests.many import make_many

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kazakhstan():
    return make_country("KAZ")


def opened(day: str, **fields) -> dict:
    return {"kind": "opened", "date": day, **fields}


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

    def test_a_mission_is_found_by_the_city_where_it_works(self, client):
        embassy = make_mission(title="Embassy in Egypt", place=make_place("Cairo"), milestones=[opened("1993-04")])

        answer = client.get("/missions/?q=cairo")

        assert [row.mission for row in answer.context["object_list"]] == [embassy]

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

        def mission(number: int) -> None:
            decree = {"kind": "decree", "date": f"{1993 + number % 30}-05", "citations": [{"source": source}]}
            make_mission(
                title=f"Embassy of Kazakhstan in the State of a Long Name, number {number}",
                receiving=states[number % 55],
                place=place,
                milestones=[decree, opened(f"{1994 + number % 30}", citations=[{"source": source}])],
                citations=[source, {"source": source, "field": "kind", "stated": "consulate"}],
            )

        def of_another_state_and_year(row, number: int) -> None:
            if isinstance(row, Mission):
                row.receiving = states[number % 55]
            elif isinstance(row, Milestone):
                row.date = f"{1993 + number % 30}-05" if row.kind == "decree" else f"{1994 + number % 30}"

        for number in range(3):
            mission(number)
        few = queries_of("/missions/?on=2026-01-01")
        make_many(mission, range(3, 203), vary=of_another_state_and_year)

        assert client.get("/missions/").context["network"].count == 203
        assert len(client.get("/missions/?on=2026-01-01").content) < 65_000
        assert len(client.get("/missions/").content) < 65_000
        assert queries_of("/missions/?on=2026-01-01") == few <= 15
