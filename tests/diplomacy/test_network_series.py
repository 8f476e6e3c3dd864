"""The laws of the network over missions that open, close and open again, and over its lists, pages and documents."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from diplomacy.computations import Standing, network_steps, spells_of, standing_on, suspension_on
from diplomacy.models import Milestone, Mission
from diplomacy.views import MissionRow
from kzafrica.reference.models import Country
from tests.factories import make_country, make_mission

pytestmark = pytest.mark.django_db

DATES = ["1993-04", "1999", "2005-06-01", "2005", "2008-21", "2010/2012", "201X", "2014-12-23", "../2001", "2016/.."]
acts = st.tuples(st.sampled_from(["opened", "decree", "established", "closed"]), st.sampled_from([*DATES, ""]))
any_life = st.lists(acts, max_size=5)
# A second opening says that there was a closing before it, which the plain words of the rule do not.
plain_life = any_life.filter(lambda life: [kind for kind, _day in life].count("opened") <= 1)
lives = st.lists(any_life, min_size=1, max_size=4)
days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


def mission_with(life: list[tuple[str, str]], number: int = 1) -> Mission:
    """A mission as ``for_list()`` gives it, without the database."""
    mission = Mission(pk=number, slug=f"embassy-{number}", title=f"Embassy {number}")
    milestones = [
        Milestone(pk=100 * number + place, mission=mission, kind=kind, date=day)
        for place, (kind, day) in enumerate(life)
    ]
    for milestone in milestones:
        milestone._prefetched_objects_cache = {"citations": []}
    mission._prefetched_objects_cache = {"milestones": milestones, "heads": [], "citations": []}
    return mission


def surely_exists(mission: Mission, day: date) -> bool:
    """Straight from the words of the rule: some act has certainly begun it, and no closing since may have ended it."""
    rows = mission.milestones.all()
    begun = [row.date for row in rows if row.kind != "closed" and row.date and row.date.latest]
    closed = [row.date for row in rows if row.kind == "closed"]

    def is_harmless(end, beginning) -> bool:
        is_later = end is not None and end.earliest is not None and day < end.earliest
        return is_later or (end is not None and end.is_certainly_before(beginning))

    return any(row.latest <= day and all(is_harmless(end, row) for end in closed) for row in begun)


@given(life=plain_life, day=days)
def test_a_mission_exists_when_the_rule_says_so_however_often_it_closed_and_opened_again(life, day):
    # Of one closing told twice, once without its day, the rule has nothing to say.
    closings = [edtf for kind, edtf in life if kind == "closed"]
    assume(not ("" in closings and any(closings)))
    mission = mission_with(life)

    assert (standing_on(mission, day) == Standing.EXISTS) == surely_exists(mission, day)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=lives, days=st.lists(days, min_size=1, max_size=6))
def test_the_series_leads_to_the_count_of_any_day(lives, days, db):
    missions = [mission_with(life, number) for number, life in enumerate(lives, start=1)]
    steps = network_steps(make_country("KAZ"), missions)

    for day in days:
        existing = sum(standing_on(mission, day) == Standing.EXISTS for mission in missions)
        last = [step.count for step in steps if step.effective_on <= day][-1:] or [0]
        assert last == [existing]


@given(life=plain_life)
def test_a_new_spell_begins_only_after_the_one_before_has_certainly_ended(life):
    spells = spells_of(mission_with(life))

    assert all(before.ended.date.is_certainly_before(after.begun.date) for before, after in pairwise(spells))


@given(life=any_life, day=days)
def test_a_mission_is_never_in_two_spells_at_once(life, day):
    standings = [spell.standing_on(day) for spell in spells_of(mission_with(life))]

    assert standings.count(Standing.EXISTS) <= 1


def test_what_opens_again_within_the_year_of_its_closing_exists_from_then_on():
    mission = mission_with([("opened", "2010-05-01"), ("closed", "2012"), ("opened", "2012-06")])

    standings = [standing_on(mission, day) for day in (date(2011, 12, 31), date(2012, 3, 1), date(2015, 1, 1))]

    assert standings == ["exists", "undetermined", "exists"]


def test_what_opens_again_after_a_closing_of_no_known_date_exists_from_then_on():
    mission = mission_with([("opened", "1993"), ("closed", ""), ("opened", "2005-03-01")])

    assert standing_on(mission, date(2000, 1, 1)) == Standing.UNDETERMINED
    assert standing_on(mission, date(2005, 3, 1)) == Standing.EXISTS


def test_what_opened_some_time_since_a_year_is_undetermined_and_no_step():
    mission = mission_with([("opened", "2005/..")])

    assert standing_on(mission, date(2004, 12, 31)) == Standing.ABSENT
    assert standing_on(mission, date(2020, 1, 1)) == Standing.UNDETERMINED
    assert network_steps(Country(alpha3="KAZ"), [mission]) == []


def test_a_mission_that_closed_and_opened_again_is_absent_in_between():
    mission = mission_with([("opened", "1993-04"), ("closed", "1999-06-30"), ("opened", "2010-05")])

    standings = [standing_on(mission, date(year, 12, 31)) for year in (1992, 1998, 1999, 2009, 2010)]

    assert standings == ["absent", "exists", "absent", "absent", "exists"]


def test_a_closing_that_no_source_dates_leaves_open_whether_the_mission_exists():
    mission = mission_with([("opened", "1993-04"), ("closed", "")])

    assert standing_on(mission, date(2020, 1, 1)) == Standing.UNDETERMINED


def test_a_series_with_a_closing_has_a_step_down_with_its_milestone():
    home = make_country("KAZ")
    make_mission(
        receiving=make_country("EGY"),
        milestones=[{"kind": "opened", "date": "1993-04"}, {"kind": "closed", "date": "2001"}],
    )
    make_mission(receiving=make_country("ZAF"), milestones=[{"kind": "opened", "date": "1996"}])

    steps = network_steps(home)

    assert [(step.act.kind, step.date.edtf, step.count) for step in steps] == [
        ("opened", "1993-04", 1),
        ("opened", "1996", 2),
        ("closed", "2001", 1),
    ]


def test_a_suspended_mission_exists_and_is_marked_until_it_resumes():
    mission = mission_with([("opened", "1993-04"), ("suspended", "2011-03-02"), ("resumed", "2012-05")])

    assert standing_on(mission, date(2011, 6, 1)) == Standing.EXISTS
    assert suspension_on(mission, date(2011, 6, 1)).kind == "suspended"
    assert suspension_on(mission, date(2012, 6, 1)) is None


def test_work_suspended_since_a_year_is_suspended():
    mission = mission_with([("opened", "1993-04"), ("suspended", "2012/..")])

    assert suspension_on(mission, date(2011, 12, 31)) is None
    assert suspension_on(mission, date(2026, 1, 1)).kind == "suspended"


@pytest.mark.parametrize("again", [[], [("decree", "2015")]])
def test_a_closing_ends_the_suspension_too(again):
    mission = mission_with([("opened", "1993-04"), ("suspended", "2011"), ("closed", "2013"), *again])

    assert suspension_on(mission, date(2016, 1, 1)) is None


@pytest.fixture
def embassies() -> None:
    """Embassies whose lives make days of every kind: none, some, undetermined, closed, opened again."""
    for number, life in enumerate(
        [
            ["opened 1993-04"],
            ["opened 2013"],
            ["decree 2020-12", "opened 2021-05-01"],
            ["opened 1996", "closed 2001", "opened 2010-05"],
            ["opened 2016", "closed 2019-01-15"],
        ]
    ):
        milestones = [dict(zip(("kind", "date"), act.split(), strict=True)) for act in life]
        make_mission(receiving=make_country(), title=f"Embassy {number}", milestones=milestones)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=days)
def test_page_list_and_document_of_any_day_count_the_same_missions(client, embassies, day):
    page = client.get(f"/missions/?on={day}").context
    network = client.get(f"/api/v1/missions/network/?on={day}").json()
    listed = client.get(f"/api/v1/missions/?on={day}").json()["results"]

    counted = {row.mission.slug for row in page["object_list"] if row.group == MissionRow.COUNTED}
    assert page["network"].count == len(counted) == network["count"]
    assert counted == {row["mission"]["id"] for row in network["missions"]} == {row["id"] for row in listed}
    assert {row["standing"]["status"] for row in listed} <= {"exists"}
    last = [step["count"] for step in network["steps"] if step["effective_on"] <= str(day)][-1:] or [0]
    assert last == [network["count"]]


@pytest.mark.parametrize("address", ["/missions/", "/api/v1/missions/", "/api/v1/missions/network/"])
def test_a_day_that_is_none_is_refused_with_a_sentence(client, embassies, address):
    answer = client.get(f"{address}?on=2020-13-40")

    assert answer.status_code == 400
    assert "Write the day as YYYY-MM-DD" in answer.content.decode()
