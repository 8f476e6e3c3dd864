"""The same filter on the page, in the API, the files, the calendar and the feed finds the same records."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from diplomacy.choices import AccreditationAct
from diplomacy.filters import ActFilterSet, MilestoneFilterSet
from diplomacy.models import Milestone, Mission
from kzafrica.editorial.feeds import PartFeed, RecordFeed
from tests.filters_law.asking import DAYS, YEARS, questions, questions_to
from tests.filters_law.faces import Faces, Refused, answered, every_list, query
from tests.filters_law.world import COUNTRIES

LISTS = every_list()
# The world does not change while it is asked.
over_the_world = settings(
    max_examples=7,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    """Pages of a few rows, so that a small world has several of them."""
    for faces in LISTS:
        monkeypatch.setattr(faces.listed, "paginate_by", 7)
    monkeypatch.setattr(RecordFeed, "paginate_by", property(lambda feed: None if feed.ending == "ics" else 9))


def asked(read, *arguments) -> list[str] | None:
    """What a face says; None where it refuses the question."""
    try:
        return read(*arguments)
    except Refused:
        return None


def entries_of(faces: Faces, slugs: list[str]) -> set[str]:
    """What a feed of the records calls its entries: the records, or each of their dated parts."""
    if not issubclass(faces.feed, PartFeed):
        return {f"{faces.model._meta.model_name}-{slug}" for slug in slugs}
    parts = faces.feed.part.objects.filter(**{f"{faces.feed.owner}__slug__in": slugs}).select_related(faces.feed.owner)
    return {f"{faces.feed.owner}-{getattr(part, faces.feed.owner).slug}.{part.first_said}" for part in parts}


@pytest.mark.parametrize("faces", LISTS, ids=str)
@over_the_world
@given(data=st.data())
def test_every_face_of_a_list_finds_the_same(world, client, faces, data):
    question = data.draw(questions_to(faces.filters), label="question")
    file, limit = data.draw(st.sampled_from(["csv", "xlsx"])), data.draw(st.sampled_from([3, 50]))

    in_api = asked(faces.api, client, question, limit)
    in_file = asked(getattr(faces, file), client, question)
    on_page = asked(faces.page, client, question)

    if in_api is None:
        assert (in_file, on_page) == (None, None), query(question)
        return
    assert len(in_api) == len(set(in_api))
    if faces.model is Mission:
        # The page groups them, and says beside those that exist on the day asked for which may; its feeds tell acts.
        on_page = sorted(slug for slug in on_page if "on" not in question or slug in in_api)
        assert on_page == sorted(in_api)
        on_page = in_file
    if "ordering" in question:
        assert in_api == in_file == on_page
    assert sorted(in_api) == sorted(in_file) == sorted(on_page)
    if faces.model is not Mission:
        for ending in filter(faces.address_of, ("atom", "ics")):
            assert sorted(getattr(faces, ending)(client, question)) == sorted(entries_of(faces, in_api))


@pytest.mark.parametrize("faces", LISTS, ids=str)
@over_the_world
@given(data=st.data())
def test_a_list_finds_what_the_words_of_its_records_say(world, client, faces, data):
    known = faces.filters.base_filters.keys()
    plain = {"country": st.sampled_from([*COUNTRIES, "KAZ"]), "year": YEARS, "date_from": DAYS, "date_to": DAYS}
    if "kind" in known:
        plain["kind"] = st.sampled_from(sorted({said.kind for said in world.said[faces.model]}))
    names = st.lists(st.sampled_from([name for name in plain if name in known] or ["q"]), max_size=3, unique=True)
    question = {name: data.draw(plain.get(name, st.just(" ")), label=name) for name in data.draw(names)}

    found = asked(faces.api, client, question, 50)

    start, end = question.get("date_from"), question.get("date_to")
    if start and end and end < start:
        assert found is None
        return
    periods = [(start, end)] if start or end else []
    periods += [(f"{int(year):04}-01-01", f"{int(year):04}-12-31") for year in [question.get("year")] if year]
    periods = [tuple(day and date.fromisoformat(day) for day in period) for period in periods]
    # What only other records needed is left aside.
    ours = {said.slug for said in world.said[faces.model]}
    assert ours.intersection(found) == {
        said.slug
        for said in world.said[faces.model]
        if said.is_public
        and question.get("country", "") in {"", *said.countries}
        and question.get("kind", said.kind) == said.kind
        and all(said.overlaps(*period) for period in periods)
    }


@over_the_world
@given(data=st.data())
def test_the_calendar_of_missions_tells_of_the_milestones_that_the_api_finds(world, client, data):
    shared = {name: MilestoneFilterSet.base_filters[name] for name in MilestoneFilterSet.base_filters}
    shared = {name: filter_ for name, filter_ in shared.items() if name in ActFilterSet.base_filters}
    question = data.draw(questions(shared), label="question")
    missions = next(faces for faces in LISTS if faces.model is Mission)

    rows = asked(rows_at, client, "/api/v1/milestones/" + query(question))

    for ending in ("atom", "ics"):
        told = asked(getattr(missions, ending), client, question)
        # What was done for a head is told there too, and is no row of the resource.
        of_missions = told and {name for name in told if name.partition(".")[2].split(".")[0] not in AccreditationAct}
        found = rows and {name_of_milestone(row["id"]) for row in rows}
        assert of_missions == found


def rows_at(client, address: str) -> list[dict]:
    return answered(client, address).json()["results"]


def name_of_milestone(key: str) -> str:
    milestone = Milestone.objects.select_related("mission").get(pk=key)
    return f"mission-{milestone.mission.slug}.{milestone.first_said}"
