"""The back ends of search behind one interface: each keeps terms and finds documents by clauses of terms.

``name`` tells one index from another; ``add`` and ``remove`` are called in the transaction that changes the rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from kzafrica.search.documents import Terms
from kzafrica.search.models import IndexedPassage
from kzafrica.search.query import Query

# What a word counts for, by where it stands: title, other names, text, names of other records.
FIELDS = ("title", "aliases", "body", "related")
WORD_WEIGHTS = (10.0, 8.0, 3.0, 1.0)
STEM_WEIGHTS = (7.0, 4.0, 2.0, 0.6)
# What a document counts for whose whole name is asked for, and one that tells of this year.
EXACT_FACTOR = 6.0
RECENT_FACTOR = 1.1


class Entry(NamedTuple):
    """A passage with its terms, field by field."""

    passage: IndexedPassage
    fields: tuple[Terms, ...]


@dataclass(frozen=True)
class Scope:
    """What documents are narrowed to; the type is not counted among the counts by type."""

    type: str = ""
    country: str = ""
    period: tuple[date, date] | None = None
    language: str = ""


@dataclass
class Found:
    """Documents by type and number, best first, and how many there are of each type."""

    rows: list[tuple[str, int]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


class Engine(Protocol):
    name: str

    def add(self, entries: Iterable[Entry]) -> None: ...

    def remove(self, passages: Iterable[IndexedPassage]) -> None:
        """Take out passages; called before their rows are deleted, whose documents are loaded."""

    def clear(self) -> None: ...

    def search(self, query: Query, scope: Scope, *, offset: int = 0, limit: int = 0) -> Found: ...


class EngineFailure(Exception):
    """The back end does not answer, or not as it should."""
