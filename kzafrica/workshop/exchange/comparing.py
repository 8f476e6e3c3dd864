"""What would change in a record, field by field and part by part, in words that fit into one line each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kzafrica.workshop.exchange.layout import Layout


@dataclass(frozen=True)
class FieldChange:
    """One field, or a whole part where ``is_part``: what it says now and what it would say; empty for nothing."""

    where: str
    old: str
    new: str
    is_part: bool = False

    @property
    def is_taken_out(self) -> bool:
        return self.is_part and not self.new


def changes_between(layout: Layout, old: dict, new: dict) -> list[FieldChange]:
    """Field by field in the order of the columns, then parts and citations: those that changed, came or went."""
    return list(_changes(layout, old, new, (), ""))


def _changes(layout: Layout, old: dict, new: dict, path: tuple[str, ...], label: str) -> Iterator[FieldChange]:
    names = dict.fromkeys([*old, *new])
    below = layout.below(path)
    for name in names:
        if name not in below and old.get(name, "") != new.get(name, ""):
            yield FieldChange(f"{label} › {name}" if label else name, _words(old.get(name)), _words(new.get(name)))
    for name in below:
        yield from _part_changes(
            layout, old.get(name, []), new.get(name, []), (*path, name), f"{label} › {name}" if label else name
        )


def _part_changes(layout: Layout, old: list, new: list, path: tuple[str, ...], label: str) -> Iterator[FieldChange]:
    gone, come = _unlike(old, new), _unlike(new, old)
    if not gone and not come and old != new:
        yield FieldChange(label, _("as they are"), _("in another order"))
    pairs = sorted(((-_likeness(a, b), i, j) for i, a in gone.items() for j, b in come.items()), key=lambda pair: pair)
    for likeness, i, j in pairs:
        if likeness and i in gone and j in come:
            yield from _changes(layout, gone.pop(i), come.pop(j), path, f"{label} {j + 1}")
    for number, part in gone.items():
        yield FieldChange(f"{label} {number + 1}", said_in_one_line(part), "", is_part=True)
    for number, part in come.items():
        yield FieldChange(f"{label} {number + 1}", "", said_in_one_line(part), is_part=True)


def _unlike(parts: list, others: list) -> dict[int, dict]:
    """Those of the parts that none of the others says word for word, by their place."""
    left = list(others)
    unlike = {}
    for number, part in enumerate(parts):
        if part in left:
            left.remove(part)
        else:
            unlike[number] = part
    return unlike


def _likeness(one: dict, other: dict) -> int:
    return sum(other.get(name) == value for name, value in one.items())


def said_in_one_line(part: dict) -> str:
    return "; ".join(f"{name}: {_words(value)}" for name, value in part.items())


def _words(value) -> str:
    if isinstance(value, list):
        parts = [f"({said_in_one_line(row)})" if isinstance(row, dict) else str(row) for row in value]
        return ", ".join(parts)
    return "" if value is None else str(value)
