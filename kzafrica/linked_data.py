"""What programs read of a page: what it is about, in the words of schema.org. Knows no model.

A date is written only as precisely as it is known. ISO 8601 has days, months and years; what has no such form, or is
marked as about or uncertain, is left out rather than made a day that no source names.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from kzafrica.date_words import Form, Gap, Term
from kzafrica.dates import ImpreciseDate

PUBLISHER = "KZ-Africa"
LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"

# What HTML would read as the end of the script, or as the beginning of a comment in it.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


class Nature(Enum):
    """What a page is to a bibliography: the word of CSL, of RIS, and of Open Graph."""

    RECORD = ("webpage", "ELEC", "website")
    DATA = ("dataset", "DATA", "website")
    ARTICLE = ("article", "ELEC", "article")

    @property
    def csl(self) -> str:
        return self.value[0]

    @property
    def ris(self) -> str:
        return self.value[1]

    @property
    def open_graph(self) -> str:
        return self.value[2]


@dataclass(frozen=True)
class Description:
    """A record in a few words: for the head of its page, its citation, its card and its share image.

    ``text`` is a sentence or two in the language of the reader. ``item`` are members of schema.org beside name,
    description and address, with its ``@type``. ``number`` is what a figure is about.
    """

    title: str
    kind: str
    text: str
    item: Mapping[str, Any]
    date: ImpreciseDate | None = None
    place: str = ""
    sides: tuple[str, ...] = ()
    nature: Nature = Nature.RECORD
    authors: tuple[str, ...] = ()
    # Those of the authors that are no people.
    bodies: tuple[str, ...] = ()
    number: str = ""
    counts: tuple[tuple[str, str], ...] = ()

    @property
    def date_in_words(self) -> str:
        return self.date.text() if self.date else ""

    @property
    def written(self) -> ImpreciseDate | None:
        """When a signed article was written; other pages have no day but that of their last change."""
        return self.date if self.nature is Nature.ARTICLE else None


@dataclass(frozen=True)
class Trail:
    """A page above the present one."""

    name: str
    address: str


@dataclass(frozen=True)
class PageFacts:
    """What is true of the page itself, whatever it is about. All addresses are whole.

    ``identity`` names what the page is about, the same in every language; ``root`` is the address of the site.
    """

    address: str
    home: str
    root: str
    identity: str
    language: str
    image: str
    changed: datetime | None = None
    published: datetime | None = None
    document: str = ""
    version: int | None = None
    version_address: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    trail: tuple[Trail, ...] = field(default=())


# --- Dates


def iso_date(term: Term | Gap) -> str | None:
    """A certain term as ISO 8601, as far as it is known: ``2025-05-12``, ``2025-05``, ``2025``; else None."""
    if isinstance(term, Gap) or term.mark:
        return None
    match term.form:
        case Form.DAY:
            return f"{term.year:04}-{term.number:02}-{term.day:02}"
        case Form.MONTH | Form.SOME_DAY_OF_MONTH:
            return f"{term.year:04}-{term.number:02}"
        case Form.YEAR | Form.SOME_MONTH | Form.SOME_DAY_OF_YEAR:
            return f"{term.year:04}"
    return None


def iso_day(date: ImpreciseDate | None) -> str | None:
    """A date that is one term, as precisely as it is known; None for an interval and for what ISO 8601 cannot say."""
    return iso_date(date.start) if date is not None and date.start == date.end else None


def iso_span(date: ImpreciseDate | None) -> dict[str, str]:
    """``startDate`` and ``endDate`` of what lasted from one end of the date to the other, where they are certain."""
    if date is None or date.earliest is None:
        # Some time before a day: nothing ended on it.
        return {}
    ends = {"startDate": iso_date(date.start)}
    if date.start != date.end:
        ends["endDate"] = iso_date(date.end)
    return {name: end for name, end in ends.items() if end}


def coverage(date: ImpreciseDate | None) -> str | None:
    """The bounds of a date as an interval of days, open with two dots; None where a mark makes them no bounds."""
    if date is None or date.is_approximate or date.is_uncertain:
        return None
    if date.is_day:
        return date.earliest.isoformat()
    return "/".join(day.isoformat() if day else ".." for day in (date.earliest, date.latest))


# --- The graph


def graph(description: Description, page: PageFacts) -> dict:
    """The page, what it is about, and the way to it, as one document of linked data."""
    return document(nodes(description, page), page.root)


def nodes(description: Description, page: PageFacts) -> list[dict]:
    return [page_node(description, page), item_node(description, page), way_node(description, page)]


def item_node(description: Description, page: PageFacts) -> dict:
    """What the page is about."""
    item = {
        "@id": page.identity,
        **description.item,
        "name": description.title,
        "description": description.text,
        "url": page.address,
        "mainEntityOfPage": {"@id": page.address},
    }
    if description.nature is Nature.DATA:
        item |= {
            "license": LICENCE_ADDRESS,
            "creator": organization(page),
            "temporalCoverage": coverage(description.date),
            "distribution": page.document
            and {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": page.document},
        }
    if description.nature is Nature.ARTICLE:
        item |= {
            "headline": description.title,
            "license": LICENCE_ADDRESS,
            "publisher": organization(page),
            "author": [
                {"@type": "Organization" if name in description.bodies else "Person", "name": name}
                for name in description.authors
            ],
            "datePublished": iso_day(description.date) or moment(page.published),
            "dateModified": moment(page.changed),
            "inLanguage": page.language,
            "image": page.image,
        }
    return item


def page_node(description: Description, page: PageFacts) -> dict:
    image = {"@type": "ImageObject", "url": page.image, "width": 1200, "height": 630}
    return {
        "@type": "WebPage",
        "@id": page.address,
        "url": page.address,
        "name": description.title,
        "description": description.text,
        "inLanguage": page.language,
        "isPartOf": {"@type": "WebSite", "@id": f"{page.root}#site", "name": PUBLISHER, "url": page.home},
        "publisher": organization(page),
        "license": LICENCE_ADDRESS,
        "datePublished": moment(page.published),
        "dateModified": moment(page.changed),
        "version": page.version,
        "temporalCoverage": coverage(description.date),
        "primaryImageOfPage": image if page.image else None,
        "mainEntity": {"@id": page.identity},
        "breadcrumb": {"@id": way_address(page)} if page.trail else None,
        "citation": [
            {"@type": "CreativeWork", "name": name, **({"url": address} if address else {})}
            for name, address in page.sources
        ],
    }


def way_node(description: Description, page: PageFacts) -> dict:
    """The pages above it, down to itself; nothing where none is known."""
    if not page.trail:
        return {}
    return {
        "@type": "BreadcrumbList",
        "@id": way_address(page),
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": step.name, "item": step.address}
            for number, step in enumerate((*page.trail, Trail(description.title, page.address)), start=1)
        ],
    }


def way_address(page: PageFacts) -> str:
    return f"{page.address}#way"


def organization(page: PageFacts) -> dict:
    return {"@type": "Organization", "@id": f"{page.root}#publisher", "name": PUBLISHER, "url": page.home}


def moment(when: datetime | None) -> str | None:
    return when.isoformat(timespec="seconds") if when else None


def document(items: Iterable[dict], root: str = "") -> dict:
    """Items of schema.org as one document; members without a value are left out."""
    return {"@context": "https://schema.org", "@graph": told([item for item in items if item], root)}


def told(value: Any, root: str = "") -> Any:
    """The same without members that are empty, at any depth; an ``@id`` that begins with a slash becomes whole."""
    if isinstance(value, Mapping):
        kept = {name: told(member, root) for name, member in value.items()}
        if str(kept.get("@id", "")).startswith("/"):
            kept["@id"] = root.rstrip("/") + kept["@id"]
        return {name: member for name, member in kept.items() if member not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [told(member, root) for member in value if member not in (None, "", [], {})]
    return value if isinstance(value, str | int | float) or value is None else str(value)


def data_block(value: dict) -> SafeString:
    """The document as it may stand within a script element: no letter in it ends the element or opens a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308 - the letters that mean anything to HTML are escaped on the line above
