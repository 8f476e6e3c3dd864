"""What the exchange of statistics refuses, and what each answer costs."""

import pytest

from kzafrica.sdmx import trade_series, views
from tests.dashboards.rows import report
from tests.factories import make_figure
from tests.sdmx.readers import PREFIX
from tests.sdmx.worlds import make_figures, make_trade

pytestmark = pytest.mark.django_db
ANY = ".".join([""] * 8)
REFUSED = [
    ("data/TRAED", 404, "Did you mean “TRADE”?"),
    ("data/OTHER,TRADE", 404, "There is no “"),
    ("data/KZAFRICA,TRADE,2.0", 404, "There is no “"),
    ("data/TRADE/A.398", 400, "should have 8: FREQ.SOURCE."),
    ("data/TRADE/...KAZ....", 400, "REPORTER has no code “KAZ”"),
    ("data/TRADE/.....Y..", 400, "FLOW has no code “Y”"),
    ("data/TRADE/" + "A+" * 5000, 414, "longer than"),
    (f"data/TRADE/{ANY}/OTHER", 404, "There is no “OTHER”"),
    ("data/TRADE/Q.......", 404, "no series"),
    ("data/TRADE?startPeriod=2023-13", 400, "is not a period"),
    ("data/TRADE?startPeriod=0000", 400, "is not a period"),
    ("data/TRADE?endPeriod=2024-Q5", 400, "is not a period"),
    ("data/TRADE?startPeriod=2024&endPeriod=2023", 400, "ends before it begins"),
    ("data/TRADE?startPeriod=2030", 404, "no series"),
    ("data/TRADE?startperiod=2023", 400, "Did you mean “startPeriod”?"),
    ("data/TRADE?firstNObservations=0", 400, "is no count"),
    ("data/TRADE?lastNObservations=9999999999", 400, "is no count"),
    ("data/TRADE?detail=all", 400, "Did you mean “full”?"),
    ("data/TRADE?dimensionAtObservation=FLOW", 501, "AllDimensions"),
    ("data/TRADE?dimensionAtObservation=OTHER", 400, "Known are"),
    ("data/TRADE?updatedAfter=2024-01-01", 501, "/api/v1/changes/"),
    ("data/TRADE?includeHistory=true", 501, "/api/v1/versions/"),
    ("availableconstraint/TRADE?mode=available", 501, "exact"),
    ("availableconstraint/TRADE/all/all/COLOUR", 404, "There is no “COLOUR”"),
    ("availableconstraint/TRADE?startPeriod=2030", 404, "no series"),
    ("codelist/KZAFRICA/CL_AREAS", 404, "Did you mean “CL_AREA”?"),
    ("codelist/ESTAT", 404, "There is no “ESTAT”"),
    ("codelist/KZAFRICA/CL_AREA/7.0", 404, "There is no “7.0”"),
    ("codelist/KZAFRICA/CL_AREA/1.0/398", 501, "codelist/KZAFRICA/CL_AREA/1.0."),
    ("dataflow?references=everything", 400, "Known are"),
    ("dataflow?detail=referencepartial", 400, "Did you mean “referencestubs”?"),
    ("categoryscheme/all/all/latest", 501, "availableconstraint"),
    ("metadata/TRADE", 501, "availableconstraint"),
    ("colours/all", 404, "nothing at this address"),
]


@pytest.mark.one_database
def test_what_is_not_understood_or_not_offered_is_refused_in_words(client, db):
    make_trade()

    told = [(client.get(f"{PREFIX}/{address}"), status, words) for address, status, words in REFUSED]

    assert [
        (answer.wsgi_request.get_full_path()[:80], answer.status_code, answer.json()["detail"][:300])
        for answer, status, words in told
        if answer.status_code != status
        or words not in answer.json()["detail"]
        or answer["Content-Type"] != "application/problem+json"
    ] == []
    key = next(answer.json() for answer, _status, words in told if "FLOW has" in words)
    assert key["errors"][0]["parameter"] == "key"


@pytest.mark.one_database
def test_forms_that_are_not_written_are_refused_and_others_chosen_by_preference(client, db):
    make_trade()

    def form(accept: str, address: str = "data/TRADE") -> tuple[int, str]:
        answer = client.get(f"{PREFIX}/{address}", headers={"Accept": accept})
        return answer.status_code, answer["Content-Type"].split("+")[0].rpartition(".")[2]

    assert form("*/*") == form("") == (200, "genericdata")
    specific = "application/vnd.sdmx.structurespecificdata+xml;version=2.1"
    assert form(f"application/xml;q=0.5, {specific}") == (200, "structurespecificdata")
    assert form("text/html,application/xml;q=0.9,*/*;q=0.8") == (200, "application/xml")
    assert form("application/json")[0] == form("application/vnd.sdmx.genericdata+xml;version=3.0.0")[0] == 406
    assert form("text/csv", "dataflow")[0] == 406
    assert client.post(f"{PREFIX}/data/TRADE").status_code == 405


def test_more_observations_than_an_answer_may_have_are_refused(client, db, monkeypatch):
    make_trade()
    for module in (trade_series, views):
        monkeypatch.setattr(module, "MOST_OBSERVATIONS", 3)

    whole = client.get(f"{PREFIX}/data/TRADE")
    narrow = client.get(f"{PREFIX}/data/TRADE/...398.404..TOTAL.")

    assert (whole.status_code, narrow.status_code) == (413, 200)
    assert "ask for fewer codes or a shorter time" in whole.json()["detail"]


def test_an_answer_that_is_held_costs_one_query(client, db, django_assert_num_queries):
    make_trade()
    answer = client.get(f"{PREFIX}/data/TRADE")

    with django_assert_num_queries(1):
        held = client.get(f"{PREFIX}/data/TRADE", headers={"If-None-Match": answer["ETag"]})

    assert held.status_code == 304
    assert answer["Cache-Control"].startswith("public")
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_queries_stay_flat(queries_of, db):
    make_trade()
    make_figures()
    addresses = [
        f"{PREFIX}/data/TRADE",
        f"{PREFIX}/data/FIGURES",
        f"{PREFIX}/availableconstraint/TRADE/...398....",
        f"{PREFIX}/dataflow/all/all/latest?references=all",
    ]
    few = [queries_of(address) for address in addresses]
    for year in range(2000, 2010):
        report("KAZ", year, [("ZAF", "X", "", "1"), ("KEN", "X", "090210", "1")])
        make_figure(period=str(year))

    assert [queries_of(address) for address in addresses] == few
    assert max(few) <= 20
