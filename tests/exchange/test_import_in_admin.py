"""From the file an editor chooses to drafts and proposals, by way of the preview."""

import re
import sqlite3
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.core.signing import TimestampSigner
from django.db import OperationalError, connection
from reversion.models import Version

from events.models import Event
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Change, ProposedChange
from kzafrica.reference.models import Country, Theme
from kzafrica.workshop.exchange import importing
from tests.admin import address_of, browser_of, words_of
from tests.exchange import csv_of, exported, go_on, send
from tests.factories import make_country, make_event, make_user
from trade.models import Release

pytestmark = pytest.mark.django_db
NEW = {"title_en": "Visit to Kinshasa", "kind": "meeting", "level": "minister"}


def told(client, answer) -> str:
    """What the list says after an import."""
    return words_of(client.get(answer.url))


class TestDrafts:
    def test_a_new_record_becomes_a_draft_of_that_user_in_one_revision(self, writing, contributor):
        preview = send(writing, Event, csv_of({"record": "kinshasa", **NEW}))

        answer = go_on(writing, Event, preview, note="From the list of the ministry")

        event = Event.objects.get()
        (version,) = Version.objects.get_for_object(event).select_related("revision")
        assert event.status == Status.DRAFT
        assert (version.revision.user, version.revision.comment) == (contributor, "From the list of the ministry")
        assert "Imported. New draft: 1." in told(writing, answer)

    def test_the_preview_alone_writes_nothing(self, writing):
        page = send(writing, Event, csv_of({"record": "kinshasa", **NEW}))

        assert "Nothing has been written yet" in words_of(page)
        assert "New draft: 1" in words_of(page)
        assert not Event.objects.exists()

    def test_a_draft_changes_in_one_revision_with_its_parts(self, writing):
        event = make_event(slug="visit", status=Status.DRAFT, participations=[{"country": make_country("COD")}])
        before = Version.objects.get_for_object(event).count()
        make_country("KEN")
        preview = send(writing, Event, exported(Event, "csv").replace(b"COD", b"KEN"))

        go_on(writing, Event, preview)

        assert [part.country.alpha3 for part in event.participations.all()] == ["KEN"]
        assert Version.objects.get_for_object(event).count() == before + 1

    def test_a_record_in_review_changes_and_stays_in_review(self, writing):
        make_event(slug="visit", status=Status.IN_REVIEW, venue="Hall")

        go_on(writing, Event, send(writing, Event, csv_of({"record": "visit", "venue": "Palace"})))

        assert (Event.objects.get().venue, Event.objects.get().status) == ("Palace", Status.IN_REVIEW)

    def test_no_file_says_the_status(self, writing):
        page = send(writing, Event, csv_of({"record": "kinshasa", **NEW, "status": "published"}))

        assert "no “status” is known of this type" in words_of(page)
        assert "sealed" not in page.context


class TestPublicRecords:
    def test_a_change_becomes_a_proposal_and_the_page_stays(self, client, writing, contributor):
        event = make_event(slug="visit", venue="Hall")
        before = workflow.content_revision()

        answer = go_on(writing, Event, send(writing, Event, csv_of({"record": "visit", "venue": "Palace"})), note="Why")

        proposal = ProposedChange.objects.get()
        assert (proposal.record, proposal.proposed_by, proposal.note) == (event, contributor, "Why")
        assert (proposal.based_on["venue"], proposal.content["venue"]) == ("Hall", "Palace")
        assert "Hall" in words_of(client.get(event.get_absolute_url()))
        assert workflow.content_revision() == before
        assert "Proposal for a public record: 1" in told(writing, answer)

    def test_pressing_the_button_twice_proposes_once(self, writing):
        make_event(slug="visit", venue="Hall")
        preview = send(writing, Event, csv_of({"record": "visit", "venue": "Palace"}))

        go_on(writing, Event, preview)
        answer = go_on(writing, Event, preview)

        assert ProposedChange.objects.count() == 1
        assert "Proposed already, and waiting for review: 1" in told(writing, answer)

    def test_a_draft_published_meanwhile_is_proposed_and_not_changed(self, writing, editor):
        event = make_event(slug="visit", status=Status.IN_REVIEW, venue="Hall")
        preview = send(writing, Event, csv_of({"record": "visit", "venue": "Palace"}))
        workflow.publish(event, by=editor)

        go_on(writing, Event, preview)

        assert Event.objects.get().venue == "Hall"
        assert ProposedChange.objects.get().content["venue"] == "Palace"

    def test_a_record_withdrawn_meanwhile_is_left_out(self, writing, editor):
        event = make_event(slug="visit", venue="Hall")
        preview = send(writing, Event, csv_of({"record": "visit", "venue": "Palace"}))
        workflow.withdraw(event, by=editor, note="Not so")

        answer = go_on(writing, Event, preview)

        assert "Not imported: visit: it has been withdrawn since the preview." in told(writing, answer)
        assert not ProposedChange.objects.exists()


