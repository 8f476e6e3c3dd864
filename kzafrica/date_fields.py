"""Imprecise dates in models, queries and forms."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django import forms
from django.core import checks
from django.core.exceptions import FieldError, FullResultSet, ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Lookup, Model, Q, lookups
from django.db.models.expressions import Col
from django.db.models.query_utils import DeferredAttribute
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kzafrica.dates import DateError, ImpreciseDate, refuse_backward_period

HELP = _("As precise as the source: 2025-09-10, 2025-09 or 2025.")

# Everything else that can be written, and what it means; shown where an editor asks for it.
FORMS_OF_DATES = (
    ("2025-09-10", _("a day")),
    ("2025-09", _("a month")),
    ("2025", _("a year")),
    ("2025-21", _("spring; 22 summer, 23 autumn, 24 winter")),
    ("2025-33", _("the first quarter; 34, 35, 36 the others")),
    ("2025-40", _("the first half of the year; 41 the second")),
    ("202X", _("the 2020s")),
    ("2025-09-09/2025-09-10", _("from one date to the other")),
    ("2005/..", _("since; ../2020 until")),
    ("/2020-12", _("by then, nobody knows since when")),
    ("2014~", _("about; ? uncertain, % both")),
    ("2023-10~/2023-12~", _("late 2023; 01~ to 03~ early, 04~ to 09~ the middle")),
)

COMPANIONS = ("earliest", "latest", "order")


def with_companions(name: str) -> tuple[str, ...]:
    """The columns of the date field of that name, for `save(update_fields=…)`, `bulk_update()` and `only()`."""
    return (name, *(f"{name}_{companion}" for companion in COMPANIONS))


def to_date(value: object) -> ImpreciseDate | None:
    """The date that a value is or writes, None for None and blank text. Raises DateError for anything else."""
    if value is None or isinstance(value, ImpreciseDate):
        return value
    if not isinstance(value, str):
        raise DateError(_('"%(text)s" is not a date: it has to be written as text.'), {"text": str(value)})
    return ImpreciseDate.parse(value) if value.strip() else None


def to_valid_date(value: object) -> ImpreciseDate | None:
    """The same for forms and `full_clean()`, which understand a ValidationError."""
    try:
        return to_date(value)
    except DateError as error:
        raise ValidationError(str(error), code="invalid") from error


def put_date(instance: Model, name: str, value: object) -> None:
    """Put a date and its companions into the instance; what cannot be read stays, for `full_clean()` to refuse."""
    with suppress(DateError):
        value = to_date(value)
    instance.__dict__[name] = value
    for companion in COMPANIONS:
        instance.__dict__[f"{name}_{companion}"] = derived(value, companion)


def derived(value: object, companion: str) -> date | int | None:
    if isinstance(value, ImpreciseDate):
        return getattr(value, companion)
    return 0 if companion == "order" else None


class DateAttribute(DeferredAttribute):
    """Reads text as a date when it is assigned, so that its companions are known before it is saved."""

    def __set__(self, instance: Model, value: object) -> None:
        put_date(instance, self.field.attname, value)


class CompanionAttribute(DeferredAttribute):
    """Follows its date: while the instance knows that, nothing else can be assigned."""

    def __set__(self, instance: Model, value: object) -> None:
        known = instance.__dict__
        if self.field.date_name in known:
            value = derived(known[self.field.date_name], self.field.companion)
        known[self.field.attname] = value


class Companion(models.Field):
    """A column beside an imprecise date; what it holds, and for which date, is told by its name, as `date_earliest`.

    Migrations see the ordinary field it extends.
    """

    descriptor_class = CompanionAttribute

    def contribute_to_class(self, cls: type[Model], name: str, private_only: bool = False) -> None:
        self.date_name, _separator, self.companion = name.rpartition("_")
        # A class that is made from the fields of another (Django does so to rebuild tables on SQLite) brings
        # the companions along after the date has already made its own.
        cls._meta.local_fields = [field for field in cls._meta.local_fields if field.name != name]
        super().contribute_to_class(cls, name, private_only=private_only)

    def pre_save(self, instance: Model, add: bool) -> Any:
        # Django's own does the same, but update_or_create() saves beside its defaults only fields that define one.
        return getattr(instance, self.attname)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs


class CompanionDay(Companion, models.DateField):
    """The earliest or the latest day; NULL where there is no bound."""


class CompanionOrder(Companion, models.BigIntegerField):
    """The key to sort by; 0 where there is no date."""


class ImpreciseDateField(models.CharField):
    """An EDTF expression in the column of its name ("" is no date, never NULL), read as an ImpreciseDate or None.

    Text may be assigned too. What is not a date is refused by `full_clean()` with the sentence of DateError, and
    `save()` raises that error rather than write it.

    For a field `date` the model also gets the columns `date_earliest`, `date_latest` (NULL is no bound) and
    `date_order` (sorts by earliest, then latest day; what has no date comes first). They follow the date as soon as it
    is assigned, cannot be assigned themselves, and are left out of serialized records, since the date tells them.

    Look for a period with `date__overlaps=(start, end)`, for missing dates with `date=None`, and sort by `date_order`:
    the text itself has no order, so `lt`, `gte`, `range` and the like are not offered.

    Django writes only the columns it is told in `save(update_fields=…)`, `bulk_update()` and `update()`. Name the
    companions there too, for the former two by `with_companions("date")`.
    """

    descriptor_class = DateAttribute
    description = _("Imprecise date (EDTF)")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The longest form, an interval of unspecified days, has 23 characters.
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        # "__fake__" are the models that Django builds from migrations, where companions are listed like other fields.
        if cls.__module__ != "__fake__":
            for companion in ("earliest", "latest"):
                day = CompanionDay(null=True, editable=False, serialize=False, db_index=True)
                cls.add_to_class(f"{name}_{companion}", day)
            order = CompanionOrder(default=0, editable=False, serialize=False, db_index=True)
            cls.add_to_class(f"{name}_order", order)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        if not self.null:
            return super().check(**kwargs)
        nullable = checks.Error("No date is an empty text, so null=True is not allowed.", obj=self, id="dates.E001")
        return [*super().check(**kwargs), nullable]

    def to_python(self, value: object) -> ImpreciseDate | None:
        return to_valid_date(value)

    def validate(self, value: ImpreciseDate | None, model_instance: Model | None) -> None:
        if value is None and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def run_validators(self, value: ImpreciseDate | None) -> None:
        super().run_validators("" if value is None else value.edtf)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> ImpreciseDate | str | None:
        try:
            return to_date(value)
        except DateError:
            return value  # Written by other hands than ours. Whoever opens the record can still read and correct it.

    def get_prep_value(self, value: object) -> str | None:
        # None stays None here, so that Django takes `date=None` for `date__isnull`, which minds outer joins.
        read = to_date(value)
        return None if read is None else read.edtf

    def get_db_prep_value(self, value: object, connection: Any, prepared: bool = False) -> str:
        return super().get_db_prep_value(value, connection, prepared) or ""

    def pre_save(self, instance: Model, add: bool) -> ImpreciseDate | None:
        value = to_date(getattr(instance, self.attname))
        # In migrations the companions are ordinary fields, into which Django has put their defaults.
        put_date(instance, self.attname, value)
        return value

    def value_to_string(self, obj: Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def get_lookup(self, lookup_name: str) -> type[Lookup] | None:
        return None if lookup_name in {"lt", "lte", "gt", "gte", "range"} else super().get_lookup(lookup_name)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**{"form_class": ImpreciseDateFormField, **kwargs})


@ImpreciseDateField.register_lookup
class Overlaps(Lookup):
    """`date__overlaps=(start, end)`: rows whose date may fall into the period, by the rule of ImpreciseDate.overlaps.

    Start and end are days or None, or both are given as one ImpreciseDate. Rows without a date are found only by
    (None, None). Raises DateError if the period ends before it starts, TypeError if it is anything else.
    """

    lookup_name = "overlaps"

    def get_prep_lookup(self) -> tuple[date | None, date | None]:
        if isinstance(self.rhs, ImpreciseDate):
            return self.rhs.earliest, self.rhs.latest
        if not isinstance(self.rhs, (tuple, list)) or len(self.rhs) != 2 or not all(map(is_day_or_none, self.rhs)):
            raise TypeError(f"overlaps takes an ImpreciseDate or (start, end), each a date or None, not {self.rhs!r}.")
        start, end = self.rhs
        refuse_backward_period(start, end)
        return start, end

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        start, end = self.rhs
        if start is None and end is None:
            raise FullResultSet
        if not isinstance(self.lhs, Col):
            raise FieldError("overlaps looks at the columns beside a date, so it can be asked only of a model's field.")
        sql, params = compiler.compile(self.lhs)
        conditions, params = [f"{sql} <> ''"], list(params)
        for companion, operator, day in (("latest", ">=", start), ("earliest", "<=", end)):
            if day is not None:
                column = self.lhs.target.model._meta.get_field(f"{self.lhs.target.name}_{companion}")
                sql, _params = compiler.compile(Col(self.lhs.alias, column))
                conditions.append(f"({sql} IS NULL OR {sql} {operator} %s)")
                params.append(column.get_db_prep_value(day, connection))
        return f"({' AND '.join(conditions)})", params


def is_day_or_none(value: object) -> bool:
    return value is None or (isinstance(value, date) and not isinstance(value, datetime))


@ImpreciseDateField.register_lookup
class HasNoDate(lookups.IsNull):
    """`date=None` and `date__isnull`: the column holds an empty text, or its row is missing from an outer join."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        null_sql, params = super().as_sql(compiler, connection)
        sql, _params = self.process_lhs(compiler, connection)
        return f"({null_sql} {'OR' if self.rhs else 'AND'} {sql} {'=' if self.rhs else '<>'} '')", [*params, *params]


