"""What the columns of a record type mean, in words for the editor who fills them in."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kzafrica.date_fields import ImpreciseDateField
from kzafrica.editorial.publishable import Keyed, PublishableModel
from kzafrica.editorial.references import ReferenceField, reference_kinds
from kzafrica.workshop.exchange.layout import CITATIONS, RECORD, Layout, LineKind, key_form
from kzafrica.workshop.exchange.tables import (
    LARGEST_UPLOAD,
    MIB,
    MOST_CHANGED_LINES,
    MOST_CHANGES,
    MOST_LINES,
    MOST_RECORDS,
)

PARTS = gettext_lazy(
    "“part” is empty in the line of the record itself, else it names the part with its number, and within it the part "
    "of the part: “%(part)s”. The numbers give the order; gaps do not matter, nor does the order of lines."
)
NEW_AND_PUBLIC = (
    gettext_lazy("A key that is not known yet makes a new draft. A key that the record once had finds it too."),
    gettext_lazy(
        "Nothing becomes public by an import: a change to a public record waits as a proposal for a second person."
    ),
)
OF_REFERENCE = (
    gettext_lazy("A key that is not known yet makes a new record. Readers see at once what is imported here."),
)
WHAT_IS_LEFT_ALONE = (
    gettext_lazy("An empty cell empties the field. A column that is not in the file is left alone."),
    gettext_lazy("Records that are not in the file are left alone. No import deletes a record."),
)
PARTS_LEFT_ALONE = gettext_lazy(
    "A record without a line for any part keeps its parts and citations. With one, its lines say all of them: a part "
    "or citation without a line is taken out, which the preview shows."
)
HOW_IT_IS_WRITTEN = (
    gettext_lazy("Several keys in one cell are parted by blanks."),
    gettext_lazy(
        "An apostrophe before = + - @ at the beginning of a cell, or behind a line break or semicolon in it, keeps "
        "spreadsheets from taking it for a formula; an import takes it away. \\u and four digits stand for a character "
        "that spreadsheets spoil."
    ),
    gettext_lazy("A text too long for one cell goes on in a line whose part ends in “more 2”, “more 3” and so on."),
    gettext_lazy("Excel changes codes and dates in CSV when it opens it (002 becomes 2): edit XLSX there."),
)
LIMITS = gettext_lazy(
    "At most %(megabytes)s MB, %(lines)s lines and %(records)s records; of these, at most %(changes)s records in "
    "%(changed_lines)s lines may be new or changed."
)


@dataclass(frozen=True)
class ColumnGuide:
    """A column as lines of one kind fill it."""

    column: str
    kind: str
    is_needed: bool
    form: str
    meaning: str


def rules_of(layout: Layout) -> list[str]:
    """How a file is written, in sentences."""
    deepest = max(layout.kinds, key=len)
    of_parts = [PARTS % {"part": " ".join(f"{name} 1" for name in deepest)}, PARTS_LEFT_ALONE] if deepest else []
    is_reference = not issubclass(layout.model, PublishableModel)
    rules = [
        _("A line is of one record, part or citation. “record” is the key of the record, in every line."),
        *of_parts[:1],
        *(OF_REFERENCE if is_reference else NEW_AND_PUBLIC),
        *WHAT_IS_LEFT_ALONE,
        *of_parts[1:],
        *HOW_IT_IS_WRITTEN,
        LIMITS
        % {
            "megabytes": LARGEST_UPLOAD // MIB,
            "lines": f"{MOST_LINES:,}",
            "records": f"{MOST_RECORDS:,}",
            "changes": f"{MOST_CHANGES:,}",
            "changed_lines": f"{MOST_CHANGED_LINES:,}",
        },
    ]
    return [str(rule) for rule in rules]


def guide_to(layout: Layout) -> Iterator[ColumnGuide]:
    """Every column for every kind of line that fills it, in the order of the columns."""
    yield ColumnGuide(RECORD, "", True, key_form(layout.model), str(_("The key of the record, as in its address.")))
    yield ColumnGuide("part", "", False, _parts(layout), str(_("Empty for the record itself.")))
    for column in layout.columns[2:]:
        for kind in layout.kinds_with(column):
            field = kind.field(column)
            yield ColumnGuide(column, kind.name, _is_needed(kind, field), form_of(field), _meaning(kind, field))


def _parts(layout: Layout) -> str:
    return ", ".join(" ".join(f"{name} 1" for name in path) for path in layout.kinds if path)


def _is_needed(kind: LineKind, field: models.Field) -> bool:
    return not (field.blank or field.null or field.has_default())


def _meaning(kind: LineKind, field: models.Field) -> str:
    if kind.path[-1:] == (CITATIONS,) and field.name == "field":
        return str(_("The column that the source is cited for; empty: the whole line above it."))
    return str(field.help_text)


def form_of(field: models.Field) -> str:
    """How a value is written, with every value that a vocabulary allows."""
    if field.flatchoices:
        return ", ".join(str(value) for value, _label in field.flatchoices if value not in ("", None))
    if isinstance(field, models.BooleanField):
        return "true, false"
    if isinstance(field, ImpreciseDateField):
        return str(_("date in EDTF, such as 2025-09-10, 2025-09 or 2025"))
    if isinstance(field, ReferenceField):
        kinds = field.kinds or sorted(reference_kinds())
        return str(_("kind/key, with a kind of %s")) % ", ".join(kinds)
    if field.is_relation:
        return _form_of_key(field)
    if isinstance(field, models.DateField):
        return str(_("day, such as 2025-09-10"))
    if isinstance(field, models.IntegerField | models.DecimalField):
        return str(_("number, such as 1234.5"))
    return str(_("text")) + (f" (≤ {field.max_length})" if field.max_length else "")


def _form_of_key(field: models.Field) -> str:
    model = field.related_model
    form = key_form(model) if issubclass(model, Keyed) else ""
    sentence = _("keys (%(form)s) of %(records)s") if field.many_to_many else _("key (%(form)s) of one of %(records)s")
    return str(sentence) % {"form": form, "records": model._meta.verbose_name_plural}