class TestWhatWasSeenIsImported:
    def test_a_record_that_changed_meanwhile_is_left_out_and_told(self, writing):
        make_event(slug="visit", status=Status.DRAFT, venue="Hall")
        make_event(slug="other", status=Status.DRAFT, venue="Hall")
        rows = [{"record": "visit", "venue": "Palace"}, {"record": "other", "venue": "Palace"}]
        preview = send(writing, Event, csv_of(*rows))
        Event.objects.filter(slug="visit").update(venue="Senate")

        answer = go_on(writing, Event, preview)

        assert dict(Event.objects.values_list("slug", "venue")) == {"visit": "Senate", "other": "Palace"}
        assert "Not imported: visit: it has changed since the preview." in told(writing, answer)

    def test_a_record_added_meanwhile_is_left_alone(self, writing):
        preview = send(writing, Event, csv_of({"record": "kinshasa", **NEW}))
        make_event(slug="kinshasa", status=Status.DRAFT, title="Mine")

        answer = go_on(writing, Event, preview)

        assert Event.objects.get().title == "Mine"
        assert "Not imported: kinshasa: it has been added since the preview." in told(writing, answer)

    @pytest.mark.parametrize("change", [lambda text: text[:-2], lambda text: "x" + text, lambda text: ""])
    def test_a_preview_that_was_changed_on_the_way_is_refused(self, writing, change):
        preview = send(writing, Event, csv_of({"record": "kinshasa", **NEW}))

        answer = writing.post(address_of("import", Event), {"sealed": change(preview.context["sealed"])})

        assert "This preview is too old, or it is not one of yours" in words_of(answer)
        assert not Event.objects.exists()

    def test_the_preview_of_another_person_is_refused(self, writing, reviewing):
        preview = send(writing, Event, csv_of({"record": "kinshasa", **NEW}))

        assert "not one of yours" in words_of(go_on(reviewing, Event, preview))

    def test_the_preview_of_another_type_is_refused(self, reviewing):
        preview = send(reviewing, Theme, csv_of({"record": "aid", "name_en": "Aid"}))

        assert "not one of yours" in words_of(go_on(reviewing, Event, preview))

    def test_an_old_preview_is_refused(self, writing, monkeypatch):
        preview = send(writing, Event, csv_of({"record": "kinshasa", **NEW}))
        monkeypatch.setattr(importing, "GOOD_FOR", timedelta(seconds=-1))

        assert "This preview is too old" in words_of(go_on(writing, Event, preview))

    def test_what_cannot_be_sent_back_is_refused_at_once(self, writing, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = importing.REST_OF_FORM + 100

        page = send(writing, Event, csv_of({"record": "kinshasa", **NEW}))

        assert "So much would change that it cannot be shown at once" in words_of(page)

    def test_nothing_stays_behind_of_a_preview(self, writing, settings):
        tables = connection.introspection.table_names()
        counts = rows_by_table(tables)

        send(writing, Event, csv_of({"record": "kinshasa", **NEW}))

        assert rows_by_table(tables) == counts
        assert "kinshasa" not in str([session.get_decoded() for session in Session.objects.all()])

    def test_it_is_signed_and_says_when(self, writing, contributor):
        preview = send(writing, Event, csv_of({"record": "kinshasa", **NEW}))

        signer = TimestampSigner(salt=f"exchange:events.event:{contributor.pk}")

        assert signer.unsign(preview.context["sealed"])


def rows_by_table(tables: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 (our own tables)
            counts[table] = cursor.fetchone()[0]
    return counts


class TestFaults:
    ROWS = ({"record": "a", **NEW}, {"record": "b", **NEW, "kind": "picnic"})

    def test_each_stands_on_the_page_with_its_line_and_column(self, writing):
        page = words_of(send(writing, Event, csv_of(*self.ROWS)))

        assert "Cannot be imported: 1" in page
        assert "Line 3, kind : “picnic” is not one of" in page

    def test_the_rest_is_imported_only_when_that_is_said(self, writing):
        preview = send(writing, Event, csv_of(*self.ROWS))

        refused = go_on(writing, Event, preview)
        assert "say that the records with faults are to be left out" in words_of(refused)
        assert not Event.objects.exists()

        go_on(writing, Event, preview, leave_out_faulty="1")
        assert [event.slug for event in Event.objects.all()] == ["a"]

    def test_a_file_of_faults_alone_offers_no_button(self, writing):
        page = send(writing, Event, csv_of(self.ROWS[1]))

        assert "Nothing can be imported: mend the file and choose it again." in words_of(page)
        assert page.context["sealed"] == ""

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("a.csv", b"", "is empty"),
            ("a.xlsx", b"%PDF-1.7", "is called XLSX and is a PDF document"),
            ("a.csv", b"record,titel_en\na,b\n", "Did you mean “title_en”?"),
        ],
    )
    def test_an_unreadable_file_is_answered_on_the_page(self, writing, name, content, said):
        page = send(writing, Event, content, name)

        assert said in words_of(page)
        assert "How a file is written" in words_of(page)

    def test_no_file_is_answered(self, writing):
        assert "Choose a file first." in words_of(writing.post(address_of("import", Event), {}))

    def test_words_of_the_file_are_no_html(self, writing):
        page = send(writing, Event, csv_of({"record": "a", **NEW, "title_en": "<script>alert(1)</script>"}))

        assert "<script>alert(1)" not in page.content.decode()


