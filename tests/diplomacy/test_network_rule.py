"""The network rule, clause by clause, and its laws over random days."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diplomacy.computations import Standing, Step, network_on, network_steps, spells_of, standing_on
from diplomacy.models import Mission
from kzafrica.reference.models import Country
from tests.factories import make_citation, make_country, make_figure, make_mission, make_source

pytestmark = pytest.mark.django_db


def embassy(**fields) -> Mission:
    """A public embassy as the rule reads it."""
    return Mission.objects.for_list().get(pk=make_mission(**fields).pk)


def beginning_of(mission: Mission) -> Step | None:
    """The act by which the mission first existed."""
    return next((spell.begun for spell in spells_of(mission)), None)


def embassy_with_head(**accreditation) -> Mission:
    """An embassy whose only act is an accreditation of its head to the receiving state."""
    kenya = make_country("KEN")
    head = {"accreditations": [{"country": kenya, **accreditation}]}
    return embassy(receiving=kenya, heads=[head])


@pytest.mark.parametrize("kind", ["decree", "opened"])
def test_a_decree_or_an_opening_brings_a_mission_into_being(kind):
    mission = embassy(milestones=[{"kind": kind, "date": "2014-12-23"}])

    assert standing_on(mission, date(2014, 12, 22)) == Standing.ABSENT
    assert standing_on(mission, date(2014, 12, 23)) == Standing.EXISTS


@pytest.mark.parametrize("kind", ["draft_decision", "planned", "host_consent", "relocated", "upgraded"])
def test_drafts_plans_and_later_acts_do_not_count(kind):
    mission = embassy(milestones=[{"kind": kind, "date": "2014"}])

    assert beginning_of(mission) is None
    assert standing_on(mission, date(2030, 1, 1)) == Standing.ABSENT


@pytest.mark.parametrize("is_resident", [True, None])
@pytest.mark.parametrize("act", ["appointed", "credentials_presented"])
def test_a_head_not_known_to_be_non_resident_counts(act, is_resident):
    mission = embassy_with_head(**{act: "2025-05", "is_resident": is_resident})

    assert standing_on(mission, date(2025, 5, 31)) == Standing.EXISTS


@pytest.mark.parametrize("act", ["appointed", "credentials_presented"])
def test_a_non_resident_head_does_not_count(act):
    assert beginning_of(embassy_with_head(**{act: "2025-05", "is_resident": False})) is None


@pytest.mark.parametrize("act", ["copies_presented", "agrement"])
def test_copies_and_agrement_are_not_credentials(act):
    assert beginning_of(embassy_with_head(**{act: "2025-05", "is_resident": True})) is None


def test_an_accreditation_to_another_state_does_not_count():
    ethiopia, kenya = make_country("ETH"), make_country("KEN")
    concurrent = {"country": kenya, "credentials_presented": "2023-12", "is_resident": None}

    mission = embassy(receiving=ethiopia, heads=[{"accreditations": [concurrent]}])

    assert beginning_of(mission) is None


def test_between_the_earliest_and_the_latest_day_it_is_undetermined():
    mission = embassy(milestones=[{"kind": "decree", "date": "2020-12"}])

    assert standing_on(mission, date(2020, 11, 30)) == Standing.ABSENT
    assert standing_on(mission, date(2020, 12, 1)) == Standing.UNDETERMINED
    assert standing_on(mission, date(2020, 12, 30)) == Standing.UNDETERMINED
    assert standing_on(mission, date(2020, 12, 31)) == Standing.EXISTS


def test_the_act_that_was_certain_first_decides():
    mission = embassy(milestones=[{"kind": "opened", "date": "2021"}, {"kind": "decree", "date": "2020-12"}])

    assert beginning_of(mission).date.edtf == "2020-12"


def test_a_closing_ends_it_and_is_undetermined_in_between():
    mission = embassy(milestones=[{"kind": "opened", "date": "1993-04"}, {"kind": "closed", "date": "1999"}])

    assert standing_on(mission, date(1998, 12, 31)) == Standing.EXISTS
    assert standing_on(mission, date(1999, 6, 1)) == Standing.UNDETERMINED
    assert standing_on(mission, date(1999, 12, 31)) == Standing.ABSENT


def test_only_embassies_in_africa_are_counted():
    home = make_country("KAZ")
    make_mission(receiving=make_country("EGY"), milestones=[{"kind": "opened", "date": "1993"}])
    make_mission(
        receiving=make_country("MAR"), kind="honorary_consulate", milestones=[{"kind": "opened", "date": "2016"}]
    )
    make_mission(receiving=make_country("TUR", role="other"), milestones=[{"kind": "opened", "date": "1992"}])

    assert network_on(date(2026, 1, 1), home).count == 1


def test_a_draft_mission_is_not_counted():
    home = make_country("KAZ")
    make_mission(receiving=make_country("EGY"), status="draft", milestones=[{"kind": "opened", "date": "1993"}])

    assert network_on(date(2026, 1, 1), home).count == 0


def test_a_step_known_only_from_a_source_that_states_the_number_is_not_independent():
    home, paper = make_country("KAZ"), make_source()
    figure = make_figure(measure="mission_count", unit="count", value="2", printed="two")
    article = figure.citations.get().source
    for receiving, source in ((make_country("KEN"), article), (make_country("EGY"), paper)):
        mission = make_mission(receiving=receiving, milestones=[{"kind": "opened", "date": "2025-05"}])
        make_citation(mission.milestones.get(), source)

    steps = {step.mission.receiving.alpha3: step.is_independent for step in network_steps(home)}

    assert steps == {"KEN": False, "EGY": True}


def brute_force_count(acts: list[tuple[date, date]], day: date) -> tuple[int, int]:
    """How many exist, and of how many that is undetermined, straight from the words of the rule."""
    existing = sum(latest <= day for _earliest, latest in acts)
    undetermined = sum(earliest <= day < latest for earliest, latest in acts)
    return existing, undetermined


DATES = ["1993-04", "2013", "2014-12-23", "2020-12", "2024-12", "2025-05", "199X", "2005~", "2010-01/2011-06"]
RECEIVING = ["EGY", "ZAF", "ETH", "MAR", "DZA", "KEN", "NGA", "GHA", "SEN"]


# The fixture only reads once it is made, so that one serves all examples.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.dates(date(1990, 1, 1), date(2030, 12, 31)), min_size=1, max_size=8))
def test_the_count_of_any_day_is_that_of_its_list_and_never_falls_while_nothing_closes(six_and_more, days):
    home, missions, acts = six_and_more
    possible = []

    for day in sorted(days):
        network = network_on(day, home, missions)
        assert (network.count, len(network.undetermined)) == brute_force_count(acts, day)
        assert network.count == len(network.steps)
        possible.append(network.count + len(network.undetermined))

    assert possible == sorted(possible)


@pytest.fixture
def six_and_more() -> tuple[Country, list[Mission], list[tuple[date, date]]]:
    home = make_country("KAZ")
    for alpha3, opened in zip(RECEIVING, DATES, strict=True):
        make_mission(receiving=make_country(alpha3), milestones=[{"kind": "opened", "date": opened}])
    missions = list(Mission.objects.for_list().order_by("slug"))
    acts = [(row.date.earliest, row.date.latest) for mission in missions for row in mission.milestones.all()]
    return home, missions, acts


def test_the_steps_lead_to_the_count_of_the_day_after_the_last():
    home = make_country("KAZ")
    for alpha3, opened in zip(RECEIVING, DATES, strict=True):
        make_mission(receiving=make_country(alpha3), milestones=[{"kind": "opened", "date": opened}])

    steps = network_steps(home)

    assert [step.count for step in steps] == list(range(1, len(DATES) + 1))
    for step in steps:
        assert network_on(step.date.latest, home).count >= step.count
    assert network_on(steps[-1].date.latest + timedelta(days=1), home).count == steps[-1].count
