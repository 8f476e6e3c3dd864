"""The rounding rule, exact storage, and what derived figures allow."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from kzafrica.statements.amounts import ExactDecimalField, Interval, last_digit, printed_interval
from kzafrica.statements.choices import Formula, InputRole
from kzafrica.statements.computations import RISES_IN, apply_formula, estimate_of, other_statements
from kzafrica.statements.models import Figure, FigureInput
from tests.factories import make_derived_figure, make_figure

D = Decimal


@pytest.mark.parametrize(
    ("value", "printed", "unit"),
    [
        ("783000000", "$783 million", "1000000"),
        ("15.1", "15,1%", "0.1"),
        ("106300000", "$106,3 million", "100000"),
        ("0.89", "0,89%", "0.01"),
        ("1500", "up to 1,500 tons", "1"),
        ("987900000", "almost $1 billion ($987.9 million)", "100000"),
        ("44000000", "R44 million", "1000000"),
        ("800000", "ما يقرب من 800 ألف طن", "1000"),
        ("783000000", "783 000 000", "1"),
    ],
)
def test_the_last_printed_digit_is_found_whatever_the_comma_means(value, printed, unit):
    assert last_digit(D(value), printed) == D(unit)


@pytest.mark.parametrize("printed", ["six", "", "no number", "75 %"])
def test_a_text_without_the_number_vouches_for_the_number_alone(printed):
    assert printed_interval(D("6"), printed) == Interval(D("6"), D("6"))


@pytest.mark.parametrize(
    ("value", "printed", "low", "high", "is_our_reading"),
    [
        ("783000000", "$783 million", "782500000", "783500000", False),
        ("15.1", "15,1%", "15.05", "15.15", False),
        ("64", "64%", "63.5", "64.5", False),
        ("1000000000", "$1 billion", "950000000", "1050000000", True),
        ("2000000", "$2 million", "1900000", "2100000", True),
        ("30000000", "$30 million", "29500000", "30500000", False),
    ],
)
def test_a_printed_number_stands_for_half_a_unit_or_five_percent(value, printed, low, high, is_our_reading):
    assert printed_interval(D(value), printed) == Interval(D(low), D(high), is_our_reading)


def test_a_count_stands_for_itself():
    assert printed_interval(D("6"), "6 embassies", is_count=True) == Interval(D("6"), D("6"))


@given(st.integers(1, 10**9), st.integers(-4, 6))
def test_a_printed_number_lies_in_its_own_interval(digits, power):
    value = D(digits).scaleb(power)

    interval = printed_interval(value, str(digits))

    assert interval.low <= value <= interval.high


@pytest.mark.parametrize("value", [0.1, "abc", "1.23456", "NaN", "Infinity", "1e30"])
def test_what_is_not_an_exact_number_is_refused(value):
    with pytest.raises(ValidationError):
        ExactDecimalField().to_python(value)


@given(st.decimals(min_value=D("-99999999999999"), max_value=D("99999999999999"), places=4))
def test_an_exact_number_survives_storage(value):
    field = ExactDecimalField()

    stored = field.get_prep_value(value)

    assert isinstance(stored, int)
    assert field.from_db_value(stored, None, None) == value


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["0.0001", "-31.97", "783000000", "900000000000000.1234", "0"])
def test_an_exact_number_survives_the_database(value):
    figure = make_figure(value=value, printed=value)

    assert Figure.objects.get(pk=figure.pk).value == D(value)


@pytest.mark.django_db
class TestDerived:
    def test_turnover_of_the_year_before_follows_from_turnover_and_growth(self):
        estimate = estimate_of(make_derived_figure())

        assert estimate.value == D("680278019")
        assert (estimate.interval.low, estimate.interval.high) == (D("679548415"), D("681008258"))

    def test_growth_over_a_derived_year_carries_both_intervals(self):
        before = make_figure(value="1000000000", printed="$1 billion", period="2022")
        growth = make_derived_figure(
            [(make_derived_figure(), "value"), (before, "earlier")],
            formula="growth",
            measure="growth",
            base_measure="turnover",
            unit="percent",
        )

        estimate = estimate_of(growth)

        assert estimate.value == D("-31.97")
        assert (estimate.interval.low, estimate.interval.high) == (D("-35.29"), D("-28.31"))
        assert estimate.interval.is_our_reading

    def test_the_named_shares_of_exports_add_up_to_less_than_a_hundred(self):
        shares = [
            make_figure(measure="share", base_measure="exports", unit="percent", value=value, printed=printed)
            for value, printed in (("64", "64%"), ("28.5", "28,5%"), ("2.9", "2,9%"), ("0.89", "0,89%"))
        ]
        rows = [(share, "part") for share in shares]
        scope = {"measure": "share", "base_measure": "exports", "unit": "percent"}

        assert estimate_of(make_derived_figure(rows, formula="sum", universe="named", **scope)).value == D("96.29")
        assert estimate_of(make_derived_figure(rows, formula="remainder", universe="rest", **scope)).value == D("3.71")

    def test_a_balance_is_what_exports_leave_over_imports(self):
        exports = make_figure(measure="exports", value="101000000", printed="R101 million", unit="ZAR")
        imports = make_figure(measure="imports", value="36000000", printed="R36 million", unit="ZAR")
        balance = make_derived_figure([(exports, "value"), (imports, "less")], formula="difference", measure="balance")

        estimate = estimate_of(balance)

        assert (estimate.value, estimate.unit) == (D("65000000"), "ZAR")
        assert (estimate.interval.low, estimate.interval.high) == (D("64000000"), D("66000000"))

    def test_a_sum_with_a_lower_bound_among_its_parts_is_a_lower_bound(self):
        parts = [
            make_figure(value="101", printed="101"),
            make_figure(value="36", printed="36", qualifier="at_least"),
        ]

        interval = estimate_of(make_derived_figure([(part, "part") for part in parts], formula="sum")).interval

        assert (interval.low, interval.high) == (D("136"), None)

    def test_a_division_by_zero_is_no_estimate(self):
        nothing = make_figure(value="0", printed="0", period="2020")
        share = make_derived_figure([(make_figure(), "part"), (nothing, "whole")], formula="share", unit="percent")

        assert estimate_of(share) is None

    def test_a_figure_cannot_be_computed_from_what_is_computed_from_it(self):
        first = make_derived_figure()
        second = make_derived_figure([(first, "value"), (make_figure(period="2019"), "earlier")], formula="growth")

        with pytest.raises(ValidationError, match="computed from this figure"):
            FigureInput(derived=first, figure=second, role="value").full_clean()

    @pytest.mark.parametrize(("measure", "unit"), [("turnover", "percent"), ("growth", "USD"), ("jobs", "t")])
    def test_a_unit_that_does_not_fit_its_measure_is_refused(self, measure, unit):
        with pytest.raises(ValidationError, match="does not fit"):
            Figure(measure=measure, unit=unit, base_measure="").clean()


@pytest.mark.django_db
class TestOtherStatements:
    def test_over_700_million_agrees_with_783_million(self):
        over = make_figure(value="700000000", printed="over 700 million", qualifier="at_least")
        make_figure(printed="$783 million")

        assert [statement.agrees for statement in other_statements(over)] == [True]

    def test_rand_neither_agree_with_dollars_nor_differ_from_them(self):
        rand = make_figure(value="137000000", printed="R137 million", unit="ZAR")
        make_figure(value="15000000", printed="$15 million")

        assert [statement.agrees for statement in other_statements(rand)] == [None]


amounts = st.integers(1, 10**12).map(D)


@given(low=amounts, width=amounts, growth=st.integers(-90, 500), spread=st.integers(0, 50), share=st.floats(0, 1))
def test_the_formula_inside_its_corners_never_leaves_them(low, width, growth, spread, share):
    """The corners bound the result: previous_from_growth rises with the value and falls with the growth."""
    roles = [InputRole.VALUE, InputRole.GROWTH]
    corners = [
        apply_formula(Formula.PREVIOUS_FROM_GROWTH, roles, [value, D(rate)])
        for value in (low, low + width)
        for rate in (growth, growth + spread)
    ]
    inside = [low + width * D(str(share)), D(growth) + spread * D(str(share))]

    result = apply_formula(Formula.PREVIOUS_FROM_GROWTH, roles, inside)

    assert min(corners) <= result <= max(corners)


@given(
    formula=st.sampled_from([(Formula.SUM, ("part", "part")), (Formula.DIFFERENCE, ("value", "less"))]),
    lows=st.tuples(amounts, amounts),
    widths=st.tuples(amounts, amounts),
    places=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_sums_and_differences_rise_and_fall_as_their_bounds_assume(formula, lows, widths, places):
    """The interval of a linear formula takes one end of each input: no point between them lies outside."""
    name, roles = formula
    ups = [role in RISES_IN[name] for role in roles]
    highs = [low + width for low, width in zip(lows, widths, strict=True)]
    inside = [low + width * D(str(place)) for low, width, place in zip(lows, widths, places, strict=True)]

    lowest = apply_formula(name, roles, [low if up else high for up, low, high in zip(ups, lows, highs, strict=True)])
    highest = apply_formula(name, roles, [high if up else low for up, low, high in zip(ups, lows, highs, strict=True)])

    assert lowest <= apply_formula(name, roles, inside) <= highest


@given(st.lists(amounts, min_size=2, max_size=2))
def test_a_difference_and_what_was_taken_away_add_up_to_the_value(values):
    difference = apply_formula(Formula.DIFFERENCE, ["value", "less"], values)

    assert apply_formula(Formula.SUM, ["part", "part"], [difference, values[1]]) == values[0]