class TestReferenceData:
    def test_an_editor_saves_it_at_once(self, reviewing, editor):
        preview = send(reviewing, Theme, csv_of({"record": "aid", "name_en": "Aid"}))

        answer = go_on(reviewing, Theme, preview)

        change = Change.objects.get(record_type="reference.theme")
        (version,) = Version.objects.get_for_object(Theme.objects.get()).select_related("revision")
        assert (change.record_key, change.by_name) == ("aid", editor.username)
        assert version.revision.user == editor
        assert "New, for readers at once: 1" in told(reviewing, answer)

    def test_a_change_moves_what_readers_have_kept(self, reviewing):
        make_country("NAM")
        before = workflow.content_revision()

        go_on(
            reviewing,
            Country,
            send(reviewing, Country, csv_of({"record": "NAM", "formal_name": "Republic of Namibia"})),
        )

        assert Country.objects.get().formal_name == "Republic of Namibia"
        assert workflow.content_revision() == before + 1

    def test_a_contributor_cannot_import_it(self, writing):
        page = words_of(writing.get(address_of("changelist", Theme)))

        assert "Import" not in page
        assert writing.get(address_of("import", Theme)).status_code == 403
        assert send(writing, Theme, csv_of({"record": "aid", "name_en": "Aid"})).status_code == 403


