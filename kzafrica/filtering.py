"""Filters that refuse what they do not understand, for pages and API alike. Knows django-filter and no model."""

from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import get_close_matches
from itertools import islice

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.timezone import is_aware, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.drainage import set_override
from drf_spectacular.utils import extend_schema_field

from kzafrica.problems import BadParameters

# Added to addresses by mailers and social networks; they say nothing about what is asked.
TRACKING_PARAMETERS = ("fbclid", "gclid", "dclid", "msclkid", "yclid", "mc_cid", "mc_eid", "igshid", "ref", "_ga")

# So many faults are told at once: who makes more of them has mistaken the address.
MOST_FAULTS = 20

# A list of more valid values than this helps nobody in an error.
LONGEST_LIST = 30


def is_tracking(name: str) -> bool:
    return name.startswith("utm_") or name in TRACKING_PARAMETERS


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, whatever its case; None when none is like it."""
    by_folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.4)
    return by_folded[found[0]] if found else None


def bad_parameters(
    query: QueryDict, filterset, *, also: Iterable[str] = (), forgive_tracking: bool = False
) -> list[tuple]:
    """Parameters that the filters do not know or whose value they cannot read: (name, sentence, nearest).

    All of them, or the first ``MOST_FAULTS``.
    """
    known = [*(filterset.filters if filterset else ()), *also]
    errors = []
    unknown = (name for name in query if name not in known and not (forgive_tracking and is_tracking(name)))
    for name in islice(unknown, MOST_FAULTS):
        near = nearest(name, known)
        if near:
            hint = _(" Did you mean “%s”?") % near
        else:
            hint = _(" Known are: %s.") % ", ".join(sorted(known)) if known else _(" This page takes none.")
        errors.append((name[:60], _("There is no parameter “%s”.") % name[:60] + hint, near))
    for name, values in query.lists():
        if name in known and len(values) > 1:
            errors.append((name, _("“%s” is given more than once: give it once.") % name, None))
    if filterset and not filterset.form.is_valid():
        for name, messages in filterset.form.errors.as_data().items():
            for error in messages:
                near = (error.params or {}).get("nearest")
                errors.append((name, " ".join(error.messages), near))
    return errors[:MOST_FAULTS]


def refuse_bad_parameters(query: QueryDict, filterset, *, also: Iterable[str] = ()) -> None:
    """Raises BadParameters unless every parameter is known and readable."""
    errors = bad_parameters(query, filterset or None, also=also)
    if errors:
        raise BadParameters(errors)


class StrictChoiceField(forms.ChoiceField):
    """A choice, in any case, whose refusal names the nearest valid value."""

    def validate(self, value) -> None:
        forms.Field.validate(self, value)
        if value and not self.valid_value(value):
            known = [str(key) for key, _label in self.choices if key]
            raise unknown_value(str(value), known)

    def to_python(self, value) -> str:
        written = super().to_python(value).strip()
        known = (str(key) for key, _label in self.choices)
        return next((key for key in known if key.casefold() == written.casefold()), written)


def unknown_value(value: str, known: list[str]) -> forms.ValidationError:
    near = nearest(value, known)
    value = value[:60]
    hint = ""
    if near:
        hint = _(" Did you mean “%s”?") % near
    elif 0 < len(known) <= LONGEST_LIST:
        hint = _(" Known are: %s.") % ", ".join(known)
    sentence = _("There is no “%(value)s” here.") % {"value": value} + hint
    # Django fills params into the sentence, in which a reader may have written a per cent sign.
    return forms.ValidationError(sentence.replace("%", "%%"), code="invalid_choice", params={"nearest": near})


class StrictChoiceFilter(django_filters.ChoiceFilter):
    field_class = StrictChoiceField

    def __init__(self, *args, **options) -> None:
        options.setdefault("empty_label", gettext_lazy("Any"))
        choices = options.pop("choices")
        super().__init__(*args, choices=choices, **options)
        values = [value for value, _label in _pairs(choices) if value]
        set_override(self, "field", {"type": "string", "enum": values, "description": "One of these, in any case."})

    @property
    def field(self):
        if not hasattr(self, "_field"):
            choices = [("", self.extra.get("empty_label")), *_pairs(self.extra["choices"])]
            self._field = StrictChoiceField(choices=choices, required=False, label=self.label)
        return self._field


def _pairs(choices):
    return getattr(choices, "choices", choices)


class KeyChoiceField(forms.ModelChoiceField):
    """A record named by its code or slug, in any case; refusal names the nearest key."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        key = self.to_field_name
        # PostgreSQL does not compare anything with a NUL character.
        is_text = "\x00" not in str(value)
        match = self.queryset.filter(**{f"{key}__iexact": str(value).strip()}).first() if is_text else None
        if match is None:
            raise unknown_value(str(value), [str(known) for known in self.queryset.values_list(key, flat=True)])
        return match

    def prepare_value(self, value):
        return (
            str(value).upper()
            if isinstance(value, str) and self.to_field_name == "alpha3"
            else super().prepare_value(value)
        )


