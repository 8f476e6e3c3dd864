"""The documents of a resource laid out as tables: told from the fields of its serializer before any row is read.

Of a date there are four columns, of a country and of another record two, of a document within the document one for each
member. A list is a table of its own: its rows carry the key of the record and their place in the list. A list of
countries or records stands in the row too, parted by semicolons, as in the files beside the lists of the site.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_type_hints

from django.core.exceptions import FieldDoesNotExist
from drf_spectacular.drainage import get_override
from rest_framework import serializers

from kzafrica.editions.meanings import OF_DATE, UNITS, meaning_of
from kzafrica.editions.tables import Column, Kind, RecordTable, Table
from kzafrica.editorial.downloads import LEFT_OUT, source_columns
from kzafrica.editorial.serializers import (
    DATE_SCHEMA,
    CitationSerializer,
    CitationsField,
    CountryField,
    RecordLink,
)
from kzafrica.rest import ImpreciseDateDocument
from kzafrica.tabular import date_columns, keyed_columns, words

# Under this name a row of a list carries the keys of what it is part of; no member is called so.
KEYS = "@"
KINDS = {
    serializers.BooleanField: Kind.YES_NO,
    serializers.IntegerField: Kind.WHOLE,
    serializers.DecimalField: Kind.DECIMAL,
    serializers.DateTimeField: Kind.MOMENT,
    serializers.DateField: Kind.DAY,
}
KINDS_OF_HINTS = ((bool, Kind.YES_NO), (int, Kind.WHOLE))
A_DECIMAL = "A decimal"
SOURCE_COLUMNS = {
    "sources": "Keys of the sources that support the record, parted by semicolons.",
    "sources_titles": "Their titles.",
    "sources_differing": "Keys of the sources that state something else.",
}


@dataclass(frozen=True)
class Shape:
    """What a document is made of: its columns, and its lists by name, each with what it holds and what it means."""

    columns: tuple[Column, ...]
    lists: Mapping[str, tuple["Shape", str]]


@dataclass(frozen=True)
class Nested:
    """A list within the documents as a table of its own; ``path`` leads to it from list to list."""

    table: Table
    path: tuple[str, ...]

    def rows(self, document: dict, key: str) -> Iterator[dict]:
        """The rows of one record, each with the keys of what it is part of."""
        return _rows_below(document, self.path, (key,))


def _rows_below(document: dict, path: tuple[str, ...], keys: tuple) -> Iterator[dict]:
    name, *rest = path
    for position, row in enumerate(document.get(name) or (), start=1):
        if rest:
            yield from _rows_below(row, tuple(rest), (*keys, position))
        else:
            yield {**row, KEYS: (*keys, position)}


@dataclass(frozen=True)
class Layout:
    """A resource as tables: one of its records, and one for each list in them. ``cites`` says whether they cite."""

    spec: RecordTable
    table: Table
    nested: tuple[Nested, ...]
    cites: bool


class Reading:
    """Reads serializers; knows which table has the records of a resource of the API."""

    def __init__(self, tables_by_resource: Mapping[str, str]) -> None:
        self.tables_by_resource = tables_by_resource

    def layout(self, spec: RecordTable) -> Layout:
        serializer = spec.viewset.serializer_class(context={})
        shape = self.shape(serializer, apart=(*spec.apart, *spec.of_the_day), keyed=spec.keyed)
        cites = any(isinstance(field, CitationsField) for field in serializer.fields.values())
        columns = shape.columns
        if cites:
            given = (Column(each.name, Kind.TEXT, each.read, SOURCE_COLUMNS[each.name]) for each in source_columns())
            columns = (*columns, *given)
        table = Table(spec.name, spec.about, columns, spec.key, spec.licences, spec.credits)
        resource = getattr(serializer.Meta, "resource", "") or serializer.Meta.model._meta.model_name
        owner = key_column(f"{resource.replace('-', '_')}_id", 0, "The record it is part of.", refers=spec.name)
        nested = self._nested(table, shape, (owner,), ())
        return Layout(spec, table, tuple(nested), cites)

    def _nested(self, above: Table, shape: Shape, keys: tuple[Column, ...], path: tuple) -> Iterator[Nested]:
        for name, (within, about) in shape.lists.items():
            place = key_column("position", len(keys), meaning_of("position", ""), kind=Kind.WHOLE)
            columns = (*keys, place, *within.columns)
            key = tuple(column.name for column in (*keys, place))
            table = replace(above, name=f"{above.name}_{name}", about=about, columns=columns, key=key)
            yield Nested(table, (*path, name))
            yield from self._nested(table, within, (*keys, replace(place, name=f"{name}_position")), (*path, name))

    def shape(
        self, serializer: serializers.Serializer, apart: tuple[str, ...] = (), keyed: Mapping[str, str] | None = None
    ) -> Shape:
        columns: list[Column] = []
        lists: dict[str, tuple[Shape, str]] = {}
        for name, field in serializer.fields.items():
            if name in (*LEFT_OUT, *apart) or isinstance(field, CitationsField):
                continue
            about = meaning_of(name, said_of(serializer, name, field))
            if keyed and name in keyed:
                columns += [text(each.name, each.read, about) for each in keyed_columns(name, keyed[name])]
            elif isinstance(field, serializers.ListField) and hasattr(field.child, "key_member"):
                columns += [text(each.name, each.read, about) for each in keyed_columns(name, field.child.key_member)]
                lists[name] = (Shape(tuple(self._of_keyed(name, field.child, about, bare=True)), {}), about)
            elif (within := self._list_of(field)) is not None:
                lists[name] = (within, about)
            else:
                columns += self._columns(serializer, name, field, about)
        return Shape(tuple(columns), lists)

    def _list_of(self, field: serializers.Field) -> Shape | None:
        """What stands in each row, if the field is a list of documents whose members are known."""
        said = annotation_of(field)
        described = said if isinstance(said, serializers.BaseSerializer) else field
        if isinstance(described, serializers.ListSerializer):
            return self.shape(described.child)
        if isinstance(said, dict) and _is(said, "array") and said.get("items", {}).get("properties"):
            return Shape(tuple(columns_of_schema("", said["items"], "")), {})
        return None

    def _columns(
        self, serializer: serializers.Serializer, name: str, field: serializers.Field, about: str
    ) -> Iterator[Column]:
        if isinstance(field, ImpreciseDateDocument):
            yield from columns_of_date(name, about)
        elif hasattr(field, "key_member"):
            yield from self._of_keyed(name, field, about)
        elif isinstance(field, serializers.Serializer):
            for column in self.shape(field).columns:
                yield within(name, column)
        elif isinstance(schema := annotation_of(field), dict):
            yield from columns_of_schema(name, schema, about)
        else:
            codes = codes_of(serializer, field)
            yield Column(name, kind_of(field), reader(name), about, codes, unit=UNITS.get(name, ""))

    def _of_keyed(self, name: str, field: serializers.Field, about: str, *, bare: bool = False) -> Iterator[Column]:
        """The key and name of another record, before them the kind where there are several; ``bare``: as a row."""
        refers = ""
        if isinstance(field, CountryField):
            refers = self.tables_by_resource.get("country", "")
        elif isinstance(field, RecordLink):
            refers = self.tables_by_resource.get(field.resource, "")
        else:
            yield _part(name, "kind", f"{about} Its kind.", bare=bare)
        yield replace(_part(name, field.key_member, about, bare=bare), refers=refers)
        yield _part(name, "name", f"{about} Its name in English.", bare=bare)


def _part(name: str, member: str, about: str, *, bare: bool) -> Column:
    column = text(member, reader(member), about)
    return column if bare else within(name, column)


def citation_columns(reading: Reading) -> tuple[Column, ...]:
    """The columns of who says what; the table is one for all records."""
    shape = reading.shape(CitationSerializer(context={}))
    sources = reading.tables_by_resource.get("source", "")
    return tuple(replace(column, refers=sources) if column.name == "source_id" else column for column in shape.columns)


# --- Single columns


def key_column(name: str, place: int, about: str, *, kind: Kind = Kind.TEXT, refers: str = "") -> Column:
    return Column(name, kind, lambda row: row[KEYS][place], about, refers=refers)


def text(name: str, read, about: str) -> Column:
    return Column(name, Kind.TEXT, read, about)


def reader(name: str):
    """The member of a document; what is itself a list or document becomes words."""

    def read(row: dict) -> Any:
        value = row.get(name)
        return words(value) if isinstance(value, dict | list | tuple) else value

    return read


def within(name: str, column: Column) -> Column:
    """The column of a document that stands in another under that name."""

    def read(row: dict) -> Any:
        return column.read(row.get(name) or {})

    return replace(column, name=f"{name}_{column.name}", read=read)


def columns_of_date(name: str, about: str) -> Iterator[Column]:
    for column, (ending, part) in zip(date_columns(name), OF_DATE.items(), strict=True):
        kind = Kind.DAY if ending in ("earliest", "latest") else Kind.TEXT
        yield Column(column.name, kind, column.read, f"{about} {part}")


def columns_of_schema(name: str, schema: dict, about: str) -> Iterator[Column]:
    """The columns of a member that is described as a schema; without a name those of a row of a list."""
    said = about or meaning_of(name, schema.get("description", ""))
    if schema is DATE_SCHEMA:
        yield from columns_of_date(name, said)
    elif properties := schema.get("properties"):
        for member, inner in properties.items():
            explained = schema_words(member, inner, about)
            for column in columns_of_schema(member, inner, explained):
                yield within(name, column) if name else column
    else:
        yield Column(
            name,
            kind_of_schema(schema),
            reader(name),
            said,
            dict.fromkeys(schema.get("enum", ()), ""),
            unit=UNITS.get(name, ""),
        )


def schema_words(member: str, schema: dict, about: str) -> str:
    said = meaning_of(member, schema.get("description", ""))
    return f"{about} {said}".strip()


# --- What a field says of itself


def annotation_of(field: serializers.Field):
    """What the documentation of the API says the field gives: a schema, a serializer, or nothing."""
    if isinstance(field, serializers.SerializerMethodField):
        return get_override(_method_of(field), "field")
    return get_override(field, "field")


def _method_of(field: serializers.SerializerMethodField):
    return getattr(field.parent, field.method_name)


def _is(schema: dict, kind: str) -> bool:
    said = schema.get("type", "")
    return kind in (said if isinstance(said, list) else [said])


def kind_of_schema(schema: dict) -> Kind:
    if _is(schema, "boolean"):
        return Kind.YES_NO
    if _is(schema, "integer"):
        return Kind.WHOLE
    if schema.get("format") == "date":
        return Kind.DAY
    return Kind.DECIMAL if str(schema.get("description", "")).startswith(A_DECIMAL) else Kind.TEXT


def kind_of(field: serializers.Field) -> Kind:
    if isinstance(field, serializers.SerializerMethodField):
        given = get_type_hints(_method_of(field)).get("return")
        return next((kind for type_, kind in KINDS_OF_HINTS if given in (type_, type_ | None)), Kind.TEXT)
    if isinstance(field, serializers.ChoiceField) and all(isinstance(code, int) for code in field.choices):
        return Kind.WHOLE
    return next((kind for type_, kind in KINDS.items() if isinstance(field, type_)), Kind.TEXT)


def model_field_of(serializer: serializers.Serializer, field: serializers.Field):
    """The column of the model that the field shows, if it shows one."""
    model = getattr(getattr(serializer, "Meta", None), "model", None)
    try:
        return model._meta.get_field(field.source) if model is not None else None
    except FieldDoesNotExist:
        return None


def said_of(serializer: serializers.Serializer, name: str, field: serializers.Field) -> str:
    said = field.help_text or getattr(model_field_of(serializer, field), "help_text", "")
    return str(said or "")


def codes_of(serializer: serializers.Serializer, field: serializers.Field) -> dict[str, str]:
    """The allowed values with their words; the latest stage has those of a stage."""
    if field.source == "state.kind" and "stages" in serializer.fields:
        stages = serializer.fields["stages"].child
        return codes_of(stages, stages.fields["kind"])
    of_model = getattr(model_field_of(serializer, field), "flatchoices", None)
    choices = getattr(field, "choices", None) or dict(of_model or ())
    return {str(code): str(label) for code, label in choices.items() if code not in ("", None)}
