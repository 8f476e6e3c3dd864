"""That an edition says of each record what the API says of it, value by value, in each of its forms."""

import csv
import json
import sqlite3
from decimal import Decimal

import pytest

from kzafrica.editions.tables import RecordTable, edition_tables
from tests.editions.conftest import MARK, lines

pytestmark = pytest.mark.django_db

RECORDS = [spec for spec in edition_tables() if isinstance(spec, RecordTable)]
SAYS_YES_NO = {True: "true", False: "false"}


@pytest.fixture(scope="class")
def unpacked(world, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    world.file().extractall(folder)
    return folder


@pytest.fixture(scope="class")
def database(unpacked):
    connection = sqlite3.connect(unpacked / "kz-africa.sqlite")
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.fixture
def answers_of(client):
    """The documents of a table as the API gives them, under the address that editions are given."""

    def read(spec: RecordTable) -> dict[str, dict]:
        answer = client.get(f"/api/v1/{spec.name.replace('_', '-')}/?limit=500").content.decode()
        document = json.loads(answer.replace("http://testserver/", "https://kz-africa.example/"))
        assert document["next"] is None
        rows = [row for row in document["results"] if spec.keeps is None or spec.keeps(row)]
        return {row["id"]: {name: value for name, value in row.items() if name not in spec.of_the_day} for row in rows}

    return read


def rows_of(unpacked, table: str) -> list[dict]:
    with (unpacked / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def armed(cell: str) -> str:
    """A cell of a CSV as it was before a formula in it was disarmed."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {*"=+-@\t\r"} else cell


def said_in(document: dict, tables: dict) -> dict[str, str]:
    """The cells that a document must have, read off it by hand: plain members, dates, and links to records."""
    cells = {}
    for name, value in document.items():
        if isinstance(value, bool):
            cells[name] = SAYS_YES_NO[value]
        elif isinstance(value, str | int):
            cells[name] = " ".join(str(value).split())
        elif isinstance(value, dict) and "edtf" in value:
            cells[f"{name}_edtf"], cells[f"{name}_words"] = value["edtf"], value["text"]
            cells[f"{name}_earliest"], cells[f"{name}_latest"] = value["earliest"] or "", value["latest"] or ""
        elif isinstance(value, dict) and "iso3" in value:
            cells[f"{name}_iso3"] = value["iso3"]
        elif isinstance(value, dict) and value.keys() == {"id", "url", "name"}:
            cells[f"{name}_id"], cells[f"{name}_name"] = value["id"], " ".join(value["name"].split())
    return {name: cell for name, cell in cells.items() if name not in tables}


class TestValues:
    @pytest.mark.parametrize("spec", RECORDS, ids=lambda spec: spec.name)
    def test_a_line_of_json_is_the_document_of_the_api(self, world, answers_of, spec):
        kept = {row["id"]: row for row in lines(world.file(), spec.name)}

        assert kept == answers_of(spec)

    @pytest.mark.parametrize("spec", RECORDS, ids=lambda spec: spec.name)
    def test_a_row_has_what_the_document_says(self, world, unpacked, answers_of, spec):
        rows = {row["id"]: row for row in rows_of(unpacked, spec.name)}
        # What tells of the document rather than of the record is in JSON alone.
        left_out = {"url", "corrections_url", "versions_url", *spec.apart}

        for key, document in answers_of(spec).items():
            said = said_in(document, left_out)
            assert {name: armed(rows[key][name]) for name in said} == said
            assert len(said) > 2

    def test_sqlite_has_the_cells_of_every_csv(self, unpacked, database):
        for path in sorted((unpacked / "data").glob("*.csv")):
            rows = rows_of(unpacked, path.stem)
            # The names are those of our own files.
            kept = [dict(row) for row in database.execute(f'SELECT * FROM "{path.stem}"')]  # noqa: S608
            assert [in_words(row, like) for row, like in zip(kept, rows, strict=True)] == disarmed(rows), path.stem

    def test_parquet_has_the_rows_of_its_csv(self, unpacked):
        kept = pytest.importorskip("pyarrow.parquet").read_table(unpacked / "data/flows.parquet").to_pylist()
        rows = rows_of(unpacked, "flows")

        assert [in_words(row, like) for row, like in zip(kept, rows, strict=True)] == disarmed(rows)

    def test_what_a_draft_says_is_nowhere_in_any_file(self, world, unpacked):
        assert world.marked > 50
        for path in filter(lambda path: path.is_file(), unpacked.rglob("*")):
            assert MARK.encode() not in path.read_bytes(), path.name
        parquet = pytest.importorskip("pyarrow.parquet").read_table(unpacked / "data/flows.parquet")
        assert MARK not in str(parquet.to_pylist())


def disarmed(rows: list[dict]) -> list[dict]:
    return [{name: armed(cell) for name, cell in row.items()} for row in rows]


def in_words(row: dict, like: dict) -> dict[str, str]:
    """A row of a typed file in the words of CSV, which has one line where others keep several."""
    # SQLite has no decimals: it keeps whole ten-thousandths.
    exact = {name: Decimal(whole).scaleb(-4) for name in like if (whole := row.get(f"{name}_e4")) is not None}
    return {name: in_a_cell(exact.get(name, row.get(name)), cell) for name, cell in like.items()}


def in_a_cell(value, cell: str) -> str:
    if value is None:
        return ""
    # SQLite has 1 and 0 for yes and no, Parquet every decimal with as many digits.
    if cell in SAYS_YES_NO.values():
        return SAYS_YES_NO[bool(value)]
    if isinstance(value, Decimal):
        return cell if cell and Decimal(cell) == value else str(value)
    return " ".join(str(value).split())
