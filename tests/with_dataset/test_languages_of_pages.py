"""Every page type in four languages: its links stay in the language, and words in another one say so."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from events.models import Event

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
HOST = "http://testserver"
# What has no language in its address: the workshop, the API, which follows Accept-Language, and files.
WITHOUT_LANGUAGE = ("/admin/", "/api/", "/static/", "/favicon.ico", "/robots.txt", "/.well-known/")
# What is not a page, or not to be reached by a link from one.
NO_PAGES = ("_calendar", "_feed", "_csv", "_xlsx", "_parquet", "_readme", ":chart", "preview", "thanks")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Words that no language of the page applies to: what a menu offers, and what stands in pictures.
SILENT = ("title", "script", "style", "option", "svg", "code")


class PageReader(HTMLParser):
    """The links of a page, and its words with the language that they are marked with."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.links: list[tuple[str, dict]] = []
        self.alternates: dict[str, str] = {}
        self.words: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        said = dict(attrs)
        if tag == "a" and "href" in said:
            self.links.append((said["href"], said))
        elif tag == "form" and "action" in said:
            self.links.append((said["action"] or "", said))
        elif tag == "link" and said.get("rel") == "alternate" and "hreflang" in said:
            self.alternates[said["hreflang"]] = said["href"]
        if tag not in VOID:
            self.open.append((tag, said.get("lang") or (self.open[-1][1] if self.open else "")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and not any(tag in SILENT for tag, _language in self.open):
            self.words.append((self.open[-1][1], " ".join(data.split())))


def prefix_of(language: str) -> str:
    return "/" if language == "en" else f"/{language}/"


def page_type(path: str) -> str:
    """The name of the page behind a path; empty for what is no page of readers."""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return ""
    return "" if path.startswith(WITHOUT_LANGUAGE) or any(part in name for part in NO_PAGES) else name


def language_of(path: str) -> str:
    first = path.split("/")[1]
    return first if first in LANGUAGES else "en"


@pytest.fixture
def pages(client, dataset):
    """One page of each type that is reached by links from the home page of a language, read."""

    def walk(language: str) -> dict[str, tuple[str, str, PageReader]]:
        found: dict[str, tuple[str, str, PageReader]] = {}
        ahead = [prefix_of(language)]
        while ahead:
            address = ahead.pop(0)
            name = page_type(urlsplit(address).path)
            if not name or name in found:
                continue
            answer = client.get(address)
            assert answer.status_code in {200, 302}, address
            if answer.status_code == 302:
                continue
            html = answer.content.decode()
            found[name] = (address, html, PageReader(html))
            for link, said in found[name][2].links:
                target = urlsplit(urljoin(HOST + address, link))
                if target.netloc == "testserver" and "hreflang" not in said:
                    ahead.append(target.path + (f"?{target.query}" if target.query else ""))
        return found

    return walk


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_type_keeps_its_language(pages, language):
    found = pages(language)

    assert len(found) > 40
    for address, html, page in found.values():
        assert f'<html lang="{language}"' in html, address
        leaving = []
        for link, said in page.links:
            target = urlsplit(urljoin(HOST + address, link))
            is_ours = target.netloc == "testserver" and not target.path.startswith(WITHOUT_LANGUAGE)
            if is_ours and language_of(target.path) != said.get("hreflang", language):
                leaving.append(link)
        assert leaving == [], address
        assert set(page.alternates) == {*LANGUAGES, "x-default"}, address
        assert page.alternates["x-default"] == page.alternates["en"]
        assert page.alternates[language] == HOST + address
        assert {code: language_of(urlsplit(link).path) for code, link in page.alternates.items()} == {
            code: code for code in LANGUAGES
        } | {"x-default": "en"}


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_titles_that_nobody_translated_are_marked_as_english(pages, language):
    english = {event.title_en for event in Event.objects.filter(**{f"title_{language}": ""})}
    shown = [
        (marked, words, address) for address, _html, page in pages(language).values() for marked, words in page.words
    ]

    seen = [(marked, words, address) for marked, words, address in shown if words in english]
    assert len(seen) > 20
    assert [(words, address) for marked, words, address in seen if marked != "en"] == []


def test_a_page_of_a_record_says_that_it_is_not_translated_where_it_is_not(client, dataset):
    event = Event.objects.filter(title_fr="").published().first()
    sentence = "Cette fiche n’est pas encore traduite"

    before = client.get(f"/fr/events/{event.slug}/").content.decode()
    in_english = client.get(f"/events/{event.slug}/").content.decode()
    event.title_fr, event.summary_fr = "Une visite", "Elle a eu lieu." if event.summary_en else ""
    event.save()
    after = client.get(f"/fr/events/{event.slug}/").content.decode()

    assert sentence in before
    assert sentence not in in_english
    assert sentence not in after
    assert "<h1>Une visite</h1>" in after
