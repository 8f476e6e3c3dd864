"""What charts of amounts have in common: values and how firm they are, colours, a legend, an axis, the rows of a table.

Amounts are Decimal throughout. None is a value that nobody knows: nothing is drawn for it, and it is never 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from kzafrica.numbers import MILLION, active_locale, number_text, unit_pattern, worded_text

ZERO = Decimal(0)

# The palette of a chart that stands alone. On a page the tokens of the same names rule (tokens.css).
PALETTE = {
    "paper": "#ffffff",
    "ground": "#f3f7f7",
    "ink": "#10252c",
    "ink-soft": "#47595f",
    "line": "#cfdcdf",
    "line-strong": "#7d9298",
    "series-1": "#62c7db",
    "series-1-edge": "#00617a",
    "series-2": "#a4431d",
    "series-2-edge": "#6f2a10",
}
MOST_SERIES = 2

# Round steps of an axis, in units of a power of ten, and how many of them an axis has at most.
STEPS = tuple(map(Decimal, ("1", "2", "2.5", "5", "10", "20", "25", "50", "100")))
MOST_STEPS = 4
# What stays free between the largest value and the end of its axis, for the number above it.
HEADROOM = Decimal("0.08")
# Numbers at columns are read beside those of the axis, so a million is not told to the dollar.
SMALLEST_SHOWN = Decimal("0.01")


class Standing(StrEnum):
    """How firm a value is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"
    DERIVED = "derived"

    @property
    def words(self) -> str:
        return {
            Standing.FINAL: _("final"),
            Standing.PROVISIONAL: _("provisional"),
            Standing.ESTIMATED: _("estimated"),
            Standing.DERIVED: _("computed"),
        }[self]


@dataclass(frozen=True)
class Quantity:
    """A known amount and how firm it is."""

    amount: Decimal
    standing: Standing = Standing.FINAL


@dataclass(frozen=True)
class Series:
    """What the values of one colour are: a word for machines, such as ``exports``, and one for readers."""

    code: str
    name: str


@dataclass(frozen=True)
class Paint:
    """The look of the values of a series with one standing: full, hatched, dotted or hollow.

    The first series is light and the second dark, so that they stay apart in black and white. ``number`` counts
    series from 1; 0 is what is left over.
    """

    number: int
    standing: Standing

    @property
    def key(self) -> str:
        """Of its own in a chart: the end of the id of its pattern."""
        return f"{self.number}-{self.standing}"

    @property
    def ink(self) -> str:
        return PALETTE[f"series-{self.number}"] if self.number else PALETTE["ground"]

    @property
    def edge(self) -> str:
        return PALETTE[f"series-{self.number}-edge"] if self.number else PALETTE["line-strong"]

    @property
    def is_full(self) -> bool:
        return self.standing == Standing.FINAL

    @property
    def is_hatched(self) -> bool:
        return self.standing == Standing.PROVISIONAL

    @property
    def is_dotted(self) -> bool:
        return self.standing == Standing.ESTIMATED

    @property
    def is_patterned(self) -> bool:
        return self.is_hatched or self.is_dotted


@dataclass(frozen=True)
class LegendEntry:
    """A mark and what it means; without a paint it is the mark of the balance, or words alone."""

    text: str
    paint: Paint | None = None
    is_balance: bool = False

    @property
    def has_swatch(self) -> bool:
        return self.is_balance or self.paint is not None


@dataclass(frozen=True)
class Cell:
    """A value in the table, whole and exact, with its standing in words unless it is final or stands in the head."""

    quantity: Quantity | None
    is_marked: bool = True

    @property
    def is_missing(self) -> bool:
        return self.quantity is None

    @property
    def text(self) -> str:
        return _("no data") if self.quantity is None else exact_text(self.quantity.amount)

    @property
    def standing(self) -> str:
        is_plain = self.quantity is None or self.quantity.standing == Standing.FINAL or not self.is_marked
        return "" if is_plain else self.quantity.standing.words


@dataclass(frozen=True)
class Row:
    """One line of the table: what it is about, its cells in the order of the heads, what is to be said about it.

    ``keys`` are the cells that say to machines what it is about, under the names that the chart gives them.
    """

    label: str
    cells: list[Cell]
    keys: tuple[str, ...]
    note: str = ""
    is_rest: bool = False


def exact_text(amount: Decimal) -> str:
    """Every digit, grouped as the language does: ``680,312,456.5``."""
    return format_decimal(amount, locale=active_locale(), decimal_quantization=False)


def short_digits(amount: Decimal) -> int:
    """Decimals for three leading digits, or for all whole ones: 680, 15.1, 0.034; a small value never reads as zero."""
    return max(0, 2 - amount.adjusted()) if amount else 0


def short_text(amount: Decimal) -> str:
    """``783.5 million``, ``1,234``, ``0.034``: as much of the amount as a picture has room for."""
    if abs(amount) >= MILLION:
        return number_text(amount)
    pattern = "#,##0." + "#" * short_digits(amount)
    return format_decimal(amount, format=pattern, locale=active_locale())


