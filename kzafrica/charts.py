"""Dates and counts prepared for charts that templates draw as SVG: pure functions that know no model.

A chart is WIDTH units wide and is stretched to its frame, so that one path serves every screen. Labels keep their size:
they are placed in per cent of the frame. Downwards a unit is a pixel. An imprecise date is drawn from its first
possible day to the end of its last, never as a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

WIDTH = 10_000

# A tick every so many years; the first of them that does not crowd is taken.
TICK_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOST_TICKS = 10

LANE_HEIGHT = 38
HEADER_HEIGHT = 24
LABEL_DROP, MARK_DROP = 13, 26
BOX_HEIGHT = 10

STEP_TOP, STEP_BASE, STEP_HEIGHT = 26, 150, 174
# What a number beside the line needs for itself on a narrow screen: across in units, downwards in pixels.
LABEL_GAP, LABEL_RISE = WIDTH // 18, 16
# A label before the first of these has no room to the left of its place, one behind the other none to the right.
EARLY, LATE = WIDTH * 5 // 100, WIDTH * 93 // 100


@dataclass(frozen=True)
class Tick:
    """The beginning of a year. ``is_between`` marks every second one, for which a narrow screen has no room."""

    year: int
    x: int
    is_between: bool

    @property
    def place(self) -> str:
        return place_of(self.x)

    @property
    def is_late(self) -> bool:
        return self.x > LATE


@dataclass(frozen=True)
class TimeScale:
    """Whole years along a chart, from 1 January of the first to the end of the last."""

    first_year: int
    last_year: int

    @staticmethod
    def covering(days: Iterable[date]) -> "TimeScale | None":
        """The years that the days lie in; None without a day."""
        years = {day.year for day in days}
        return TimeScale(min(years), max(years)) if years else None

    def x(self, day: date) -> int:
        """Where a day begins."""
        return self._x(day.toordinal())

    def x_after(self, day: date) -> int:
        """Where a day ends."""
        return self._x(day.toordinal() + 1)

    def _x(self, number: int) -> int:
        first = date(self.first_year, 1, 1).toordinal()
        end = date(self.last_year, 12, 31).toordinal() + 1
        return (number - first) * WIDTH // (end - first)

    @property
    def ticks(self) -> list[Tick]:
        span = self.last_year - self.first_year
        every = next((years for years in TICK_YEARS if span // years < MOST_TICKS), TICK_YEARS[-1])
        first = -(-self.first_year // every) * every
        return [
            Tick(year, self.x(date(year, 1, 1)), is_between=number % 2 == 1)
            for number, year in enumerate(range(first, self.last_year + 1, every))
        ]


def place_of(x: int) -> str:
    """A place along the chart in per cent of its width; written for SVG, not for a language."""
    return f"{x * 100 / WIDTH:g}%"


# --- Lanes of dates on one axis


class MarkKind(StrEnum):
    """How a date is drawn; what has not taken place is drawn hollow."""

    OPEN = "open"
    SPAN = "span"
    DAY = "day"
    OPEN_PENDING = "open-pending"
    SPAN_PENDING = "span-pending"
    DAY_PENDING = "day-pending"


@dataclass(frozen=True)
class Entry:
    """A date by its first and last possible day, None where that is open or unknown; whether it has taken place."""

    earliest: date | None
    latest: date | None
    is_done: bool = True

    @property
    def days(self) -> list[date]:
        return [day for day in (self.earliest, self.latest) if day is not None]


@dataclass(frozen=True, order=True)
class Mark:
    """One date on the axis, from start to end; a day has no width."""

    start: int
    end: int
    kind: MarkKind


@dataclass(frozen=True)
class Path:
    """All marks of one kind in a lane as one path of SVG."""

    kind: MarkKind
    d: str


@dataclass(frozen=True)
class Lane:
    """The dates of one strand; ``count`` is the number of its entries, of which some may be drawn in one place."""

    label: str
    count: int
    marks: list[Mark]
    top: int

    @property
    def label_y(self) -> int:
        return self.top + LABEL_DROP

    @property
    def mark_y(self) -> int:
        return self.top + MARK_DROP

    @property
    def paths(self) -> list[Path]:
        """One path for each kind of mark, the widest kinds first."""
        by_kind = {kind: [mark for mark in self.marks if mark.kind == kind] for kind in MarkKind}
        return [Path(kind, self._drawn(kind, marks)) for kind, marks in by_kind.items() if marks]

    def _drawn(self, kind: MarkKind, marks: list[Mark]) -> str:
        """Boxes as long as the spans, so that spans beside each other keep their edges; else lines along the lane.

        The pen moves on from where it stands, which is shorter to write: from the start of a box, the end of a line.
        """
        is_box = kind in (MarkKind.SPAN, MarkKind.SPAN_PENDING)
        pieces, pen = [f"M0 {self.mark_y - BOX_HEIGHT // 2 if is_box else self.mark_y}"], 0
        for mark in marks:
            length = mark.end - mark.start
            pieces.append(f"m{mark.start - pen} 0h{length}" + (f"v{BOX_HEIGHT}h-{length}z" if is_box else ""))
            pen = mark.start if is_box else mark.end
        return "".join(pieces)


@dataclass(frozen=True)
class AxisChart:
    """Strands of dates on one axis of time."""

    scale: TimeScale
    lanes: list[Lane]

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return HEADER_HEIGHT + LANE_HEIGHT * len(self.lanes)

    @property
    def ticks(self) -> list[Tick]:
        return self.scale.ticks

    @property
    def description(self) -> str:
        """What the chart says, for those who do not see it."""
        lanes = ", ".join(f"{lane.label} {lane.count}" for lane in self.lanes)
        years = {"first": self.scale.first_year, "last": self.scale.last_year}
        return _("Dates from %(first)s to %(last)s in lanes: %(lanes)s.") % {**years, "lanes": lanes}

    @property
    def _kinds(self) -> set[MarkKind]:
        return {mark.kind for lane in self.lanes for mark in lane.marks}

    @property
    def has_days(self) -> bool:
        return bool(self._kinds & {MarkKind.DAY, MarkKind.DAY_PENDING})

    @property
    def has_spans(self) -> bool:
        return bool(self._kinds & {MarkKind.SPAN, MarkKind.SPAN_PENDING})

    @property
    def has_open(self) -> bool:
        return bool(self._kinds & {MarkKind.OPEN, MarkKind.OPEN_PENDING})

    @property
    def has_pending(self) -> bool:
        return bool(self._kinds & {MarkKind.DAY_PENDING, MarkKind.SPAN_PENDING, MarkKind.OPEN_PENDING})


def axis_chart(lanes: Iterable[tuple[str, list[Entry]]]) -> AxisChart | None:
    """A lane for each label that has entries, in the order given; None where none of them has a day."""
    filled = [(str(label), entries) for label, entries in lanes if entries]
    scale = TimeScale.covering(day for _label, entries in filled for entry in entries for day in entry.days)
    if scale is None:
        return None
    drawn = [
        Lane(label, len(entries), sorted({mark_of(entry, scale) for entry in entries}), _top(number))
        for number, (label, entries) in enumerate(filled)
    ]
    return AxisChart(scale, drawn)


def mark_of(entry: Entry, scale: TimeScale) -> Mark:
    """The mark of a date: a missing bound leads to the edge of the chart."""
    start = 0 if entry.earliest is None else scale.x(entry.earliest)
    if entry.earliest is None or entry.latest is None:
        end = WIDTH if entry.latest is None else scale.x_after(entry.latest)
        return Mark(start, end, MarkKind.OPEN if entry.is_done else MarkKind.OPEN_PENDING)
    if entry.earliest == entry.latest:
        return Mark(start, start, MarkKind.DAY if entry.is_done else MarkKind.DAY_PENDING)
    return Mark(start, scale.x_after(entry.latest), MarkKind.SPAN if entry.is_done else MarkKind.SPAN_PENDING)


def _top(number: int) -> int:
    return HEADER_HEIGHT + LANE_HEIGHT * number


# --- A count that changes by steps


@dataclass(frozen=True)
class StepLabel:
    """The count to write beside the line where it changes: before a rise there is nothing else."""

    count: int
    x: int
    y: int
    is_last: bool = False

    @property
    def place(self) -> str:
        return place_of(self.x)

    @property
    def is_early(self) -> bool:
        return self.x < EARLY

    def leaves_room_to(self, other: "StepLabel") -> bool:
        return abs(self.x - other.x) >= LABEL_GAP or abs(self.y - other.y) >= LABEL_RISE


@dataclass(frozen=True)
class StepChart:
    """A count over time as a line of steps, from 0 before the first."""

    scale: TimeScale
    line: str
    area: str
    labels: list[StepLabel]

    @property
    def description(self) -> str:
        """What the chart says, for those who do not see it."""
        ends = {"first": self.scale.first_year, "last": self.scale.last_year, "count": self.labels[-1].count}
        return _("A line of steps from %(first)s to %(last)s; it ends at %(count)s.") % ends

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return STEP_HEIGHT

    @property
    def base(self) -> int:
        return STEP_BASE

    @property
    def ticks(self) -> list[Tick]:
        return self.scale.ticks


def step_chart(series: Iterable[tuple[date, int]], until: date | None = None) -> StepChart | None:
    """Days from which a count holds, in any order but of one day the last given; the line runs on to ``until``.

    None without a step. Counts are whole numbers from 0.
    """
    counts = sorted(dict(series).items())
    if not counts:
        return None
    last = max(counts[-1][0], until or counts[-1][0])
    scale = TimeScale.covering([counts[0][0], last])
    highest = max(1, *(count for _day, count in counts))
    steps = [
        StepLabel(count, scale.x(day), STEP_BASE - (STEP_BASE - STEP_TOP) * count // highest) for day, count in counts
    ]
    ends = [step.x for step in steps[1:]] + [scale.x_after(last)]
    line = f"M{steps[0].x} {STEP_BASE}" + "".join(f"V{step.y}H{end}" for step, end in zip(steps, ends, strict=True))
    return StepChart(scale, line, f"{line}V{STEP_BASE}Z", _labels(steps))


def _labels(steps: list[StepLabel]) -> list[StepLabel]:
    """As many numbers as fit beside each other; the last, at which the count stands now, always."""
    final = replace(steps[-1], is_last=True)
    kept: list[StepLabel] = []
    for step in steps[:-1]:
        if all(step.leaves_room_to(other) for other in [*kept, final]):
            kept.append(step)
    return [*kept, final]
