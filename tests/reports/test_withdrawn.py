"""Reports about what readers knew and see no more are tied to the record, and tell nothing of it."""

import re

import pytest

from events.models import Event
from kzafrica.editorial import workflow
from kzafrica.editorial.models import ErrorReport
from kzafrica.editorial.reporting import read_signed
from tests.factories import make_theme, make_user
from tests.reports import link_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["/events/visit/", "/history/event/visit/"])
def test_a_withdrawn_record_gets_its_report_and_is_not_told_of(client, event, send, page):
    workflow.withdraw(event, by=workflow.system_user(), note="Never took place")
    Event.objects.update(title_en="Secret words")
    link = link_on(client, page)

    form = client.get(link)
    send(page)

    assert form.status_code == 200
    assert not re.search("Visit to Astana|Secret", form.content.decode() + str(read_signed(form.context["mark"])))
    report = ErrorReport.objects.get()
    assert (report.page, report.record, report.record_title) == (page, event, "Secret words")
    assert report.content_revision == workflow.present_revision()


def test_a_deleted_record_is_reported_by_its_address(client, send):
    theme = make_theme("Mining")
    workflow.delete_reference(theme, by=make_user("administrator"))

    link_on(client, "/themes/mining/")
    send("/themes/mining/")

    report = ErrorReport.objects.get()
    assert (report.page, report.record, report.record_title) == ("/themes/mining/", None, "")


def test_a_record_withdrawn_while_the_form_was_open_keeps_its_report(client, event, form_at):
    address, filled = form_at("/events/visit/")
    workflow.withdraw(event, by=workflow.system_user(), note="Never took place")

    answer = client.post(address, filled)

    assert answer.status_code == 302
    assert ErrorReport.objects.get().record == event


def test_the_file_of_a_withdrawn_record_leads_to_a_form_about_the_site(client, event):
    workflow.withdraw(event, by=workflow.system_user(), note="Never took place")

    assert client.get("/events/visit/cite.bib").status_code == 410
    assert link_on(client, "/events/visit/cite.bib") == "/report/"
