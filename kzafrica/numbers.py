"""Numbers in words, in the active language. Knows Babel and no model."""

from decimal import Decimal

from babel.core import Locale, UnknownLocaleError
from babel.numbers import format_compact_decimal, format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

MILLION = Decimal(10) ** 6


def active_locale() -> Locale:
    try:
        return Locale.parse((get_language() or "en").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def number_text(value: Decimal, *, digits: int = 1) -> str:
    """``783 million``, ``15.1``, ``120,000``: long scale words from a million on, grouped digits below."""
    locale = active_locale()
    if abs(value) >= MILLION:
        return worded_text(value, digits=digits)
    return format_decimal(value, locale=locale, decimal_quantization=False)


def worded_text(value: Decimal, *, digits: int) -> str:
    """The number with the word of its scale, from a million on: ``1.5 billion``."""
    locale = active_locale()
    if locale.plural_form(1) == locale.plural_form(Decimal("1.5")):
        # CLDR has a form for exactly one of a thousand, at which Babel looks for one milliard in vain and says
        # “milliards”; of a hair more it says what is right wherever one and a half is one too.
        value = value * (1 + Decimal("1e-12"))
    return format_compact_decimal(value, format_type="long", locale=locale, fraction_digits=digits)


def exact_text(value: Decimal | int) -> str:
    """``1,234,567.89``: every digit, grouped."""
    return format_decimal(value, locale=active_locale(), decimal_quantization=False)


def amount_text(value: Decimal, unit: str) -> str:
    """A number with its unit: ``783 million USD``, ``15.1 %``, ``6``."""
    return unit_pattern(unit) % number_text(value)


def interval_text(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """``679.5 to 681.0 million USD``; one-sided intervals say ``at least`` or ``at most``."""
    if low is None and high is None:
        return _("not bounded")
    if high is None:
        return _("at least %s") % amount_text(low, unit)
    if low is None:
        return _("at most %s") % amount_text(high, unit)
    if low == high:
        return amount_text(low, unit)
    return unit_pattern(unit) % _range_text(low, high)


def _range_text(low: Decimal, high: Decimal) -> str:
    """Both ends at the scale of the smaller, with one decimal from a million on and the scale's word once."""
    locale = active_locale()
    smaller = min(abs(low), abs(high))
    if smaller < MILLION:
        exact = [format_decimal(value, locale=locale, decimal_quantization=False) for value in (low, high)]
        return _("%(low)s to %(high)s") % {"low": exact[0], "high": exact[1]}
    scale = max(step for step in (MILLION, MILLION * 1000, MILLION**2) if smaller >= step)
    exact = [format_decimal(value / scale, format="#,##0.0", locale=locale) for value in (low, high)]
    ends = _("%(low)s to %(high)s") % {"low": exact[0], "high": exact[1]}
    # CLDR gives the word only with a number before it: write one, then put ours in its place.
    worded = format_compact_decimal(scale * 5, format_type="long", locale=locale)
    return worded.replace("5", ends, 1)


def unit_pattern(unit: str) -> str:
    """How a number of this unit is written; currencies by their ISO code, which needs no grammar."""
    patterns = {
        "percent": _("%s %%"),
        "count": "%s",
        "rank": _("no. %s"),
        "persons": _("%s people"),
        "jobs": _("%s jobs"),
        "t": _("%s tonnes"),
        "t_per_year": _("%s tonnes a year"),
        "ha": _("%s hectares"),
    }
    return patterns.get(unit, "%s " + unit)
