import re
from datetime import date, timedelta
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from kzafrica.charts import (
    LABEL_GAP,
    LABEL_RISE,
    LANE_HEIGHT,
    MOST_TICKS,
    STEP_BASE,
    STEP_TOP,
    WIDTH,
    Entry,
    MarkKind,
    TimeScale,
    axis_chart,
    mark_of,
    step_chart,
)

DAYS = st.dates()
SPANS = st.tuples(DAYS, DAYS).map(sorted)
ENTRIES = st.one_of(
    DAYS.map(lambda day: Entry(day, day)),
    SPANS.map(lambda days: Entry(*days)),
    DAYS.map(lambda day: Entry(day, None)),
    DAYS.map(lambda day: Entry(None, day)),
)
LANES = st.lists(st.tuples(st.text(max_size=5), st.lists(ENTRIES, max_size=8)), min_size=1, max_size=4)
SERIES = st.lists(st.tuples(DAYS, st.integers(0, 60)), min_size=1, max_size=30)


def numbers_in(path: str) -> list[tuple[str, list[int]]]:
    """The commands of a path with their numbers; a fraction or an exponent would not be found."""
    found = re.findall(r"([MmHVhvzZ])([0-9 -]*)", path)
    assert "".join(letter + numbers for letter, numbers in found) == path
    return [(letter, [int(number) for number in numbers.split()]) for letter, numbers in found]


def corners_of(path: str) -> set[tuple[int, int]]:
    """Every point at which the pen draws in a path of relative lines."""
    corners, x, y = set(), 0, 0
    start = (x, y)
    for letter, numbers in numbers_in(path):
        match letter:
            case "M":
                x, y = numbers
            case "m":
                x, y = x + numbers[0], y + numbers[1]
                start = (x, y)
            case "h":
                x += numbers[0]
            case "v":
                y += numbers[0]
            case "z":
                x, y = start
        if letter != "M":
            corners.add((x, y))
    return corners


class TestTimeScale:
    @given(DAYS, DAYS, SPANS)
    def test_x_grows_with_the_day(self, one, other, ends):
        scale = TimeScale.covering([one, other, *ends])
        earlier, later = sorted([one, other])

        assert 0 <= scale.x(earlier) <= scale.x_after(earlier)
        assert scale.x(earlier) <= scale.x(later) <= scale.x_after(later) <= WIDTH

    @given(st.integers(1, 9800), st.integers(0, 25))
    def test_in_a_lifetime_no_two_days_a_week_apart_share_their_x(self, year, years):
        scale = TimeScale(year, year + years)
        days = [date(year, 1, 1) + timedelta(weeks=number) for number in range(52)]

        places = [scale.x(day) for day in days]

        assert sorted(set(places)) == places

    @given(DAYS, DAYS)
    def test_ticks_are_whole_years_in_equal_steps_and_do_not_crowd(self, one, other):
        scale = TimeScale.covering([one, other])

        years = [tick.year for tick in scale.ticks]

        assert 1 <= len(years) <= MOST_TICKS + 1
        assert len({later - earlier for earlier, later in pairwise(years)}) <= 1
        assert all(scale.first_year <= year <= scale.last_year for year in years)
        assert all(0 <= tick.x < WIDTH for tick in scale.ticks)

    def test_no_day_makes_no_scale(self):
        assert TimeScale.covering([]) is None


