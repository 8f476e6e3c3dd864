"""Areas and a source to load rows with, and the rows as the API gives them."""

import pytest

from kzafrica.reference.models import Commodity
from tests.factories import make_area, make_commodity, make_country, make_source
from tests.trade import AREAS, forget_rows, site_row, table


@pytest.fixture
def trade_areas(db):
    """Kazakhstan and those it trades with, some under codes that are none of ISO 3166."""
    make_area(make_country("KAZ"))
    return {code: make_area(code=code, name=name, kind=kind) for code, (name, kind) in AREAS.items()}


@pytest.fixture
def source(trade_areas):
    """Where the files come from; the goods of the record are there too."""
    for code in ("09", "0902", "090240", "10", "1001", "100119", "25", "2503", "250300"):
        parent = Commodity.objects.filter(code=code[:-2]).first() if len(code) > 2 else None
        make_commodity(code, parent=parent)
    return make_source(title="UN Comtrade", slug="comtrade")


@pytest.fixture
def flows(client):
    """The rows that the API gives for a question."""

    def ask(**query) -> list[dict]:
        answer = client.get("/api/v1/flows/", {"limit": "500", **query})
        assert answer.status_code == 200, answer.json()
        return answer.json()["results"]

    return ask


@pytest.fixture
def write(tmp_path):
    """A file of the website of UN Comtrade with one row for each mapping of cells."""

    def write_rows(*rows: dict, name: str = ""):
        path = tmp_path / (name or f"rows-{len(list(tmp_path.iterdir())) + 1}.csv")
        path.write_text(table([site_row(**row) for row in rows]))
        return path

    return write_rows


@pytest.fixture(autouse=True)
def no_rows_remembered():
    forget_rows()
