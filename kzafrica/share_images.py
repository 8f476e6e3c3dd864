"""What other sites show of a page of ours that somebody shares: 1200 by 630 pixels, drawn from the record itself."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import get_language

from kzafrica.lettering import BOLD, ELLIPSIS, FAMILY, REGULAR, wrapped
from kzafrica.linked_data import LICENCE, PUBLISHER, Description
from kzafrica.pictures import NOT_XML, png_of

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
INNER = WIDTH - 2 * MARGIN
# Below the masthead and its seam, above the line with the address.
TOP, BOTTOM = 176, 548
# Sizes of type with the number of lines that each may take, from the best to the last that is tried.
TITLE_STEPS = ((68, 2), (60, 2), (52, 3), (46, 3), (40, 3), (36, 3))
SHORT_TITLE_STEPS = tuple((size, 2) for size, _most in TITLE_STEPS)
SUBTITLE_STEPS = ((44, 2), (40, 2), (36, 2))
NUMBER_STEPS = tuple((size, 1) for size in (132, 112, 96, 80, 64, 52))
KIND_SIZE, WORDS_SIZE, COUNT_SIZE = 28, 32, 60
COUNTS_HEIGHT = 44 + COUNT_SIZE
LEADING = 1.2
# A month, after which a drawing that nobody asks for is made anew.
KEPT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True)
class Text:
    """One line of type: where it begins, how large, in which of the colours of the drawing."""

    words: str
    x: int
    y: int
    size: int
    tone: str = "ink"
    is_bold: bool = False

    @property
    def weight(self) -> int:
        return 700 if self.is_bold else 400

    @property
    def path(self) -> Path:
        return BOLD if self.is_bold else REGULAR


def fitted(text: str, width: int, steps: tuple[tuple[int, int], ...], path: Path = BOLD) -> tuple[int, list[str]]:
    """The first size at which the text stands whole in the lines it may take; at the last it is cut if it must be."""
    for size, most in steps:
        lines = wrapped(text, width, size, path=path, most=most)
        if not any(line.endswith(ELLIPSIS) for line in lines):
            break
    return size, lines


@dataclass(frozen=True)
class Card:
    """A description laid out: what it is, its title or its number, when and where, and whose page it is."""

    description: Description
    address: str

    @property
    def texts(self) -> list[Text]:
        return [*self._body(), *self._foot()]

    def _body(self) -> Iterator[Text]:
        said = self.description
        y = TOP + KIND_SIZE
        if said.kind:
            yield Text(wrapped(said.kind, INNER, KIND_SIZE, path=BOLD, most=1)[0], MARGIN, y, KIND_SIZE, "deep", True)
        if said.number:
            size, lines = fitted(said.number, INNER, NUMBER_STEPS)
            y += round(size * 1.1)
            yield Text(lines[0], MARGIN, y, size, "earth", True)
            size, lines = fitted(said.title, INNER, SUBTITLE_STEPS)
            y += 10
        else:
            size, lines = fitted(said.title, INNER, SHORT_TITLE_STEPS if said.counts else TITLE_STEPS)
        for line in lines:
            y += round(size * LEADING)
            yield Text(line, MARGIN, y, size, "ink", True)
        yield from self._below(y + round(size * 0.25))

    def _below(self, y: int) -> Iterator[Text]:
        said = self.description
        words = [" · ".join(filter(None, (said.date_in_words, said.place))), "; ".join(said.authors)]
        # The title of an event between two states mostly names them; a number and a mission may not.
        words.append(" – ".join(said.sides))
        for line in (text for text in words if text):
            y += round(WORDS_SIZE * 1.4)
            if y > (BOTTOM - COUNTS_HEIGHT if said.counts else BOTTOM):
                return
            yield Text(wrapped(line, INNER, WORDS_SIZE, most=1)[0], MARGIN, y, WORDS_SIZE, "soft")
        if said.counts and y <= BOTTOM - COUNTS_HEIGHT:
            yield from self._counts(BOTTOM - 44)

    def _counts(self, y: int) -> Iterator[Text]:
        shown = self.description.counts[:5]
        room = INNER // len(shown)
        for place, (number, label) in enumerate(shown):
            x = MARGIN + place * room
            yield Text(wrapped(number, room - 16, COUNT_SIZE, path=BOLD, most=1)[0], x, y, COUNT_SIZE, "earth", True)
            yield Text(wrapped(label, room - 16, 24, most=1)[0], x, y + 36, 24, "soft")

    def _foot(self) -> Iterator[Text]:
        yield Text(wrapped(PUBLISHER, INNER, 40, path=BOLD)[0], MARGIN, 78, 40, "masthead", True)
        address = self.address.partition("://")[2].rstrip("/")
        yield Text(wrapped(f"{address} · {LICENCE}", INNER, 24, most=1)[0], MARGIN, HEIGHT - 36, 24, "soft")


def svg_of_card(card: Card) -> str:
    context = {"card": card, "width": WIDTH, "height": HEIGHT, "margin": MARGIN, "inner": INNER, "family": FAMILY}
    return NOT_XML.sub("", render_to_string("charts/share.svg", context | {"language": get_language() or "en"}))


def share_image(description: Description, address: str) -> bytes:
    """The card as PNG. It is kept under a checksum of its drawing, so that no change of the record can leave it old."""
    svg = svg_of_card(Card(description, address))
    key = f"share:{hashlib.sha256(svg.encode()).hexdigest()}"
    image = cache.get(key)
    if image is None:
        image = png_of(svg)
        cache.set(key, image, KEPT_SECONDS)
    return image
