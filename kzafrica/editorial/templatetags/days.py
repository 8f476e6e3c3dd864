"""A day of the calendar in the words in which imprecise dates are said."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from kzafrica.dates import ImpreciseDate

register = template.Library()


@register.filter
def in_words(day: date | datetime) -> str:
    """``30 November 2020``, in the active language; a moment by its day in Almaty."""
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    return ImpreciseDate.parse(day.isoformat()).text()
