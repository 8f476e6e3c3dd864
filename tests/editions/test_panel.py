"""The country-year panel: every column by its rule, empty where nothing is known."""

import csv
import io

import pytest

from diplomacy.choices import Strand
from kzafrica.dossier.panel import COLUMNS
from kzafrica.editorial.choices import Status
from tests.dashboards.rows import report
from tests.factories import (
    make_agreement,
    make_check,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_relation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def row_of(client):
    """A row by year, without its empty members."""

    def read(iso3: str, year: int) -> dict:
        [row] = client.get(f"/api/v1/panel/?country={iso3}&from={year}&to={year}").json()["results"]
        return {name: value for name, value in row.items() if value is not None}

    return read


def visit(guest, host, **fields):
    return make_event(
        kind="state_visit",
        level="head_of_state",
        occurrence="held",
        host=host,
        participations=[{"country": guest, "role": "guest"}],
        **fields,
    )


def test_each_count_follows_its_rule_and_what_is_not_known_is_empty(row_of):
    kazakhstan, kenya = make_country("KAZ"), make_country("KEN")
    make_relation(second=kenya, established="2008")
    make_mission(receiving=kenya, kind="embassy", milestones=[{"kind": "opened", "date": "2014-06/2015-02"}])
    make_mission(sending=kenya, receiving=kazakhstan, kind="embassy", slug="undated")
    make_mission(receiving=kenya, kind="consulate", slug="consulate", milestones=[{"kind": "opened", "date": "2010"}])
    visit(kenya, kazakhstan, title="Received", date="2014-05")
    visit(kazakhstan, kenya, title="Paid", date="2014-11/2015-01")
    visit(kenya, kazakhstan, title="Draft", date="2014-05", status=Status.DRAFT)
    parties = [{"country": kazakhstan}, {"country": kenya}]
    make_agreement(
        parties=parties, stages=[{"kind": "signed", "date": "2014-03"}, {"kind": "in_force", "date": "2015"}]
    )

    assert row_of("KEN", 2007) == {
        "iso3": "KEN",
        "country": kenya.name,
        "year": 2007,
        "has_relations": False,
        "embassies_of_kazakhstan": 0,
        "embassies_of_kazakhstan_undetermined": 0,
        "embassies_in_kazakhstan_undetermined": 1,
    }
    in_2014 = row_of("KEN", 2014)
    assert in_2014["has_relations"] is True
    assert (in_2014["embassies_of_kazakhstan"], in_2014["embassies_of_kazakhstan_undetermined"]) == (0, 1)
    assert (in_2014["visits_received"], in_2014["visits_received_head_of_state"]) == (1, 1)
    assert "visits_received_minister" not in in_2014
    assert "visits_paid" not in in_2014
    assert in_2014["visits_paid_undetermined"] == row_of("KEN", 2015)["visits_paid_undetermined"] == 1
    assert in_2014["agreements_signed"] == 1
    assert "embassies_in_kazakhstan" not in in_2014
    assert row_of("KEN", 2015)["embassies_of_kazakhstan"] == 1
    assert "agreements_signed" not in row_of("KEN", 2015)


def test_zero_stands_where_an_editor_has_looked_after_the_year(row_of):
    make_country("KAZ")
    kenya = make_country("KEN")
    make_check(kenya, strand=Strand.VISITS_PAID, checked_on="2024-03-01")
    make_check(kenya, strand=Strand.MISSIONS_RECEIVED, checked_on="2024-03-01")

    known, not_known = row_of("KEN", 2023), row_of("KEN", 2024)

    assert (known["visits_paid"], known["visits_paid_minister"], known["embassies_in_kazakhstan"]) == (0, 0, 0)
    assert not {"visits_paid", "visits_received", "embassies_in_kazakhstan"} & not_known.keys()


def test_zero_stands_nowhere_that_something_undated_may_have_been(row_of):
    kazakhstan, kenya = make_country("KAZ"), make_country("KEN")
    make_check(kenya, strand=Strand.VISITS_RECEIVED, checked_on="2025-03-01")
    make_check(kenya, strand=Strand.MISSIONS_RECEIVED, checked_on="2025-03-01")
    make_mission(sending=kenya, receiving=kazakhstan, kind="embassy")
    visit(kenya, kazakhstan, date=None)

    in_2024 = row_of("KEN", 2024)

    assert not {"embassies_in_kazakhstan", "visits_received"} & in_2024.keys()
    assert in_2024["embassies_in_kazakhstan_undetermined"] == 1


def test_a_stated_value_goes_before_a_derived_one_and_before_a_range(row_of):
    kenya = make_country("KEN")
    stated = {"counterpart": kenya, "period": "2023", "measure": "exports"}
    make_figure(slug="a-range", qualifier="range", value=None, low="1", high="3", **stated)
    make_figure(slug="b-value", value="2", **stated)

    assert row_of("KEN", 2023)["exports_source"] == "b-value"


def test_trade_is_that_of_figures_and_else_of_rows(row_of):
    kenya = make_country("KEN")
    stated = {"counterpart": kenya, "period": "2023", "value": "5000000"}
    make_figure(slug="other", measure="turnover", **stated | {"value": "4000000"})
    make_figure(slug="shown", measure="turnover", is_headline=True, reliability="provisional", **stated)
    make_figure(slug="plan", measure="exports", reliability="planned", **stated)
    make_figure(slug="half", measure="imports", **stated | {"period": "2023-01/2023-06"})
    make_figure(slug="hidden", measure="imports", status=Status.DRAFT, **stated)
    report("KAZ", 2021, [("NAM", "X", "", "12.5"), ("NAM", "M", "0902", "4")])
    report("KAZ", 2022, [("NAM", "X", "", "3"), ("NAM", "M", "", "0.5")])
    report("KAZ", 2020, [("NAM", "X", "", "7")], month=5)

    row = row_of("KEN", 2023)

    assert {name: value for name, value in row.items() if name.startswith("turnover")} == {
        "turnover_usd": "5000000",
        "turnover_origin": "stated",
        "turnover_status": "provisional",
        "turnover_qualifier": "exact",
        "turnover_source": "shown",
    }
    assert not {"exports_usd", "imports_usd"} & row.keys()
    assert row_of("NAM", 2021)["exports_usd"] == "12.5"
    assert row_of("NAM", 2021)["exports_origin"] == "rows"
    assert not {"imports_usd", "turnover_usd"} & row_of("NAM", 2021).keys()
    assert (row_of("NAM", 2022)["turnover_usd"], row_of("NAM", 2022)["turnover_origin"]) == ("3.5", "rows")
    assert "exports_usd" not in row_of("NAM", 2020)


def test_file_and_api_give_the_same_rows_with_the_same_queries_for_one_state_and_for_all(client, queries_of):
    make_country("KAZ")
    for code in ("KEN", "NAM", "ETH"):
        make_relation(second=make_country(code), established="1993")
    first = client.get("/api/v1/panel/?from=1992&to=1993").json()

    answer = client.get("/countries/panel.csv?from=1992&to=1993&utm_source=x")

    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert list(rows[0]) == [column.name for column in COLUMNS] == [each["name"] for each in first["columns"]]
    assert [(row["iso3"], row["year"]) for row in rows] == [(r["iso3"], str(r["year"])) for r in first["results"]]
    assert [row["has_relations"] for row in rows[:2]] == ["false", "true"]
    assert rows[0]["visits_paid"] == ""
    assert answer["Content-Disposition"] == 'attachment; filename="panel.csv"'
    assert queries_of("/api/v1/panel/?country=KEN") <= queries_of("/api/v1/panel/") + 1
    assert queries_of("/api/v1/panel/") == queries_of("/api/v1/panel/?from=1992&to=1993")


def test_rows_of_every_kind_cost_no_more_queries(client, queries_of):
    kazakhstan = make_country("KAZ")

    def fill(code: str, year: int) -> None:
        """Something of every kind that the panel counts, in a year."""
        state = make_country(code)
        make_mission(receiving=state, kind="embassy", milestones=[{"kind": "opened", "date": str(year)}])
        make_mission(sending=state, receiving=kazakhstan, kind="embassy", milestones=[{"kind": "opened"}])
        visit(state, kazakhstan, date=f"{year}-05")
        visit(kazakhstan, state, date=f"{year}-11/{year + 1}-01")
        parties = [{"country": kazakhstan}, {"country": state}]
        make_agreement(parties=parties, stages=[{"kind": "signed", "date": f"{year}-03"}])
        make_figure(counterpart=state, period=str(year), measure="exports")
        report("KAZ", year - 5, [(code, "X", "", "12.5"), (code, "M", "", "4")])

    for code in ("KEN", "NAM"):
        make_relation(second=make_country(code), established="1993")
        make_check(make_country(code), strand=Strand.VISITS_PAID, checked_on="2024-03-01")
        fill(code, 2014 if code == "KEN" else 2015)
    few = {address: queries_of(address) for address in ("/api/v1/panel/", "/api/v1/panel/?country=KEN")}
    before = client.get("/api/v1/panel/").json()["results"]

    for year, code in ((2016, "KEN"), (2017, "KEN"), (2018, "NAM"), (2019, "ETH")):
        fill(code, year)

    assert {address: queries_of(address) for address in few} == few
    after = client.get("/api/v1/panel/").json()["results"]
    [row] = [row for row in after if (row["iso3"], row["year"]) == ("KEN", 2016)]
    assert (row["visits_received"], row["agreements_signed"], row["exports_origin"]) == (1, 1, "stated")
    assert row["embassies_of_kazakhstan"] == 2
    assert row not in before


@pytest.mark.parametrize("address", ["/api/v1/panel/", "/countries/panel.csv"])
def test_what_cannot_be_read_is_refused_with_what_would_be_right(client, address):
    make_country("KAZ")
    make_country("KEN")

    for query, name, near in (
        ("country=KEM", "country", "KEN"),
        ("fron=2000", "fron", "from"),
        ("from=later", "from", None),
        ("from=2020&to=2010", "to", "2020"),
        ("from=2020&from=2021", "from", None),
    ):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400, query
        [error] = answer.json()["errors"]
        assert (error["parameter"], error.get("nearest")) == (name, near)
