"""Rows of trade statistics as files: the same rows as on the page and in the API, with what they rest on."""

import csv
import io
import re
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_area
from tests.trade.worlds import fill, make_world
from trade import row_views, workbooks
from trade.exports import COLUMNS, csv_cell
from trade.models import Slice, TradeFlow
from trade.rows import decimal_text

pytestmark = pytest.mark.django_db
LIST, API = "/trade/flows/", "/api/v1/flows/"
CSV, XLSX, PARQUET, README = (
    "/trade/flows/flows.csv", "/trade/flows/flows.xlsx", "/trade/flows/flows.parquet", "/trade/flows/README.txt",
)  # fmt: skip
FILES = (CSV, XLSX, PARQUET, README)

ASKED = {
    "reporter": ["KAZ", "NAM", "516"],
    "partner": ["KEN", "0", "NAM"],
    "flow": ["X", "M", "rx"],
    "hs": ["09", "0902", "TOTAL"],
    "level": ["0", "2", "4", "6"],
    "year": ["2023", "2024", "2022"],
    "year_from": ["2024"],
    "year_to": ["2023"],
    "frequency": ["annual", "monthly"],
    "edition": ["H5", "H6"],
    "perspective": ["reconciled"],
    "source": ["un-comtrade", "baci"],
    "release": ["comtrade-old", "comtrade-new"],
}
filters = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in ASKED.items()})


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def read(client):
    """The bytes of a file."""

    def get(address: str, parameters: dict | None = None) -> bytes:
        answer = client.get(address, parameters)
        assert answer.status_code == 200, answer.content
        return answer.getvalue()

    return get


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def places(rows) -> set[tuple[str, str]]:
    """Rows by release and line, which nothing else has."""
    return {(row["release"], str(row["line"])) for row in rows}


def as_cells(row: dict) -> dict[str, str]:
    """A row of the API as the cells of a file say it."""
    reporter, partner = row["reporter"], row["partner"]
    value, fob = row["value"] or {}, row["fob_value"] or {}
    cells = {
        "release": row["release"], "reporter_code": reporter["code"], "reporter_iso3": reporter["iso3"],
        "reporter": reporter["name"], "partner_code": partner["code"], "partner_iso3": partner["iso3"],
        "partner": partner["name"], "flow": row["flow"], "year": row["year"], "month": row["month"],
        "edition": row["edition"], "is_current": row["is_current"], "hs": row["hs"], "value_usd": value.get("value"),
        "valuation": row["valuation"], "fob_value_usd": fob.get("value"), "net_weight_kg": row["net_weight_kg"],
        "is_weight_estimated": row["is_weight_estimated"], "quantity": row["quantity"],
        "quantity_unit": row["quantity_unit"], "is_quantity_estimated": row["is_quantity_estimated"],
        "line": row["line"],
    }  # fmt: skip
    words = {None: "", True: "true", False: "false"}
    return {name: words[cell] if cell is None or isinstance(cell, bool) else str(cell) for name, cell in cells.items()}


class TestSameRowsEverywhere:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(asked=filters)
    def test_page_api_and_file_give_the_same_rows_to_the_same_question(self, client, asked):
        if not Slice.objects.exists():
            make_world()

        listed = client.get(API, asked | {"limit": 500}).json()["results"]
        filed = rows_of_csv(client.get(CSV, asked).getvalue())
        shown = client.get(LIST, asked).context["object_list"]

        assert [as_cells(row) for row in listed] == [
            {name: cell for name, cell in row.items() if name not in {"source", "perspective"}} for row in filed
        ]
        assert places(filed) == {(line.part.release, str(line.line)) for line in shown}

    def test_rows_of_a_draft_are_in_no_file(self, read, world):
        assert b"666" not in read(CSV)
        assert b"draft" not in read(README)
        assert "draft" not in str(sheet_of(read(XLSX), 2))

    def test_replaced_rows_are_given_under_their_release_alone(self, read, world):
        assert b"comtrade-old" not in read(CSV)
        assert {row["is_current"] for row in rows_of_csv(read(CSV, {"release": "comtrade-old"}))} == {"false"}


