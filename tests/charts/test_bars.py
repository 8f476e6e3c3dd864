import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzafrica.bars import LABEL_SIZE, LABEL_WIDTH, LONGEST, BarRow, bar_chart
from kzafrica.lettering import face
from kzafrica.quantities import Standing
from tests.charts.charts import BOTH, QUANTITIES, TURNOVER, quantity

ROWS = st.lists(
    st.builds(BarRow, st.text(max_size=200), st.tuples(st.none() | QUANTITIES, QUANTITIES)), min_size=1, max_size=12
)


def chart_of(*rows: BarRow):
    series = BOTH if len(rows[0].values) == 2 else TURNOVER
    return bar_chart(rows, series=series, unit="USD", label_name="Partner")


@given(ROWS)
def test_lengths_are_proportional_within_a_unit_and_the_longest_leaves_room_for_its_number(rows):
    chart = chart_of(*rows)

    for bar in [bar for row in chart.drawn for bar in row.bars if bar.paint]:
        assert abs(bar.width - bar.quantity.amount * LONGEST / chart.largest) <= 1
        assert 1 <= bar.width <= LONGEST


@given(ROWS)
def test_rows_stand_below_each_other_within_the_frame(rows):
    chart = chart_of(*rows)

    places = [
        place for row in chart.drawn for place in (*(line.y for line in row.lines), *(b.text_y for b in row.bars))
    ]
    assert places == sorted(places)
    assert 0 < places[0] <= places[-1] < chart.height
    assert all(bar.y + chart.bar_height <= chart.height for row in chart.drawn for bar in row.bars)


@given(ROWS)
def test_labels_fit_a_telephone_and_the_table_has_the_whole(rows):
    chart = chart_of(*rows)

    lines = [line.text for row in chart.drawn for line in row.lines]
    assert all(face().width(line, LABEL_SIZE) <= LABEL_WIDTH for line in lines)
    assert [row.label for row in chart.rows] == [row.label for row in rows]
    assert [tuple(cell.quantity for cell in row.cells) for row in chart.rows] == [row.values for row in rows]


def test_a_long_title_of_goods_ends_in_an_ellipsis():
    chart = chart_of(BarRow("Мыс кендері мен концентраттары, " * 9, (quantity(5),)))

    lines = chart.drawn[0].lines
    assert len(lines) == 2
    assert lines[1].text.endswith("…")


def test_the_rest_is_drawn_apart():
    chart = chart_of(BarRow("Copper", (quantity(5),)), BarRow("All others", (quantity(7),), is_rest=True))

    assert [row.bars[0].paint.number for row in chart.drawn] == [1, 0]
    assert [row.keys for row in chart.rows] == [("", "Copper", "false"), ("", "All others", "true")]


def test_zero_and_missing_differ_and_neither_has_a_bar():
    chart = chart_of(BarRow("Kenya", (quantity(5), quantity(0))), BarRow("Chad", (quantity(1), None)))

    assert [row.bars[1].text for row in chart.drawn] == ["0 USD", "no data"]
    assert [row.bars[1].paint for row in chart.drawn] == [None, None]


def test_a_bar_too_short_to_show_its_standing_says_it():
    chart = chart_of(BarRow("Kenya", (quantity(100),)), BarRow("Chad", (quantity(1, Standing.PROVISIONAL),)))

    assert chart.drawn[1].bars[0].text == "1 (provisional)"


def test_a_negative_amount_is_refused():
    with pytest.raises(ValueError, match="negative"):
        chart_of(BarRow("Kenya", (quantity(-1),)))


def test_no_known_value_makes_no_chart():
    assert chart_of(BarRow("Kenya", (None,))) is None
