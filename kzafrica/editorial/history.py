"""Every earlier state of a record, put together from its revisions: fields, parts and citations, deleted ones too.

A state is the plain form of ``content.py``, so that states can be compared, shown and applied anew. It is read from
what the revision keeps and not through the models of today, so that it outlives the record and its columns. Other
records stand in it under the key they had at the time.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from reversion.models import Revision, Version

from kzafrica.editorial.content import CITATION_FIELDS, content_fields, plain_value
from kzafrica.editorial.models import Citation
from kzafrica.editorial.publishable import Citable

# A record in one of its revisions: its model, its number, the number of the revision.
Place = tuple[type[models.Model], int, int]


@dataclass(frozen=True)
class State:
    """A record as one revision left it; ``status`` is empty for reference data."""

    revision: Revision
    content: dict
    status: str
    key: str
    title: str


@dataclass
class _Kept:
    """What one revision keeps, by model: the columns of each row under its number."""

    rows: dict[type[models.Model], dict[int, dict]] = field(default_factory=lambda: defaultdict(dict))


def states_of(record: models.Model) -> list[State]:
    """Every state of a record, newest first; the number of queries does not grow with them."""
    return states(type(record), record.pk)


def states(model: type[models.Model], pk: int, *, revisions: Iterable[int] | None = None) -> list[State]:
    """The states of the record of that number, which may be deleted, newest first; those of some revisions alone."""
    versions = Version.objects.get_for_object_reference(model, pk)
    if revisions is not None:
        versions = versions.filter(revision_id__in=list(revisions))
    return _states(model, pk, list(versions.select_related("revision__user")))


def state_at(model: type[models.Model], pk: int, moment: datetime) -> State | None:
    """The state of the record of that number at a moment; None before its first revision.

    Other records stand in it under the key they had at that moment, which may be later than the revision.
    """
    versions = Version.objects.get_for_object_reference(model, pk).filter(revision__date_created__lte=moment)
    latest = Revision.objects.filter(date_created__lte=moment).aggregate(pk=models.Max("pk"))["pk"]
    found = _states(model, pk, list(versions.select_related("revision__user")[:1]), keys_of=latest)
    return found[0] if found else None


def state_in(model: type[models.Model], pk: int, revision: int) -> State | None:
    """The state in which that revision left the record; None if it does not hold it."""
    found = states(model, pk, revisions=[revision])
    return found[0] if found else None


def states_in(places: Iterable[Place]) -> dict[Place, State]:
    """The states of many records, by model, number and revision; the queries grow with their kinds alone."""
    wanted = set(places)
    versions = Version.objects.filter(revision_id__in={revision for _model, _pk, revision in wanted})
    by_place = {}
    for version in versions.select_related("revision__user"):
        model = ContentType.objects.get_for_id(version.content_type_id).model_class()
        place = (model, int(version.object_id), version.revision_id)
        if place in wanted:
            by_place[place] = version
    kept = _kept_by({version.revision_id for version in by_place.values()})
    keys = _Keys(kept)
    return {
        place: _state(place[0], place[1], version, kept[version.revision_id], keys, version.revision_id)
        for place, version in by_place.items()
    }


def rows_in(revision: int) -> dict[type[models.Model], dict[int, dict]]:
    """What a revision keeps, by model and number: the columns of each row, in which other rows stand as numbers."""
    return _kept_by([revision])[revision].rows


def content_in(model: type[models.Model], pk: int, revision: int) -> dict:
    """What the record or part of that number said when the revision was made; empty if it was not there."""
    kept = _kept_by([revision])
    return _Reader(kept[revision], _Keys(kept), revision).content(model, pk)


def latest_state(model: type[models.Model], pk: int) -> State | None:
    found = _states(
        model, pk, list(Version.objects.get_for_object_reference(model, pk).select_related("revision__user")[:1])
    )
    return found[0] if found else None


def _states(model: type[models.Model], pk: int, versions: list[Version], *, keys_of: int | None = None) -> list[State]:
    """``keys_of`` is the revision whose keys other records have in them; None is that of each state."""
    kept = _kept_by([version.revision_id for version in versions])
    keys = _Keys(kept)
    return [
        _state(model, pk, version, kept[version.revision_id], keys, keys_of or version.revision_id)
        for version in versions
    ]


def _state(model: type[models.Model], pk: int, version: Version, kept: _Kept, keys: "_Keys", keys_of: int) -> State:
    columns = kept.rows[model].get(pk, {})
    return State(
        version.revision,
        _Reader(kept, keys, keys_of).content(model, pk),
        columns.get("status", ""),
        "/".join(str(columns.get(name, "")) for name in model.natural_key_fields),
        version.object_repr,
    )


def _kept_by(revisions: Iterable[int]) -> dict[int, _Kept]:
    kept: dict[int, _Kept] = defaultdict(_Kept)
    rows = Version.objects.filter(revision_id__in=list(revisions)).values_list(
        "revision_id", "content_type_id", "object_id", "serialized_data"
    )
    for revision, content_type, number, data in rows:
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None:
            kept[revision].rows[model][int(number)] = json.loads(data)[0]["fields"]
    return kept


class _Keys:
    """The keys that other records had at the time of a revision: from their own revisions, else as they are now."""

    def __init__(self, kept: dict[int, _Kept]) -> None:
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for one in kept.values():
            for model, rows in one.rows.items():
                for column in _relations(model):
                    for columns in rows.values():
                        value = columns.get(column.name)
                        numbers = value if isinstance(value, list) else [value]
                        wanted[column.related_model] |= {int(number) for number in numbers if number is not None}
        self.then: dict[tuple, list[tuple[int, str]]] = defaultdict(list)
        self.now: dict[tuple, str] = {}
        for model, numbers in wanted.items():
            self._read(model, numbers)

    def _read(self, model: type[models.Model], numbers: set[int]) -> None:
        content_type = ContentType.objects.get_for_model(model)
        versions = Version.objects.filter(content_type=content_type, object_id__in=[str(number) for number in numbers])
        for number, revision, data in versions.order_by("revision_id").values_list(
            "object_id", "revision_id", "serialized_data"
        ):
            columns = json.loads(data)[0]["fields"]
            key = "/".join(str(columns.get(name, "")) for name in model.natural_key_fields)
            self.then[model, int(number)].append((revision, key))
        for row in model._base_manager.filter(pk__in=numbers):
            self.now[model, row.pk] = "/".join(row.natural_key())

    def of(self, model: type[models.Model], number: int, revision: int) -> str:
        known = self.then.get((model, number), [])
        at_the_time = [key for made, key in known if made <= revision]
        if at_the_time:
            return at_the_time[-1]
        return self.now.get((model, number)) or (known[0][1] if known else f"#{number}")


class _Reader:
    """Writes the plain content of rows of one revision."""

    def __init__(self, kept: _Kept, keys: _Keys, revision: int) -> None:
        self.kept = kept
        self.keys = keys
        self.revision = revision

    def content(self, model: type[models.Model], number: int) -> dict:
        columns = self.kept.rows[model].get(number, {})
        content = {}
        for column in content_fields(model):
            value = self._plain(column, columns.get(column.name))
            if value not in ("", []):
                content[column.name] = value
        for name in getattr(model, "part_names", ()):
            parts = [self.content(*part) for part in self._parts(model, name, number)]
            if parts:
                content[name] = parts
        if issubclass(model, Citable):
            citations = self._citations(model, number)
            if citations:
                content["citations"] = citations
        return content

    def _plain(self, column: models.Field, value):
        if column.many_to_many:
            return sorted(self.keys.of(column.related_model, int(number), self.revision) for number in value or [])
        if value is None:
            return ""
        if column.is_relation:
            return self.keys.of(column.related_model, int(value), self.revision)
        try:
            return plain_value(column.to_python(value))
        except (ValidationError, ValueError, TypeError):
            return str(value)  # Written under a rule of then, which the column of today no longer knows.

    def _parts(self, model: type[models.Model], name: str, number: int) -> list[tuple[type[models.Model], int]]:
        relation = model._meta.get_field(name)
        part, owner = relation.related_model, relation.field.name
        rows = {pk: columns for pk, columns in self.kept.rows[part].items() if columns.get(owner) == number}
        return [(part, pk) for pk in sorted(rows, key=lambda pk: self._order(part, pk, rows[pk]))]

    def _order(self, part: type[models.Model], pk: int, columns: dict) -> tuple:
        """Where a part stands among the others, as the ordering of its model says."""
        order = []
        for name in part._meta.ordering:
            if name == "pk":
                order.append(pk)
            elif name in columns:
                order.append(columns[name] or 0)
            else:
                # The key to sort dates by is not kept: the date beside it tells it.
                column = name.removesuffix("_order")
                date = part._meta.get_field(column).to_python(columns.get(column) or "")
                order.append(date.order if date else 0)
        return tuple(order)

    def _citations(self, model: type[models.Model], number: int) -> list[dict]:
        content_type = ContentType.objects.get_for_model(model).pk
        rows = [
            (columns["position"], pk, columns)
            for pk, columns in self.kept.rows[Citation].items()
            if columns["content_type"] == content_type and columns["object_id"] == number
        ]
        return [self._citation(columns) for _position, _pk, columns in sorted(rows, key=lambda row: row[:2])]

    def _citation(self, columns: dict) -> dict:
        source = Citation._meta.get_field("source").related_model
        content = {"source": self.keys.of(source, int(columns["source"]), self.revision)}
        for name in CITATION_FIELDS:
            value = columns.get(name)
            if value and not (name == "basis" and value == Citation._meta.get_field("basis").default):
                content[name] = str(value)
        return content


def _relations(model: type[models.Model]) -> list[models.Field]:
    """The columns by which a row names other records."""
    if model is Citation:
        return [model._meta.get_field("source")]
    return [column for column in content_fields(model) if column.is_relation]
