"""/api/v1/trade/totals/: sums by whatever they are parted by, sources and flows never added."""

import pytest

from tests.dashboards.rows import report
from tests.factories import make_bloc

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/trade/totals/"


@pytest.fixture
def rows(db):
    make_bloc()
    for year in (2022, 2023):
        report(
            "KAZ",
            year,
            [
                ("0", "X", "", "1000"),
                ("ZAF", "X", "", "100"),
                ("ZAF", "X", "25", "60"),
                ("ZAF", "X", "2503", "60"),
                ("ZAF", "X", "250300", "60"),
                ("KEN", "X", "", "50"),
                ("TUR", "X", "", "7"),
                ("ZAF", "M", "", "40"),
                ("ZAF", "RX", "", "5"),
            ],
        )
    report("ZAF", 2023, [("KAZ", "X", "250300", "36.9999")], perspective="reconciled")


def ask(client, query: str) -> dict:
    answer = client.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def brief(document: dict) -> list[tuple]:
    return [
        (row["flow"], row["year"], (row["partner"] or {}).get("iso3"), row["hs"], (row["value"] or {}).get("value"))
        for row in document["results"]
    ]


def test_by_year_of_a_pair(client, rows):
    assert brief(ask(client, "reporter=KAZ&partner=ZAF&flow=X&group_by=year")) == [
        ("X", 2022, None, None, "100"),
        ("X", 2023, None, None, "100"),
    ]


def test_world_is_its_own_row_and_not_the_sum_of_states(client, rows):
    assert brief(ask(client, "reporter=KAZ&flow=X&year=2023")) == [("X", None, None, None, "1000")]


def test_world_is_the_sum_of_its_parts_where_it_has_no_row(client, rows):
    (row,) = ask(client, "reporter=KAZ&flow=M&year=2023")["results"]

    assert (row["value"]["value"], row["is_given"]) == ("40", True)


def test_states_of_a_continent_are_added_without_others(client, rows):
    assert brief(ask(client, "reporter=KAZ&bloc=002&flow=X&year=2023")) == [("X", None, None, None, "150")]


def test_flows_and_sources_are_never_added(client, rows):
    rows = ask(client, "year=2023&partner=KAZ")["results"] + ask(client, "year=2023&partner=ZAF")["results"]

    assert [(row["perspective"], row["flow"], row["value"]["value"]) for row in rows] == [
        ("reconciled", "X", "36.9999"),
        ("as_reported", "M", "40"),
        ("as_reported", "RX", "5"),
        ("as_reported", "X", "100"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("hs=25", [("X", None, None, None, "60")]),
        ("level=2&group_by=hs", [("X", None, None, "25", "60")]),
        ("hs=25&level=4&group_by=hs", [("X", None, None, "2503", "60")]),
        ("hs=2503&level=6&group_by=hs", [("X", None, None, "250300", "60")]),
        ("hs=27&level=4&group_by=hs", []),
    ],
)
def test_goods_by_their_level(client, rows, query, expected):
    assert brief(ask(client, f"reporter=KAZ&partner=ZAF&flow=X&year=2023&{query}")) == expected


def test_largest_first_and_no_more_than_asked(client, rows):
    document = ask(client, "reporter=KAZ&flow=X&year=2023&bloc=002&group_by=partner&ordering=-value&limit=1")

    assert brief(document) == [("X", None, "ZAF", None, "100")]
    assert document["is_complete"] is False


def test_says_its_rule_and_what_it_is_parted_by(client, rows):
    document = ask(client, "reporter=KAZ&group_by=year,partner&limit=2")

    assert document["group_by"] == ["year", "partner"]
    assert "never added" in document["rule"]


@pytest.mark.parametrize(
    ("query", "parameter", "nearest"),
    [
        ("group_by=yeer", "group_by", "year"),
        ("reportr=KAZ", "reportr", "reporter"),
        ("reporter=KAX", "reporter", "KAZ"),
        ("ordering=size", "ordering", None),
        ("limit=10000000000", "limit", "500"),
        ("cursor=abc", "cursor", None),
        ("level=3", "level", None),
        ("hs=257", "hs", None),
    ],
)
def test_what_it_does_not_understand_is_refused(client, rows, query, parameter, nearest):
    answer = client.get(f"{ADDRESS}?{query}")

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["parameter"] == parameter
    assert nearest is None or error["nearest"] == nearest


def test_queries_stay_flat(queries_of, db):
    report("KAZ", 2000, [("ZAF", "X", "", "1")])
    few = queries_of(f"{ADDRESS}?group_by=year,partner,hs")
    for year in range(2001, 2012):
        report("KAZ", year, [("ZAF", "X", "", "1"), ("KEN", "X", "", "1")])

    assert queries_of(f"{ADDRESS}?group_by=year,partner,hs") == few <= 5
