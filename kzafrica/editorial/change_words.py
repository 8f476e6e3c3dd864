"""What changed between two contents of a record, in words, field by field and part by part."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from kzafrica.editorial.content import Difference, differences
from kzafrica.editorial.evidence import stated_words
from kzafrica.editorial.labels import base_name, field_label, record_label, records_label
from kzafrica.editorial.models import Citation
from kzafrica.editorial.publishable import Citable, part_paths


@dataclass(frozen=True)
class Cited:
    """A citation for what changed, as plain content; ``is_added`` where it came with the change."""

    row: dict
    is_added: bool


@dataclass(frozen=True)
class FieldChange:
    """One thing that changed: where, and what stood and stands there; empty where nothing did or does.

    ``is_row`` where a part or citation came or went as a whole. ``cited`` is what the new content rests on there, the
    sources of the field before those of the whole; a row that has sources of its own says them itself.
    """

    label: str
    old: str
    new: str
    is_row: bool = False
    cited: tuple[Cited, ...] = field(default=(), compare=False)


def changes_in_words(model: type[models.Model], old: dict, new: dict) -> list[FieldChange]:
    """Every difference of two contents of a record of that model.

    Rows of parts and citations that were changed are told field by field, those that came or went as a whole; lists
    of keys by what came and went.
    """
    return list(_changes(model, old, new))


def row_in_words(model: type[models.Model], row: dict) -> str:
    """A part or citation in one line: ``country: COD; role: Guest``."""
    return "; ".join(
        f"{_label_of(model, name)}: {value_in_words(model, name, value)}" for name, value in row.items() if value
    )


def _label_of(model: type[models.Model], name: str) -> str:
    """The label of a field, or of the rows that stand in it."""
    if name == "citations":
        return _("citations")
    part = _part_model(model, name)
    return (records_label(part) if part is not None else "") or field_label(name)


def value_in_words(model: type[models.Model], name: str, value) -> str:
    """A value of plain content as a person reads it: the label of a choice, a date in words, a list with commas."""
    if isinstance(value, list):
        part = _part_model(model, name)
        if part is None:
            return ", ".join(str(key) for key in value)
        return " · ".join(row_in_words(part, row) for row in value)
    if model is Citation and name == "field":
        return field_label(str(value))
    if value in ("true", "false") and _is_boolean(model, name):
        return _("yes") if value == "true" else _("no")
    return stated_words(model, name, str(value)).text


def _changes(
    model: type[models.Model], old: dict, new: dict, *, where: str = "", of_whole: tuple[Cited, ...] = ()
) -> Iterator[FieldChange]:
    for difference in differences(old, new):
        name, label = difference.field, where + field_label(difference.field)
        cited = _cited(model, name, old, new) or of_whole
        part = _part_model(model, name)
        if part is not None:
            yield from _row_changes(part, difference, where, of_whole=_cited(model, "", old, new) or of_whole)
        elif isinstance(difference.old, list) or isinstance(difference.new, list):
            yield _list_change(difference, label, cited)
        else:
            before, after = (
                value_in_words(model, name, value) if value != "" else "" for value in (difference.old, difference.new)
            )
            yield FieldChange(label, before, after, cited=cited)


def _cited(model: type[models.Model], name: str, old: dict, new: dict) -> tuple[Cited, ...]:
    """What the new content of a row of that model cites for a field, then what it cites for the whole."""
    if not issubclass(model, Citable):
        return ()
    before, rows = old.get("citations", ()), new.get("citations", ())
    of_field = [row for row in rows if row.get("field") and base_name(row["field"]) == base_name(name)]
    of_whole = [row for row in rows if not row.get("field")]
    return tuple(Cited(row, row not in before) for row in [*of_field, *of_whole])


def _list_change(difference: Difference, label: str, cited: tuple[Cited, ...]) -> FieldChange:
    old, new = difference.old or [], difference.new or []
    went, came = ([key for key in one if key not in other] for one, other in ((old, new), (new, old)))
    return FieldChange(label, ", ".join(map(str, went)), ", ".join(map(str, came)), cited=cited)


def _row_changes(
    part: type[models.Model], difference: Difference, where: str, *, of_whole: tuple[Cited, ...]
) -> Iterator[FieldChange]:
    old, new = list(difference.old or []), list(difference.new or [])
    of_whole = () if part is Citation else of_whole
    label = where + (_("source") if part is Citation else record_label(part) or field_label(difference.field))
    went = [row for row in old if row not in new]
    came = [row for row in new if row not in old]
    if not went and not came:
        yield FieldChange(label, _("in another order"), "")
    for row in went:
        successor = max(came, key=lambda other: _likeness(row, other), default=None)
        if successor is not None and _likeness(row, successor):
            came.remove(successor)
            name = _name_of(part, successor)
            yield from _changes(part, row, successor, where=f"{label} – {name} – ", of_whole=of_whole)
        else:
            yield FieldChange(label, row_in_words(part, row), "", is_row=True)
    for row in came:
        yield FieldChange(
            label, "", row_in_words(part, row), is_row=True, cited=() if row.get("citations") else of_whole
        )


def _name_of(part: type[models.Model], row: dict) -> str:
    """What tells a row apart from its neighbours, briefly: the first thing it says."""
    name, value = next((name, value) for name, value in row.items() if not isinstance(value, list))
    return value_in_words(part, name, value)


def _likeness(one: dict, other: dict) -> int:
    """How many fields two rows say alike, lists aside."""
    return sum(not isinstance(value, list) and other.get(name) == value for name, value in one.items())


def _part_model(model: type[models.Model], name: str) -> type[models.Model] | None:
    """The model whose rows stand in that field of a content; None for a field of the record itself."""
    if name == "citations":
        return Citation
    return {path: part for path, part in part_paths(model) if "__" not in path}.get(name)


def _is_boolean(model: type[models.Model], name: str) -> bool:
    try:
        return isinstance(model._meta.get_field(name), models.BooleanField)
    except FieldDoesNotExist:
        return False
