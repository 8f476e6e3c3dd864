"""Short forms of new records: what a source tells in a few lines, typed in the order in which it is read.

An admin class says in ``compact`` which fields those are. The form gives the whole record as plain content, which is
read as every content is: with the rules of its model, of its parts, and between them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kzafrica.date_fields import ImpreciseDateField
from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.content import Fault, plain_value
from kzafrica.editorial.labels import base_name, field_label
from kzafrica.editorial.references import ReferenceField
from kzafrica.transliteration import slug_of
from kzafrica.workshop.fields import put_widget
from kzafrica.workshop.inlines import title_field
from kzafrica.workshop.key_fields import (
    KeyField,
    KeysField,
    Pending,
    ReferenceKeyField,
    ReferencesKeyField,
)
from kzafrica.workshop.naming import column_label
from kzafrica.workshop.texts import TextKeepingForm, limit_text
from kzafrica.workshop.widgets import KeyInput, ShortDateInput

MOST_ROWS = 30


@dataclass(frozen=True)
class Listed:
    """Keys typed in one line, each of which makes a part: the states at an event, the parties of an agreement."""

    part: str
    field: str
    label: str


@dataclass(frozen=True)
class One:
    """One field of the first part of a kind: when an agreement was signed, where a mission opened."""

    part: str
    field: str
    label: str = ""
    initial: str = ""
    # Makes no part by itself: it only says more of one.
    is_aside: bool = False


@dataclass(frozen=True)
class Table:
    """Parts of a kind, a row each, as many as are needed."""

    part: str
    fields: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Compact:
    """What a short form asks: first what every such story tells, then more, if it tells it."""

    essential: tuple[str | Listed | One, ...]
    more: tuple[str | Listed | One | Table, ...] = ()
    # What the source prints, a date or a number: the field cited for it, such as "date" or "stages.date".
    printed: str = ""
    # The field that holds those words itself.
    words_in: str = ""
    dated_by: str = ""
    states_in: str = ""
    # Where an event of the same story belongs.
    event_in: str = ""
    initial: dict[str, str] = field(default_factory=dict)
    # What a record is called whose title nobody has written: content in, words out.
    called: Callable[[dict], str] | None = None


def name_of(entry: str | Listed | One) -> str:
    """The form's field for an entry: ``date``, ``stages.date``."""
    return entry if isinstance(entry, str) else f"{entry.part}.{entry.field}"