class TestCsv:
    def test_missing_is_empty_and_zero_is_zero(self, read, world):
        missing, zero = rows_of_csv(read(CSV, {"partner": "KEN", "year": "2023"}))

        assert (missing["value_usd"], missing["net_weight_kg"], missing["quantity"]) == ("", "0", "")
        assert (zero["value_usd"], zero["quantity"]) == ("0", "1.5")

    def test_namibia_is_never_taken_for_a_missing_value(self, read, world):
        (row,) = rows_of_csv(read(CSV, {"partner": "NAM"}))

        assert (row["partner_iso3"], row["partner_code"], row["partner"]) == ("NAM", "516", "Namibia")

    def test_a_code_keeps_its_leading_zero(self, read, world):
        assert {row["hs"] for row in rows_of_csv(read(CSV))} == {"TOTAL", "09", "0902", "090230"}

    def test_nothing_that_fits_is_a_header_alone(self, read, world):
        assert read(CSV, {"year": "1999"}).decode() == ",".join(column.name for column in COLUMNS) + "\r\n"

    @pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+1", "-1", "@SUM", "\tx", 'Côte, "d’Ivoire"', "a\r\nb"])
    def test_a_name_is_neither_a_formula_nor_a_broken_line(self, read, world, name):
        odd = make_area(code="899", name=name)
        fill(Slice.objects.get(release=world["new"], year=2024), [{"partner": odd, "hs": "01", "quantity_unit": name}])

        (row,) = rows_of_csv(read(CSV, {"partner": "899"}))

        expected = f"'{name}" if name.startswith(("=", "+", "-", "@", "\t")) else name
        assert (row["partner"], row["quantity_unit"]) == (expected, expected)

    @given(st.text(), st.text())
    def test_cells_are_quoted_as_the_csv_module_does(self, one, other):
        written = io.StringIO(newline="")
        csv.writer(written).writerow([one, other, "end"])
        plain = not any(text.startswith(("=", "+", "-", "@", "\t", "\r")) for text in (one, other))

        ours = ",".join(map(csv_cell, (one, other, "end"))) + "\r\n"

        if plain:
            assert next(csv.reader(io.StringIO(ours, newline=""))) == [one, other, "end"]
            assert len(ours) <= len(written.getvalue())

    @given(st.integers(0, 2**63 - 1))
    def test_decimals_are_exact(self, number):
        text = decimal_text(number)

        assert Decimal(text) == Decimal(number).scaleb(-4)
        assert "." not in text or not text.endswith(("0", "."))

    def test_it_says_where_it_is_described(self, client, world):
        answer = client.get(CSV, {"partner": "KEN", "utm_source": "mail"})

        assert answer["Link"] == (
            '<http://testserver/trade/flows/README.txt?partner=KEN>; rel="describedby"; type="text/plain"'
        )
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer["Content-Disposition"] == 'attachment; filename="kz-africa-flows.csv"'


