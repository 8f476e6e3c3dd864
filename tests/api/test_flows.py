"""Rows of trade statistics in the API: their form, their pages, and which of them readers get."""

from urllib.parse import parse_qs, urlsplit

import pytest

from kzafrica.rest import write_cursor
from tests.factories import make_event
from tests.trade.worlds import area, fill, make_world
from trade.models import Slice

pytestmark = pytest.mark.django_db
FLOWS = "/api/v1/flows/"


@pytest.fixture
def world():
    return make_world()


def test_a_row_is_as_it_was_promised(document_at, assert_kept, world):
    (row,) = document_at(FLOWS, {"partner": "NAM"})["results"]

    # Its number comes from a sequence that tests share.
    assert document_at(f"{FLOWS}{row['id']}/") == row
    assert_kept("flows", row | {"id": "1"})


def test_missing_is_null_and_zero_is_zero(document_at, world):
    missing, zero = document_at(FLOWS, {"partner": "KEN", "year": "2023"})["results"]

    assert (missing["value"], missing["net_weight_kg"], missing["valuation"]) == (None, "0", None)
    assert (zero["value"], zero["quantity"]) == ({"value": "0", "unit": "USD"}, "1.5")


def test_rows_of_a_draft_are_not_there(client, document_at, errors_at, world):
    hidden = world["draft"].slices.get().flows.get()

    assert {row["release"] for row in document_at(FLOWS, {"limit": 500})["results"]} == {"comtrade-new", "baci-2023"}
    assert client.get(f"{FLOWS}{hidden.pk}/").status_code == 404
    assert errors_at(FLOWS, {"release": "draft"}).keys() == {"release"}


def test_replaced_rows_are_given_under_their_release_and_by_their_number(document_at, world):
    rows = document_at(FLOWS, {"release": "comtrade-old"})["results"]

    assert [row["is_current"] for row in rows] == [False, False]
    assert document_at(f"{FLOWS}{rows[0]['id']}/") == rows[0]


@pytest.mark.parametrize("limit", [1, 7, 12, 25])
def test_pages_give_every_row_once_in_order_both_ways(document_at, world, limit):
    part = Slice.objects.get(release=world["new"], year=2024)
    fill(part, [{"partner": area("NAM"), "hs": f"{number:06}"} for number in range(19)])
    everything = [row["id"] for row in document_at(FLOWS, {"limit": 500})["results"]]

    pages = [document_at(FLOWS, {"limit": limit})]
    while pages[-1]["next"]:
        pages.append(document_at(pages[-1]["next"]))
    back = [pages[-1]]
    while back[-1]["previous"]:
        back.append(document_at(back[-1]["previous"]))

    assert len(everything) == 25
    assert [row["id"] for page in pages for row in page["results"]] == everything
    assert [row["id"] for page in reversed(back) for row in page["results"]] == everything


def test_links_keep_the_filters(document_at, world):
    query = parse_qs(urlsplit(document_at(FLOWS, {"limit": 1, "partner": "ken"})["next"]).query)

    assert query.pop("cursor")
    assert query == {"limit": ["1"], "partner": ["ken"]}


def test_a_cursor_of_another_order_is_refused(document_at, errors_at, world):
    make_event(), make_event()
    of_events = parse_qs(urlsplit(document_at("/api/v1/events/", {"limit": 1})["next"]).query)["cursor"][0]

    for cursor in (
        of_events,
        "abc",
        write_cursor([1, 2, "X"], backward=False),
        write_cursor([-1, 2, "X", ""], backward=True),
    ):
        assert errors_at(FLOWS, {"cursor": cursor}).keys() == {"cursor"}


@pytest.mark.parametrize("name", ["q", "ordering", "country", "utm_source"])
def test_what_rows_do_not_have_is_refused(errors_at, world, name):
    assert errors_at(FLOWS, {name: "1"}).keys() == {name}


def test_a_page_costs_as_many_queries_with_one_row_as_with_many(queries_of, world):
    fill(
        Slice.objects.get(release=world["new"], year=2024),
        [{"partner": area("NAM"), "hs": f"{number:06}"} for number in range(60)],
    )

    assert queries_of(f"{FLOWS}?year=2024&limit=1") == queries_of(f"{FLOWS}?year=2024&limit=60")


def test_a_made_up_cursor_opens_no_slice_of_a_draft_and_none_that_was_not_asked_for(document_at, world):
    drafted, replaced = (world[name].slices.first() for name in ("draft", "old"))

    behind_draft = document_at(FLOWS, {"cursor": write_cursor([drafted.pk, 0, "", ""], backward=False)})
    behind_replaced = document_at(FLOWS, {"cursor": write_cursor([replaced.pk, 0, "", ""], backward=False)})

    releases = {row["release"] for page in (behind_draft, behind_replaced) for row in page["results"]}
    assert releases <= {"comtrade-new", "baci-2023"}


def test_what_needs_escaping_in_json_is_escaped(document_at, world):
    part = world["new"].slices.get(year=2024)
    fill(part, [{"partner": area("NAM"), "hs": "010121", "quantity": "1.5", "quantity_unit": 'a "pack"\\'}])

    (row,) = document_at(FLOWS, {"hs": "010121"})["results"]

    assert (row["quantity"], row["quantity_unit"]) == ("1.5", 'a "pack"\\')
