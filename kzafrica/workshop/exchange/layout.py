"""How a record type stands in a table: a line for the record and for each part and citation, a column for each field.

The first two columns say what a line is of: ``record`` is the key, ``part`` is empty for the record itself and else
says which part, from the outside in, such as ``participations 1 citations 2``. A field that several kinds of lines have
is one column. The fields that make up the key have none: ``record`` says them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from django.db import models

from kzafrica.date_fields import ImpreciseDateField
from kzafrica.editorial.content import CITATION_FIELDS, content_fields
from kzafrica.editorial.models import Citation
from kzafrica.editorial.publishable import Citable
from kzafrica.editorial.references import ReferenceField

RECORD, PART = "record", "part"
CITATIONS = "citations"


@dataclass(frozen=True)
class LineKind:
    """What lines of one kind are of, and the columns they may fill, each with its field. No path: the record."""

    path: tuple[str, ...]
    model: type[models.Model]
    columns: dict[str, str]

    @cached_property
    def many(self) -> frozenset[str]:
        """Fields whose cells hold several keys, parted by blanks."""
        return frozenset(field.name for field in self.model._meta.many_to_many) & frozenset(self.columns.values())

    @cached_property
    def words(self) -> frozenset[str]:
        """Fields of free text, in which a blank at either end is kept; in keys and vocabularies it is a slip."""
        fields = map(self.field, self.columns)
        return frozenset(
            field.name
            for field in fields
            if isinstance(field, models.CharField | models.TextField)
            and not field.flatchoices
            and not isinstance(field, ReferenceField | ImpreciseDateField | models.SlugField | models.URLField)
            # Of a citation it is the name of a column.
            and (self.model, field.name) != (Citation, "field")
        )

    @cached_property
    def numbers(self) -> frozenset[str]:
        fields = map(self.field, self.columns)
        return frozenset(field.name for field in fields if isinstance(field, models.DecimalField | models.IntegerField))

    @cached_property
    def flags(self) -> frozenset[str]:
        """Fields that say yes or no."""
        return frozenset(
            field.name for field in map(self.field, self.columns) if isinstance(field, models.BooleanField)
        )

    @property
    def name(self) -> str:
        return " › ".join(self.path) or RECORD

    def field(self, column: str) -> models.Field:
        return self.model._meta.get_field(self.columns[column])


@dataclass(frozen=True)
class Layout:
    """The kinds of lines of a record type by their path, and its columns in order."""

    model: type[models.Model]
    kinds: dict[tuple[str, ...], LineKind]
    columns: tuple[str, ...]

    def below(self, path: tuple[str, ...]) -> list[str]:
        """The names of the kinds of parts right below a record or part, citations last."""
        return [kind.path[-1] for kind in self.kinds.values() if kind.path and kind.path[:-1] == path]

    def kinds_with(self, column: str) -> list[LineKind]:
        return [kind for kind in self.kinds.values() if column in kind.columns]

    def column_at(self, where: str) -> str:
        """The column of a place in content, such as ``participations[1].citations[2].source``; empty for none."""
        *steps, last = where.split(".")
        kind = self.kinds.get(tuple(step.partition("[")[0] for step in steps))
        name = last.partition("[")[0]
        if not steps and name in self.model.natural_key_fields:
            return RECORD
        return next((column for column, field in kind.columns.items() if field == name), "") if kind else ""


@cache
def layout_of(model: type[models.Model]) -> Layout:
    kinds = {kind.path: kind for kind in _kinds(model, ())}
    columns = dict.fromkeys(column for kind in kinds.values() for column in kind.columns)
    return Layout(model, kinds, (RECORD, PART, *columns))


def _kinds(model: type[models.Model], path: tuple[str, ...]) -> Iterator[LineKind]:
    key = () if path else model.natural_key_fields
    names = [field.name for field in content_fields(model) if field.name not in key]
    yield LineKind(path, model, {_column(name, path): name for name in names})
    for name in getattr(model, "part_names", ()):
        yield from _kinds(model._meta.get_field(name).related_model, (*path, name))
    if issubclass(model, Citable):
        yield LineKind((*path, CITATIONS), Citation, {name: name for name in ("source", *CITATION_FIELDS)})


def _column(name: str, path: tuple[str, ...]) -> str:
    """The name of the field, with the kind of part before it where it is that of one of the first two columns."""
    return ".".join((*path, name)) if name in (RECORD, PART) else name


def key_content(model: type[models.Model], key: str) -> dict[str, str]:
    """The fields that a key says. Raises ValueError where it has not as many parts as the key of the type."""
    return dict(zip(model.natural_key_fields, key.split("/"), strict=True))


def key_form(model: type[models.Model]) -> str:
    """How a key of the type is written, such as ``slug`` or ``country/strand``."""
    return "/".join(model.natural_key_fields)
