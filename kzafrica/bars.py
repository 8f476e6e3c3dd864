"""Amounts of partners or goods drawn as bars below each other: pure functions that know no model.

Across, a chart is placed in per cent of its frame; downwards a unit is a pixel. A label stands above its bars and is
cut to what a telephone has room for, since the table beside the chart has the whole of it. The numbers stand at the
ends of the bars, so there is no axis.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate

from django.utils.translation import gettext as _

from kzafrica.charts import WIDTH, place_of
from kzafrica.lettering import wrapped
from kzafrica.numbers import unit_pattern
from kzafrica.quantities import (
    MOST_SERIES,
    ZERO,
    Cell,
    LegendEntry,
    Paint,
    Quantity,
    Row,
    Series,
    series_legend,
    short_text,
    standing_legend,
    unit_text,
)

# The longest bar; the rest of the width is for its number. A short one cannot show how firm its value is.
LONGEST, SHORT = WIDTH * 62 // 100, WIDTH * 6 // 100
LABEL_WIDTH, LABEL_SIZE, MOST_LINES = 320, 14, 2
LINE_HEIGHT, BAR_HEIGHT, BAR_STEP, ROW_GAP = 17, 14, 17, 12
LABEL_GAP = 3
# From the top of a line or a bar to the foot of the letters in it.
LINE_DROP, NUMBER_DROP = 13, 11


@dataclass(frozen=True)
class BarRow:
    """A label with a value for each series, in their order; ``code`` names it to machines: KEN, 0902."""

    label: str
    values: tuple[Quantity | None, ...]
    code: str = ""
    is_rest: bool = False
    note: str = ""


@dataclass(frozen=True)
class Line:
    text: str
    y: int


@dataclass(frozen=True)
class Bar:
    """A value: its number, and a bar unless it is zero or not known."""

    quantity: Quantity | None
    text: str
    paint: Paint | None
    width: int
    y: int

    @property
    def breadth(self) -> str:
        return place_of(self.width)

    @property
    def text_y(self) -> int:
        return self.y + NUMBER_DROP


@dataclass(frozen=True)
class DrawnRow:
    lines: list[Line]
    bars: list[Bar]


@dataclass(frozen=True)
class BarChart:
    """Rows in the order in which they are given."""

    unit: str
    series: tuple[Series, ...]
    bar_rows: list[BarRow]
    label_name: str

    key_names = ("code", "label", "is_rest")
    bar_height = BAR_HEIGHT

    # --- Geometry

    @property
    def largest(self) -> Decimal:
        return max((quantity.amount for row in self.bar_rows for quantity in row.values if quantity), default=ZERO)

    @property
    def _labels(self) -> list[list[str]]:
        return [
            wrapped(f"{row.label}*" if row.note else row.label, LABEL_WIDTH, LABEL_SIZE, most=MOST_LINES)
            for row in self.bar_rows
        ]

    @property
    def _tops(self) -> list[int]:
        """Where each row begins, and where the last ends."""
        heights = [
            LINE_HEIGHT * len(lines) + LABEL_GAP + BAR_STEP * len(row.values) + ROW_GAP
            for lines, row in zip(self._labels, self.bar_rows, strict=True)
        ]
        return list(accumulate(heights, initial=0))

    @property
    def height(self) -> int:
        return self._tops[-1]

    @property
    def drawn(self) -> list[DrawnRow]:
        places = zip(self.bar_rows, self._labels, self._tops, strict=False)
        return [self._drawn(row, label, top, is_first=not top) for row, label, top in places]

    def _drawn(self, row: BarRow, label: list[str], top: int, *, is_first: bool) -> DrawnRow:
        lines = [Line(text, top + LINE_DROP + LINE_HEIGHT * number) for number, text in enumerate(label)]
        first = top + LINE_HEIGHT * len(label) + LABEL_GAP
        bars = [
            self._bar(quantity, 0 if row.is_rest else number + 1, first + BAR_STEP * number, has_unit=is_first)
            for number, quantity in enumerate(row.values)
        ]
        return DrawnRow(lines, bars)

    def _bar(self, quantity: Quantity | None, number: int, y: int, *, has_unit: bool) -> Bar:
        if quantity is None:
            return Bar(None, _("no data"), None, 0, y)
        text = short_text(quantity.amount)
        if has_unit or self.unit == "percent":
            text = unit_pattern(self.unit) % text
        if not quantity.amount:
            return Bar(quantity, text, None, 0, y)
        width = int((quantity.amount * LONGEST / self.largest).to_integral_value(ROUND_HALF_UP))
        paint = Paint(number, quantity.standing)
        if width < SHORT and not paint.is_full:
            text = f"{text} ({quantity.standing.words})"
        return Bar(quantity, text, paint, max(1, width), y)

    @property
    def _paints(self) -> list[Paint]:
        found = {bar.paint.key: bar.paint for row in self.drawn for bar in row.bars if bar.paint is not None}
        return list(found.values())

    @property
    def patterns(self) -> list[Paint]:
        return [paint for paint in self._paints if paint.is_patterned]

    # --- Words

    @property
    def unit_words(self) -> str:
        return unit_text(self.unit)

    @property
    def heads(self) -> list[str]:
        return [one.name for one in self.series]

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.series]

    @property
    def rows(self) -> list[Row]:
        """The rows as given, with their whole labels."""
        return [
            Row(
                row.label,
                [Cell(quantity) for quantity in row.values],
                (row.code, row.label, "true" if row.is_rest else "false"),
                note=row.note,
                is_rest=row.is_rest,
            )
            for row in self.bar_rows
        ]

    @property
    def legend(self) -> list[LegendEntry]:
        """Only what occurs in this chart."""
        notes = [LegendEntry(f"* {row.label}: {row.note}") for row in self.bar_rows if row.note]
        return [*series_legend(self.series), *standing_legend(self._paints), *notes]

    @property
    def description(self) -> str:
        """What the chart shows, for those who do not see it."""
        named = [row for row in self.drawn if row.bars[0].quantity is not None]
        facts = {
            "count": len(self.bar_rows),
            "names": ", ".join(self.heads),
            "first": f"{' '.join(line.text for line in named[0].lines)} {named[0].bars[0].text}" if named else "",
        }
        if not named:
            return _("Bars of %(names)s, %(count)s rows.") % facts
        return _("Bars of %(names)s, %(count)s rows. The first: %(first)s.") % facts


def bar_chart(rows: Sequence[BarRow], *, series: Sequence[Series], unit: str, label_name: str) -> BarChart | None:
    """A row of one or two bars for each label, in the order given; None where no value is known.

    ``label_name`` heads the labels in the table. Amounts are not negative, since bars begin at the edge.
    """
    if not 1 <= len(series) <= MOST_SERIES:
        raise ValueError("A chart of bars has one series or two.")
    if any(len(row.values) != len(series) for row in rows):
        raise ValueError("A row has a value for each series, or None.")
    known = [quantity for row in rows for quantity in row.values if quantity is not None]
    if not known:
        return None
    if any(quantity.amount < 0 for quantity in known):
        raise ValueError("A bar cannot show a negative amount.")
    return BarChart(unit, tuple(series), list(rows), label_name)
