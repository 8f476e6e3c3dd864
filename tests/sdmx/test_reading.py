"""What the sdmx1 client reads, with its own settings, is what the API says."""

import re
from decimal import Decimal
from html import unescape
from itertools import product

import pytest
import sdmx

from tests.factories import make_figure
from tests.sdmx.readers import PREFIX, numbers, reader
from tests.sdmx.worlds import make_figures, make_trade

pytestmark = pytest.mark.django_db
KEY_OF_TOTAL = ("SOURCE", "PERSPECTIVE", "REPORTER", "PARTNER", "FLOW", "COMMODITY", "TIME_PERIOD")


def totals_of_api(client) -> dict[tuple, Decimal | None]:
    """Every total of the API, parted as series are."""
    found = {}
    for level in (0, 2, 4, 6):
        address = f"/api/v1/trade/totals/?group_by=year,reporter,partner,hs&level={level}"
        for row in client.get(address).json()["results"]:
            places = (row["source"], row["perspective"], row["reporter"]["code"], row["partner"]["code"], row["flow"])
            value = row["value"] and Decimal(row["value"]["value"])
            found[(*places, row["hs"], str(row["year"]))] = value
    return found


def test_structures_are_read_with_names_in_languages_and_goods_below_each_other(client, db):
    make_trade()
    client_of_sdmx = reader()

    flows = client_of_sdmx.dataflow()
    whole = client_of_sdmx.dataflow("TRADE")
    areas = client_of_sdmx.codelist("CL_AREA").codelist["CL_AREA"]
    figures = client_of_sdmx.datastructure("FIGURES")

    assert set(flows.dataflow) == {"TRADE", "FIGURES"}
    structure = whole.structure["TRADE"]
    assert [dimension.id for dimension in structure.dimensions][-2:] == ["MEASURE", "TIME_PERIOD"]
    assert structure.measures[0].id == "OBS_VALUE"
    goods = whole.codelist["CL_COMMODITY"]
    assert [goods[code].parent.id for code in ("250300", "2503", "25")] == ["2503", "25", "TOTAL"]
    assert areas["710"].name.localizations["ru"] == "ЮАР"
    assert areas["710"].annotations[0].title == "ZAF"
    assert "CL_AREA" not in figures.codelist and "CL_SIDE" in figures.codelist
    assert set(whole.constraint) == {"CR_TRADE"}
    statuses = client_of_sdmx.codelist("CL_OBS_STATUS").codelist["CL_OBS_STATUS"]
    assert {"A", "P", "E", "F", "U", "O"} == set(statuses.items)
    assert "REPORTER" in client_of_sdmx.conceptscheme().concept_scheme["CS_KZAFRICA"].items
    assert "KZAFRICA" in client_of_sdmx.agencyscheme(agency_id="SDMX").organisation_scheme["AGENCIES"].items


def test_structures_are_read_where_there_are_no_rows_and_no_figures(client, db):
    client_of_sdmx = reader()

    flows = [client_of_sdmx.dataflow(name) for name in ("TRADE", "FIGURES")]

    assert [set(message.structure) for message in flows] == [{"TRADE"}, {"FIGURES"}]
    assert not flows[0].codelist["CL_SOURCE"].items
    assert not flows[0].constraint["CR_TRADE"].data_content_region
    assert client.get(f"{PREFIX}/data/FIGURES").status_code == 404


def test_trade_is_read_as_the_api_adds_it(client, db):
    make_trade()
    client_of_sdmx = reader()

    everything = client_of_sdmx.data("TRADE")
    values = {
        key[:-1]: number for key, number in numbers(everything, *KEY_OF_TOTAL, "MEASURE").items() if key[-1] == "VALUE"
    }
    some = client_of_sdmx.data(
        "TRADE",
        key={"REPORTER": "398", "PARTNER": ["710", "404"], "FLOW": "X", "COMMODITY": "TOTAL", "MEASURE": "VALUE"},
        params={"startPeriod": "2023", "endPeriod": "2023"},
    )
    weights = numbers(client_of_sdmx.data("TRADE", key=".....X.250300.NET_WEIGHT"), "TIME_PERIOD")

    of_whole_years = {key: value for key, value in totals_of_api(client).items() if key[-1] != "2024"}
    assert values == of_whole_years != totals_of_api(client)
    assert values[("a-newspaper", "as_reported", "398", "710", "X", "TOTAL", "2023")] == Decimal("100.2023")
    assert numbers(some, "PARTNER", "TIME_PERIOD") == {
        ("710", "2023"): Decimal("100.2023"),
        ("404", "2023"): Decimal(50),
    }
    assert sorted(sdmx.to_pandas(some)) == [50.0, 100.2023]
    assert weights == {("2022",): Decimal("12.5"), ("2023",): Decimal("12.5")}
    missing = next(each for each in everything.data[0].obs if each.value is None)
    assert missing.attached_attribute["OBS_STATUS"].value == "O"
    assert b"666" not in client.get(f"{PREFIX}/data/TRADE").content


