"""A cursor goes on in the rows that were asked for, whatever slice it names."""

import pytest

from kzafrica.editorial import workflow
from kzafrica.rest import write_cursor
from tests.dashboards.rows import forget, report

pytestmark = pytest.mark.django_db
ROWS = [("ZAF", "X", "", "1"), ("KEN", "X", "", "2"), ("EGY", "X", "", "3")]


def rows_at(client, query: str) -> list[dict]:
    answer = client.get(f"/api/v1/flows/?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def before(part) -> str:
    return write_cursor([part.pk, 0, "", ""], backward=False)


def test_does_not_lead_out_of_the_filter(client):
    elsewhere = report("MAR", 2020, ROWS)
    report("KAZ", 2023, ROWS)

    rows = rows_at(client, f"reporter=KAZ&cursor={before(elsewhere)}")

    assert {row["reporter"]["iso3"] for row in rows} == {"KAZ"}


def test_does_not_lead_to_rows_that_were_replaced(client):
    old = report("KAZ", 2023, ROWS)
    type(old).objects.filter(pk=old.pk).update(is_current=False)
    forget()

    assert rows_at(client, f"cursor={before(old)}") == []


@pytest.mark.parametrize("address", ["/api/v1/flows/", "/trade/flows/"])
def test_of_a_release_that_was_withdrawn_ends(client, second_editor, address):
    part = report("KAZ", 2023, ROWS)
    workflow.withdraw(part.release, by=second_editor, note="Loaded from the wrong file.")
    forget()

    answer = client.get(f"{address}?cursor={before(part)}")

    assert answer.status_code == 200


def test_world_of_one_good_does_not_stand_for_all_of_them(client):
    part = [("0", "X", "09", "10"), ("KEN", "X", "09", "10"), ("KEN", "X", "27", "90")]
    report("KAZ", 2023, part)

    (total,) = client.get("/api/v1/trade/totals/?reporter=KAZ&flow=X").json()["results"]
    by_chapter = client.get("/api/v1/trade/totals/?reporter=KAZ&flow=X&level=2&group_by=hs").json()["results"]

    assert total["value"]["value"] == "100"
    assert [(row["hs"], row["value"]["value"]) for row in by_chapter] == [("09", "10"), ("27", "90")]
