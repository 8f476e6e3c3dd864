"""What a calendar or a feed tells of one occasion, and the feed as Atom (RFC 4287, paged as in RFC 5005)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from kzafrica.dates import ImpreciseDate

AUTHOR = "KZ-Africa"
# A tag URI (RFC 4151) names things for ever and is the address of nothing, so it outlives any host of this site.
TAG = "tag:kz-africa,2025:"
DATE_NAMESPACE = f"{TAG}date"
RIGHTS = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"

# A feed says when it last changed; one in which nothing has happened yet has been so since the record began.
BEGINNING = datetime(2025, 9, 10, tzinfo=UTC)

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class State(StrEnum):
    """Whether what an entry tells of stands, may still change, or is called off."""

    SETTLED = "settled"
    OPEN = "open"
    CANCELLED = "cancelled"


class Category(NamedTuple):
    """A word of a vocabulary: as programs write it and as readers do."""

    term: str
    label: str


@dataclass(frozen=True)
class Entry:
    """One occasion. ``uid`` is its own for ever, in every language; ``sequence`` only grows.

    A date that is a span says how long the occasion lasted; any other only between which days it fell.
    """

    uid: str
    title: str
    date: ImpreciseDate | None
    url: str
    published: datetime
    updated: datetime
    sequence: int = 0
    state: State = State.SETTLED
    is_span: bool = False
    place: str = ""
    paragraphs: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and last day on which it took place, if the date says so exactly; bounds are no such days.

        The last day of all calendars is left out: a calendar names the day after the last, and there is none.
        """
        if self.date is None or not self.date.is_exact or self.date.latest == date.max:
            return None
        return (self.date.earliest, self.date.latest) if self.is_span or self.date.is_day else None

    @property
    def date_in_words(self) -> str:
        return self.date.text() if self.date else _("date not known")


@dataclass(frozen=True)
class Channel:
    """The list that entries come from: its name for ever, its title, where readers see it, and the document itself.

    ``pages`` are the addresses of other pages of the document by their relation: first, previous, next.
    """

    name: str
    title: str
    language: str
    list_address: str
    own_address: str
    pages: Mapping[str, str] = field(default_factory=dict)


def plain(text: str) -> str:
    """The text with line feeds for all its line ends and without characters that XML and iCalendar forbid."""
    return _NOT_TEXT.sub("", "\n".join(text.splitlines()))


def write_atom(channel: Channel, entries: Iterable[Entry]) -> bytes:
    """The entries in the order given, as one Atom document."""
    feed = DatedAtomFeed(
        title=plain(channel.title),
        link=channel.list_address,
        description=None,
        language=channel.language,
        author_name=AUTHOR,
        feed_url=channel.own_address,
        feed_guid=TAG + channel.name,
        feed_copyright=RIGHTS,
        pages=channel.pages,
    )
    for entry in entries:
        feed.add_item(
            title=plain(entry.title),
            link=entry.url,
            description=None,
            unique_id=TAG + entry.uid,
            pubdate=entry.published,
            updateddate=entry.updated,
            entry=entry,
        )
    return feed.writeString("utf-8").encode()


class DatedAtomFeed(Atom1Feed):
    """Atom whose entries carry imprecise dates: what EDTF says, its bounds, and its words."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:date": DATE_NAMESPACE}

    def add_root_elements(self, handler) -> None:
        super().add_root_elements(handler)
        for relation, address in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def latest_post_date(self) -> datetime:
        # Django takes the present moment for a feed without entries, and the same feed would never be the same.
        return max((item["updateddate"] for item in self.items), default=BEGINNING)

    def add_item_elements(self, handler, item: dict) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        where_and_when = ", ".join(filter(None, (entry.date_in_words, entry.place)))
        handler.addQuickElement("summary", plain("\n".join((where_and_when, *entry.paragraphs))), {"type": "text"})
        for category in entry.categories:
            handler.addQuickElement("category", "", {"term": category.term, "label": plain(category.label)})
        if entry.date is not None:
            handler.addQuickElement("date:edtf", entry.date.edtf)
            for name in ("earliest", "latest"):
                if day := getattr(entry.date, name):
                    handler.addQuickElement(f"date:{name}", day.isoformat())
            handler.addQuickElement("date:words", entry.date_in_words)
