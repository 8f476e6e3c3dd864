"""How long ago an imprecise date was: never more exactly than the date itself says. Knows no model."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kzafrica.dates import ImpreciseDate

# From two years on, years are exact enough, and people count in them.
MONTHS_SAID = 24


@dataclass(frozen=True, slots=True)
class Age:
    """The shortest and the longest age that a date leaves possible, in months that are over.

    ``longest`` is None where the date has no earliest day. A day that is still to come has the age 0.
    """

    shortest: int
    longest: int | None

    def text(self) -> str:
        """In words, in the active language: "14 months", "1 to 12 months", "about 2 years", "at least 3 years".

        The true age of every day that the date may be lies within: months and years are counted when they are over, and
        "about" is the nearest year.
        """
        if self.longest is None:
            return self._at_least()
        if self.longest == 0:
            return _("less than a month")
        if self.longest < MONTHS_SAID:
            return _months(self.shortest, self.longest)
        if _nearest_year(self.shortest) == _nearest_year(self.longest):
            years = _nearest_year(self.longest)
            return ngettext("about %d year", "about %d years", years) % years
        return _years(self.shortest // 12, self.longest // 12)

    def _at_least(self) -> str:
        if self.shortest < MONTHS_SAID:
            return ngettext("at least %d month", "at least %d months", self.shortest) % self.shortest
        years = self.shortest // 12
        return ngettext("at least %d year", "at least %d years", years) % years


def age_of(since: ImpreciseDate | None, today: date) -> Age | None:
    """The age on a day of something that began on the date.

    None where nothing can be said: without a date, if all of it is still to come, or if it leaves every age possible.
    """
    if since is None or (since.earliest is not None and since.earliest > today):
        return None
    shortest = 0 if since.latest is None else months_between(since.latest, today)
    if since.earliest is None:
        return Age(shortest, None) if shortest else None
    return Age(shortest, months_between(since.earliest, today))


def months_between(start: date, end: date) -> int:
    """The months that are over between two days: 31 January to 28 February is none, to 1 March one; never negative."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return max(months, 0)


def a_year_before(day: date) -> date:
    """The same day of the year before; 28 February where that has no 29."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _nearest_year(months: int) -> int:
    return (months + 6) // 12


def _months(low: int, high: int) -> str:
    if low == high:
        return ngettext("%d month", "%d months", high) % high
    if low == 0:
        return ngettext("up to %d month", "up to %d months", high) % high
    return ngettext("%(low)d to %(high)d month", "%(low)d to %(high)d months", high) % {"low": low, "high": high}


def _years(low: int, high: int) -> str:
    if low == 0:
        return ngettext("up to %d year", "up to %d years", high) % high
    return ngettext("%(low)d to %(high)d year", "%(low)d to %(high)d years", high) % {"low": low, "high": high}
