"""The whole record as one file: what is in it, that programs can read it, and where it is offered."""

import csv
import hashlib
import io
import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone
from frictionless import Package

from kzafrica.editions import building, layout
from kzafrica.editions.building import RecordKeepsMoving, build_edition
from kzafrica.editions.meanings import MEANINGS, UNITS
from kzafrica.editions.models import Edition
from kzafrica.editions.tables import RecordTable, edition_tables
from kzafrica.editorial.models import Change
from tests.api.resources import BY_NAME
from tests.editions.conftest import SECRET, contents, lines
from tests.factories import make_event
from trade.models import TradeFlow

pytestmark = pytest.mark.django_db

RECORDS = [spec for spec in edition_tables() if isinstance(spec, RecordTable)]


@pytest.fixture(scope="class")
def unpacked(world, tmp_path_factory):
    """The edition of the world, unpacked."""
    folder = tmp_path_factory.mktemp("unpacked")
    world.file().extractall(folder)
    return folder


class TestFile:
    @pytest.mark.one_database
    def test_the_frictionless_validator_finds_no_error(self, unpacked, limits_of_csv):
        report = Package(str(unpacked / "datapackage.json")).validate()

        found = [(task.name, error.message) for task in report.tasks for error in task.errors]
        assert (report.errors, found) == ([], [])
        assert {task.name for task in report.tasks} == {path.stem for path in (unpacked / "data").glob("*.csv")}

    def test_every_file_has_its_checksum(self, unpacked):
        said = dict(line.split("  ", 1)[::-1] for line in (unpacked / "CHECKSUMS").read_text().splitlines())

        there = {
            path.relative_to(unpacked).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in unpacked.rglob("*")
            if path.is_file() and path.name != "CHECKSUMS"
        }
        assert said == there
        assert there.keys() >= {"README.txt", "CODEBOOK.txt", "LICENCES.txt", "SOURCES.txt", "kz-africa.sqlite"}

    def test_json_lines_csv_and_sqlite_have_what_the_api_has(self, world, unpacked, client):
        database = sqlite3.connect(unpacked / "kz-africa.sqlite")
        file = world.file()
        for spec in RECORDS:
            resource = spec.name.replace("_", "-")
            answer = client.get(f"/api/v1/{resource}/?limit=500", headers={"Host": "testserver"}).json()["results"]
            answer = [row for row in answer if spec.keeps is None or spec.keeps(row)]
            expected = sorted(row["id"] for row in answer)

            documents = lines(file, spec.name)
            rows = list(csv.DictReader(io.StringIO((unpacked / f"data/{spec.name}.csv").read_text())))
            kept = database.execute(f'SELECT id FROM "{spec.name}"').fetchall()  # noqa: S608 - our own names

            assert sorted(row["id"] for row in documents) == expected, spec.name
            assert sorted(row["id"] for row in rows) == expected
            assert sorted(key for (key,) in kept) == expected
            given = {name: value for name, value in answer[0].items() if name not in spec.of_the_day}
            same = next(row for row in documents if row["id"] == answer[0]["id"])
            assert same.keys() == given.keys()
            assert same["url"] == f"https://kz-africa.example/api/v1/{resource}/{same['id']}/"

    def test_sqlite_keeps_its_keys_and_has_no_float(self, unpacked):
        database = sqlite3.connect(unpacked / "kz-africa.sqlite")

        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kinds = set()
        for table in tables:
            columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
            for column in columns:
                kinds |= set(database.execute(f'SELECT DISTINCT typeof("{column}") FROM "{table}"'))  # noqa: S608

        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert kinds == {("text",), ("integer",), ("null",)}
        assert database.execute("SELECT COUNT(*) FROM who_says_what").fetchone()[0] > 0
        assert ("123456789.1234",) in database.execute("SELECT value_usd FROM trade_by_year").fetchall()

    def test_rows_of_public_releases_are_in_it_as_csv_parquet_and_in_sqlite(self, world, unpacked):
        parquet = pytest.importorskip("pyarrow.parquet").read_table(unpacked / "data/flows.parquet")
        rows = list(csv.DictReader(io.StringIO((unpacked / "data/flows.csv").read_text())))
        database = sqlite3.connect(unpacked / "kz-africa.sqlite")

        public = TradeFlow.objects.exclude(slice__release__slug="draft").count()
        assert len(rows) == parquet.num_rows == public
        assert database.execute("SELECT COUNT(*) FROM flows").fetchone() == (public,)
        assert "922337203685477.5807" in {row["value_usd"] for row in rows}
        assert world.edition.has_parquet

    def test_what_is_not_public_is_nowhere_in_it(self, world, unpacked):
        for table, key in world.hidden.items():
            assert key not in {row["id"] for row in lines(world.file(), table.replace("-", "_"))}, table
        for path in filter(lambda path: path.is_file(), unpacked.rglob("*")):
            assert SECRET.encode() not in path.read_bytes(), path.name

    def test_formulas_are_disarmed_in_csv_alone(self, world, unpacked):
        row = next(row for row in lines(world.file(), "sources") if row["id"] == "formula")

        assert row["title"] == "=HYPERLINK(1)"
        assert "'=HYPERLINK(1)" in (unpacked / "data/sources.csv").read_text()
        assert "apostrophe" in (unpacked / "README.txt").read_text()

    def test_every_column_is_explained(self, unpacked):
        package = json.loads((unpacked / "datapackage.json").read_text())

        columns = [(r["name"], field) for r in package["resources"] for field in r["schema"]["fields"]]
        assert [(table, field["name"]) for table, field in columns if not field["description"].strip()] == []
        [kind] = [f for table, f in columns if table == "events" and f["name"] == "kind"]
        assert "state_visit" in kind["constraints"]["enum"]
        assert "state_visit: State visit" in (unpacked / "CODEBOOK.txt").read_text()

    def test_the_same_content_gives_the_same_bytes_on_another_day(self, world, monkeypatch):
        now = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=40))

        again, is_new = build_edition(force=True)

        assert is_new
        assert again.name != world.edition.name
        assert contents(again) == contents(world.edition)