def sheet_of(content: bytes, number: int) -> list[dict[str, str | float | bool]]:
    """The cells of a sheet by their column letters, a line each."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - our own file
    lines = []
    for line in root.iter(f"{space}row"):
        cells = {}
        for cell in line.iter(f"{space}c"):
            column = re.sub(r"\d", "", cell.get("r"))
            kind, value = cell.get("t", "n"), cell.findtext(f"{space}v")
            text = "".join(part.text or "" for part in cell.iter(f"{space}t"))
            cells[column] = text if kind == "inlineStr" else value == "1" if kind == "b" else float(value)
        lines.append(cells)
    return lines


class TestWorkbook:
    def rows(self, content: bytes) -> list[dict]:
        header, *lines = sheet_of(content, 2)
        return [{name: line.get(column) for column, name in header.items()} for line in lines]

    def test_it_holds_the_rows_of_the_csv_file(self, read, world):
        rows, filed = self.rows(read(XLSX)), rows_of_csv(read(CSV))

        assert [row["hs"] for row in rows] == [row["hs"] for row in filed]
        for row, line in zip(rows, filed, strict=True):
            assert row.keys() == line.keys()
            for name, text in line.items():
                cell = row[name]
                assert text == {None: "", True: "true", False: "false"}.get(cell) or (
                    float(text) == cell if isinstance(cell, float) else text == cell
                )

    def test_a_number_that_a_spreadsheet_would_round_is_text(self, read, world):
        by_hs = {row["value_usd"] for row in self.rows(read(XLSX))}

        assert "922337203685477.5807" in by_hs
        assert 123456789.1234 in by_hs
        assert 0.0 in by_hs

    def test_its_first_sheet_says_where_it_comes_from(self, read, world):
        lines = [cells.get("A", "") for cells in sheet_of(read(XLSX, {"source": "baci"}), 1)]

        assert "\n".join(lines).strip() == read(README, {"source": "baci"}).decode().strip()

    def test_it_is_the_same_file_twice(self, read, world):
        assert read(XLSX) == read(XLSX)

    def test_more_rows_than_a_sheet_holds_are_refused_with_a_way_out(self, client, world, monkeypatch):
        monkeypatch.setattr(workbooks, "MOST_ROWS", 3)

        for parameters in ({}, {"flow": "X"}):
            answer = client.get(XLSX, parameters)

            assert answer.status_code == 400
            assert answer["Content-Type"] == "application/problem+json"
            assert "take the CSV file" in answer.json()["detail"]
        assert client.get(XLSX, {"hs": "09"}).status_code == 200

    def test_a_text_is_no_formula(self, read, world):
        odd = make_area(code="899", name="=1+1")
        fill(Slice.objects.get(release=world["new"], year=2024), [{"partner": odd, "hs": "01"}])

        assert [row["partner"] for row in self.rows(read(XLSX, {"partner": "899"}))] == ["'=1+1"]


class TestParquet:
    pyarrow = pytest.importorskip("pyarrow")

    def table(self, content: bytes):
        return pytest.importorskip("pyarrow.parquet").read_table(io.BytesIO(content))

    def test_it_holds_the_rows_of_the_csv_file_exactly(self, read, world):
        table, filed = self.table(read(PARQUET)), rows_of_csv(read(CSV))

        assert table.num_rows == len(filed) > 4
        for row, line in zip(table.to_pylist(), filed, strict=True):
            for name, cell in row.items():
                if isinstance(cell, Decimal):
                    assert cell == Decimal(line[name])
                else:
                    assert {None: "", True: "true", False: "false"}.get(cell, str(cell)) == line[name] or name == "line"

    def test_numbers_are_decimals_and_words_are_kept_once(self, read, world):
        schema = self.table(read(PARQUET)).schema

        assert schema.field("value_usd").type == self.pyarrow.decimal128(19, 4)
        assert self.pyarrow.types.is_dictionary(schema.field("partner").type)
        assert schema.metadata[b"README"] == read(README)

    def test_an_empty_file_has_all_columns(self, read, world):
        table = self.table(read(PARQUET, {"year": "1999"}))

        assert (table.num_rows, table.column_names) == (0, [column.name for column in COLUMNS])

    def test_where_it_cannot_be_written_it_is_not_offered(self, client, monkeypatch):
        monkeypatch.setattr(row_views, "HAS_PARQUET", False)

        assert PARQUET not in client.get(LIST).content.decode()


class TestReadme:
    def test_it_names_the_releases_of_the_rows_and_no_other(self, read, world):
        names = {"comtrade-old", "comtrade-new", "baci-2023", "draft"}

        for asked, used in (
            ({}, {"comtrade-new", "baci-2023"}),
            ({"partner": "KAZ"}, {"baci-2023"}),
            ({"release": "comtrade-old"}, {"comtrade-old"}),
            ({"year": "1999"}, set()),
        ):
            text = read(README, asked).decode()
            assert {name for name in names if f"\n{name}: " in text} == used

    def test_it_says_what_was_asked_and_what_the_rows_rest_on(self, read, world):
        text = read(README, {"source": "baci", "flow": "X"}).decode()

        for words in (
            "Asked for: Source: Astana Times: BACI; Flow: Export",
            "http://testserver/trade/flows/?source=baci&flow=X",
            "content revision ",
            "Terms of CEPII",
            f"SHA-256 {world['reconciled'].files.get().checksum}",
            "http://testserver/trade/releases/baci-2023/",
        ):
            assert words in text
        for column in COLUMNS:
            assert f"\n{column.name}: " in text


class TestEveryFile:
    @pytest.mark.parametrize("address", FILES)
    @pytest.mark.parametrize("name", ["limit", "cursor", "page", "format", "parner"])
    def test_what_it_does_not_know_is_a_problem_document(self, client, world, address, name):
        answer = client.get(address, {name: "3"})

        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
        assert [error["parameter"] for error in answer.json()["errors"]] == [name]

    @pytest.mark.parametrize("address", FILES)
    def test_head_reads_no_row(self, client, world, address):
        with CaptureQueriesContext(connection) as queries:
            answer = client.head(address)

        assert answer.status_code == 200
        assert "Content-Length" not in answer
        assert answer["Content-Type"] == client.get(address)["Content-Type"]
        assert not [query for query in queries if TradeFlow._meta.db_table in query["sql"]]
        assert client.head(address, {"parner": "KEN"}).status_code == 400

    @pytest.mark.parametrize("address", FILES)
    def test_an_unchanged_file_is_not_sent_again(self, client, world, address):
        etag = client.get(address)["ETag"]

        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304

    def test_the_list_offers_each_with_its_filters(self, client, world):
        page = client.get(LIST, {"partner": "KEN"}).content.decode()

        for address in FILES:
            assert f"http://testserver{address}?partner=KEN" in page
