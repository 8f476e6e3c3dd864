"""Every page type in four languages: its links stay in the language, and words in another one say so."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import cycle
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override

from events.models import Event

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
HOST = "http://testserver"
# What has no language in its address: the workshop, the API, which follows Accept-Language, and files.
WITHOUT_LANGUAGE = ("/admin/", "/api/", "/static/", "/favicon.ico", "/robots.txt", "/llms.txt", "/.well-known/")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Words that no language of the page applies to: what a menu offers, and what stands in pictures.
SILENT = ("title", "script", "style", "option", "svg", "code")
# It shows the columns of every language, each with the name of that.
COLUMN_BY_COLUMN = "editorial:record_version"


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
        with override(language_of(path)):
            name = resolve(path).view_name
    except Resolver404:
        return ""
    # Cards for other sites are of one template.
    name = "embed" if name.endswith("_embed") else name
    # What ends in something else is a file.
    return name if path.endswith("/") and not path.startswith(WITHOUT_LANGUAGE) else ""


def language_of(path: str) -> str:
    first = path.split("/")[1]
    return first if first in LANGUAGES else "en"


@dataclass(frozen=True)
class Page:
    language: str
    address: str
    html: str
    read: PageReader

    def in_other(self, language: str) -> str:
        """The address in another language, without what was asked: that may name a page in this one."""
        return urlsplit(self.address).path.replace(prefix_of(self.language), prefix_of(language), 1)

    def targets(self) -> Iterator[tuple[str, str]]:
        """The links to pages of ours and the language that each should have."""
        for link, said in self.read.links:
            target = urlsplit(urljoin(HOST + self.address, link))
            if target.netloc == "testserver" and not target.path.startswith(WITHOUT_LANGUAGE):
                path = target.path + (f"?{target.query}" if target.query else "")
                yield path, said.get("hreflang", self.language)


@pytest.fixture
def pages(client, dataset) -> list[Page]:
    """A page of each type that links lead to from the French home page, and again in the other languages by turns."""

    def page_at(address: str, language: str) -> Page | None:
        answer = client.get(address)
        assert answer.status_code in {200, 302}, address
        html = answer.content.decode()
        return Page(language, address, html, PageReader(html)) if answer.status_code == 200 else None

    found: dict[str, Page] = {}
    ahead = deque(["/fr/"])
    while ahead:
        address = ahead.popleft()
        name = page_type(urlsplit(address).path)
        if name and name not in found and (page := page_at(address, "fr")):
            found[name] = page
            ahead.extend(target for target, language in page.targets() if language == "fr")
    others = zip(found.values(), cycle(code for code in LANGUAGES if code != "fr"))
    return [
        *found.values(),
        *(page_at(page.in_other(code), code) for page, code in others),
    ]


def test_every_page_type_keeps_its_language_and_marks_words_in_another(pages):
    assert len(pages) > 100
    titles = {
        code: set(Event.objects.filter(**{f"title_{code}": ""}).values_list("title_en", flat=True))
        for code in LANGUAGES
    }
    marked = 0
    for page in pages:
        assert f'<html lang="{page.language}"' in page.html, page.address
        assert [link for link, language in page.targets() if language_of(link) != language] == [], page.address

        alternates = page.read.alternates
        # A card for other sites is no page to be found by itself.
        assert page.address.endswith("/embed/") or {
            code: language_of(urlsplit(link).path) for code, link in alternates.items()
        } == {
            **{code: code for code in LANGUAGES},
            "x-default": "en",
        }, page.address
        assert alternates.get(page.language, HOST + page.address) == HOST + page.address

        if page_type(page.address) == COLUMN_BY_COLUMN:
            continue
        english = [language for language, words in page.read.words if words in titles[page.language]]
        assert set(english) <= {"en"}, page.address
        marked += len(english) if page.language != "en" else 0
    assert marked > 20


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