def test_every_resource_of_records_has_a_table():
    """The change log is none: it tells also of records that are not public any more."""
    assert {spec.name.replace("_", "-") for spec in RECORDS} == set(BY_NAME) - {"changes"}


def test_every_column_says_what_it_means(monkeypatch):
    silent = set()

    def meaning_of(name: str, said: str) -> str:
        if name and not said and name not in MEANINGS:
            silent.add(name)
        return said

    monkeypatch.setattr(layout, "meaning_of", meaning_of)
    reading = layout.Reading({})
    for spec in RECORDS:
        reading.layout(spec)

    # Of these the unit says it all.
    assert silent <= set(UNITS)


def test_an_edition_is_made_when_something_public_has_changed_and_earlier_ones_are_kept(folder_of_editions, capsys):
    make_event(title="First")
    call_command("build_edition")
    [first] = Edition.objects.all()
    before = contents(first)

    call_command("build_edition")
    assert Edition.objects.count() == 1
    assert "Nothing public has changed" in capsys.readouterr().out

    Change.objects.create(number=10**6, at=datetime(2026, 1, 1, tzinfo=UTC), action="published", record_type="x.x")
    make_event(title="Second")
    call_command("build_edition", force=True)
    second = Edition.objects.latest_built()
    assert second.name == f"{first.name}-2"
    assert contents(first) == before != contents(second)


def test_no_edition_is_made_whose_addresses_lead_nowhere(folder_of_editions, settings):
    settings.SITE_ADDRESS, settings.ALLOWED_HOSTS = "", ["*"]
    make_event()

    with pytest.raises(CommandError, match="SITE_ADDRESS is not set"):
        call_command("build_edition")

    assert not Edition.objects.exists()


def test_no_edition_is_offered_if_the_record_moves_all_the_while_or_the_disk_is_full(monkeypatch):
    moving = iter(range(1000))
    monkeypatch.setattr(building, "present_revision", lambda: next(moving))
    with pytest.raises(RecordKeepsMoving):
        build_edition()
    monkeypatch.undo()

    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr(storages["editions"], "save", full)
    with pytest.raises(OSError, match="No space"):
        build_edition()
    assert not Edition.objects.exists()


class TestOffered:
    def test_the_page_says_in_words_that_there_is_none_yet(self, client, text_of):
        assert "No edition has been made yet." in text_of("/data/")
        assert client.get("/data/latest.zip").status_code == 404
        assert client.get("/api/v1/editions/").json()["results"] == []

    def test_an_edition_stands_on_the_page_in_the_api_and_at_its_address(self, client, text_of, queries_of):
        stale = client.get("/data/")["ETag"]
        edition, _is_new = build_edition()

        assert client.get("/data/", headers={"If-None-Match": stale}).status_code == 200
        fresh = client.get("/data/")["ETag"]
        assert client.get("/data/", headers={"If-None-Match": fresh}).status_code == 304
        words = text_of("/data/")
        assert edition.file_name in words
        assert edition.sha256 in words

        latest = client.get("/data/latest.zip")
        assert (latest.status_code, latest["Location"]) == (302, f"/data/editions/{edition.name}.zip")
        answer = client.get(latest["Location"])
        body = answer.getvalue()
        assert (answer["Content-Type"], answer["Content-Length"]) == ("application/zip", str(edition.size_bytes))
        assert answer["Content-Disposition"] == f'attachment; filename="{edition.name}.zip"'
        assert answer["ETag"] == f'"{edition.sha256}"' == f'"{hashlib.sha256(body).hexdigest()}"'
        assert answer["Cache-Control"] == "public, max-age=3600"
        assert answer["Repr-Digest"].startswith("sha-256=:")
        assert client.get(latest["Location"], headers={"If-None-Match": answer["ETag"]}).status_code == 304
        assert client.head(latest["Location"])["Content-Length"] == str(edition.size_bytes)

        [listed] = client.get("/api/v1/editions/").json()["results"]
        assert listed["sha256"] == edition.sha256
        assert listed["file_url"] == f"http://testserver/data/editions/{edition.name}.zip"
        assert client.get(listed["url"]).json() == listed
        one = queries_of("/data/"), queries_of("/api/v1/editions/")
        build_edition(force=True)
        assert (queries_of("/data/"), queries_of("/api/v1/editions/")) == one

    def test_what_is_not_there_or_not_asked_rightly_is_refused(self, client):
        assert client.get("/data/editions/kz-africa-1999-01-01.zip").status_code == 404
        assert client.get("/data/latest.zip?day=1").status_code == 400
        assert client.get("/api/v1/editions/?day=1").status_code == 400
        assert client.get("/api/v1/editions/kz-africa-1999-01-01/").status_code == 404

        edition, _is_new = build_edition()
        storages["editions"].delete(edition.path)
        assert client.get(edition.get_absolute_url()).status_code == 404

    def test_those_who_publish_can_look_editions_up(self, reviewing, writing):
        edition, _is_new = build_edition()

        assert edition.name in reviewing.get("/admin/editions/edition/").content.decode()
        assert reviewing.post(f"/admin/editions/edition/{edition.pk}/delete/").status_code == 403
        assert writing.get("/admin/editions/edition/").status_code == 403