def unit_text(unit: str) -> str:
    """The unit alone, for the head of a column: ``USD``, ``%``, ``tonnes``."""
    return (unit_pattern(unit) % "").strip()


def standings_in(quantities: Iterable[Quantity | None]) -> list[Standing]:
    """Those that occur, from final to derived."""
    found = {quantity.standing for quantity in quantities if quantity is not None}
    return [standing for standing in Standing if standing in found]


def series_legend(series: Sequence[Series]) -> list[LegendEntry]:
    """The series by their colours, unless there is but one."""
    entries = [LegendEntry(one.name, Paint(number, Standing.FINAL)) for number, one in enumerate(series, start=1)]
    return entries if len(series) > 1 else []


def standing_legend(paints: Iterable[Paint]) -> list[LegendEntry]:
    """Every standing but final that occurs, once, in the colour of the first series that has it."""
    by_standing: dict[Standing, Paint] = {}
    for paint in sorted(paints, key=lambda paint: paint.number or MOST_SERIES + 1):
        by_standing.setdefault(paint.standing, paint)
    return [
        LegendEntry(each.words, by_standing[each])
        for each in Standing
        if each in by_standing and each != Standing.FINAL
    ]


# --- A value axis


@dataclass(frozen=True)
class AmountAxis:
    """From ``low`` to ``high``, both multiples of ``step`` and on both sides of zero or at it."""

    low: Decimal
    high: Decimal
    step: Decimal

    @staticmethod
    def covering(amounts: Iterable[Decimal], marks: Iterable[Decimal] = ()) -> "AmountAxis":
        """The finest axis of few round steps in which the amounts and marks lie, with room for a number at each amount.

        So it ends above the largest amount.
        """
        known = [ZERO, *amounts]
        every = [*known, *marks]
        low, high = min(every), max(every)
        if low == high:
            return AmountAxis(ZERO, Decimal(1), Decimal(1))
        power = (high - low).adjusted() - 1
        axes = (AmountAxis._in_steps(low, high, step.scaleb(power)) for step in STEPS)
        return next(axis for axis in axes if axis.high - axis.low <= axis.step * MOST_STEPS)._with_room(
            min(known), max(known)
        )

    @staticmethod
    def _in_steps(low: Decimal, high: Decimal, step: Decimal) -> "AmountAxis":
        # The line of the highest step carries the unit, so there is always one above zero.
        highest = max(Decimal(1), (high / step).to_integral_value(ROUND_CEILING))
        return AmountAxis((low / step).to_integral_value(ROUND_FLOOR) * step, highest * step, step)

    def _with_room(self, low: Decimal, high: Decimal) -> "AmountAxis":
        room = (self.high - self.low) * HEADROOM
        return AmountAxis(
            self.low - self.step if low < 0 and low - self.low < room else self.low,
            self.high + self.step if self.high - high < room else self.high,
            self.step,
        )

    @property
    def stops(self) -> list[Decimal]:
        """Every step, from the lowest up."""
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * number for number in range(count + 1)]

    def y(self, amount: Decimal, top: int, height: int) -> int:
        """The nearest pixel below ``top``, where the axis ends, on a plot so many pixels high."""
        drop = (self.high - amount) * height / (self.high - self.low)
        return top + int(drop.to_integral_value(ROUND_HALF_UP))

    @property
    def scale(self) -> Decimal:
        """The million, billion or trillion in which the axis counts; 1 below a million."""
        scales = (MILLION * MILLION, MILLION * 1000, MILLION)
        return next((scale for scale in scales if self.high >= scale), Decimal(1))

    def stop_texts(self, unit: str) -> list[str]:
        """A number for each stop; the highest has the word of the scale and the unit, which hold for all."""
        digits = max(0, -(self.step / self.scale).normalize().as_tuple().exponent)
        plain = [self.scaled_text(stop, digits) for stop in self.stops[:-1]]
        if self.scale == 1:
            return [*plain, unit_pattern(unit) % self.scaled_text(self.high, digits)]
        worded = worded_text(self.high, digits=digits)
        return [*plain, unit_pattern(unit) % worded]

    def scaled_text(self, amount: Decimal, digits: int) -> str:
        """The amount in the scale of the axis, rounded to so many decimals, as the language writes it."""
        pattern = "#,##0" + ("." + "#" * digits if digits else "")
        return format_decimal(amount / self.scale, format=pattern, locale=active_locale())

    def value_text(self, amount: Decimal) -> str:
        """The amount in the scale of the axis, in short; what is too small for two decimals reads ``<0.01``."""
        shown = amount / self.scale
        if 0 < shown < SMALLEST_SHOWN:
            return f"<{self.scaled_text(SMALLEST_SHOWN * self.scale, 2)}"
        return self.scaled_text(amount, min(2, short_digits(shown)))
