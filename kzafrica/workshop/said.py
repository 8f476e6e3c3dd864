"""What is typed of a record so far, as its section looks through it for another of the same thing.

A section's rules stand in its ``duplicates.py``; its admin classes name them in ``twins``. A rule is asked with the
plain content of a record, whole or not, and with the records to look among; it gives those that may be the same.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet

from kzafrica.dates import DateError, ImpreciseDate

MOST_TWINS = 5


@dataclass(frozen=True)
class Rule:
    """Which fields it reads, such as ``date`` and ``participations.country``, and how it looks."""

    reads: tuple[str, ...]
    look: Callable[[dict, QuerySet], Iterable[models.Model]]


def of_parts(said: dict, part: str, field: str) -> list[str]:
    """What the parts of a kind say in one field, each once."""
    return list(dict.fromkeys(row[field] for row in said.get(part, ()) if row.get(field)))


def date_of(text: str) -> ImpreciseDate | None:
    """The date that is typed; None while it cannot be read."""
    try:
        return ImpreciseDate.parse(text) if text.strip() else None
    except DateError:
        return None


def at_the_same_time(name: str, text: str) -> Q:
    """Rows whose date may be that one, or whose date nobody knows; those alone where none is typed."""
    date = date_of(text)
    return Q(**{name: None}) | Q(**{f"{name}__overlaps": date}) if date else Q(**{name: None})


def twins_of(rule: Rule | None, model: type[models.Model], said: dict, *, other_than: int | None = None) -> list:
    """The records, drafts too, that may be of the same thing; what was withdrawn is not among them."""
    if rule is None:
        return []
    found: Iterator[models.Model] = iter(())
    try:
        found = iter(rule.look(said, model.objects.at_hand().exclude(pk=other_than)))
        return list(dict.fromkeys(found))[:MOST_TWINS]
    except (ValidationError, ValueError, DateError):
        # What is half typed is not looked for yet.
        return []
