"""What each face of a list says stands in it: its page, its resource of the API, its files, its calendar and feed."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

import icalendar
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from python_calamine import CalamineWorkbook

from kzafrica.api import router
from kzafrica.editorial.downloads import RecordFile
from kzafrica.editorial.feeds import RecordFeed

TITLE = re.compile(r'<h\d class="row-title"><a href="([^"]+)"')
ROWS = re.compile(r'<ol class="rows">.*?</ol>', re.S)
NEXT = re.compile(r'<a rel="next" href="([^"]+)"')
ENTRY = re.compile(r"<entry>.*?<id>tag:kz-africa,2025:([^<]+)</id>", re.S)
NEXT_FEED = re.compile(r'<link href="([^"]+)" rel="next"|<link rel="next" href="([^"]+)"')


class Refused(Exception):
    """The face answered 400."""


@dataclass(frozen=True)
class Faces:
    """A list, with the resource and the files of the same records."""

    listed: type
    viewset: type
    file_name: str

    def __str__(self) -> str:
        return self.resource

    @property
    def model(self) -> type:
        return self.listed.queryset.model

    @property
    def filters(self) -> type:
        return self.listed.filterset_class

    @property
    def resource(self) -> str:
        return next(prefix for prefix, viewset, _basename in router.registry if viewset is self.viewset)

    def address_of(self, ending: str) -> str | None:
        """The calendar or the feed; None where the list has none."""
        name = {"ics": "calendar", "atom": "feed"}[ending]
        offered = {form for form, _media_type, _label in self.listed.feed_forms} if self.listed.feed_name else ()
        return reverse(f"{self.listed.feed_name}_{name}") if name in offered else None

    @property
    def feed(self) -> type[RecordFeed]:
        name = self.listed.feed_name.partition(":")[2]
        return next(p.callback.view_class for p in patterns() if p.name == f"{name}_feed")

    def page(self, client: Client, question: dict) -> list[str]:
        """The records among the results, page by page."""
        found, address = [], reverse(f"{self.file_name}_list") + query(question)
        while address:
            html = answered(client, address).content.decode()
            found += [key_in(link) for rows in ROWS.findall(html) for link in TITLE.findall(rows)]
            following = NEXT.search(html)
            address = reverse(f"{self.file_name}_list") + unescape(following[1]) if following else None
        return found

    def api(self, client: Client, question: dict, limit: int) -> list[str]:
        """The records of the resource, following ``next``."""
        found, address = [], f"/api/v1/{self.resource}/" + query({**question, "limit": str(limit), "fields": "id"})
        while address:
            document = answered(client, address).json()
            found += [row["id"] for row in document["results"]]
            address = document["next"]
        return found

    def csv(self, client: Client, question: dict) -> list[str]:
        answer = answered(client, reverse(f"{self.file_name}_csv") + query(question))
        text = answer.getvalue().decode("utf-8-sig")
        return [row["id"] for row in csv.DictReader(io.StringIO(text))]

    def xlsx(self, client: Client, question: dict) -> list[str]:
        answer = answered(client, reverse(f"{self.file_name}_xlsx") + query(question))
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
        head, *rows = book.get_sheet_by_index(1).to_python()
        return [str(row[head.index("id")]) for row in rows]

    def atom(self, client: Client, question: dict) -> list[str]:
        """What the entries of the feed are called, page by page."""
        found, address = [], self.address_of("atom") + query(question)
        while address:
            document = answered(client, address).content.decode()
            found += ENTRY.findall(document)
            following = NEXT_FEED.search(document)
            address = unescape(following[1] or following[2]) if following else None
        return found

    def ics(self, client: Client, question: dict) -> list[str]:
        """The same of its calendar."""
        calendar = icalendar.Calendar.from_ical(answered(client, self.address_of("ics") + query(question)).content)
        return [str(part["uid"]).removesuffix("@kz-africa") for part in calendar.subcomponents]


def query(question: dict) -> str:
    return f"?{urlencode(question)}" if question else ""


def answered(client: Client, address: str):
    answer = client.get(address)
    if answer.status_code == 400:
        raise Refused(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer


def key_in(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def patterns(within=None) -> Iterator[URLPattern]:
    for pattern in (within or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from patterns(pattern)


def every_list() -> list[Faces]:
    """Every list that is offered as a file, told from the addresses of the site: a new one is among them by itself."""
    files = [p.callback for p in patterns() if getattr(p.callback, "view_class", None) is RecordFile]
    known = [each.view_initkwargs for each in files if each.view_initkwargs["ending"] == "csv"]
    return [Faces(each["listed"], each["viewset"], each["listed"].file_name) for each in known]
