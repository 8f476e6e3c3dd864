"""Who says so, in one line: for rows of tables and lists, where the whole evidence would be too long."""

from collections.abc import Iterable

from django import template

from kzafrica.editorial.evidence import Evidence, evidence_of
from kzafrica.editorial.models import Citation, Source
from kzafrica.editorial.publishable import PublishableModel

register = template.Library()


@register.filter
def evidence(record: PublishableModel) -> Evidence:
    """All that sources say about a record; no query where the citations are loaded."""
    return evidence_of(record)


@register.filter
def supporting_sources(citations: Iterable[Citation]) -> list[Source]:
    """Each source that says what the record says, once, in the order cited."""
    return list({citation.source_id: citation.source for citation in citations if not citation.differs}.values())


@register.filter
def differing_sources(citations: Iterable[Citation]) -> list[Source]:
    """Each source that says something else, once."""
    return list({citation.source_id: citation.source for citation in citations if citation.differs}.values())
