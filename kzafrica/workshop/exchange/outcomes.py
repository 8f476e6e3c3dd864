"""What an import would do with each record of a file, and which records of the database it is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from json import dumps

from django.db import models

from kzafrica.editorial.change_words import FieldChange
from kzafrica.editorial.choices import ProposalState
from kzafrica.editorial.content import with_content
from kzafrica.editorial.models import ProposedChange, Redirect
from kzafrica.workshop.exchange.lines import Mistake

KEYS_AT_ONCE = 300


class Outcome(StrEnum):
    """What an import does with a record."""

    FAULTY = "faulty"
    NEW = "new"
    CHANGED = "changed"
    PROPOSED = "proposed"
    WAITING = "waiting"
    SAME = "same"


@dataclass
class Entry:
    """One record of the file, and what would become of it."""

    key: str
    line: int
    last_line: int
    line_count: int
    outcome: Outcome
    title: str = ""
    # The key under which the record is found, where the file has one it once had.
    known_as: str = ""
    mistakes: list[Mistake] = field(default_factory=list)
    changes: list[FieldChange] = field(default_factory=list)
    # The whole record as it would be, and what stands for the record as it is.
    content: dict = field(default_factory=dict)
    old: dict = field(default_factory=dict)
    pk: int | None = None
    based_on: str = ""
    # Of a new one, the records that are there and may be the same.
    alike: list[models.Model] = field(default_factory=list)
    # New records of the file that this one names.
    needs: list[str] = field(default_factory=list)

    @property
    def taken_out(self) -> list[FieldChange]:
        """Parts and citations of the record that have no line in the file."""
        return [change for change in self.changes if change.is_row and not change.new]


@dataclass
class Preview:
    """Every record of a file in its order, and what is wrong with lines that are of none."""

    entries: list[Entry]
    astray: list[Mistake]

    def those(self, *outcomes: Outcome) -> list[Entry]:
        return [entry for entry in self.entries if entry.outcome in outcomes]

    @property
    def is_faulty(self) -> bool:
        """Whether some of the file cannot be imported."""
        return bool(self.astray or self.those(Outcome.FAULTY))

    def to_import(self) -> list[Entry]:
        """What would be written, each record behind the new ones that it names."""
        waiting = {entry.key: entry for entry in self.those(Outcome.NEW, Outcome.CHANGED, Outcome.PROPOSED)}
        ordered: list[Entry] = []
        while waiting:
            ready = [entry for entry in waiting.values() if not waiting.keys() & set(entry.needs)]
            ordered += ready
            waiting = {key: entry for key, entry in waiting.items() if entry not in ready} if ready else {}
        return ordered


def digest_of(content: dict) -> str:
    """Stands for a content: another one has another digest."""
    return sha256(dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def existing_records(model: type[models.Model], keys: Iterable[str]) -> Iterator[tuple[str, models.Model]]:
    """Each key with the record that it finds, by its present key or by one it once had; with all of its content."""
    keys = list(dict.fromkeys(keys))
    for start in range(0, len(keys), KEYS_AT_ONCE):
        batch = keys[start : start + KEYS_AT_ONCE]
        label = model._meta.label_lower
        moved = dict(Redirect.objects.filter(record_type=label, old_key__in=batch).values_list("old_key", "target_key"))
        found: dict[str, list[models.Model]] = {}
        for record in with_content(_with_keys(model, {*batch, *moved.values()})):
            found.setdefault(record.key, []).append(record)
        for key in batch:
            for record in found.get(key) or found.get(moved.get(key, ""), []):
                yield key, record


def _with_keys(model: type[models.Model], keys: set[str]) -> models.QuerySet:
    (first, *more) = model.natural_key_fields
    # Types whose key has several parts have a few hundred records.
    return model._base_manager.all() if more else model._base_manager.filter(**{f"{first}__in": keys})


def open_proposals(model: type[models.Model], numbers: Iterable[int]) -> models.QuerySet:
    return ProposedChange.objects.filter(
        content_type__app_label=model._meta.app_label,
        content_type__model=model._meta.model_name,
        object_id__in=list(numbers),
        state=ProposalState.OPEN,
    )
