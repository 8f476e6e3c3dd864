from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kzafrica.charts import WIDTH
from kzafrica.columns import PLOT_HEIGHT, PLOT_TOP, Period, column_chart
from kzafrica.quantities import AmountAxis, Standing
from tests.charts.charts import AMOUNTS, BOTH, PERIODS, TURNOVER, quantity, turnover


def chart_of(*periods: Period):
    series = BOTH if len(periods[0].values) == 2 else TURNOVER
    return column_chart(periods, series=series, unit="USD")


class TestAmountAxis:
    @given(st.lists(st.decimals("-1e13", "1e13", places=2), min_size=1))
    def test_every_amount_lies_within_and_the_largest_below_the_end(self, amounts):
        axis = AmountAxis.covering(amounts)

        assert axis.low <= min(0, *amounts)
        assert max(0, *amounts) < axis.high

    @given(st.lists(st.decimals("-1e13", "1e13", places=2), min_size=1))
    def test_stops_are_few_round_and_one_is_zero(self, amounts):
        axis = AmountAxis.covering(amounts)

        assert 2 <= len(axis.stops) <= 7
        assert 0 in axis.stops
        assert {later - earlier for earlier, later in pairwise(axis.stops)} == {axis.step}
        assert "".join(map(str, axis.step.normalize().as_tuple().digits)) in ("1", "2", "25", "5")

    @given(st.lists(AMOUNTS, min_size=1))
    def test_numbers_of_stops_differ(self, amounts):
        texts = AmountAxis.covering(amounts).stop_texts("USD")

        assert len(set(texts)) == len(texts)

    @pytest.mark.parametrize(
        ("language", "texts"),
        [
            ("en", ["0", "200", "400", "600", "800 million USD"]),
            ("ru", ["0", "200", "400", "600", "800 миллионов USD"]),
            ("kk", ["0", "200", "400", "600", "800 миллион USD"]),
            ("fr", ["0", "200", "400", "600", "800 millions USD"]),
        ],
    )
    def test_only_the_highest_stop_has_the_scale_and_the_unit(self, language, texts):
        with translation.override(language):
            assert AmountAxis.covering([Decimal("680300000")]).stop_texts("USD") == texts

    @pytest.mark.parametrize(
        ("language", "text"), [("en", "1,000"), ("ru", "1\xa0000"), ("kk", "1\xa0000"), ("fr", "1\u202f000")]
    )
    def test_digits_are_grouped_as_the_language_does(self, language, text):
        with translation.override(language):
            assert text in AmountAxis.covering([Decimal(1900)]).stop_texts("count")

    def test_a_small_value_beside_a_large_one_does_not_read_as_zero(self):
        assert AmountAxis.covering([Decimal("1.2e9")]).value_text(Decimal(1)) == "<0.01"


