"""Reports of errors in the admin: what the reader saw beside what stands there now, and what comes of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.utils import timezone

from kzafrica.editorial import reporting, workflow
from kzafrica.editorial.choices import ReportState
from kzafrica.editorial.models import ErrorReport
from tests.admin import address_of, browser_of, words_of
from tests.factories import make_event, make_theme, make_user
from tests.versions import change_public, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    return make_event(slug="visit", title="Visit", venue="Akorda")


@pytest.fixture
def report(event):
    return make_report(event, email="reader@example.org")


@pytest.fixture
def desk(editor):
    return browser_of(editor)


def make_report(record=None, **fields) -> ErrorReport:
    known = {"message": "It was in the palace.", "content_revision": workflow.present_revision(), "page": "/"}
    if record is not None:
        known |= {"record": record, "record_title": str(record), "page": record.get_absolute_url()}
    return ErrorReport.objects.create(**known | fields)


class TestTicket:
    def test_the_list_shows_state_age_and_record(self, desk, event):
        make_report(event, reported_at=timezone.now() - timedelta(days=3))

        page = words_of(desk.get(address_of("changelist", ErrorReport)))

        assert "It was in the palace." in page
        assert "3 days" in page.replace("\xa0", " ")
        assert "Visit" in page
        assert "New" in page

    def test_it_leads_to_the_form_the_history_the_page_and_the_version(self, desk, event, report):
        seen = report.content_revision
        change_public(event, venue="Palace")

        page = desk.get(address_of("change", report)).content.decode()

        for address in (
            address_of("change", event),
            address_of("history", event),
            "/events/visit/",
            f"/history/event/visit/{seen}/",
        ):
            assert f'href="{address}"' in page, address

    def test_it_shows_what_changed_since_the_reader_saw_the_record(self, desk, event, report):
        change_public(event, venue="Palace")

        assert "Venue Akorda Palace" in words_of(desk.get(address_of("change", report)))

    def test_it_says_when_nothing_changed_since(self, desk, report):
        assert "Nothing: the record says what it said then." in words_of(desk.get(address_of("change", report)))

    def test_of_a_record_that_was_withdrawn_the_version_can_still_be_compared(self, desk, event, report):
        withdraw(event)

        page = desk.get(address_of("change", report))

        assert page.status_code == 200
        assert 'href="/history/' not in page.content.decode()

    @pytest.mark.parametrize("about", ["page", "reference", "deleted"])
    def test_it_opens_whatever_it_is_about(self, desk, about):
        record = make_theme("Mining") if about == "reference" else None
        report = make_report(record, record_title="" if about == "page" else "Mining")

        assert desk.get(address_of("change", report)).status_code == 200

    def test_html_in_the_message_is_shown_as_it_was_typed(self, desk, event):
        report = make_report(event, message="<script>alert(1)</script>", record_title="<b>Visit</b>")

        for address in (address_of("change", report), address_of("changelist", ErrorReport)):
            assert "<script>alert" not in desk.get(address).content.decode()

    def test_nobody_can_add_one_in_the_admin(self, desk):
        assert desk.get(address_of("add", ErrorReport)).status_code == 403


class TestAnswer:
    @pytest.mark.parametrize(("button", "state"), [("accept", ReportState.ACCEPTED), ("decline", ReportState.DECLINED)])
    def test_a_button_answers_it_once(self, desk, editor, report, button, state):
        answer = desk.post(address_of("change", report), {button: "1", "answer": "Proposed a change."})

        report.refresh_from_db()
        assert answer.status_code == 302
        assert (report.state, report.answer, report.handled_by) == (state, "Proposed a change.", editor)
        assert report.handled_at is not None

    def test_it_needs_a_sentence_and_keeps_nothing_without(self, desk, report):
        page = desk.post(address_of("change", report), {"accept": "1", "answer": " "})

        report.refresh_from_db()
        assert "Say what came of it" in words_of(page)
        assert report.state == ReportState.NEW

    def test_of_two_people_who_answer_the_second_is_told(self, desk, report):
        reporting.accept(report, by=make_user("editor"), answer="Mended.")

        page = desk.post(address_of("change", report), {"decline": "1", "answer": "Not so."})

        report.refresh_from_db()
        assert "has been answered already" in words_of(page)
        assert report.answer == "Mended."

    def test_who_may_only_look_cannot_answer(self, report):
        onlooker = make_user("", "onlooker", is_staff=True)
        onlooker.user_permissions.add(Permission.objects.get(codename="view_errorreport"))

        page = browser_of(onlooker).post(address_of("change", report), {"accept": "1", "answer": "Mine."})

        report.refresh_from_db()
        assert report.state == ReportState.NEW
        assert "Only those who may change error reports" in words_of(page)

    def test_what_was_typed_survives_an_expired_login_and_is_not_sent(self, desk, report):
        page = desk.post(address_of("change", report), {"accept": "1", "answer": "Looked up", "_resume": "1"})

        assert "Nothing is done yet" in words_of(page)
        assert "Looked up" in page.content.decode()
        report.refresh_from_db()
        assert report.state == ReportState.NEW

    def test_a_contributor_learns_nothing_of_who_reported_it(self, contributor, report):
        assert browser_of(contributor).get(address_of("change", report)).status_code == 403

    def test_strangers_see_nothing_of_it(self, client, report):
        assert client.get(address_of("change", report)).status_code == 302
        assert browser_of(make_user("", "stranger", is_staff=True)).get(address_of("change", report)).status_code == 403


class TestForgetting:
    def test_a_report_can_be_deleted_with_its_address(self, desk, report):
        answer = desk.post(address_of("delete", report), {"post": "yes"})

        assert answer.status_code == 302
        assert not ErrorReport.objects.exists()

    def test_the_command_deletes_addresses_of_old_answered_reports_alone(self, event, capsys):
        old, year = timezone.now() - timedelta(days=366), timezone.now() - timedelta(days=364)
        handled = {"state": ReportState.ACCEPTED, "email": "reader@example.org"}
        forgotten = make_report(event, handled_at=old, **handled)
        kept = [make_report(event, handled_at=year, **handled), make_report(event, email="reader@example.org")]

        call_command("forget_reports")

        forgotten.refresh_from_db()
        assert (forgotten.email, forgotten.message) == ("", "It was in the palace.")
        assert all(ErrorReport.objects.get(pk=report.pk).email for report in kept)
        assert "1 e-mail address deleted." in capsys.readouterr().out

    def test_the_command_can_be_told_another_age(self, event):
        make_report(event, state=ReportState.DECLINED, email="reader@example.org", handled_at=timezone.now())

        call_command("forget_reports", "--older-than", "0")

        assert ErrorReport.objects.get().email == ""

    @pytest.mark.parametrize("days", ["-1", "99999999999"])
    def test_an_impossible_age_is_refused(self, days):
        with pytest.raises(CommandError, match="number of days"):
            call_command("forget_reports", f"--older-than={days}")

    def test_readers_are_told_what_is_kept(self, text_of):
        assert "Who reports an error may leave an e-mail address." in text_of("/privacy/")
