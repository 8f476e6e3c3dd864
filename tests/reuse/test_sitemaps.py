import xml.etree.ElementTree as ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from kzafrica.editorial.choices import Status
from kzafrica.views import offered_languages
from tests.factories import MAKERS, make_event

pytestmark = pytest.mark.django_db

HOME = "http://testserver"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def read(client):
    def parse(address: str) -> ElementTree.Element:
        answer = client.get(address)
        assert answer.status_code == 200
        return ElementTree.fromstring(answer.content)  # noqa: S314 - our own document

    return parse


def addresses(document: ElementTree.Element) -> list[str]:
    return [found.text for found in document.findall(".//s:loc", NAMES)]


def test_the_index_leads_to_every_public_record_and_page(read):
    records = [make() for model, make in MAKERS.items() if hasattr(model, "published_at")]

    found = [address for section in addresses(read("/sitemap.xml")) for address in addresses(read(section))]

    assert len(found) == len(set(found))
    expected = {f"{HOME}{record.get_absolute_url()}" for record in records if hasattr(record, "get_absolute_url")}
    assert expected <= set(found)
    assert {f"{HOME}/", f"{HOME}/kk/", f"{HOME}/events/", f"{HOME}/about/"} <= set(found)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_what_readers_do_not_see_is_in_none(read, status):
    make_event(slug="seen")
    make_event(slug="hidden", status=status)

    found = addresses(read("/sitemap-events.xml"))

    assert f"{HOME}/events/seen/" in found
    assert not [address for address in found if "hidden" in address]


def test_each_page_names_its_counterparts_in_the_offered_languages(read):
    event = make_event()

    entry = read("/sitemap-events.xml").find("s:url", NAMES)

    named = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)}
    assert set(named) == {*offered_languages(), "x-default"}
    assert named["kk"] == f"{HOME}/kk{event.get_absolute_url()}"


def test_a_record_says_when_it_last_changed(read):
    event = make_event()

    entry = read("/sitemap-events.xml").find("s:url", NAMES)

    assert entry.find("s:lastmod", NAMES).text[:10] == localtime(event.updated_at).date().isoformat()


def test_it_is_written_once_for_each_content(client):
    make_event()
    client.get("/sitemap-events.xml")

    with CaptureQueriesContext(connection) as queries:
        client.get("/sitemap-events.xml")

    assert len(queries) == 1


def test_a_section_without_records_is_not_there(client):
    assert client.get("/sitemap-awards.xml").status_code == 404
    assert client.get("/sitemap-nonsense.xml").status_code == 404


def test_robots_are_told_of_it(client):
    assert f"Sitemap: {HOME}/sitemap.xml\n" in client.get("/robots.txt").content.decode()
