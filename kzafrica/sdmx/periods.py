"""Periods as SDMX writes them, from imprecise dates and to days."""

import re
from calendar import monthrange
from datetime import date

from django.utils.translation import gettext as _

from kzafrica.date_words import Form
from kzafrica.dates import ImpreciseDate
from kzafrica.problems import BadParameters

# What can be written: its frequency, and the period with year and number.
_WRITTEN = {
    Form.YEAR: ("A", "{year:04}"),
    Form.HALF: ("S", "{year:04}-S{number}"),
    Form.QUARTER: ("Q", "{year:04}-Q{number}"),
    Form.MONTH: ("M", "{year:04}-{number:02}"),
    Form.DAY: ("D", "{year:04}-{number:02}-{day:02}"),
}
_MONTHS_OF = {"S": 6, "T": 4, "Q": 3, "M": 1}
_READ = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:A1|(?P<part>[STQ])(?P<number>[1-9])|M?(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?"
)


def written(period: ImpreciseDate | None) -> tuple[str, str] | None:
    """Frequency and period, such as ("Q", "2024-Q1"); None for what SDMX has no period for.

    That is what is marked as uncertain, open, or none of: a year, half-year, quarter, month or day.
    """
    if not isinstance(period, ImpreciseDate) or period.start != period.end or period.start.mark:
        return None
    term = period.start
    if term.form not in _WRITTEN:
        return None
    frequency, form = _WRITTEN[term.form]
    return frequency, form.format(year=term.year, number=term.number, day=term.day)


def days_of(text: str, parameter: str) -> tuple[date, date]:
    """The first and the last day of a period. Raises BadParameters for what is not read here."""
    found = _READ.fullmatch(text)
    try:
        if found is None or found["year"] == "0000":
            raise ValueError
        return _days(int(found["year"]), found["part"], found["number"], found["month"], found["day"])
    except ValueError:
        sentence = _("“%(text)s” is not a period: write 2024, 2024-S1, 2024-Q1, 2024-03 or 2024-03-31.")
        raise BadParameters([(parameter, sentence % {"text": text[:40]})]) from None


def _days(year: int, part: str | None, number: str | None, month: str | None, day: str | None) -> tuple[date, date]:
    if day:
        only = date(year, int(month), int(day))
        return only, only
    if month:
        part, number = "M", month
    if part is None:
        return date(year, 1, 1), date(year, 12, 31)
    months = _MONTHS_OF[part]
    last = int(number) * months
    if not 1 <= last <= 12:
        raise ValueError
    return date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1])
