"""The rows of lists as files and feeds, with the filters of the lists."""

import csv
import io

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from kzafrica.editorial.choices import Status
from tests.factories import MAKERS, make_country, make_event, make_person, make_source

pytestmark = pytest.mark.django_db

LISTS = {
    "events:event": "event",
    "diplomacy:mission": "mission",
    "diplomacy:relation": "relation",
    "diplomacy:agreement": "agreement",
    "diplomacy:initiative": "initiative",
    "diplomacy:programme": "programme",
    "diplomacy:award": "award",
    "reference:person": "person",
    "reference:organization": "organization",
    "statements:figure": "figure",
    "statements:claim": "claim",
    "trade:route": "route",
    "trade:project": "project",
    "trade:release": "release",
    "analysis:article": "article",
    "editorial:source": "source",
}
BY_NAME = {model._meta.model_name: make for model, make in MAKERS.items()}


@pytest.fixture(params=LISTS)
def name(request):
    return request.param


@pytest.fixture
def rows_at(client):
    def read(address: str) -> list[dict[str, str]]:
        answer = client.get(address)
        assert answer.status_code == 200
        return list(csv.DictReader(io.StringIO(answer.getvalue().decode())))

    return read


class TestEveryList:
    def test_has_its_rows_as_csv_and_as_a_workbook(self, client, rows_at, name):
        record = BY_NAME[LISTS[name]]()

        rows = rows_at(reverse(f"{name}_csv"))
        book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(reverse(f"{name}_xlsx")).getvalue()))

        assert record.slug in [row["id"] for row in rows]
        sheet = book.get_sheet_by_index(1).to_python()
        assert sheet[0] == list(rows[0])
        assert [row[0] for row in sheet[1:]] == [row["id"] for row in rows]
        assert "CC BY 4.0" in str(book.get_sheet_by_index(0).to_python())

    def test_offers_its_files_and_a_feed(self, client, name):
        BY_NAME[LISTS[name]]()

        page = client.get(reverse(f"{name}_list")).content.decode()

        assert f'href="http://testserver{reverse(f"{name}_csv")}"' in page
        assert f'href="http://testserver{reverse(f"{name}_xlsx")}"' in page
        assert '<link rel="alternate" type="application/atom+xml"' in page

    def test_refuses_a_parameter_that_it_does_not_know(self, client, name):
        answer = client.get(f"{reverse(f'{name}_csv')}?qq=x")

        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"

    def test_shows_only_what_is_published(self, rows_at, name):
        for status in (Status.DRAFT, Status.WITHDRAWN):
            BY_NAME[LISTS[name]](slug=f"hidden-{status}", status=status)

        assert not [row["id"] for row in rows_at(reverse(f"{name}_csv")) if row["id"].startswith("hidden")]


@pytest.mark.parametrize("name", [name for name in LISTS if not name.startswith(("events", "diplomacy"))])
def test_a_feed_tells_of_each_record_and_is_read_by_a_reader_of_feeds(client, name):
    record = BY_NAME[LISTS[name]]()

    feed = feedparser.parse(client.get(reverse(f"{name}_feed")).content)

    assert not feed.bozo
    assert record.slug in "".join(entry.link for entry in feed.entries)


class TestFile:
    def test_has_the_filters_and_the_order_of_the_list(self, rows_at):
        kenya = make_country("KEN")
        for slug, date in (("first", "2024"), ("second", "2025")):
            make_event(slug=slug, date=date, participations=[{"country": kenya}])
        make_event(slug="other")

        rows = rows_at("/events/events.csv?country=KEN&ordering=date")

        assert [row["id"] for row in rows] == ["first", "second"]

    def test_has_four_columns_of_an_imprecise_date(self, rows_at):
        make_event(date="2023-10~/2023-12~")

        (row,) = rows_at("/events/events.csv")

        assert row["date_edtf"] == "2023-10~/2023-12~"
        assert (row["date_earliest"], row["date_latest"]) == ("2023-10-01", "2023-12-31")
        assert "2023" in row["date_words"]

    def test_names_who_says_so_and_who_says_otherwise(self, rows_at):
        agrees, differs = make_source(slug="agrees"), make_source(slug="differs")
        make_event(
            date="2024",
            citations=[agrees, {"source": differs, "field": "date", "stated": "2023", "reason": "A misprint."}],
        )

        (row,) = rows_at("/events/events.csv")

        assert (row["sources"], row["sources_differing"]) == ("agrees", "differs")

    def test_has_nothing_that_a_spreadsheet_runs(self, rows_at):
        make_event(title='=HYPERLINK("http://evil.example")')

        (row,) = rows_at("/events/events.csv")

        assert row["title"] == '\'=HYPERLINK("http://evil.example")'

    def test_speaks_the_language_of_its_address(self, rows_at):
        make_event(date="2025-05", participations=[{"country": make_country("KEN", name="Kenya", name_ru="Кения")}])

        (row,) = rows_at("/ru/events/events.csv")

        assert row["countries_name"] == "Кения"
        assert row["date_words"] == "май 2025 года"

    def test_costs_the_same_for_two_rows_and_for_twelve(self, client):
        def queries() -> int:
            with CaptureQueriesContext(connection) as found:
                client.get("/events/events.csv").getvalue()
            return len(found)

        for _number in range(2):
            make_event(participations=[{"person": make_person()}])
        queries()
        few = queries()
        for _number in range(10):
            make_event(participations=[{"person": make_person()}])

        assert queries() == few