class ImpreciseDateFormField(forms.CharField):
    """A text input for one EDTF expression. Its value is an ImpreciseDate, or None where it is left empty."""

    def __init__(self, *, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(help_text=format_lazy("{} {}", help_text, HELP) if help_text else HELP, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.edtf if isinstance(value, ImpreciseDate) else value

    def to_python(self, value: object) -> ImpreciseDate | None:
        return to_valid_date(value)

    def run_validators(self, value: ImpreciseDate | None) -> None:
        super().run_validators("" if value is None else value.edtf)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and str(initial or "").strip() != str(data or "").strip()


class EndsAfterItBegins(models.CheckConstraint):
    """A check between two imprecise dates that forms can make too, although the columns it reads are never in a form.

    Migrations see Django's own constraint.
    """

    def validate(
        self, model: type[Model], instance: Model, exclude: Iterable[str] | None = None, using: str = DEFAULT_DB_ALIAS
    ) -> None:
        companions = {field.name for field in model._meta.local_fields if isinstance(field, Companion)}
        super().validate(model, instance, set(exclude or ()) - companions, using)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        _path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs


def ends_after_it_begins(name: str, start: str, end: str, message: Any) -> models.CheckConstraint:
    """A constraint that refuses a row whose end is certainly before its start, with the message.

    `start` and `end` are the names of two ImpreciseDateFields. A missing bound refuses nothing.
    """
    return EndsAfterItBegins(
        name=name,
        condition=Q(**{f"{start}_earliest__isnull": True})
        | Q(**{f"{end}_latest__isnull": True})
        | Q(**{f"{end}_latest__gte": F(f"{start}_earliest")}),
        violation_error_message=message,
    )
