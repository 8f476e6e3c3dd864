"""What is put into the index: documents with their words, and who can give them. Knows no model of the sections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from kzafrica.search.words import legible, terms_of_word, words_of

# Longer texts are searched up to here: PostgreSQL keeps no place beyond 16383 of a text.
MOST_WORDS = 9000


class Passage(NamedTuple):
    """The words of a document in one language."""

    title: str
    body: str = ""


class Named(NamedTuple):
    """A name and the language it is in; empty: whatever its script allows."""

    text: str
    language: str = ""


@dataclass
class Document:
    """A record as it is found. ``drawn_from`` names the rows, by table and number, whose change changes this."""

    record_id: int
    key: str
    address: str
    passages: dict[str, Passage]
    aliases: list[Named] = field(default_factory=list)
    related: list[Named] = field(default_factory=list)
    countries: frozenset[str] = frozenset()
    edtf: str = ""
    spans: frozenset[tuple[date | None, date | None]] = frozenset()
    drawn_from: frozenset[tuple[str, int]] = frozenset()


class Searchable(Protocol):
    """A kind of document and where they come from."""

    # In addresses and filters: "event". What readers call one and many of them.
    type: str
    label: str
    labels: str
    # The table whose changes are told: "events.event"; empty where none are.
    record_type: str
    # What the score of such a document is multiplied with.
    weight: float
    # Whether one line of the change log may stand for many new rows.
    is_loaded_in_bulk: bool
    # The name of the API's resource; empty where there is none.
    resource: str

    def documents(self, record_ids: Iterable[int] | None = None) -> Iterator[Document]:
        """Those that readers may see, of these numbers or all."""

    def all_ids(self) -> set[int]:
        """The numbers of all that readers may see."""

    def state(self) -> str:
        """What else they depend on, beside the change log; when it is another, all of them are read again."""


# --- The terms of a document


class Terms(NamedTuple):
    """A field as terms: its words in order, and its stems and halves of words, whose order says nothing."""

    words: list[str]
    stems: list[str]


def terms_of(named: Iterable[Named]) -> Terms:
    words: list[str] = []
    stems: dict[str, None] = {}
    for text, language in named:
        for match in words_of(legible(text)):
            bare, others = terms_of_word(match[0], language)
            if bare:
                words.append(bare)
                stems |= dict.fromkeys(others)
    return Terms(words[:MOST_WORDS], list(stems))


def surface_words(texts: Iterable[str]) -> str:
    """The words of texts in small letters, each once: what a misspelt word may have meant."""
    found = {match[0].lower() for text in texts for match in words_of(legible(text))}
    return " ".join(sorted(word for word in found if len(word) > 3 and word.isalpha()))