def test_figures_are_read_as_the_api_states_them(client, db):
    slugs = make_figures()

    message = reader().data("FIGURES")

    told = {figure: value for (figure,), value in numbers(message, "FIGURE").items()}
    api = {row["id"]: row for row in client.get("/api/v1/figures/?limit=500").json()["results"]}
    in_series = ("year", "derived", "quarter", "half", "day", "of_hidden")
    assert all(told[slugs[name]] == Decimal(api[slugs[name]]["value"]) for name in in_series)
    left_out = {slugs[name] for name in ("about", "span", "range", "draft")}
    assert set(told) == set(api) - left_out
    assert [str(text) for text in message.footer.text] == [
        "1 figure is left out: it has a range or nothing computed in place of one value.",
        "2 figures are left out: their periods are no certain years, half-years, quarters, months or days.",
    ]
    statuses = {
        observation.key["FIGURE"].value: observation.attached_attribute["OBS_STATUS"].value
        for observation in message.data[0].obs
    }
    assert (statuses[slugs["quarter"]], statuses[slugs["half"]], statuses[slugs["year"]]) == ("E", "P", "A")
    periods = {period for (period,) in numbers(message, "TIME_PERIOD")}
    assert periods == {"2024", "2023", "2024-Q1", "2023-S2", "2024-02-29"}
    subjects = dict(numbers(message, "FIGURE", "SUBJECT").keys())
    assert (subjects[slugs["of_hidden"]], subjects[slugs["year"]]) == ("_X", "KAZ")
    everything = client.get(f"{PREFIX}/datastructure/all/FIGURES/latest?references=all").content.decode()
    assert "Turnover &lt;&amp; &quot;more&quot;&gt;\N{REPLACEMENT CHARACTER}" in everything
    assert "Secret" not in everything and "idden" not in everything


def test_every_form_tells_the_same_numbers(client, db):
    make_trade()
    client_of_sdmx = reader()
    structure = client_of_sdmx.datastructure("TRADE").structure["TRADE"]
    expected = numbers(client_of_sdmx.data("TRADE"), *KEY_OF_TOTAL, "MEASURE")

    read = [
        numbers(client_of_sdmx.data("TRADE", params=params, **options), *KEY_OF_TOTAL, "MEASURE")
        for options, params in product(
            ({}, {"dsd": structure}), ({"detail": "dataonly"}, {"dimensionAtObservation": "AllDimensions"})
        )
    ]

    assert len(expected) == 23 and read == [expected] * 4
    keys = client_of_sdmx.preview_data("TRADE", {"PARTNER": "710", "FLOW": "X"})
    assert {key["COMMODITY"].value for key in keys} == {"TOTAL", "25", "2503", "250300"}
    last = client_of_sdmx.data("TRADE", params={"lastNObservations": 1})
    assert {period for *_key, period in numbers(last, "PARTNER", "FLOW", "COMMODITY", "TIME_PERIOD")} == {"2023"}
    assert not numbers(client_of_sdmx.data("TRADE", params={"detail": "nodata"}), "TIME_PERIOD")


def test_availability_tells_what_there_is_within_a_key(client, db):
    make_trade()
    make_figures()
    client_of_sdmx = reader()

    def values(message, name: str) -> set[str]:
        (constraint,) = message.constraint.values()
        members = {each.values_for.id: each for each in constraint.data_content_region[0].member.values()}
        return {value.value for value in members[name].values} if name in members else set()

    key = {"REPORTER": "398", "FLOW": "X"}
    trade = client_of_sdmx.availableconstraint("TRADE", key=key, params={"startPeriod": "2023"}, force=True)
    figures = client_of_sdmx.availableconstraint("FIGURES", force=True)
    every = client_of_sdmx.contentconstraint("CR_TRADE")

    assert values(trade, "PARTNER") == {"0", "710", "404"}
    assert values(trade, "COMMODITY") == {"TOTAL", "25", "2503", "250300"}
    assert values(trade, "MEASURE") == {"VALUE", "NET_WEIGHT"}
    assert values(figures, "FREQ") == {"A", "S", "Q", "D"}
    assert values(every, "PERSPECTIVE") == {"as_reported", "reconciled"}
    only = client.get(f"{PREFIX}/availableconstraint/TRADE/all/all/FLOW+TIME_PERIOD").content.decode()
    assert "2022-01-01" in only and "PARTNER" not in only
    assert values(every, "FLOW") == {"M", "X", "RX"}


def test_the_example_of_the_page_runs_as_it_stands(client, db, capsys):
    make_figure(slug="turnover-2024", printed="$783 million")
    page = client.get("/data/").content.decode()
    example = unescape(re.search(r"<code>(import sdmx.*?)</code>", page, re.S)[1])

    exec(example)  # noqa: S102

    said = capsys.readouterr().out
    assert "turnover-2024" in said
    assert "CR_FIGURES" in said
