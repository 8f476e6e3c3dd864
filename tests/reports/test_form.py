"""Readers report an error: from every page, without an account or a cookie, and never more than they were shown."""

import html
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from kzafrica.editorial import reporting, workflow
from kzafrica.editorial.choices import ReportState, Status
from kzafrica.editorial.models import ErrorReport, Redirect
from tests.factories import make_country, make_event, make_mission, make_relation, make_theme
from tests.reports import WRONG, link_on

pytestmark = pytest.mark.django_db


class TestLink:
    @pytest.mark.parametrize("page", ["/", "/events/", "/about/", "/countries/", "/ru/events/", "/corrections/"])
    def test_stands_on_every_page_and_leads_to_a_form_about_it(self, client, event, page):
        answer = client.get(link_on(client, page))

        assert answer.status_code == 200
        assert answer.context["page"].address == page

    def test_carries_the_content_revision_of_the_page(self, client, event):
        link = link_on(client, "/events/visit/")
        seen = workflow.present_revision()
        make_event()

        page = client.get(link).context["page"]

        assert page.content_revision == seen < workflow.present_revision()

    def test_keeps_the_filters_of_the_page_and_forgets_who_sent_the_reader(self, client, event):
        link = link_on(client, "/events/?kind=meeting&utm_source=letter")

        assert client.get(link).context["page"].address == "/events/?kind=meeting"

    def test_stands_twice_on_the_page_of_a_record(self, client, event):
        page = client.get("/events/visit/").content.decode()

        assert page.count('href="/report/?page=%2Fevents%2Fvisit%2F') == 2

    def test_leads_to_a_form_about_the_site_from_a_page_that_is_missing(self, client, event):
        answer = client.get("/events/nowhere/")

        assert 'href="/report/"' in answer.content.decode()
        assert client.get("/report/").context["page"].address == "/"

    def test_sets_no_cookie_and_leaves_the_page_to_caches(self, client, event):
        answer = client.get("/events/visit/")

        assert not answer.cookies
        assert answer["Cache-Control"].startswith("public")


class TestPage:
    def test_a_record_is_named_and_tied_to_the_report(self, client, event, send):
        send("/events/visit/")

        report = ErrorReport.objects.get()
        assert (report.record, report.record_title) == (event, "Visit to Astana")
        assert report.page == "/events/visit/"
        assert report.state == ReportState.NEW

    @pytest.mark.parametrize("page", ["/events/", "/countries/", "/methodology/"])
    def test_a_page_about_no_record_is_reported_without_one(self, event, send, page):
        send(page)

        report = ErrorReport.objects.get()
        assert (report.page, report.record, report.record_title) == (page, None, "")

    def test_the_page_of_a_pair_is_tied_to_its_state(self, send):
        make_relation(first=make_country("KAZ"), second=make_country("COD"))

        send("/countries/cod/")

        assert ErrorReport.objects.get().record == make_country("COD")

    def test_reference_data_has_pages_too(self, send):
        theme = make_theme("Mining")

        send("/themes/mining/")

        assert ErrorReport.objects.get().record == theme

    def test_the_address_carries_the_language(self, event, send):
        send("/kk/events/visit/")

        report = ErrorReport.objects.get()
        assert (report.page, report.record) == ("/kk/events/visit/", event)

    def test_an_address_that_the_record_once_had_leads_to_it(self, event, send):
        Redirect.objects.create(record_type="events.event", old_key="trip", target_key="visit")

        send("/events/trip/")

        assert ErrorReport.objects.get().record == event

    @pytest.mark.parametrize(
        "page",
        [
            "/nowhere/",
            "nowhere",
            "//example.org/events/visit/",
            "https://example.org/",
            "javascript:alert(1)",
            "/admin/",
            "/admin/events/event/",
            "/api/v1/events/",
            "/api/docs/",
            "/events/events.atom",
            "/healthz",
            "/robots.txt",
            "/favicon.ico",
            "/report/",
            "/report/thanks/",
            "/countries/xyz/",
            "/events/\x00/",
            "/events/" + "x" * 600,
        ],
    )
    def test_what_is_no_page_of_ours_gets_a_sentence(self, client, event, page):
        answer = client.get("/report/", {"page": page})

        assert answer.status_code == 400
        assert "is not a page of this site" in answer.content.decode()

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
    def test_a_record_that_readers_may_not_see_is_told_from_nothing_by_nobody(self, client, status):
        make_event(slug="secret", title="Secret visit", status=status)

        hidden = client.get("/report/", {"page": "/events/secret/"})
        missing = client.get("/report/", {"page": "/events/nought/"})

        assert hidden.status_code == missing.status_code == 400
        assert hidden.content.decode().replace("secret", "nought") == missing.content.decode()
        assert "Secret visit" not in hidden.content.decode()

    @pytest.mark.parametrize("seen", ["x", "-1", "99999999999999999999", "²"])
    def test_a_revision_that_never_was_gets_a_sentence(self, client, event, seen):
        answer = client.get("/report/", {"page": "/events/visit/", "seen": seen})

        assert answer.status_code == 400
        assert "is not a revision of the content" in answer.content.decode()

    def test_an_unknown_parameter_is_named(self, client, event):
        answer = client.get("/report/", {"pge": "/events/visit/"})

        assert answer.status_code == 400
        assert "Did you mean “page”?" in answer.content.decode()


