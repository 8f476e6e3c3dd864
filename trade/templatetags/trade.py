"""How templates write values of trade statistics."""

from decimal import ROUND_HALF_EVEN, Decimal

from babel.numbers import format_decimal
from django import template

from kzafrica.numbers import active_locale

register = template.Library()


@register.filter
def thousands(value: Decimal | None) -> str:
    """Dollars in thousands to the dollar, as tables of trade write them: ``18,851.276``; empty where missing."""
    if value is None:
        return ""
    in_thousands = (value / 1000).quantize(Decimal("0.001"), ROUND_HALF_EVEN)
    return format_decimal(in_thousands, format="#,##0.000", locale=active_locale())
