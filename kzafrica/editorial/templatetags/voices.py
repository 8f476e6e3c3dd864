"""Who says so, in one line: for rows of tables and lists, where the whole evidence would be too long."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django import template

from kzafrica.editorial.evidence import Evidence, evidence_of
from kzafrica.editorial.models import Citation, Source
from kzafrica.editorial.publishable import PublishableModel

register = template.Library()

# So many sources a line names of those that agree, and of those that differ; the page of the record has all of them.
AGREEING_NAMED, DIFFERING_NAMED = 4, 3


@register.filter
def evidence(record: PublishableModel) -> Evidence:
    """All that sources say about a record; no query where the citations are loaded."""
    return evidence_of(record)


class Voice(NamedTuple):
    """A source and what to call it in one line: its publisher, with the date where one publisher speaks twice."""

    source: Source
    name: str


@register.filter
def supporting(citations: Iterable[Citation]) -> list[Voice]:
    """Each source that says what the record says, once, in the order cited."""
    return _voices(citation.source for citation in citations if not citation.differs)


@register.filter
def differing(citations: Iterable[Citation]) -> list[Voice]:
    """Each source that says something else, once."""
    return _voices(citation.source for citation in citations if citation.differs)


class Named(NamedTuple):
    """The sources that a line has room for, and how many more there are."""

    voices: list[Voice]
    unnamed_count: int

    def __bool__(self) -> bool:
        return bool(self.voices)


class SaidBy(NamedTuple):
    """Who says what the record says, and who says something else."""

    agree: Named
    differ: Named


@register.filter
def said_by(citations: Iterable[Citation]) -> SaidBy:
    """Who says so, as a line names them: a row does not grow with the number of its sources."""
    citations = list(citations)
    return SaidBy(
        _first(supporting(citations), AGREEING_NAMED),
        _first(differing(citations), DIFFERING_NAMED),
    )


def _first(voices: list[Voice], limit: int) -> Named:
    return Named(voices[:limit], len(voices[limit:]))


@register.filter
def stated_otherwise(record: PublishableModel, field: str) -> list[str]:
    """What sources state of a field of the record itself instead, in words, each statement once."""
    rows = [row for dispute in evidence_of(record).disputes if not dispute.part for row in dispute.differing]
    return list(dict.fromkeys(row.stated.text for row in rows if row.citation.field == field))


def _voices(sources: Iterable[Source]) -> list[Voice]:
    once = list({source.pk: source for source in sources}.values())
    count = Counter(source.publisher for source in once)
    return [Voice(source, _name(source, is_alone=count[source.publisher] == 1)) for source in once]


def _name(source: Source, *, is_alone: bool) -> str:
    return source.publisher if is_alone or not source.published else f"{source.publisher}, {source.published.text()}"
