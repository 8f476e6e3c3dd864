"""A whole record as plain data: fields, parts and citations as text, lists and mappings, with keys instead of numbers.

The same form stands in the files of the dataset, in proposed changes and in their comparison. ``content_of`` writes it,
``apply_content`` of the neighbour module reads it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import models

from kzafrica.editorial.models import Citation
from kzafrica.editorial.publishable import Citable, part_paths

CITATION_FIELDS = ("field", "locator", "as_printed", "stated", "reason", "basis", "note")


@dataclass(frozen=True)
class Fault:
    """What is wrong, where in the record, and the file and line if the value came from one.

    ``missing`` is the record that is named and not there, as ``events.event/key``: its own fault may be the cause.
    """

    where: str
    sentence: str
    line: int | None = None
    path: Path | None = None
    missing: str = ""


class ContentError(Exception):
    """The content cannot be kept; ``faults`` says why, one sentence each."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.sentence for fault in faults))
        self.faults = faults


def content_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """The columns and many-to-many fields an editor fills in; not the bookkeeping, not the key to the owner."""
    left_out = {"position", *owner_fields(model)}
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if field.editable and not field.primary_key and field.name not in left_out:
            yield field


def owner_fields(model: type[models.Model]) -> list[str]:
    """The keys by which a part belongs to its record; most parts have one, a record has none."""
    return [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.related_name in getattr(field.remote_field.model, "part_names", ())
    ]


def owner_field(model: type[models.Model]) -> str:
    return next(iter(owner_fields(model)), "")


def owner_of(part: models.Model) -> models.Model | None:
    """The record or part that a part belongs to; None for a record."""
    owners = (getattr(part, name) for name in owner_fields(type(part)))
    return next((owner for owner in owners if owner is not None), None)


def record_behind(row: models.Model) -> models.Model:
    """The record that a part belongs to at any depth; a record itself."""
    while (owner := owner_of(row)) is not None:
        row = owner
    return row


def content_of(record: models.Model) -> dict:
    """The record, its parts and citations; empty fields left out."""
    content = {}
    for field in content_fields(type(record)):
        value = _as_plain(record, field)
        if value not in ("", []):
            content[field.name] = value
    for name in getattr(record, "part_names", ()):
        parts = [content_of(part) for part in getattr(record, name).all()]
        if parts:
            content[name] = parts
    if isinstance(record, Citable):
        citations = [citation_content(citation) for citation in record.citations.all()]
        if citations:
            content["citations"] = citations
    return content


def completed(model: type[models.Model], content: dict) -> dict:
    """Content as ``content_of`` would give it back: defaults filled in, lists of keys sorted, empty values left out."""
    full = {name: value for name, value in content.items() if value not in ("", [])}
    for field in content_fields(model):
        if field.many_to_many and field.name in full:
            full[field.name] = sorted(full[field.name], key=str)
        elif field.name not in full and field.has_default() and not field.many_to_many:
            default = plain_value(field.get_default())
            if default:
                full[field.name] = default
    for name in getattr(model, "part_names", ()):
        part = model._meta.get_field(name).related_model
        if name in full:
            full[name] = [completed(part, row) if isinstance(row, dict) else row for row in full[name]]
    return full


def with_content(queryset: models.QuerySet) -> models.QuerySet:
    """The queryset with everything that ``content_of`` reads, in a number of queries that does not grow."""
    model = queryset.model
    one, many = [], []
    for field in content_fields(model):
        if field.is_relation:
            (many if field.many_to_many else one).append(field.name)
    if issubclass(model, Citable):
        many.append("citations__source")
    for path, part in part_paths(model):
        many.append(path)
        many += [f"{path}__{field.name}" for field in content_fields(part) if field.is_relation]
        if issubclass(part, Citable):
            many.append(f"{path}__citations__source")
    return queryset.select_related(*one).prefetch_related(*many)


def _as_plain(record: models.Model, field: models.Field):
    if field.many_to_many:
        return sorted(_key(related) for related in getattr(record, field.name).all())
    if field.is_relation:
        related = getattr(record, field.name)
        return _key(related) if related is not None else ""
    return plain_value(getattr(record, field.attname))


def plain_value(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _key(record: models.Model) -> str:
    return "/".join(record.natural_key())


def citation_content(citation: Citation) -> dict:
    content = {"source": citation.source.slug}
    for name in CITATION_FIELDS:
        value = getattr(citation, name)
        if value and not (name == "basis" and value == Citation._meta.get_field("basis").default):
            content[name] = str(value)
    return content


@dataclass(frozen=True)
class Difference:
    """One field that two contents of a record say differently."""

    field: str
    old: object
    new: object


def differences(old: dict, new: dict) -> list[Difference]:
    """Field by field, in the order fields are written; parts and citations as whole lists."""
    names = [*old, *(name for name in new if name not in old)]
    return [
        Difference(name, old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    ]