class TestPermissions:
    def test_who_may_only_look_exports_and_does_not_import(self):
        user = make_user(username="reader", is_staff=True)
        user.user_permissions.add(*permissions("view_event"))
        client = browser_of(user)

        page = words_of(client.get(address_of("changelist", Event)))

        assert "Export XLSX" in page
        assert "Import" not in page
        assert client.get(address_of("export", Event, "csv")).status_code == 200
        assert client.get(address_of("import", Event)).status_code == 403

    def test_who_may_not_add_changes_what_is_there(self):
        make_event(slug="visit", status=Status.DRAFT)
        user = make_user(username="mender", is_staff=True)
        user.user_permissions.add(*permissions("view_event", "change_event"))

        page = send(browser_of(user), Event, csv_of({"record": "visit", **NEW}, {"record": "new", **NEW}))

        assert "The record is not there, and you may not add one." in words_of(page)
        assert page.context["to_import"] == 1

    def test_who_may_not_change_adds(self):
        make_event(slug="visit", title="Visit", status=Status.DRAFT)
        user = make_user(username="adder", is_staff=True)
        user.user_permissions.add(*permissions("view_event", "add_event"))

        page = send(browser_of(user), Event, csv_of({"record": "visit", **NEW}, {"record": "new", **NEW}))

        assert "You may not change “Visit”." in words_of(page)
        assert page.context["to_import"] == 1

    def test_it_is_asked_again_when_it_is_imported(self, contributor):
        client = browser_of(contributor)
        make_event(slug="visit", status=Status.DRAFT, venue="Hall")
        preview = send(client, Event, csv_of({"record": "visit", **NEW}, {"record": "new", **NEW}))
        contributor.groups.clear()
        contributor.user_permissions.add(*permissions("view_event", "change_event"))

        answer = go_on(client, Event, preview)

        assert [event.title for event in Event.objects.all()] == ["Visit to Kinshasa"]
        assert "Not imported: new: you may not add it." in told(client, answer)

    def test_without_any_it_is_refused(self, writing, contributor):
        preview = send(writing, Event, csv_of({"record": "new", **NEW}))
        contributor.groups.clear()

        assert go_on(writing, Event, preview).status_code == 403
        assert not Event.objects.exists()

    def test_strangers_are_sent_to_sign_in(self, client):
        for page, more in (("import", ()), ("export", ("csv",))):
            assert "/login/" in client.get(address_of(page, Event, *more)).url

    def test_releases_are_not_imported(self, reviewing):
        page = words_of(reviewing.get(address_of("changelist", Release)))

        assert "Export CSV" in page
        assert not re.search(r"\bImport\b", page)
        assert reviewing.get(address_of("import", Release)).status_code == 403


def permissions(*names: str):
    return Permission.objects.filter(codename__in=names)


def test_the_page_of_reference_data_says_that_readers_see_it_at_once(reviewing):
    page = words_of(reviewing.get(address_of("import", Theme)))

    assert "Readers see at once what is imported here." in page
    assert "draft" not in page


def test_the_page_explains_every_column(writing):
    page = words_of(writing.get(address_of("import", Event)))

    assert "A column that is not in the file is left alone." in page
    assert "At most 20 MB, 100,000 lines and 10,000 records; of these, at most 5,000 records in 20,000 lines" in page
    assert "state_visit, official_visit" in page


def locked(*_arguments, **_options):
    error = OperationalError("database is locked")
    error.__cause__ = sqlite3.OperationalError("database is locked")
    error.__cause__.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise error


class TestWhileSomeoneWrites:
    def test_a_preview_says_so(self, writing, monkeypatch):
        monkeypatch.setattr("kzafrica.workshop.exchange.previewing.apply_content", locked)

        page = send(writing, Event, csv_of({"record": "kinshasa", **NEW}))

        assert "a large load is being written into the database" in words_of(page)

    def test_an_import_says_what_is_left(self, writing, monkeypatch):
        preview = send(writing, Event, csv_of({"record": "a", **NEW}, {"record": "b", **NEW}))
        monkeypatch.setattr("kzafrica.workshop.exchange.importing.apply_content", locked)

        answer = go_on(writing, Event, preview)

        assert "Not imported: 2 records, from “a” on: someone else is writing." in told(writing, answer)
        assert not Event.objects.exists()