class CompactForm(TextKeepingForm, forms.Form):
    """One new record from a source. ``content()`` gives it as plain data, ``take_faults()`` shows what was refused."""

    compact: Compact
    model: type[models.Model]

    def __init__(self, *args, pending: Pending | None = None, **options) -> None:
        super().__init__(*args, **options)
        self.pending = {} if pending is None else pending
        self._slug = ""
        self.tables: list[tuple[Table, list[list[str]]]] = []
        self.essential_names = [self._add(entry) for entry in self.compact.essential]
        if not self.compact.words_in:
            printed = limit_text(forms.CharField(max_length=200, label=_("As printed"), help_text=PRINTED_HELP))
            self.essential_names.append(self._put("as_printed", printed))
        locator = limit_text(forms.CharField(max_length=80, label=_("Where in it"), help_text=LOCATOR_HELP))
        self.essential_names.append(self._put("locator", locator))
        self.more_names = [self._add(entry) for entry in self.compact.more if not isinstance(entry, Table)]
        for entry in self.compact.more:
            if isinstance(entry, Table):
                self._add_table(entry)
        slug = limit_text(forms.SlugField(max_length=120, label=_("Address"), help_text=SLUG_HELP))
        self.more_names.append(self._put("slug", slug))

    # --- Its fields

    def _add(self, entry: str | Listed | One) -> str:
        name = name_of(entry)
        if isinstance(entry, Listed):
            return self._put(name, self._keys(_part_model(self.model, entry.part), entry), label=entry.label)
        model = self.model if isinstance(entry, str) else _part_model(self.model, entry.part)
        column = model._meta.get_field(entry if isinstance(entry, str) else entry.field)
        made = form_field(column)
        if isinstance(entry, One):
            made.required = False
            if isinstance(made, forms.TypedChoiceField):
                made.choices = [("", "–"), *((value, label) for value, label in column.flatchoices)]
            made.initial = entry.initial
        if name in self.compact.initial:
            made.initial = self.compact.initial[name]
        if name == title_field(self.model):
            made.widget.attrs["class"] = "vLargeTextField"
        if name == title_field(self.model) and self.compact.called:
            made.required = False
            made.help_text = gettext_lazy("Made from the rest if you leave it empty.")
        return self._put(name, made, label=getattr(entry, "label", ""), required=made.required)

    def _keys(self, model: type[models.Model], entry: Listed) -> forms.Field:
        column = model._meta.get_field(entry.field)
        if isinstance(column, ReferenceField):
            return _looked_up(ReferencesKeyField(column.kinds), column)
        return _looked_up(KeysField(column.related_model), column)

    def _add_table(self, table: Table) -> None:
        model, rows = _part_model(self.model, table.part), []
        for index in range(self._row_count(table.part)):
            names = []
            for column in table.fields:
                made = form_field(model._meta.get_field(column))
                names.append(self._put(f"{table.part}-{index}-{column}", made))
            rows.append(names)
        self.tables.append((table, rows))

    def _row_count(self, part: str) -> int:
        """One row more than are filled in, so that there is always another without a script."""
        begin = self.add_prefix(f"{part}-")
        columns = {name.rpartition("-")[2] for name in self.data if name.startswith(begin)}
        last = -1
        for index in range(MOST_ROWS):
            typed = (str(self.data.get(f"{begin}{index}-{column}", "")) for column in columns - {"role", "kind"})
            last = index if any(text.strip() for text in typed) else last
        return min(last + 2, MOST_ROWS)

    def _put(self, name: str, made: forms.Field, *, label: str = "", required: bool = False) -> str:
        made.label = label or made.label or capfirst(field_label(name.rpartition(".")[2]))
        made.required = required
        made.widget.is_required = required
        # The rules of the form are asked by the server, in words; a browser would stop at what stands empty on purpose.
        made.widget.attrs.pop("required", None)
        if hasattr(made, "pending"):
            made.pending = self.pending
        if f"initial-{self.add_prefix(name)}" in self.data or name in self.initial:
            made.show_hidden_initial = True
        self.fields[name] = made
        return name

    use_required_attribute = False

    @property
    def essential_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.essential_names]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.more_names]

    @property
    def table_fields(self) -> list[dict]:
        return [
            {"label": table.label, "part": table.part, "rows": [[self[name] for name in row] for row in rows]}
            for table, rows in self.tables
        ]

    @property
    def more_is_open(self) -> bool:
        """Whether something is typed, or wrong, in what stands below the first fields."""
        below = {*self.more_names, *(name for _table, rows in self.tables for row in rows for name in row)}
        return bool(below & {*self.errors, *(self.changed_data if self.is_bound else ())})

    # --- What was typed

    def content(self, source: str) -> dict:
        """The record as plain data, cited to the source of that key. Call once it is valid."""
        typed, content = self.cleaned_data, {}
        self.origins: dict[str, list[dict[str, str]]] = {}
        for entry in (*self.compact.essential, *self.compact.more):
            if isinstance(entry, str) and typed.get(entry) not in (None, "", []):
                value = typed[entry]
                content[entry] = value if isinstance(value, list) else plain_value(value)
        self._add_parts(content, typed)
        title = title_field(self.model)
        if self.compact.called and not content.get(title):
            words = self.compact.called(content)
            if title:
                content[title] = words
        # Made once: the other records of the screen may name it by now.
        self._slug = self._slug or typed.get("slug") or self.free_slug(content)
        content["slug"] = self._slug
        self._add_citations(content, typed, source)
        return content

    def _add_parts(self, content: dict, typed: dict) -> None:
        for part, row in self._first_parts(typed).items():
            self._add_part(content, part, row, {name: f"{part}.{name}" for name in row})
        for table, rows in self.tables:
            for names in rows:
                row = {name.rpartition("-")[2]: plain_value(typed.get(name)) for name in names}
                filled = {name: value for name, value in row.items() if value}
                if any(value != _default(self.model, table, name) for name, value in filled.items()):
                    self._add_part(content, table.part, filled, dict(zip(table.fields, names, strict=True)))
        for entry in self._entries(Listed):
            # A state for which someone is named takes part already.
            named = {row.get(entry.field) for row in content.get(entry.part, ())}
            for key in typed.get(name_of(entry)) or ():
                if key not in named:
                    self._add_part(content, entry.part, {entry.field: key}, {entry.field: name_of(entry)})

    def _first_parts(self, typed: dict) -> dict[str, dict]:
        """The first part of each kind, of what its fields say; none where only an aside is filled in."""
        firsts: dict[str, dict] = {}
        for entry in self._entries(One):
            if value := plain_value(typed.get(name_of(entry))):
                firsts.setdefault(entry.part, {})[entry.field] = value
        mains = {(entry.part, entry.field) for entry in self._entries(One) if not entry.is_aside}
        return {part: row for part, row in firsts.items() if any((part, name) in mains for name in row)}

    def _entries(self, kind: type) -> list:
        return [entry for entry in (*self.compact.essential, *self.compact.more) if isinstance(entry, kind)]

    def _add_part(self, content: dict, part: str, row: dict, origin: dict[str, str]) -> None:
        content.setdefault(part, []).append(row)
        self.origins.setdefault(part, []).append(origin)

    def _add_citations(self, content: dict, typed: dict, source: str) -> None:
        locator = typed.get("locator", "")
        printed = typed.get(self.compact.words_in or "as_printed", "")
        whole = {"source": source, **({"locator": locator} if locator else {})}
        content["citations"] = [whole]
        if not printed:
            return
        part, _dot, column = self.compact.printed.rpartition(".")
        citation = {**whole, "field": column, "as_printed": printed}
        if part and content.get(part):
            content[part][0]["citations"] = [citation]
        elif column and not part and content.get(column):
            content["citations"].append(citation)
        else:
            whole["as_printed"] = printed

    # --- What it is called

    def names(self, content: dict) -> list[str]:
        """All that others may call it by: its title in each language, and other forms of its name."""
        title = title_field(self.model)
        columns = [name for name in content if title and base_name(name) == base_name(title)]
        forms_of_name = [row.get("text", "") for row in content.get("name_forms", ())]
        return [content[name] for name in columns] + forms_of_name

    def free_slug(self, content: dict) -> str:
        """From the title and the year; with a number behind it where that address is taken."""
        words = content.get(title_field(self.model)) or (self.compact.called(content) if self.compact.called else "")
        year = str(self.year or "")
        slug = slug_of(words, 100) or self.model._meta.model_name
        if year and year not in slug.split("-"):
            slug = f"{slug}-{year}"
        redirects = self.model._meta.apps.get_model("editorial", "Redirect")
        number, made = 1, slug
        while (
            made in self.pending.get(self.model, ())
            or self.model.objects.filter(slug=made).exists()
            or redirects.objects.of(self.model, made).exists()
        ):
            number += 1
            made = f"{slug}-{number}"
        return made

    @property
    def year(self) -> int | None:
        date = self.cleaned_data.get(self.compact.dated_by) if self.is_bound and self.compact.dated_by else None
        day = (date.earliest or date.latest) if isinstance(date, ImpreciseDate) else None
        return day.year if day else None

    @property
    def story(self) -> dict:
        """What the other records of the same source are likely to share: the states and the day."""
        typed = getattr(self, "cleaned_data", {})
        date = typed.get(self.compact.dated_by)
        states = typed.get(self.compact.states_in) or []
        return {"date": date.edtf if date else "", "states": states if isinstance(states, list) else [states]}

    # --- What was refused

    def take_faults(self, faults: list[Fault]) -> None:
        """Show each fault of the content at the field in which it was typed."""
        for fault in faults:
            name = self._typed_in(fault.where)
            self.add_error(name if name in self.fields else None, ValidationError(fault.sentence))

    def _typed_in(self, where: str) -> str:
        if where.startswith("citations") or ".citations" in where:
            return self.compact.words_in or ("locator" if where.endswith("locator") else "as_printed")
        part, bracket, rest = where.partition("[")
        if not bracket:
            listed = [name_of(entry) for entry in self.compact.essential if isinstance(entry, Listed)]
            return next((name for name in listed if name.startswith(f"{part}.")), where)
        index, _bracket, column = rest.partition("].")
        origins = self.origins.get(part, [])
        number = int(index.rstrip("]") or 0) - 1
        origin = origins[number] if 0 <= number < len(origins) else {}
        return origin.get(column) or next(iter(origin.values()), "")


