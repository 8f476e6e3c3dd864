"""A number with every digit, as people of the active language write it."""

from decimal import Decimal

from django import template

from kzafrica.numbers import exact_text

register = template.Library()


@register.filter
def grouped(number: Decimal | int) -> str:
    """``1,234,567.89``."""
    return exact_text(number)