class TestColumns:
    @given(PERIODS)
    def test_heights_are_proportional_within_a_pixel(self, periods):
        chart = chart_of(*periods)

        for column in chart.columns:
            exact = abs(column.quantity.amount) * PLOT_HEIGHT / (chart.axis.high - chart.axis.low)
            assert abs(column.height - exact) <= 1
            assert column.y + column.height == chart.base

    @given(PERIODS)
    def test_nothing_leaves_the_frame_and_no_two_columns_overlap(self, periods):
        chart = chart_of(*periods)

        columns = sorted(chart.columns, key=lambda column: column.x)
        assert all(column.x >= 0 and column.x + column.width <= WIDTH for column in columns)
        assert all(PLOT_TOP <= column.y <= PLOT_TOP + PLOT_HEIGHT for column in columns)
        assert all(one.x + one.width <= other.x for one, other in pairwise(columns))
        for label in [*chart.numbers, *chart.zeros, *chart.balances, *chart.ticks]:
            assert 0 <= label.x <= WIDTH
            assert 0 < label.y <= chart.height

    @given(PERIODS)
    def test_a_year_without_values_leaves_a_gap_as_wide_as_the_others(self, periods):
        chart = chart_of(*periods)
        years = [period.year for period in periods]

        assert chart.years == range(min(years), max(years) + 1)
        for period, mark in zip([each for each in chart.periods if each.balance], chart.balances, strict=True):
            number = period.year - min(years)
            assert number * WIDTH <= mark.x * len(chart.years) <= (number + 1) * WIDTH

    @given(PERIODS)
    def test_each_known_value_is_drawn_once_and_no_other(self, periods):
        chart = chart_of(*periods)

        known = [value for period in periods for value in period.values if value is not None]
        drawn = [column.quantity for group in chart.groups for column in group.columns]
        assert sorted(value.amount for value in known if value.amount) == sorted(value.amount for value in drawn)
        assert bool(chart.zeros) == any(not value.amount for value in known)

    def test_a_known_zero_is_written_and_a_missing_value_is_not(self):
        chart = chart_of(*turnover(y2021=0, y2022=None, y2023=5))

        assert [(zero.text, zero.x < WIDTH // 3) for zero in chart.zeros] == [("0", True)]
        assert [row.cells[0].text for row in chart.rows] == ["0", "no data", "5"]
        assert "gap: no data" in [entry.text for entry in chart.legend]

    def test_a_single_dollar_beside_a_billion_is_still_seen(self):
        chart = chart_of(*turnover(y2022=1, y2023=10**9))

        assert next(column.height for column in chart.columns) == 1

    def test_a_negative_balance_lies_below_the_line_of_zero(self):
        surplus = Period(2022, (quantity(9), quantity(4)), quantity(5, Standing.DERIVED))
        deficit = Period(2023, (quantity(1), quantity(6)), quantity(-5, Standing.DERIVED))

        chart = chart_of(surplus, deficit)

        above, below = [mark.y for mark in chart.balances]
        assert above < chart.base < below

    def test_a_negative_value_hangs_from_the_line_of_zero(self):
        chart = chart_of(*turnover(y2022=5, y2023=-5))

        rising, hanging = chart.columns
        assert rising.y + rising.height == chart.base == hanging.y
        assert all(number.y <= chart.height - 20 for number in chart.numbers)

    def test_numbers_stand_at_few_columns_and_not_at_many(self):
        few = turnover(y2022=591300000, y2023=680300000)
        many = [Period(year, (quantity(123456789), quantity(98765432))) for year in range(1995, 2025)]

        assert [number.text for number in chart_of(*few).numbers] == ["591", "680"]
        assert chart_of(*many).numbers == []

    def test_of_many_years_the_last_and_some_before_it_are_written(self):
        chart = chart_of(*[Period(year, (quantity(1),)) for year in range(2001, 2026)])

        assert [tick.text for tick in chart.ticks][-3:] == ["2021", "2023", "2025"]
        assert [tick.text for tick in chart.ticks if not tick.is_between][-3:] == ["2017", "2021", "2025"]

    def test_a_year_with_a_note_has_a_star_and_the_legend_says_why(self):
        chart = chart_of(Period(2025, (quantity(1),), note="January to August"))

        assert chart.ticks[0].text == "2025*"
        assert chart.legend[-1].text == "* 2025: January to August"
        assert chart.rows[0].note == "January to August"


class TestWords:
    @given(PERIODS)
    def test_the_table_has_every_period_with_its_exact_values(self, periods):
        rows = chart_of(*periods).rows

        ordered = sorted(periods, key=lambda period: period.year)
        assert [row.label for row in rows] == [str(period.year) for period in ordered]
        assert [tuple(cell.quantity for cell in row.cells)[:2] for row in rows] == [each.values for each in ordered]

    @given(PERIODS)
    def test_the_legend_names_only_what_occurs(self, periods):
        texts = [entry.text for entry in chart_of(*periods).legend]

        found = {value.standing for period in periods for value in period.values if value and value.amount}
        for standing in (Standing.PROVISIONAL, Standing.ESTIMATED, Standing.DERIVED):
            assert (standing.words in texts) == (standing in found)
        assert len(set(texts)) == len(texts)

    def test_a_standing_stands_in_words_beside_its_value(self):
        chart = chart_of(Period(2024, (quantity("680312456.50", Standing.PROVISIONAL),)))

        cell = chart.rows[0].cells[0]
        assert (cell.text, cell.standing) == ("680,312,456.5", "provisional")

    def test_the_standing_that_all_balances_share_stands_in_the_head(self):
        balance = quantity(5, Standing.DERIVED)

        chart = chart_of(Period(2022, (quantity(9), quantity(4)), balance), Period(2023, (quantity(9), None)))

        assert chart.heads == ["Exports", "Imports", "Balance (computed)"]
        assert [row.cells[2].standing for row in chart.rows] == ["", ""]
        assert chart.rows[1].cells[2].is_missing

    def test_no_number_covers_the_mark_of_the_balance(self):
        narrow = [Period(year, (quantity(100), quantity(20)), quantity(102)) for year in range(2015, 2022)]
        roomy = [Period(2023, (quantity(100), quantity(20)), quantity(102))]

        assert [number.text for number in chart_of(*narrow).numbers] == ["20"] * 7
        assert [number.text for number in chart_of(*roomy).numbers] == ["100", "20"]

    def test_the_description_says_what_the_columns_are(self):
        chart = chart_of(Period(2022, (quantity(9), None)), Period(2024, (quantity(1), quantity(6))))

        assert chart.description == ("Columns by year from 2022 to 2024: Exports, Imports. The axis ends at 10 USD.")


@pytest.mark.parametrize(
    ("periods", "complaint"),
    [
        ([*turnover(y2023=1), *turnover(y2023=2)], "twice"),
        ([Period(2023, (quantity(1), quantity(2)))], "for each series"),
    ],
)
def test_periods_that_cannot_be_drawn_are_refused(periods, complaint):
    with pytest.raises(ValueError, match=complaint):
        column_chart(periods, series=TURNOVER, unit="USD")


def test_no_known_value_makes_no_chart():
    assert column_chart(turnover(y2023=None), series=TURNOVER, unit="USD") is None
