"""/llms.txt: an index for language models, made from the routes of the site."""

import re

import pytest
from markdown_it import MarkdownIt

from kzafrica.editions.withdrawing import withdraw
from kzafrica.llms import ABOUT_SECTIONS
from kzafrica.views import GROUPS
from tests.api.resources import RESOURCES
from tests.factories import make_article, make_country, make_edition, make_event, make_user

pytestmark = pytest.mark.django_db


def links_in(text: str) -> list[str]:
    return [
        inner.attrs["href"]
        for token in MarkdownIt("commonmark").parse(text)
        for inner in token.children or ()
        if inner.type == "link_open"
    ]


@pytest.fixture
def text(client):
    answer = client.get("/llms.txt")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return answer.content.decode()


@pytest.fixture
def everything():
    """A row of every resource, so that every list has something to show."""
    make_country("KAZ", role="home")
    for resource in RESOURCES:
        resource.make()


def test_every_link_is_ours_and_answers(everything, text, client):
    links = links_in(text)

    assert len(links) > len(RESOURCES)
    assert [link for link in links if not link.startswith("http://testserver/")] == []
    assert [link for link in links if client.get(link).status_code != 200] == []


def test_it_has_the_form_that_is_agreed_on(everything, text):
    title, quote, *_rest = text.split("\n\n")

    assert title == "# KZ-Africa"
    assert quote.startswith("> The open record of relations")
    headings = re.findall(r"^#+ .+$", text, flags=re.M)
    assert headings[1:] == [
        "## Pages",
        "## Pages as Markdown",
        "## API",
        "## Files",
        "## Licence and citation",
        "## Optional",
    ]
    assert all(re.match(r"- \[.+?\]\(\S+\)(: .+)?$", line) for line in text.splitlines() if line.startswith("- ["))


def test_links_begin_with_the_address_of_the_site(settings, client):
    settings.SITE_ADDRESS = "https://kz-africa.example/"

    links = links_in(client.get("/llms.txt").content.decode())

    assert all(re.match(r"https://kz-africa\.example/(?!/)", link) for link in links)


def test_it_names_pages_in_english_whatever_the_reader_speaks(everything, client):
    first = client.get("/llms.txt").content

    assert client.get("/llms.txt", headers={"Accept-Language": "kk"}).content == first


def test_every_page_of_the_menu_is_described():
    assert {section.view_name for _label, sections in GROUPS for section in sections} == ABOUT_SECTIONS.keys()


def test_drafts_are_not_named_and_empty_lists_neither(client):
    make_country("KAZ", role="home")
    make_article(title="Secret article", status="draft")
    make_event(status="draft")

    text = client.get("/llms.txt").content.decode()

    assert "Secret" not in text
    assert "http://testserver/events/)" not in text


def test_an_edition_that_was_withdrawn_is_not_offered(client):
    made = make_edition()
    assert "/data/latest.zip" in client.get("/llms.txt").content.decode()

    withdraw(made, by=make_user("administrator", "aliya"), reason="A mistake")

    assert "/data/latest.zip" not in client.get("/llms.txt").content.decode()


def test_it_takes_no_parameter(client):
    assert client.get("/llms.txt?full=1").status_code == 400
