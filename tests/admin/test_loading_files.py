"""Files of trade rows through the admin: checked, loaded into a draft, reviewed and deleted again."""

import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from tests.admin import FilledForm, address_of, browser_of, take, words_of
from tests.factories import make_area, make_country, make_release, make_source, make_user
from tests.trade import BACI_COLUMNS, baci_row, loaded, site_row, table
from trade import forms
from trade.models import Release, Slice, TradeFlow

pytestmark = pytest.mark.django_db
LOAD = "/admin/trade/release/load/"


@pytest.fixture(autouse=True)
def trade_source():
    for code in ("KAZ", "ZAF", "KEN"):
        make_area(make_country(code))
    return make_source(slug="comtrade", title="UN Comtrade")


@pytest.fixture
def writing(contributor):
    return browser_of(contributor)


def rows(*cells: dict, name: str = "rows.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, table([site_row(**row) for row in cells or [{}]]).encode())


def send(client, *files, button: str = "load", **fields):
    return client.post(LOAD, {"files": files or [rows()], "source": "comtrade", button: "1", **fields})


class TestTheForm:
    def test_the_list_of_releases_leads_to_it(self, writing):
        page = writing.get(address_of("changelist", Release)).content.decode()

        assert f'<a href="{LOAD}" class="addlink">Load a file</a>' in page

    def test_adding_a_release_leads_to_it_too(self, writing):
        assert writing.get(address_of("add", Release)).headers["Location"] == LOAD
        assert writing.post(address_of("add", Release), {"title": "Typed", "slug": "typed"}).status_code == 302
        assert not Release.objects.exists()

    def test_it_offers_the_sources_without_a_script(self, writing):
        page = writing.get(LOAD).content.decode()

        assert '<option value="comtrade">UN Comtrade</option>' in page
        assert 'list="sources-known"' in page

    def test_nobody_else_sees_it(self, client):
        assert client.get(LOAD).status_code == 302
        client.force_login(make_user(is_staff=True))
        assert client.get(LOAD).status_code == 403
        assert send(client).status_code == 403
        assert not Release.objects.exists()

    def test_what_is_not_filled_in_is_marked_and_what_was_typed_is_kept(self, writing):
        answer = send(
            writing, source="comtrad", title="Trade of 2024", locale="qq", note="Kept", released_on="2025-03-05"
        )

        words, page = words_of(answer), answer.content.decode()
        assert "There is no source “comtrad”. Did you mean “comtrade”?" in words
        assert "“qq” is not a locale of CLDR" in words
        for kept in ('value="Trade of 2024"', 'value="2025-03-05"', ">\nKept</textarea>"):
            assert kept in page
        assert not Release.objects.exists()

    def test_a_file_is_needed(self, writing):
        answer = writing.post(LOAD, {"source": "comtrade", "load": "1"})

        assert "This field is required." in words_of(answer)

    def test_too_large_an_upload_names_the_command(self, writing, monkeypatch):
        monkeypatch.setattr(forms, "LARGEST_UPLOAD", 100)

        words = words_of(send(writing, rows(name="large.csv")))

        assert "manage.py load_trade_release large.csv --source SLUG" in words
        assert not Release.objects.exists()


class TestLoading:
    def test_a_contributor_loads_a_draft_and_is_told_what_is_in_it(self, writing, contributor):
        answer = send(
            writing,
            rows({}, {"partner2Code": "404"}, {"cmdCode": "854810", "classificationCode": "H5"}),
            title="Trade of 2024",
            released_on="2025-03-05",
            note="Preliminary",
        )

        release = Release.objects.get()
        assert (release.title, str(release.released_on), release.note) == ("Trade of 2024", "2025-03-05", "Preliminary")
        assert (release.status, workflow.people_who_touched(release)) == (Status.DRAFT, {contributor.pk})
        words = words_of(answer)
        assert "3 rows read, 2 kept." in words
        assert "Left out: 1 by second partner" in words
        assert "854810 (H5)" in words
        assert address_of("change", release) in answer.content.decode()

    def test_it_is_then_published_by_a_second_person(self, writing, editor):
        send(writing)
        release = Release.objects.get()

        take(writing, "submit", release)
        take(browser_of(editor), "publish", release)

        release.refresh_from_db()
        assert release.is_public
        assert Slice.objects.get().is_current

    def test_checking_says_the_same_and_writes_nothing(self, writing):
        answer = send(writing, button="check")

        assert "Checked: it can be loaded" in words_of(answer)
        assert "1 rows read, 1 kept." in words_of(answer)
        assert not Release.objects.exists()

    def test_what_it_replaces_is_told(self, writing, tmp_path):
        path = tmp_path / "older.csv"
        path.write_text(table([site_row(value="7")]))
        loaded(path, slug="older", released_on="2025-01-01")

        assert "in place of 1 rows of older" in words_of(send(writing, button="check", released_on="2025-02-01"))

    def test_faults_are_told_with_file_and_line_and_the_form_is_kept(self, writing):
        answer = send(
            writing, rows({}, {"cmdCode": "x"}, name="a.csv"), rows({"primaryValue": "y"}, name="b.csv"), title="Kept"
        )

        words = words_of(answer)
        assert "There are 2 faults; nothing was written." in words
        assert "a.csv 3 “x” is not an HS code" in words
        assert "b.csv 2 primaryValue: “y” is not a number." in words
        assert 'value="Kept"' in answer.content.decode()
        assert not Release.objects.exists()

    def test_more_than_a_hundred_faults_are_counted(self, writing):
        assert "and 20 more faults." in words_of(send(writing, rows(*[{"cmdCode": f"x{n}"} for n in range(120)])))

    def test_an_empty_file_and_a_spreadsheet_are_explained(self, writing):
        words = words_of(
            send(writing, SimpleUploadedFile("a.csv", b""), SimpleUploadedFile("b.xlsx", b"PK\x03\x04zip"))
        )

        assert "a.csv the file is empty." in words
        assert "b.xlsx this is a file of the kind ZIP, XLSX" in words

    def test_the_same_file_twice_is_refused(self, writing):
        send(writing)

        assert "this very file was loaded already" in words_of(send(writing))
        assert Release.objects.count() == 1

    def test_a_file_that_waits_on_the_disk_is_read_from_there(self, writing, settings):
        settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

        send(writing, SimpleUploadedFile("rows.csv.gz", gzip.compress(rows().read())))

        assert Release.objects.get().files.get().name == "rows.csv.gz"

    def test_an_edition_and_a_locale_can_be_said(self, writing):
        baci = table([baci_row(v="1,5", q="2,25")], BACI_COLUMNS, delimiter=";").encode()

        send(writing, SimpleUploadedFile("baci.csv", baci), edition="H4", locale="fr")

        assert Slice.objects.get().edition == "H4"
        assert TradeFlow.objects.get().value_usd == 1500


class TestTheReleaseItself:
    def test_its_page_shows_its_files_and_slices_and_not_as_something_to_type(self, writing):
        send(writing, rows({}, {"month": 3}))
        page = writing.get(address_of("change", Release.objects.get()))

        words = words_of(page)
        assert "bytes, SHA-256" in words.replace("KB", "bytes")
        assert "UN Comtrade, table of the website (CSV) 2" in words
        assert "Kazakhstan 2024-03 H6 1 no" in words
        assert 'name="perspective"' not in page.content.decode()

    def test_its_words_can_be_changed(self, writing):
        send(writing)

        answer = FilledForm(writing, address_of("change", Release.objects.get())).send(title="Another")

        assert answer.status_code == 302
        assert Release.objects.get().title == "Another"

    def test_many_slices_are_cut_off_with_a_count(self, writing):
        release = make_release(status=Status.DRAFT)
        area = Slice(reporter_id=make_area(code="9").pk, release=release)
        Slice.objects.bulk_create(
            Slice(release=release, reporter_id=area.reporter_id, year=1900 + n, edition="H0") for n in range(103)
        )

        assert "and 3 more" in words_of(writing.get(address_of("change", release)))

    def test_a_draft_is_deleted_with_its_rows_told_as_a_number(self, writing):
        send(writing, rows({}, {"partnerCode": "404"}))
        address = address_of("delete", Release.objects.get())

        assert "rows of trade statistics: 2" in words_of(writing.get(address)).lower()
        assert writing.post(address, {"post": "yes"}).status_code == 302
        assert not TradeFlow.objects.exists()
        send(writing, rows({}, {"partnerCode": "404"}))
        assert Release.objects.exists()

    def test_a_public_one_is_not_deleted(self, editor):
        release = make_release()
        desk = browser_of(editor)

        assert desk.get(address_of("delete", release)).status_code == 403
        desk.post(
            address_of("changelist", Release),
            {"action": "delete_selected", "_selected_action": release.pk, "post": "yes"},
        )

        assert Release.objects.filter(pk=release.pk).exists()
