"""Amounts of years drawn as columns, for templates to write as SVG: pure functions that know no model.

Across, a chart is placed in per cent of its frame, so that one drawing fits every screen; downwards a unit is a pixel.
A year without a column is a gap as wide as the others. The mark of the balance may lie below zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from kzafrica.charts import TICK_YEARS, WIDTH, place_of
from kzafrica.lettering import face
from kzafrica.quantities import (
    MOST_SERIES,
    ZERO,
    AmountAxis,
    Cell,
    LegendEntry,
    Paint,
    Quantity,
    Row,
    Series,
    Standing,
    exact_text,
    series_legend,
    standing_legend,
    standings_in,
    unit_text,
)

PLOT_TOP, PLOT_HEIGHT, YEARS_HEIGHT, YEAR_RISE = 30, 210, 28, 8
# Widths of a frame in pixels: a telephone, the narrowest screen with room for all labels.
NARROW, WIDE = 340, 520
TEXT_SIZE, TEXT_GAP = 12, 8
LABEL_RISE, LABEL_DROP = 5, 14
# A number is left out where the mark of the balance lies nearer than this, in pixels: up or down, and sideways.
BALANCE_RISE, BALANCE_REACH = 13, 7

# Of the room of a year, what its columns take; a column is no wider and no narrower than this.
FILLED = 72
WIDEST, NARROWEST = WIDTH * 9 // 100, 8
MOST_YEARS_WIDE, MOST_YEARS_NARROW = 16, 8


@dataclass(frozen=True)
class Period:
    """A year with a value for each series, in their order; a note, such as ``January to August``, if it is special."""

    year: int
    values: tuple[Quantity | None, ...]
    balance: Quantity | None = None
    note: str = ""


@dataclass(frozen=True)
class Column:
    """One value: across in units of WIDTH, downwards in pixels from the top of the chart."""

    period: Period
    quantity: Quantity
    paint: Paint
    x: int
    width: int
    y: int
    height: int

    @property
    def place(self) -> str:
        return place_of(self.x)

    @property
    def breadth(self) -> str:
        return place_of(self.width)

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class ColumnGroup:
    """All columns that look the same."""

    paint: Paint
    columns: list[Column]


@dataclass(frozen=True)
class Stop:
    """A line of the value axis with its number."""

    y: int
    text: str
    is_zero: bool

    @property
    def text_y(self) -> int:
        return self.y - LABEL_RISE


@dataclass(frozen=True)
class Frame:
    """The part of a chart in which columns stand; ``indent`` is in per cent of its width."""

    indent: int

    @property
    def place(self) -> str:
        return f"{self.indent}%"

    @property
    def breadth(self) -> str:
        return f"{100 - self.indent}%"


@dataclass(frozen=True)
class Label:
    """Words above or below a place on the chart; ``is_between`` has no room on a narrow screen."""

    text: str
    x: int
    y: int
    is_between: bool = False

    @property
    def place(self) -> str:
        return place_of(self.x)


@dataclass(frozen=True)
class ColumnChart:
    """Years from the first to the last with a value, on one axis of amounts."""

    unit: str
    series: tuple[Series, ...]
    periods: list[Period]
    axis: AmountAxis
    balance_name: str

    key_names = ("year",)

    @property
    def years(self) -> range:
        return range(self.periods[0].year, self.periods[-1].year + 1)

    # --- Geometry

    @property
    def height(self) -> int:
        return PLOT_TOP + PLOT_HEIGHT + YEARS_HEIGHT

    @property
    def base(self) -> int:
        """Where zero lies."""
        return self._y(ZERO)

    def _y(self, amount) -> int:
        return self.axis.y(amount, PLOT_TOP, PLOT_HEIGHT)

    @property
    def stops(self) -> list[Stop]:
        texts = self.axis.stop_texts(self.unit)
        stops = zip(self.axis.stops, texts, strict=True)
        return [Stop(self._y(amount), text, amount == 0) for amount, text in stops]

    def frame(self, width: int = NARROW) -> Frame:
        """Where the columns stand if the chart is so many pixels wide: right of the numbers of the axis."""
        longest = max(face().width(stop.text, TEXT_SIZE) for stop in self.stops[:-1])
        return Frame(-(-(longest + TEXT_GAP) * 100 // width))

    @property
    def _slot(self) -> int:
        return WIDTH // len(self.years)

    @property
    def _width(self) -> int:
        return max(NARROWEST, min(WIDEST, self._slot * FILLED // 100 // len(self.series)))

    def _middle(self, year: int) -> int:
        """Of the room of a year."""
        return (2 * (year - self.years.start) + 1) * WIDTH // (2 * len(self.years))

    @property
    def columns(self) -> list[Column]:
        """Every value but zero; a small one is still a pixel high."""
        return [
            self._column(period, number, quantity)
            for period in self.periods
            for number, quantity in enumerate(period.values)
            if quantity is not None and quantity.amount
        ]

    def _x(self, period: Period, number: int) -> int:
        return self._middle(period.year) - self._width * len(self.series) // 2 + self._width * number

    def _column(self, period: Period, number: int, quantity: Quantity) -> Column:
        end = self._y(quantity.amount)
        height = max(1, abs(self.base - end))
        top = self.base - height if quantity.amount > 0 else self.base
        paint = Paint(number + 1, quantity.standing)
        return Column(period, quantity, paint, self._x(period, number), self._width, top, height)

    @property
    def groups(self) -> list[ColumnGroup]:
        def look(column: Column) -> str:
            return column.paint.key

        return [
            ColumnGroup(columns[0].paint, columns)
            for columns in (list(alike) for _look, alike in groupby(sorted(self.columns, key=look), key=look))
        ]

    @property
    def patterns(self) -> list[Paint]:
        return [group.paint for group in self.groups if group.paint.is_patterned]

    @property
    def zeros(self) -> list[Label]:
        """A 0 on the line where a value is known to be zero, one for a year in which all are."""
        zeros = []
        for period in self.periods:
            numbers = [number for number, quantity in enumerate(period.values) if quantity and not quantity.amount]
            if numbers:
                middle = sum(self._x(period, number) + self._width // 2 for number in numbers) // len(numbers)
                zeros.append(Label(self.axis.scaled_text(ZERO, 0), middle, self.base - LABEL_RISE))
        return zeros

    @property
    def balances(self) -> list[Label]:
        """The marks of the balance; the text is that of the amount."""
        return [
            Label(exact_text(period.balance.amount), self._middle(period.year), self._y(period.balance.amount))
            for period in self.periods
            if period.balance is not None
        ]

    @property
    def numbers(self) -> list[Label]:
        """The values at the ends of their columns, if there is room for all: on wide screens, or on narrow ones too."""
        columns = self.columns
        texts = [self.axis.value_text(column.quantity.amount) for column in columns]
        longest = max((face().width(text, TEXT_SIZE) for text in texts), default=0)
        if not self._is_wide_enough(longest, WIDE):
            return []
        is_between = not self._is_wide_enough(longest, NARROW)
        return [
            Label(text, column.middle, self._number_y(column), is_between or not self._is_free(column, text, NARROW))
            for column, text in zip(columns, texts, strict=True)
            if self._is_free(column, text, WIDE)
        ]

    def _pixels(self, units: int, width: int) -> int:
        """Across the columns of a chart so many pixels wide."""
        return units * width * (100 - self.frame(width).indent) // (100 * WIDTH)

    def _is_wide_enough(self, text_width: int, width: int) -> bool:
        """Whether a text fits over each column; a single series has the room between the columns too."""
        return text_width <= self._pixels(self._slot if len(self.series) == 1 else self._width, width)

    @staticmethod
    def _number_y(column: Column) -> int:
        is_below = column.quantity.amount < 0
        return column.y + column.height + LABEL_DROP if is_below else column.y - LABEL_RISE

    def _is_free(self, column: Column, text: str, width: int) -> bool:
        """Whether the number at a column leaves the mark of the balance free, beside it or in height."""
        if column.period.balance is None:
            return True
        aside = self._pixels(abs(column.middle - self._middle(column.period.year)), width)
        above = abs(self._y(column.period.balance.amount) - (self._number_y(column) - LABEL_RISE))
        return above >= BALANCE_RISE or aside >= face().width(text, TEXT_SIZE) // 2 + BALANCE_REACH

    @property
    def ticks(self) -> list[Label]:
        """Years below the chart, as many as there is room for; a star behind one that has a note."""
        noted = {period.year for period in self.periods if period.note}
        count = len(self.years)
        every = next((step for step in TICK_YEARS if count <= step * MOST_YEARS_WIDE), TICK_YEARS[-1])
        every_narrow = every * -(-count // (every * MOST_YEARS_NARROW))
        # The last year is always written, unless round years are.
        last = self.years[-1] if every < 5 else 0
        return [
            Label(
                f"{year}*" if year in noted else str(year),
                self._middle(year),
                self.height - YEAR_RISE,
                is_between=(year - last) % every_narrow != 0,
            )
            for year in self.years
            if (year - last) % every == 0
        ]

    # --- Words

    @property
    def label_name(self) -> str:
        return _("Year")

    @property
    def unit_words(self) -> str:
        return unit_text(self.unit)

    @property
    def heads(self) -> list[str]:
        """Of the columns of values in the table."""
        names = [one.name for one in self.series]
        return [*names, self._balance_words] if self.has_balance else names

    @property
    def _balance_standings(self) -> list[Standing]:
        return standings_in(period.balance for period in self.periods)

    @property
    def _balance_words(self) -> str:
        """Its name with its standing, which the cells then need not repeat unless there are several."""
        return f"{self.balance_name} ({', '.join(standing.words for standing in self._balance_standings)})"

    @property
    def codes(self) -> list[str]:
        """The heads for machines."""
        names = [one.code for one in self.series]
        return [*names, "balance"] if self.has_balance else names

    @property
    def has_balance(self) -> bool:
        return any(period.balance is not None for period in self.periods)

    @property
    def rows(self) -> list[Row]:
        """The periods as given, from the first to the last."""
        return [
            Row(str(period.year), self._cells(period), (str(period.year),), note=period.note) for period in self.periods
        ]

    def _cells(self, period: Period) -> list[Cell]:
        cells = [Cell(quantity) for quantity in period.values]
        is_marked = len(self._balance_standings) > 1
        return [*cells, Cell(period.balance, is_marked)] if self.has_balance else cells

    @property
    def legend(self) -> list[LegendEntry]:
        """Only what occurs in this chart."""
        entries = [
            *series_legend(self.series),
            *([LegendEntry(self._balance_words, is_balance=True)] if self.has_balance else []),
            *standing_legend(group.paint for group in self.groups),
        ]
        if any(None in period.values for period in self.periods) or len(self.periods) < len(self.years):
            entries.append(LegendEntry(_("gap: no data")))
        notes = [LegendEntry(f"* {period.year}: {period.note}") for period in self.periods if period.note]
        return [*entries, *notes]

    @property
    def description(self) -> str:
        """What the chart shows, for those who do not see it."""
        facts = {
            "names": ", ".join(self.heads),
            "first": self.years[0],
            "last": self.years[-1],
            "unit": self.axis.stop_texts(self.unit)[-1],
        }
        if len(self.years) == 1:
            return _("Columns for %(first)s: %(names)s. The axis ends at %(unit)s.") % facts
        return _("Columns by year from %(first)s to %(last)s: %(names)s. The axis ends at %(unit)s.") % facts


def column_chart(
    periods: Sequence[Period], *, series: Sequence[Series], unit: str, balance_name: str = ""
) -> ColumnChart | None:
    """Columns of one or two series side by side; None where no value is known.

    Each year is given once, in any order, with as many values as there are series. ``unit`` is one of numbers.py.
    """
    if not 1 <= len(series) <= MOST_SERIES:
        raise ValueError("A chart of columns has one series or two.")
    ordered = sorted(periods, key=lambda period: period.year)
    if len({period.year for period in ordered}) < len(ordered):
        raise ValueError("A year is given twice.")
    if any(len(period.values) != len(series) for period in ordered):
        raise ValueError("A period has a value for each series, or None.")
    values = [quantity for period in ordered for quantity in period.values if quantity is not None]
    if not values:
        return None
    balances = [period.balance.amount for period in ordered if period.balance is not None]
    axis = AmountAxis.covering((quantity.amount for quantity in values), balances)
    return ColumnChart(unit, tuple(series), ordered, axis, balance_name or _("Balance"))
