"""What a record, a part or a citation may say in a document that is written: the members that reading shows.

``id`` is the key, ``title`` the words in English or an object of words by language, other records stand by their keys.
What reading computes, such as ``is_unresolved``, cannot be written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from django.db import models

from kzafrica.date_fields import ImpreciseDateField
from kzafrica.editorial.content import CITATION_FIELDS, content_fields
from kzafrica.editorial.labels import base_name
from kzafrica.editorial.models import Citation
from kzafrica.editorial.publishable import Citable
from kzafrica.editorial.references import ReferenceField
from kzafrica.editorial.serializers import MEMBER_NAMES

CITATIONS = "citations"
# Where reading calls a column or part otherwise than its model, beside MEMBER_NAMES; by type of record.
OWN_NAMES = {
    "editorial.source": {"url": "address"},
    "statements.claim": {"subjects": "about"},
    "statements.figure": {"inputs": "derived_from"},
}
# Columns that reading shows as one list, in its order.
PAIRS = {"diplomacy.relation": {"countries": ("first", "second")}}
# Words that reading shows as a list, a line of text each.
LISTS_OF_LINES = {("diplomacy.award", "grounds")}


class Form(StrEnum):
    """What stands in a member."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DAY = "day"
    CHOICE = "choice"
    WORDS = "words"
    LINES = "lines"
    KEY = "key"
    KEYS = "keys"
    PAIR = "pair"
    REFERENCE = "reference"
    REFERENCES = "references"
    ROWS = "rows"


@dataclass(frozen=True)
class Member:
    """A member by its name: what stands in it, and the columns or the part that it fills."""

    name: str
    form: Form
    columns: tuple[str, ...]
    field: models.Field | None = None
    rows: "Shape | None" = None

    @property
    def column(self) -> str:
        return self.columns[0]

    def column_in(self, language: str) -> str:
        """The column of words in one language; empty where there is none."""
        return next((column for column in self.columns if column.endswith(f"_{language}")), "")

    @property
    def languages(self) -> list[str]:
        return [column.rpartition("_")[2] for column in self.columns]


@dataclass(frozen=True)
class Shape:
    """All members of a record, a part or a citation."""

    model: type[models.Model]
    members: dict[str, Member]

    @cached_property
    def by_column(self) -> dict[str, Member]:
        return {column: member for member in self.members.values() for column in member.columns}

    def member_of(self, column: str) -> str:
        """The member that fills a column, with its language where that is not English: ``title.ru``."""
        member = self.by_column.get(column)
        if member is None:
            return column
        if member.form in (Form.WORDS, Form.LINES) and not column.endswith("_en"):
            return f"{member.name}.{column.rpartition('_')[2]}"
        return member.name


@cache
def shape_of(model: type[models.Model]) -> Shape:
    """The members of a record or part, in the order of its model; parts and citations last."""
    label = model._meta.label_lower
    names = MEMBER_NAMES | {"slug": "id"} | OWN_NAMES.get(label, {})
    found: dict[str, Member] = {}
    pairs = PAIRS.get(label, {})
    for name, columns in pairs.items():
        found[name] = Member(name, Form.PAIR, columns, model._meta.get_field(columns[0]))
    paired = {column for columns in pairs.values() for column in columns}
    fields = [field for field in content_fields(model) if field.name not in paired]
    for name, columns in _by_attribute(fields).items():
        shown = names.get(name, name)
        form = _form_of(columns[0]) if columns[0].name == name else Form.WORDS
        if (label, name) in LISTS_OF_LINES:
            form = Form.LINES
        found[shown] = Member(shown, form, tuple(column.name for column in columns), columns[0])
    for name in getattr(model, "part_names", ()):
        shown = names.get(name, name)
        found[shown] = _part(shown, name, model._meta.get_field(name).related_model)
    if issubclass(model, Citable):
        found[CITATIONS] = Member(CITATIONS, Form.ROWS, (CITATIONS,), rows=citation_shape())
    return Shape(model, found)


def _by_attribute(fields: list[models.Field]) -> dict[str, list[models.Field]]:
    """The columns of each attribute: several where one holds the words of one language, else the column alone."""
    grouped: dict[str, list[models.Field]] = {}
    for field in fields:
        grouped.setdefault(base_name(field.name), []).append(field)
    return grouped


def _part(shown: str, name: str, model: type[models.Model]) -> Member:
    (first, *more) = content_fields(model)
    if isinstance(first, ReferenceField) and not more:
        # A part that only points elsewhere stands in the list as the pointer alone.
        return Member(shown, Form.REFERENCES, (name,), first)
    return Member(shown, Form.ROWS, (name,), rows=shape_of(model))


def _form_of(field: models.Field) -> Form:
    if field.many_to_many:
        return Form.KEYS
    if field.is_relation:
        return Form.KEY
    if isinstance(field, ReferenceField):
        return Form.REFERENCE
    if isinstance(field, ImpreciseDateField):
        return Form.DATE
    if isinstance(field, models.BooleanField):
        return Form.BOOLEAN
    if isinstance(field, models.DecimalField | models.IntegerField):
        return Form.NUMBER
    if isinstance(field, models.DateField):
        return Form.DAY
    return Form.CHOICE if field.flatchoices else Form.TEXT


@cache
def citation_shape() -> Shape:
    members = [Member("source", Form.KEY, ("source",), Citation._meta.get_field("source"))]
    for name in CITATION_FIELDS:
        field = Citation._meta.get_field(name)
        members.append(Member(name, _form_of(field), (name,), field))
    return Shape(Citation, {member.name: member for member in members})


def cited_column(model: type[models.Model], said: str) -> str:
    """The column that a citation names by the member which reading shows, or by itself; empty where there is none."""
    shape = shape_of(model)
    member = shape.members.get(said)
    if member is not None and member.form != Form.ROWS and said != "id":
        return member.column
    return said if said in shape.by_column and said != "slug" else ""


def citable_members(model: type[models.Model]) -> Iterator[str]:
    members = shape_of(model).members.values()
    yield from (member.name for member in members if member.form != Form.ROWS and member.name != "id")