ACCEPTED_KEYS = {
    "alpha3": "An ISO 3166-1 alpha-3 code in any case, such as KEN.",
    "code": "Its code, as its own `id` has it, in any case.",
    "slug": "Its `id`, which is the last part of its address, in any case.",
}


class KeyFilter(django_filters.ModelChoiceFilter):
    """A filter by code or slug: ``KeyFilter(queryset=…, key="alpha3", field_name=…)``."""

    field_class = KeyChoiceField

    def __init__(self, *args, key: str = "slug", **options) -> None:
        options.setdefault("empty_label", gettext_lazy("Any"))
        super().__init__(*args, to_field_name=key, **options)
        set_override(self, "field", {"type": "string", "description": ACCEPTED_KEYS[key]})


class KeyTextFilter(KeyFilter):
    """The same where a list of all keys would be too long to choose from: a text field."""

    def __init__(self, *args, **options) -> None:
        hint = gettext_lazy("as in its address")
        super().__init__(*args, widget=forms.TextInput(attrs={"placeholder": hint}), **options)


class TakesDay(forms.DateField):
    """A day as YYYY-MM-DD, nothing else."""

    default_error_messages = {
        "invalid": gettext_lazy("Write the day as YYYY-MM-DD and make sure it exists, such as 2020-11-30.")
    }

    def __init__(self, **options) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"], widget=forms.DateInput(attrs={"placeholder": "2020-11-30"}), **options
        )


@extend_schema_field({"type": "string", "format": "date", "description": "A day as YYYY-MM-DD, such as 2020-11-30."})
class DayFilter(django_filters.Filter):
    field_class = TakesDay


class YearField(forms.IntegerField):
    default_error_messages = {"invalid": gettext_lazy("Write the year in four digits, such as 2024.")}

    def __init__(self, **options) -> None:
        super().__init__(min_value=1, max_value=9999, **options)


@extend_schema_field(
    {"type": "integer", "minimum": 1, "maximum": 9999, "description": "A year in four digits, such as 2024."}
)
class YearFilter(django_filters.Filter):
    field_class = YearField


class NumberField(forms.IntegerField):
    default_error_messages = {"invalid": gettext_lazy("Write a whole number, such as 250.")}

    def __init__(self, **options) -> None:
        super().__init__(min_value=0, max_value=2**63 - 1, **options)


class YesNoField(StrictChoiceField):
    def __init__(self, **options) -> None:
        options.pop("choices", None)
        super().__init__(
            choices=[("", gettext_lazy("Any")), ("true", gettext_lazy("Yes")), ("false", gettext_lazy("No"))], **options
        )

    def clean(self, value):
        return {"true": True, "false": False}.get(super().clean(value.lower() if isinstance(value, str) else value))


@extend_schema_field({"type": "boolean", "description": "`true` or `false`; both where it is left out."})
class YesNoFilter(django_filters.Filter):
    field_class = YesNoField


class MomentField(forms.CharField):
    """A day or moment as ISO 8601; without a zone it is taken in the site's."""

    def clean(self, value) -> datetime | None:
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            # A plus sign in an address arrives as a blank.
            moment = datetime.fromisoformat(text.replace(" ", "+"))
            # Databases compare in UTC, where the first and last day of the calendar may not exist.
            return (moment if is_aware(moment) else make_aware(moment)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise forms.ValidationError(
                _("“%s” is not a moment: write 2025-09-10 or 2025-09-10T12:00:00+05:00.") % text[:40]
            ) from None


@extend_schema_field(
    {
        "type": "string",
        "format": "date-time",
        "description": "A moment as ISO 8601, such as 2025-09-10T12:00:00+05:00. A day alone is its first moment; "
        "without a zone it is that of Almaty.",
    }
)
class MomentFilter(django_filters.Filter):
    field_class = MomentField


ORDER_LABELS = {
    "date": gettext_lazy("Date"),
    "established": gettext_lazy("Date"),
    "id": gettext_lazy("Code"),
    "measure": gettext_lazy("Measure"),
    "name": gettext_lazy("Name"),
    "period": gettext_lazy("Period"),
    "publisher": gettext_lazy("Publisher"),
    "title": gettext_lazy("Title"),
    "updated": gettext_lazy("Last change"),
}


class OrderFilter(StrictChoiceFilter):
    """``ordering=date`` or ``-date``: names for readers, columns behind them, the slug to keep order stable.

    A column that depends on the language is an expression with a name.
    """

    def __init__(self, columns: dict[str, tuple[str | F, ...]], **options) -> None:
        self.columns = columns
        choices = [
            choice
            for column in columns
            for choice in (
                (column, format_lazy("{} ↑", ORDER_LABELS.get(column, column))),
                (f"-{column}", format_lazy("{} ↓", ORDER_LABELS.get(column, column))),
            )
        ]
        super().__init__(choices=choices, label=gettext_lazy("Order"), **options)

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        if not value:
            return queryset
        keys = [key.name if isinstance(key, F) else key for key in self.columns[value.lstrip("-")]]
        return queryset.order_by(*(f"-{key}" for key in keys) if value.startswith("-") else keys)
