"""What changed between two contents of a record, in words, field by field and part by part."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from kzafrica.editorial.content import Difference, differences
from kzafrica.editorial.evidence import stated_words
from kzafrica.editorial.labels import field_label, record_label
from kzafrica.editorial.models import Citation
from kzafrica.editorial.publishable import part_paths


@dataclass(frozen=True)
class FieldChange:
    """One thing that changed: where, and what stood and stands there; empty where nothing did or does.

    ``is_row`` where a part or citation came or went as a whole.
    """

    label: str
    old: str
    new: str
    is_row: bool = False


def changes_in_words(model: type[models.Model], old: dict, new: dict) -> list[FieldChange]:
    """Every difference of two contents of a record of that model.

    Rows of parts and citations that were changed are told field by field, those that came or went as a whole; lists
    of keys by what came and went.
    """
    return list(_changes(model, old, new, where=""))


def row_in_words(model: type[models.Model], row: dict) -> str:
    """A part or citation in one line: ``country: COD; role: Guest``."""
    return "; ".join(
        f"{field_label(name)}: {value_in_words(model, name, value)}" for name, value in row.items() if value
    )


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


def _changes(model: type[models.Model], old: dict, new: dict, *, where: str) -> Iterator[FieldChange]:
    for difference in differences(old, new):
        part = _part_model(model, difference.field)
        if part is not None:
            yield from _row_changes(part, difference, where)
        elif isinstance(difference.old, list) or isinstance(difference.new, list):
            yield _list_change(difference, where)
        else:
            before, after = (
                value_in_words(model, difference.field, value) if value != "" else ""
                for value in (difference.old, difference.new)
            )
            yield FieldChange(where + field_label(difference.field), before, after)


def _list_change(difference: Difference, where: str) -> FieldChange:
    old, new = difference.old or [], difference.new or []
    went, came = ([key for key in one if key not in other] for one, other in ((old, new), (new, old)))
    return FieldChange(where + field_label(difference.field), ", ".join(map(str, went)), ", ".join(map(str, came)))


def _row_changes(part: type[models.Model], difference: Difference, where: str) -> Iterator[FieldChange]:
    old, new = list(difference.old or []), list(difference.new or [])
    label = where + (_("source") if part is Citation else record_label(part) or field_label(difference.field))
    went = [row for row in old if row not in new]
    came = [row for row in new if row not in old]
    if not went and not came:
        yield FieldChange(label, _("in another order"), "")
    for row in went:
        successor = max(came, key=lambda other: _likeness(row, other), default=None)
        if successor is not None and _likeness(row, successor):
            came.remove(successor)
            yield from _changes(part, row, successor, where=f"{label} – {_name_of(part, successor)} – ")
        else:
            yield FieldChange(label, row_in_words(part, row), "", is_row=True)
    for row in came:
        yield FieldChange(label, "", row_in_words(part, row), is_row=True)


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