PRINTED_HELP = gettext_lazy("The date, number or name in the words of the source.")
LOCATOR_HELP = gettext_lazy("Page, paragraph, table, minute.")
SLUG_HELP = gettext_lazy("Made from the title and the year if you leave it empty.")


def compact_form(model: type[models.Model], compact: Compact) -> type[CompactForm]:
    """The short form of new records of a model."""
    return type(f"Compact{model.__name__}Form", (CompactForm,), {"model": model, "compact": compact})


def form_field(column: models.Field) -> forms.Field:
    """How a column is typed: keys by their text, choices from a list, all else as its model reads it."""
    if isinstance(column, ReferenceField):
        made: forms.Field = _looked_up(ReferenceKeyField(column.kinds), column)
    elif column.many_to_many:
        made = _looked_up(KeysField(column.related_model), column)
    elif column.is_relation:
        made = _looked_up(KeyField(column.related_model), column)
    elif isinstance(column, models.TextField):
        made = column.formfield(widget=forms.Textarea(attrs={"rows": 2}))
    else:
        made = column.formfield()
    if isinstance(made, forms.CharField):
        limit_text(made, column)
    is_asked = not column.blank and not isinstance(column, models.BooleanField)
    made.required = is_asked and not (column.is_relation and column.null)
    made.label = capfirst(column_label(column.name))
    # A line for a page on which there are many; the ordinary form says it at length.
    made.help_text = column.help_text
    if isinstance(column, ImpreciseDateField):
        made.help_text = DATE_HELP
        put_widget(made, ShortDateInput(made.widget.attrs))
    elif isinstance(column, ReferenceField):
        made.help_text = REFERENCE_HELP
    return made


def _looked_up(made: forms.Field, column: models.Field) -> forms.Field:
    put_widget(made, KeyInput(column, made.widget.attrs, takes_many=isinstance(made, (KeysField, ReferencesKeyField))))
    return made


REFERENCE_HELP = gettext_lazy("COD, Africa, or kind and key: organization/…")
DATE_HELP = gettext_lazy("2025-09-10, 2025-09, 2025-09-09/2025-09-10; ~ is about.")


def _part_model(model: type[models.Model], name: str) -> type[models.Model]:
    return model._meta.get_field(name).related_model


def _default(model: type[models.Model], table: Table, name: str) -> str:
    """What a row says in a field before anybody has typed."""
    return plain_value(_part_model(model, table.part)._meta.get_field(name).get_default())
