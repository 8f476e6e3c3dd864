"""What the buttons of a list give away."""

import csv
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import load_workbook

from events.models import Event
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Source
from kzafrica.reference.models import Country
from tests.admin import address_of, words_of
from tests.exchange import ENDINGS, exported
from tests.factories import make_country, make_event, make_person, make_source

pytestmark = pytest.mark.django_db


def downloaded(client, model, ending: str, query: str = "") -> bytes:
    answer = client.get(address_of("export", model, ending) + query)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def rows_of(content: bytes) -> list[dict]:
    if content.startswith(b"PK"):
        header, *rows = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        return [dict(zip(header, row, strict=True)) for row in rows]
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("ending", ENDINGS)
class TestFiles:
    def test_a_record_has_a_line_and_each_part_and_citation_another(self, writing, ending):
        parts = [{"person": make_person(slug="aigerim"), "citations": [{"field": "role"}]}]
        make_event(slug="visit", title="Visit", participations=parts)

        rows = rows_of(downloaded(writing, Event, ending))

        assert [(row["record"], row["part"]) for row in rows] == [
            ("visit", ""),
            ("visit", "participations 1"),
            ("visit", "participations 1 citations 1"),
            ("visit", "citations 1"),
        ]
        assert [row["title_en"] for row in rows] == ["Visit", "", "", ""]
        assert [row["person"] for row in rows] == ["", "aigerim", "", ""]
        assert [row["source"] for row in rows] == ["", "", "a-newspaper", "a-newspaper"]

    def test_the_filters_and_the_search_of_the_list_hold(self, writing, ending):
        make_event(slug="kept", title="Visit to Kinshasa", status=Status.DRAFT)
        make_event(slug="public", title="Visit to Kinshasa")
        make_event(slug="other", title="Forum", status=Status.DRAFT)
        query = "?status__exact=draft&q=kinshasa"

        page = writing.get(address_of("changelist", Event) + query).content.decode()
        rows = rows_of(downloaded(writing, Event, ending, query))

        assert {row["record"] for row in rows} == {"kept"}
        assert f'{address_of("export", Event, ending)}?status__exact=draft&amp;q=kinshasa"' in page

    def test_the_rows_that_were_chosen_are_exported(self, writing, ending):
        chosen = make_event(slug="chosen")
        make_event(slug="other")

        answer = writing.post(
            address_of("changelist", Event),
            {"action": f"export_selected_as_{ending}", "_selected_action": [chosen.pk]},
        )

        assert {row["record"] for row in rows_of(b"".join(answer.streaming_content))} == {"chosen"}
        assert answer["Content-Disposition"].endswith(f'.{ending}"')

    def test_a_formula_is_text(self, writing, ending):
        make_source(slug="story", title='=HYPERLINK("http://example.org")', publisher="@Daily", rights="-1+1", note="+")

        (row,) = rows_of(downloaded(writing, Source, ending))

        told = {name: row[name] for name in ("title", "publisher", "rights", "note")}
        assert told == {
            "title": '\'=HYPERLINK("http://example.org")',
            "publisher": "'@Daily",
            "rights": "'-1+1",
            "note": "'+",
        }

    def test_numbers_stay_numbers(self, writing, ending):
        make_country("NAM", capital_latitude="-22.56")

        (row,) = rows_of(downloaded(writing, Country, ending))

        assert (row["capital_latitude"], row["alpha2"]) == ("-22.56", "NA")

    def test_queries_do_not_grow_with_records(self, ending):
        def queries() -> int:
            with CaptureQueriesContext(connection) as seen:
                exported(Event, ending)
            return len(seen)

        for _number in range(2):
            make_event(participations=[{"country": make_country("COD"), "citations": True}])
        exported(Event, ending)
        few = queries()
        for _number in range(5):
            make_event(participations=[{"country": make_country("COD"), "citations": True}])

        assert queries() == few


def test_csv_is_as_rfc_4180_says_with_the_mark_that_excel_needs(writing):
    make_source(slug="story", title="Визит", note='a "b"\nc')

    content = downloaded(writing, Source, "csv")

    assert content.startswith(b"\xef\xbb\xbfrecord,part,")
    assert content.endswith(b"\r\n")
    assert b'a ""b""\nc' in content


def test_every_cell_of_a_workbook_is_text_and_its_header_is_frozen(writing):
    make_country("NAM", capital_latitude="-22.56")

    content = downloaded(writing, Country, "xlsx")

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert all(isinstance(value, str) for row in rows_of(content) for value in row.values())
    assert "<pane " in sheet and 'state="frozen"' in sheet
    assert "<f>" not in sheet


def test_the_second_sheet_explains_the_first(writing):
    book = load_workbook(io.BytesIO(downloaded(writing, Event, "xlsx")))

    assert book.sheet_names == ["Events", "Guide"]
    rows = book.get_sheet_by_name("Guide").to_python()
    kinds = {tuple(row[:2]): row[3] for row in rows}
    assert kinds["kind", "record"].startswith("state_visit, official_visit")
    assert kinds["kind", "outcomes"].startswith("topic")
    assert "EDTF" in kinds["date", "record"]
    assert kinds["themes", "record"] == "keys (slug) of themes"


def test_a_filter_that_is_none_leads_back_to_the_list(writing):
    answer = writing.get(address_of("export", Event, "csv") + "?status__foo=1")

    assert answer.url == address_of("changelist", Event) + "?e=1"


def test_another_ending_is_not_found(writing):
    assert writing.get(address_of("export", Event, "pdf")).status_code == 404


def test_a_list_to_choose_from_offers_no_files(writing):
    page = words_of(writing.get(address_of("changelist", Event) + "?_popup=1"))

    assert "Export CSV" not in page