class TestForm:
    def test_a_report_leads_to_thanks_that_repeat_nothing(self, client, send):
        answer = send("/", email="reader@example.org")

        thanks = client.get(answer["Location"])
        assert answer.status_code == 302
        assert "Thank you" in thanks.content.decode()
        assert "reader@example.org" not in thanks.content.decode()
        assert WRONG not in thanks.content.decode()

    def test_it_needs_no_cookie_and_sets_none(self, client, event, send):
        answer = send()

        assert answer.status_code == 302
        assert not answer.cookies
        assert not client.cookies

    def test_it_is_never_kept_by_a_cache(self, client, event):
        answer = client.get("/report/?page=/events/visit/")

        assert "no-store" in answer["Cache-Control"]
        assert not answer.has_header("ETag")

    def test_it_needs_a_mark_but_not_that_of_django(self, event, form_at):
        strict = Client(enforce_csrf_checks=True)
        address, filled = form_at("/events/visit/")

        assert strict.post(address, filled).status_code == 302

    @pytest.mark.parametrize("mark", ["", "forged", "a:b:c"])
    def test_a_form_without_its_mark_is_shown_again_with_a_new_one(self, client, event, form_at, mark):
        address, filled = form_at("/events/visit/")

        answer = client.post(address, filled | {"mark": mark})

        assert answer.status_code == 400
        assert "came without its mark" in answer.content.decode()
        assert WRONG in answer.content.decode()
        assert not ErrorReport.objects.exists()
        assert client.post(address, filled | {"mark": answer.context["mark"]}).status_code == 302

    def test_a_mark_made_for_something_else_is_refused(self, client, event, form_at):
        address, filled = form_at("/events/visit/")

        answer = client.post(address, filled | {"mark": signing.dumps({"address": "/"})})

        assert answer.status_code == 400

    def test_a_form_that_was_open_too_long_is_shown_again(self, client, event, form_at, monkeypatch):
        address, filled = form_at("/events/visit/")
        monkeypatch.setattr(reporting, "FORM_AGE", timedelta(seconds=-1))

        answer = client.post(address, filled)

        assert answer.status_code == 400
        assert "open for more than a day" in answer.content.decode()
        assert WRONG in answer.content.decode()
        assert not ErrorReport.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"message": ""}, "Say what is wrong"),
            ({"message": " \r\n "}, "Say what is wrong"),
            ({"message": "\u200b\u2060\n\u200d\ufe0f"}, "Say what is wrong"),
            ({"message": "x" * 4001}, "at most 4000 characters; these are 4001"),
            ({"message": "nul \x00"}, "Null characters are not allowed"),
            ({"email": "nobody"}, "not an e-mail address"),
            ({"email": f"{'x' * 64}@{'y' * 250}.org"}, "not an e-mail address"),
            ({"website": "https://example.org"}, "has to stay empty"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_is_not_kept(self, event, send, fields, sentence):
        answer = send(**fields)

        assert answer.status_code == 400
        assert sentence in html.unescape(answer.content.decode())
        assert not ErrorReport.objects.exists()

    def test_what_was_typed_stays_in_the_form(self, event, send):
        answer = send(email="nobody").content.decode()

        assert WRONG in answer
        assert 'value="nobody"' in answer

    def test_line_ends_count_once(self, event, send):
        answer = send(message="\r\n".join(["x"] * 2000))

        assert answer.status_code == 302
        assert len(ErrorReport.objects.get().message) == 3999

    def test_html_is_shown_as_it_was_typed(self, event, send):
        answer = send(message="<script>alert(1)</script>", email="x").content.decode()

        assert "&lt;script&gt;alert(1)" in answer
        assert "<script>" not in answer

    def test_the_same_report_sent_twice_is_one(self, client, event, form_at):
        address, filled = form_at("/events/visit/")

        for _press in range(2):
            assert client.post(address, filled).status_code == 302

        assert ErrorReport.objects.count() == 1

    def test_what_can_be_written_back_to_is_kept(self, event, send):
        send(email="reader@example.org")

        assert ErrorReport.objects.get().email == "reader@example.org"


class TestLimit:
    def test_the_sixth_report_of_an_hour_waits_with_all_that_was_typed(self, event, send):
        for number in range(5):
            assert send(message=f"Error {number}").status_code == 302

        answer = send(message="Error 6", email="reader@example.org")

        assert answer.status_code == 429
        assert 3500 < int(answer["Retry-After"]) <= 3600
        assert "in 60 minutes" in answer.content.decode()
        assert "Error 6" in answer.content.decode()
        assert 'value="reader@example.org"' in answer.content.decode()
        assert ErrorReport.objects.count() == 5

    def test_what_is_refused_does_not_count(self, event, send):
        for _attempt in range(6):
            send(message="")

        assert send().status_code == 302

    def test_another_address_is_counted_apart(self, client, event, form_at, settings):
        settings.REPORT_RATE = "1/hour"
        address, filled = form_at("/events/visit/")

        codes = [
            client.post(address, filled | {"message": address_of}, REMOTE_ADDR=address_of).status_code
            for address_of in ("192.0.2.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8:1::1")
        ]

        assert codes == [302, 429, 302, 302, 429, 302]

    def test_only_our_own_proxies_are_believed(self, client, event, form_at, settings):
        settings.REPORT_RATE = "1/hour"
        address, filled = form_at("/events/visit/")

        codes = [
            client.post(address, filled | {"message": said}, headers={"X-Forwarded-For": said}).status_code
            for said in ("192.0.2.1", "192.0.2.2")
        ]

        assert codes == [302, 429]

    def test_after_the_hour_the_next_is_taken(self, event, send, monkeypatch):
        for number in range(5):
            send(message=f"Error {number}")
        later = timezone.now().timestamp() + 3700
        monkeypatch.setattr(reporting.ReportThrottle, "timer", staticmethod(lambda: later))

        assert send(message="Error 6").status_code == 302


def test_the_form_costs_the_same_for_a_record_with_many_parts(queries_of):
    small = make_mission(milestones=[{"kind": "opened", "date": "2014"}])
    large = make_mission(milestones=[{"kind": "opened", "date": str(2000 + n)} for n in range(9)])

    addresses = [f"/report/?page={record.get_absolute_url()}" for record in (small, large)]

    assert queries_of(addresses[0]) == queries_of(addresses[1])


@pytest.mark.parametrize("seen", ["0" * 3900, "9" * 3900, "٣"])
def test_a_revision_of_too_many_digits_is_explained(client, seen):
    assert client.get("/report/", {"page": "/events/", "seen": seen}).status_code == 400
