"""Exact numbers: how they are stored, and how much of them a printed number vouches for.

The rounding rule: a printed number stands for half a unit of its last printed digit either way; a bare round number of
one digit ("$1 billion") for 5 % either way, which is our reading. Counts stand for themselves.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

DECIMAL_PLACES = 4
SCALE = Decimal(10) ** DECIMAL_PLACES
# What a signed 64-bit column holds at four decimal places.
LARGEST = Decimal(2**63 - 1) / SCALE
ONE_DIGIT_TOLERANCE = Decimal("0.05")
NOT_A_NUMBER = _("“%(value)s” is not a number: write digits with a decimal point, such as 106300000 or 15.1.")
# Blanks between thousands mean one thing; a comma there may be a decimal one.
GROUPED = re.compile(r"-?\d{1,3}(\s\d{3})+(\.\d+)?")


class AmountField(forms.DecimalField):
    """A number as it is typed, in an input of text: one of numbers drops a comma unseen and makes 12345 of 1234,5."""

    def to_python(self, value) -> Decimal | None:
        if isinstance(value, str) and GROUPED.fullmatch(value.strip()):
            value = re.sub(r"\s", "", value)
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(NOT_A_NUMBER % {"value": Truncator(value).chars(60)}) from None


class ExactDecimalField(models.BigIntegerField):
    """A decimal of up to four places, kept as a whole number of ten-thousandths.

    SQLite has no decimal type: it returns sums of a DecimalField as floats and fails on sixteen digits.
    """

    description = _("Exact decimal number")

    def from_db_value(self, value, expression, connection) -> Decimal | None:
        return None if value is None else plain(Decimal(value) / SCALE)

    def to_python(self, value) -> Decimal | None:
        if value in (None, ""):
            return None
        if isinstance(value, float):
            raise ValidationError(_("Write the number as text or digits: a float is not exact."))
        try:
            number = Decimal(str(value).strip())
        except InvalidOperation:
            raise ValidationError(NOT_A_NUMBER % {"value": Truncator(value).chars(60)}) from None
        if not number.is_finite() or abs(number) > LARGEST or number != number.quantize(1 / SCALE):
            raise ValidationError(
                _("“%(value)s” cannot be kept: at most four decimal places and fifteen digits.") % {"value": value}
            )
        return plain(number)

    def get_prep_value(self, value) -> int | None:
        number = self.to_python(value)
        return None if number is None else int(number * SCALE)

    def run_validators(self, value) -> None:
        # The integer bounds of the column apply to the scaled number, which to_python has checked.
        return None

    def value_to_string(self, record) -> str:
        value = self.value_from_object(record)
        return "" if value is None else str(value)

    def formfield(self, **options):
        # The admin asks for an input of whole numbers, as for any column of them.
        options["widget"] = forms.TextInput(attrs={"inputmode": "decimal", "class": "vBigIntegerField"})
        return models.Field.formfield(self, form_class=AmountField, max_digits=19, decimal_places=4, **options)


def plain(number: Decimal) -> Decimal:
    """The same number without an exponent or trailing zeros: 783000000, 15.1, 0."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


@dataclass(frozen=True)
class Interval:
    """The numbers a statement allows; None is unbounded. ``is_our_reading`` marks bounds the text does not force."""

    low: Decimal | None
    high: Decimal | None
    is_our_reading: bool = False

    def meets(self, other: "Interval") -> bool:
        """Whether both can be true of one number: the test behind “agrees”."""
        starts = [bound for bound in (self.low, other.low) if bound is not None]
        ends = [bound for bound in (self.high, other.high) if bound is not None]
        return not starts or not ends or max(starts) <= min(ends)


def last_digit(value: Decimal, printed: str) -> Decimal | None:
    """One unit of the last printed digit, in the unit of the value: 100000 for “$106,3 million”.

    Comma and point need no locale: the printed digits, read as one whole number, must be the value's digits. None when
    no number in the text is this value.
    """
    for token in re.findall(r"\d[\d.,\u00a0\u202f ]*", printed):
        digits = re.sub(r"\D", "", token)
        if not int(digits or 0) or not value:
            continue
        unit = abs(value) / int(digits)
        if unit == Decimal(10) ** unit.adjusted():
            return plain(unit)
    return None


def printed_interval(value: Decimal, printed: str, *, is_count: bool = False) -> Interval:
    """What a printed number stands for by the rounding rule."""
    unit = last_digit(value, printed)
    if is_count or unit is None:
        return Interval(value, value)
    if abs(value) / unit < 10 and unit >= 1:
        slack = abs(value) * ONE_DIGIT_TOLERANCE
        return Interval(value - slack, value + slack, is_our_reading=True)
    return Interval(value - unit / 2, value + unit / 2)
