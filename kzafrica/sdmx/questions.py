"""What an address asks of a dataflow, and the series that answer it. Knows no model."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from kzafrica.sdmx.periods import days_of

# How many observations one answer may have: some 15 MB of the longest form.
MOST_OBSERVATIONS = 50_000


class TooManyObservations(Exception):
    """More than one answer may have."""


@dataclass(frozen=True)
class Question:
    """Which series: for each dimension the codes wanted, any where it is not named; and which of their observations.

    A period is within ``begins`` and ``ends`` where all of it is.
    """

    wanted: dict[str, frozenset[str]] = field(default_factory=dict)
    begins: date | None = None
    ends: date | None = None

    def wants(self, dimension: str, code: str) -> bool:
        return dimension not in self.wanted or code in self.wanted[dimension]

    def wants_days(self, begins: date, ends: date) -> bool:
        return (self.begins is None or begins >= self.begins) and (self.ends is None or ends <= self.ends)

    @property
    def is_of_everything(self) -> bool:
        return not self.wanted and self.begins is None and self.ends is None


@dataclass(frozen=True)
class Observation:
    """A value of a period; None is missing. ``attributes`` are by their name."""

    period: str
    value: str | None
    attributes: dict[str, str]


@dataclass(frozen=True)
class Series:
    """Observations of one key, its codes in the order of the dimensions."""

    key: tuple[str, ...]
    attributes: dict[str, str]
    observations: list[Observation]


@dataclass(frozen=True)
class Answer:
    """The series, and what has to be said about them all."""

    series: list[Series]
    remarks: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return sum(len(each.observations) for each in self.series)

    def only(self, first: int | None, last: int | None) -> "Answer":
        """Of each series the first observations, the last ones, or both, each once."""
        if first is None and last is None:
            return self
        return replace(self, series=[_shortened(each, first or 0, last or 0) for each in self.series])


def _shortened(series: Series, first: int, last: int) -> Series:
    found = series.observations
    kept = found if first + last >= len(found) else [*found[:first], *(found[-last:] if last else ())]
    return replace(series, observations=kept)


def span_of(periods: Iterable[str]) -> tuple[str, str]:
    """The first and last day of all the periods; empty texts without any."""
    days = [days_of(period, "") for period in periods]
    if not days:
        return "", ""
    return min(begins for begins, _ends in days).isoformat(), max(ends for _begins, ends in days).isoformat()