class TestAxisChart:
    @given(LANES)
    def test_every_span_reaches_as_far_as_its_bounds(self, lanes):
        chart = axis_chart(lanes)
        entries = [entry for _label, entries in lanes for entry in entries]
        if chart is None:
            assert not entries
            return

        for entry in entries:
            mark = mark_of(entry, chart.scale)
            assert mark.start == (0 if entry.earliest is None else chart.scale.x(entry.earliest))
            if mark.kind == MarkKind.DAY:
                assert mark.end == mark.start
            else:
                assert mark.end == (WIDTH if entry.latest is None else chart.scale.x_after(entry.latest))

    @given(LANES)
    def test_only_a_day_is_drawn_as_a_day_and_an_open_bound_is_marked(self, lanes):
        chart = axis_chart(lanes)

        for entry in [entry for _label, entries in lanes for entry in entries]:
            kind = mark_of(entry, chart.scale).kind
            assert (kind == MarkKind.DAY) == (entry.earliest == entry.latest)
            assert (kind == MarkKind.OPEN) == (None in (entry.earliest, entry.latest))

    @given(LANES)
    def test_nothing_leaves_the_view_box(self, lanes):
        chart = axis_chart(lanes)
        for lane in chart.lanes if chart else ():
            assert 0 < lane.label_y < lane.mark_y < chart.height
            for path in lane.paths:
                corners = corners_of(path.d)
                assert all(0 <= x <= WIDTH for x, _y in corners)
                assert all(lane.label_y <= y < lane.top + LANE_HEIGHT for _x, y in corners)
                assert {x for x, _y in corners} == {
                    x for mark in lane.marks if mark.kind == path.kind for x in (mark.start, mark.end)
                }

    @given(LANES)
    def test_a_lane_counts_every_entry_and_draws_each_place_once(self, lanes):
        chart = axis_chart(lanes)

        filled = [entries for _label, entries in lanes if entries]

        assert [lane.count for lane in chart.lanes] == [len(entries) for entries in filled] if chart else not filled
        for lane in chart.lanes if chart else ():
            assert len(set(lane.marks)) == len(lane.marks) <= lane.count
            assert len({path.kind for path in lane.paths}) == len(lane.paths)

    def test_what_is_only_planned_is_drawn_apart(self):
        day = date(2025, 9, 10)

        chart = axis_chart([("Event", [Entry(day, day), Entry(day, day, is_done=False)])])

        assert [path.kind for path in chart.lanes[0].paths] == [MarkKind.DAY, MarkKind.DAY_PENDING]
        assert chart.has_pending


class TestStepChart:
    @given(SERIES, st.none() | DAYS)
    def test_nothing_leaves_the_view_box(self, series, until):
        chart = step_chart(series, until)

        for letter, numbers in numbers_in(chart.line) + numbers_in(chart.area):
            xs = numbers[:1] if letter in "MH" else []
            ys = numbers[-1:] if letter in "MV" else []
            assert all(0 <= x <= WIDTH for x in xs)
            assert all(STEP_TOP <= y <= STEP_BASE for y in ys)

    @given(SERIES)
    def test_line_runs_on_to_the_right_and_higher_counts_stand_higher(self, series):
        chart = step_chart(series)
        counts = sorted(dict(series).items())

        commands = numbers_in(chart.line)
        runs = [numbers[0] for letter, numbers in commands if letter == "H"]
        heights = [numbers[0] for letter, numbers in commands if letter == "V"]

        assert runs == sorted(runs)
        assert len(heights) == len(counts)
        for (_day, count), (_next_day, next_count), y, next_y in zip(
            counts, counts[1:], heights, heights[1:], strict=False
        ):
            assert (count <= next_count and y >= next_y) or (count > next_count and y <= next_y)

    @given(SERIES)
    def test_labels_leave_each_other_room_and_the_last_count_is_among_them(self, series):
        labels = step_chart(series).labels

        assert labels[-1].is_last
        assert labels[-1].count == sorted(dict(series).items())[-1][1]
        for one, other in combinations(labels, 2):
            assert abs(one.x - other.x) >= LABEL_GAP or abs(one.y - other.y) >= LABEL_RISE

    def test_line_runs_on_to_the_day_until_which_it_is_drawn(self):
        chart = step_chart([(date(2024, 1, 1), 1)], until=date(2025, 12, 31))

        assert chart.line.endswith(f"H{WIDTH}")

    def test_no_step_makes_no_chart(self):
        assert step_chart([]) is None
