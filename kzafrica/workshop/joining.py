"""The form that lost a race: what it showed, what is there now and what was typed, joined field by field.

What one person alone changed is as that person left it, fields and rows alike. Where both changed the same, what was
typed stays, and a mark beside it says what is there now.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from kzafrica.editorial import history
from kzafrica.editorial.content import content_of
from kzafrica.workshop.meanwhile import NUMBER
from kzafrica.workshop.sent_forms import Typed, put, put_rows, untouched, widget_of

MOST_ROWS = 1000
LONGEST_QUOTE = 300
Form = type[forms.ModelForm]


@dataclass(frozen=True)
class Mark:
    """A field or row that both people changed: what it is called, what to know of it, and where it is on the page."""

    label: str
    sentence: str
    anchor: str


@dataclass
class Joined:
    """The form as it is shown again; ``marks`` by the prefix of a form and the name of a field, "" for all of it."""

    post: QueryDict
    marks: dict[str, dict[str, Mark]] = field(default_factory=dict)

    @property
    def both_changed(self) -> list[Mark]:
        return [mark for marks in self.marks.values() for mark in marks.values()]

    def sentences(self, prefix: str) -> dict[str, str]:
        return {name: mark.sentence for name, mark in self.marks.get(prefix, {}).items()}


def joined(
    post: QueryDict, row: models.Model, form: Form, formsets: Iterable[forms.BaseModelFormSet], *, seen: int
) -> Joined:
    """The form of a row and the formsets below it, sent as ``post`` by a person who saw the version ``seen``.

    What that version does not hold nobody can tell: all of it that is not as it is now counts as changed by both.
    """
    joining = _Joining(post, seen)
    joining.take_fields(row, form)
    for formset in formsets:
        joining.take_rows(formset)
    return joining.found


class _Shown:
    """What stands in the form of a row when it is opened, as a browser sends it if nobody touches it."""

    def __init__(self, form: Form, row: models.Model, many: dict | None = None) -> None:
        self.form = form(instance=row, initial=many)
        columns = {column.name for column in [*row._meta.concrete_fields, *row._meta.many_to_many]}
        self.values = {name: untouched(self.form, name) for name in self.form.fields if name in columns}

    def says(self, values: Typed) -> bool:
        return all(_same(value, values.get(name, [])) for name, value in self.values.items())


class _Joining:
    """Puts a form together again, field by field and row by row."""

    def __init__(self, post: QueryDict, seen: int) -> None:
        self.found, self.seen, self.rows_then = Joined(post.copy()), seen, history.rows_in(seen)

    def take_fields(self, row: models.Model, form: Form) -> None:
        now, then = _Shown(form, row), self._shown_then(form, type(row), row.pk)
        typed = {name: self.found.post.getlist(name) for name in now.values}
        put(self.found.post, "", self._fields("", "", now, then, typed))

    def take_rows(self, formset: forms.BaseModelFormSet) -> None:
        """Rows that are there now come first, in the order in which the form looks for them, then those to be added."""
        prefix = formset.prefix
        sent = _rows_of(self.found.post, prefix)
        if sent is None:
            return
        numbered = {int(number): row for row in sent if NUMBER.fullmatch(number := _first(row, "id"))}
        rows: list[Typed] = []
        for row in formset.get_queryset():
            typed = self._row(formset, f"{prefix}-{len(rows)}", row, numbered.get(row.pk))
            rows.append({**typed, "id": [str(row.pk)]})
            numbered.pop(row.pk, None)
        there = len(rows)
        for typed in sent:
            number = _first(typed, "id")
            if NUMBER.fullmatch(number):
                if numbered.get(int(number)) is not typed or not self._is_typed_into(formset, int(number), typed):
                    continue
                sentence = _(
                    "Others took this row out. Saving adds it again with what you typed, unless you remove it."
                )
                label = f"{capfirst(formset.model._meta.verbose_name)} #{len(rows) + 1}"
                self._mark(f"{prefix}-{len(rows)}", "", label, sentence)
            rows.append({**typed, "id": [""]})
        for name in [name for name in self.found.post if re.match(rf"{re.escape(prefix)}-[0-9]+-", name)]:
            del self.found.post[name]
        put_rows(self.found.post, prefix, rows, there)

    def _row(self, formset: forms.BaseModelFormSet, place: str, row: models.Model, typed: Typed | None) -> Typed:
        now, then = _Shown(formset.form, row), self._shown_then(formset.form, formset.model, row.pk)
        label = f"{capfirst(formset.model._meta.verbose_name)}: {row}"
        if typed is None:
            return now.values
        if "DELETE" in typed and history.content_in(formset.model, row.pk, self.seen) != content_of(row):
            sentence = _("Others changed this row. Saving deletes it all the same; untick Delete to keep it.")
            self._mark(place, "", label, sentence)
        # Also of a row to be deleted: whoever unticks that keeps what the others saved.
        return self._fields(place, label, now, then, typed)

    def _is_typed_into(self, formset: forms.BaseModelFormSet, pk: int, typed: Typed) -> bool:
        """Whether a row that is gone was more to who sent it than what it showed; a row cannot lie in nothing."""
        then = self._shown_then(formset.form, formset.model, pk)
        return "DELETE" not in typed and (then is None or not then.says(typed))

    def _fields(self, place: str, of: str, now: _Shown, then: _Shown | None, typed: Typed) -> Typed:
        result = dict(typed)
        for name, present in now.values.items():
            sent, old = typed.get(name, []), then.values[name] if then is not None else None
            form_field = now.form.fields[name]
            if old is not None and _same(sent, old):
                result[name] = present
            elif _same(sent, present) or (old is not None and _same(present, old)):
                continue
            elif old is not None and getattr(widget_of(form_field), "allow_multiple_selected", False):
                kept = [key for key in present if key in sent or key not in old]
                result[name] = [*kept, *(key for key in sent if key not in old and key not in kept)]
            else:
                label = f"{of} – {form_field.label}" if of else str(form_field.label)
                self._mark(place, name, label, _told(_in_words(form_field, present)))
        return result

    def _mark(self, place: str, name: str, label: str, sentence: str) -> None:
        anchor = f"id_{place}-{name}".replace("id_-", "id_") if name else place
        self.found.marks.setdefault(place, {})[name] = Mark(label, sentence, anchor)

    def _shown_then(self, form: Form, model: type[models.Model], pk: int) -> _Shown | None:
        columns = self.rows_then.get(model, {}).get(pk)
        if columns is None:
            return None
        row = model(pk=pk)
        for column in model._meta.concrete_fields:
            if column.name in columns and not column.primary_key:
                setattr(row, column.attname, _read(column, columns[column.name]))
        return _Shown(form, row, {many.name: columns.get(many.name, []) for many in model._meta.many_to_many})


def _read(column: models.Field, value):
    try:
        read = value if column.is_relation else column.to_python(value)
        # Kept as it was typed, 1.5; the form shows it as the database gives it back, 1.500.
        is_decimal = isinstance(column, models.DecimalField) and read is not None
        return read.quantize(Decimal(1).scaleb(-column.decimal_places)) if is_decimal else read
    except (ArithmeticError, ValidationError, ValueError, TypeError):
        return value  # Written under a rule of then, which the column of today no longer knows.


def _told(there: str) -> str:
    if not there:
        return _("Others changed this too: it is empty now. Saving puts in what stands here.")
    return _("Others changed this too: now it is “%s”. Saving puts what stands here in its place.") % there


def _rows_of(post: QueryDict, prefix: str) -> list[Typed] | None:
    """The rows of a formset as they were sent, by name of field; None where their number cannot be believed."""
    total = post.get(f"{prefix}-TOTAL_FORMS", "")
    if not NUMBER.fullmatch(total) or int(total) > MOST_ROWS:
        return None
    rows: list[Typed] = [{} for _index in range(int(total))]
    for name in post:
        match = re.fullmatch(rf"{re.escape(prefix)}-([0-9]{{1,4}})-(.+)", name)
        if match and int(match[1]) < len(rows):
            rows[int(match[1])][match[2]] = post.getlist(name)
    return rows


def _first(row: Typed, name: str) -> str:
    return next(iter(row.get(name, [])), "")


def _same(one: list[str], other: list[str]) -> bool:
    """Whether two values that a browser sends say the same; it sends line breaks of its own, and keys in any order."""
    return _bare(one) == _bare(other)


def _bare(values: list[str]) -> list[str]:
    return sorted(text for value in values if (text := re.sub(r"\r\n?", "\n", value).strip()))


def _in_words(field: forms.Field, values: list[str]) -> str:
    """What was sent of a field as a person reads it there, cut where it is long."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if values else _("no")
    if isinstance(field, forms.ModelChoiceField):
        values = [field.label_from_instance(row) for row in field.queryset.filter(pk__in=[v for v in values if v])]
    elif isinstance(field, forms.ChoiceField):
        labels = {str(choice): label for choice, label in field.choices if not isinstance(label, list | tuple)}
        values = [str(labels.get(value, value)) for value in values if value]
    return Truncator(", ".join(values).strip()).chars(LONGEST_QUOTE)
