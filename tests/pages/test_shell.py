"""The menu, the languages, the site's own pages, the error pages."""

import pytest
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.test import RequestFactory

from kzafrica import views
from kzafrica.editorial.choices import Status
from tests.pages import factories


@pytest.mark.django_db
class TestMenu:
    def test_has_no_entry_for_an_empty_section(self, client):
        factories.make_source()
        factories.make_event(status=Status.DRAFT, cited=False)

        page = client.get("/sources/").content.decode()

        assert 'href="/sources/"' in page
        assert 'href="/events/"' not in page

    def test_has_an_entry_once_a_record_is_public(self, client):
        factories.make_event()

        assert 'href="/events/"' in client.get("/sources/").content.decode()

    def test_costs_one_query_however_many_sections_there_are(self, django_assert_num_queries):
        factories.make_event()

        with django_assert_num_queries(1):
            views.menu_for(RequestFactory().get("/events/"))

    def test_marks_the_section_of_the_page(self, client):
        factories.make_event()

        assert 'href="/events/" aria-current="true"' in client.get("/events/").content.decode()

    def test_leads_to_the_same_page_in_every_translated_language(self, client, monkeypatch):
        monkeypatch.setattr("kzafrica.views.offered_languages", lambda: ("en", "kk", "ru", "fr"))

        page = client.get("/sources/?kind=news").content.decode()

        for address in ("/kk/sources/?kind=news", "/ru/sources/?kind=news", "/fr/sources/?kind=news"):
            assert f'href="{address}"' in page

    def test_leads_to_no_language_that_is_not_translated(self, client, monkeypatch):
        monkeypatch.setattr("kzafrica.views.offered_languages", lambda: ("en",))

        page = client.get("/sources/?kind=news").content.decode()

        assert "hreflang" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/about/", "/methodology/", "/data/", "/privacy/", "/ru/about/", "/kk/methodology/"]
)
def test_own_pages_open(client, address):
    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.django_db
def test_methodology_states_the_network_rule_as_it_is_computed(text_of):
    assert str(views.RULE) in text_of("/methodology/").replace("&#x27;", "'")


@pytest.mark.django_db
def test_methodology_explains_dates_by_example(text_of):
    page = text_of("/methodology/")

    assert "2023-10~/2023-12~" in page
    assert "late 2023" in page


@pytest.mark.django_db
def test_robots_stay_out_of_the_admin(client):
    answer = client.get("/robots.txt")

    assert answer["Content-Type"].startswith("text/plain")
    assert b"Disallow: /admin/" in answer.content


@pytest.mark.django_db
def test_security_contact_is_valid_for_some_months(client):
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())

    assert lines["Contact"].startswith("mailto:")
    assert lines["Expires"].endswith("+00:00")
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"


def test_health_needs_no_database(client):
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_readiness_fails_without_the_database(client, monkeypatch):
    def silent():
        raise DatabaseError

    assert client.get("/readyz").status_code == 200

    monkeypatch.setattr(views, "content_revision", silent)

    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("status", [400, 403, 404, 410, 429, 500])
def test_error_pages_need_neither_request_nor_database(status):
    errors = [{"parameter": "kind", "detail": "There is no “x” here."}]
    context = {"status": status, "title": "Wrong", "detail": "What is wrong.", "errors": errors}

    page = render_to_string(f"{status}.html", context)

    assert "What is wrong." in page
    assert "There is no “x” here." in page
    assert page.count("<h1") == 1


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_has_a_page_with_the_menu(client):
    factories.make_source()

    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert 'href="/sources/"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/about/", "/events/{event}/"])
def test_a_page_without_filters_refuses_parameters_but_forgives_tracking(client, address):
    address = address.format(event=factories.make_event().slug)

    assert client.get(address, {"utm_source": "letter"}).status_code == 200
    refused = client.get(address, {"colour": "blue"})
    assert refused.status_code == 400
    assert "colour" in refused.content.decode()
