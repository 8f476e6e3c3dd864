"""Contents of records with names in place of keys, for readers."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from kzafrica.editorial.change_words import FieldChange, changes_in_words, value_in_words
from kzafrica.editorial.evidence import stated_words
from kzafrica.editorial.labels import base_name, field_label, record_label, records_label
from kzafrica.editorial.models import Citation, Redirect
from kzafrica.editorial.publishable import part_paths
from kzafrica.editorial.references import ReferenceField, reference_kinds

# How a value of a column of that model and name is said.
ValueWords = Callable[[type[models.Model], str, Any], str | None]


class Names:
    """What other records are called that contents name by their keys; read once for all of them.

    A record that readers may not see, or that is gone, keeps its key; so do two that share a name, beside it. Editors
    see them all (``are_hidden_named``).
    """

    def __init__(self, contents: Iterable[tuple[type[models.Model], dict]], *, are_hidden_named: bool = False) -> None:
        self.are_hidden_named = are_hidden_named
        self.wanted: dict[type[models.Model], set[str]] = defaultdict(set)
        for model, content in contents:
            self._named(model, content, self._want)
        self.names = {model: self._read(model, keys) for model, keys in self.wanted.items()}

    def in_words(self, model: type[models.Model], content: dict) -> dict:
        """The content with names where it has keys."""
        return self._named(model, content, lambda related, key: self.names[related].get(key, key))

    def changes(self, model: type[models.Model], old: dict, new: dict) -> list[FieldChange]:
        """What changed from one content to another, in words."""
        return changes_in_words(model, self.in_words(model, old), self.in_words(model, new))

    def _want(self, related: type[models.Model], key: str) -> str:
        self.wanted[related].add(key)
        return key

    def _named(self, model: type[models.Model], content: dict, name_of) -> dict:
        parts = dict(part_paths(model))
        named = {}
        for name, value in content.items():
            part = Citation if name == "citations" else parts.get(name)
            if part is not None:
                named[name] = [self._named(part, row, name_of) for row in value]
            else:
                named[name] = self._value(model, name, value, name_of)
        return named

    def _value(self, model: type[models.Model], name: str, value, name_of):
        try:
            column = model._meta.get_field(name)
        except FieldDoesNotExist:
            return value  # Written under a rule of then.
        if isinstance(column, ReferenceField):
            kind, _slash, key = value.partition("/")
            related = reference_kinds().get(kind)
            return name_of(related, key) if related is not None else value
        if not column.is_relation:
            return value
        if isinstance(value, list):
            return sorted(name_of(column.related_model, key) for key in value)
        return name_of(column.related_model, value)

    def _read(self, model: type[models.Model], keys: set[str]) -> dict[str, str]:
        (first, *_rest) = model.natural_key_fields
        found = self._found(model, first, keys)
        if lost := keys - found.keys():
            redirects = Redirect.objects.filter(record_type=model._meta.label_lower, old_key__in=lost)
            moved = dict(redirects.values_list("old_key", "target_key"))
            there = self._found(model, first, set(moved.values())) if moved else {}
            found |= {old: there[key] for old, key in moved.items() if key in there}
        shared = _told_twice({record.pk: str(record) for record in found.values()}.values())
        return {
            key: f"{record} ({record.key})" if str(record) in shared else str(record) for key, record in found.items()
        }

    def _found(self, model: type[models.Model], first: str, keys: set[str]) -> dict[str, models.Model]:
        rows = model._base_manager.select_related(*getattr(model, "named_by", ()))
        rows = rows.filter(**{f"{first}__in": {key.split("/")[0] for key in keys}})
        return {
            row.key: row
            for row in rows
            if row.key in keys and (self.are_hidden_named or getattr(row, "is_public", True))
        }


def _told_twice(names: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}


# --- A whole content, as a page shows it


@dataclass
class Shown:
    """A record, part or citation: what it says, field by field, and the rows below it by their kind."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    groups: list[tuple[str, list["Shown"]]] = field(default_factory=list)
    citations: list["Shown"] = field(default_factory=list)


def shown_content(model: type[models.Model], content: dict, words: ValueWords = value_in_words) -> Shown:
    """A content in which names stand in place of keys, ready to be shown; its address is left out.

    ``words`` says each value; None leaves it out.
    """
    parts = dict(part_paths(model))
    shown = Shown()
    for name, value in content.items():
        if name == "citations":
            shown.citations = [_shown_citation(model, row) for row in value]
        elif name in parts:
            label = records_label(parts[name]) or record_label(parts[name]) or field_label(name)
            shown.groups.append((label, [shown_content(parts[name], row, words) for row in value]))
        elif name != "slug" and (said := words(model, name, value)) is not None:
            shown.fields.append((label_in_full(name), said))
    return shown


def _shown_citation(model: type[models.Model], row: dict) -> Shown:
    """A citation of a row of that model: what a source states instead is said as the field itself is."""
    words = {"stated": stated_words(model, row.get("field", ""), row.get("stated", "")).text}
    return Shown([(field_label(name), words.get(name) or value_in_words(Citation, name, row[name])) for name in row])


def label_in_full(column: str) -> str:
    """``title (Russian)`` for ``title_ru``: the label of a column with the language of its words."""
    languages = dict(settings.LANGUAGES)
    code = column.removeprefix(f"{base_name(column)}_")
    label = field_label(column)
    return f"{label} ({languages[code]})" if code in languages and code != "en" else label
