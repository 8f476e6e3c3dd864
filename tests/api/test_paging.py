"""Page by page through lists: every row once and in order, whatever else is written meanwhile."""

from datetime import UTC, datetime
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest

from events.models import Event
from kzafrica.editorial.choices import Status
from tests.factories import make_release

pytestmark = pytest.mark.django_db

EVENTS = "/api/v1/events/"
# Few, so that many rows are equal; some without a first or last day, or without any.
MOMENTS = [datetime(2025, 10, day, tzinfo=UTC) for day in (1, 2, 3)]
DATES = ("", "2024", "2024", "2024-05", "../2024", "2024/..", "2025-09-10", "0001", "9999-12-31")


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same at every run, which is what a test needs


def make_events(count: int, random: Random, prefix: str = "event") -> None:
    Event.objects.bulk_create(
        Event(
            slug=f"{prefix}-{number:03}-{random.randrange(10)}",
            title="Meeting",
            kind="meeting",
            level="minister",
            date=random.choice(DATES),
            status=Status.PUBLISHED,
            updated_at=random.choice(MOMENTS),
        )
        for number in random.sample(range(1000), count)
    )


@pytest.fixture
def walk(document_at):
    """Follow a link of the pages to its end: the ids in the order met, and the addresses of the pages."""

    def follow(address: str, link: str, *, between=lambda: None) -> tuple[list[str], list[str]]:
        ids, pages = [], [address]
        while True:
            page = document_at(pages[-1])
            rows = [row["id"] for row in page["results"]]
            ids += rows if link == "next" else rows[::-1]
            if page[link] is None:
                return ids, pages
            between()
            pages.append(page[link])

    return follow


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("ordering", ["", "date", "-date", "updated", "-updated"])
def test_next_leads_through_every_row_in_order_and_previous_back(seed, ordering, walk, ids_in_order):
    random = chance(seed)
    make_events(random.randrange(12, 30), random)
    limit = random.randrange(1, 9)
    start = f"{EVENTS}?fields=id&limit={limit}" + (f"&ordering={ordering}" if ordering else "")

    forward, pages = walk(start, "next")
    backward, pages_back = walk(pages[-1], "previous")

    assert forward == ids_in_order(ordering)
    assert backward == forward[::-1]
    assert len(pages_back) == len(pages) == -(-len(forward) // limit)


@pytest.fixture
def ids_in_order(document_at):
    def read(ordering: str) -> list[str]:
        rows = document_at(EVENTS, {"limit": 500, "fields": "id"} | ({"ordering": ordering} if ordering else {}))
        return [row["id"] for row in rows["results"]]

    return read


@pytest.mark.parametrize("ordering", ["date", "-date", "-updated"])
def test_rows_that_come_meanwhile_displace_no_other(ordering, walk, ids_in_order):
    random = chance(7)
    make_events(20, random)
    there_before = ids_in_order(ordering)

    visited, _pages = walk(
        f"{EVENTS}?fields=id&limit=3&ordering={ordering}",
        "next",
        between=lambda: make_events(4, random, f"new-{random.randrange(10**9)}"),
    )

    assert [slug for slug in visited if not slug.startswith("new")] == there_before
    assert len(set(visited)) == len(visited)


def test_rows_that_go_meanwhile_leave_the_others_in_place(walk, ids_in_order):
    make_events(20, chance(8))
    there_before = ids_in_order("date")
    gone = iter(there_before[::2])

    visited, _pages = walk(
        f"{EVENTS}?fields=id&limit=3&ordering=date",
        "next",
        between=lambda: Event.objects.filter(slug=next(gone)).update(status=Status.WITHDRAWN),
    )

    assert len(set(visited)) == len(visited)
    assert set(there_before[1::2]) <= set(visited)


def test_a_list_shorter_than_its_limit_has_no_other_page(document_at):
    make_events(5, chance(1))

    page = document_at(EVENTS, {"limit": 5})

    assert (page["next"], page["previous"], len(page["results"])) == (None, None, 5)


def test_a_page_holds_fifty_rows_unless_told_otherwise(document_at):
    make_events(60, chance(1))

    assert len(document_at(EVENTS)["results"]) == 50
    assert len(document_at(EVENTS, {"limit": 500})["results"]) == 60


def test_links_keep_the_filters(document_at):
    make_events(30, chance(1))

    page = document_at(EVENTS, {"limit": 2, "date_from": "2024-01-01", "fields": "id", "ordering": "-date"})

    query = parse_qs(urlsplit(page["next"]).query)
    assert query.pop("cursor")
    assert query == {"limit": ["2"], "date_from": ["2024-01-01"], "fields": ["id"], "ordering": ["-date"]}


def test_a_cursor_belongs_to_its_order(document_at, errors_at):
    make_events(6, chance(1))
    cursor = parse_qs(urlsplit(document_at(EVENTS, {"limit": 2, "ordering": "date"})["next"]).query)["cursor"][0]

    assert errors_at(EVENTS, {"ordering": "updated", "cursor": cursor}).keys() == {"cursor"}


def test_releases_without_a_day_stand_last(walk):
    undated = [make_release(title=f"Undated {number}").slug for number in range(3)]
    new, old = make_release(released_on="2025-05-01").slug, make_release(released_on="2020-01-01").slug

    forward, pages = walk("/api/v1/releases/?limit=2", "next")

    assert forward == [new, old, *undated]
    assert walk(pages[-1], "previous")[0] == forward[::-1]
