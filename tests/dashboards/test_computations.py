"""What rows give for a stated figure: it agrees, differs, or cannot be checked and why."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzafrica.statements.comparisons import compare
from kzafrica.statements.models import Figure
from tests.dashboards.rows import area, report
from tests.factories import make_bloc, make_commodity, make_country, make_figure

pytestmark = pytest.mark.django_db


def figure(value: str, printed: str, **fields) -> Figure:
    """A figure of Kazakhstan with South Africa in 2023."""
    scope = {"subject": make_country("KAZ"), "counterpart": make_country("ZAF"), "period": "2023"}
    return make_figure(value=value, printed=printed, **{**scope, **fields})


def found(stated: Figure):
    return compare([stated])[stated.pk]


class TestValues:
    def test_turnover_that_the_rows_give_within_its_rounding_agrees(self):
        report("KAZ", 2023, [("ZAF", "X", "", "100300000"), ("ZAF", "M", "", "40100000")])

        verification = found(figure("140000000", "$140 million"))

        assert verification.verdict == "agrees"
        assert verification.computation.estimate.value == Decimal("140400000")
        assert verification.computation.is_independent

    def test_turnover_that_the_rows_do_not_give_differs_by_the_rest(self):
        report("KAZ", 2023, [("ZAF", "X", "", "100000000"), ("ZAF", "M", "", "20000000")])

        verification = found(figure("140000000", "$140 million"))

        assert (verification.verdict, verification.difference) == ("differs", Decimal("20000000"))

    def test_exports_are_those_of_the_subject(self):
        report("ZAF", 2023, [("KAZ", "X", "", "18851276")])
        scope = {"subject": make_country("ZAF"), "counterpart": make_country("KAZ")}

        assert found(figure("18900000", "$18.9 million", measure="exports", **scope)).verdict == "agrees"

    def test_balance_is_exports_less_imports(self):
        report("KAZ", 2023, [("ZAF", "X", "", "100"), ("ZAF", "M", "", "140")])

        assert found(figure("-40", "-40", measure="balance")).verdict == "agrees"

    def test_years_of_a_span_are_added(self):
        for year in (2022, 2023):
            report("KAZ", year, [("ZAF", "X", "", "50")])

        assert found(figure("100", "100", measure="exports", period="2022/2023")).verdict == "agrees"

    def test_a_span_with_a_year_missing_is_not_computed(self):
        report("KAZ", 2023, [("ZAF", "X", "", "50")])

        verification = found(figure("100", "100", measure="exports", period="2022/2023"))

        assert verification.verdict == "cannot_be_checked"
        assert "2022–2023" in verification.reason

    def test_good_is_summed_from_what_is_below_it(self):
        report("KAZ", 2023, [("ZAF", "X", "250300", "30"), ("ZAF", "X", "270900", "70")])
        sulphur = make_commodity("2503")

        assert found(figure("30", "30", measure="exports", commodity=sulphur)).verdict == "agrees"


class TestRelative:
    def test_growth_is_over_the_year_before(self):
        report("KAZ", 2022, [("ZAF", "X", "", "100"), ("ZAF", "M", "", "100")])
        report("KAZ", 2023, [("ZAF", "X", "", "110"), ("ZAF", "M", "", "120")])

        stated = figure("15", "15%", measure="growth", base_measure="turnover", unit="percent")

        assert found(stated).verdict == "agrees"

    def test_growth_over_a_year_that_is_not_loaded_cannot_be_checked(self):
        report("KAZ", 2023, [("ZAF", "X", "", "110"), ("ZAF", "M", "", "120")])

        stated = figure("15", "15%", measure="growth", base_measure="turnover", unit="percent")

        assert found(stated).verdict == "cannot_be_checked"

    def test_share_of_a_good_is_of_all_goods(self):
        report("KAZ", 2023, [("ZAF", "X", "", "200"), ("ZAF", "X", "25", "128"), ("ZAF", "X", "2503", "128")])
        share = {"measure": "share", "base_measure": "exports", "unit": "percent", "commodity": make_commodity("2503")}

        assert found(figure("64", "64%", **share)).verdict == "agrees"
        assert found(figure("28.5", "28.5%", slug="other", **share)).verdict == "differs"


class TestWhoReports:
    def test_rows_of_both_sides_and_reconciled_ones_stand_beside_the_figure(self):
        report("KAZ", 2023, [("ZAF", "X", "", "100"), ("ZAF", "M", "", "40")])
        report("ZAF", 2023, [("KAZ", "M", "", "110"), ("KAZ", "X", "", "35")])
        report("ZAF", 2023, [("KAZ", "X", "", "37")], perspective="reconciled")
        report("KAZ", 2023, [("ZAF", "X", "", "104")], perspective="reconciled")

        verification = found(figure("140", "140"))

        values = [each.computation.estimate.value for each in verification.comparisons]
        assert values == [140, 145, 141]
        assert [str(each.label) for each in verification.comparisons] == [
            "Rows that Kazakhstan reports",
            "Rows that South Africa reports",
            "Reconciled rows",
        ]
        assert verification.verdict == "agrees"

    def test_sum_over_many_reporters_checks_nothing(self):
        make_bloc()
        area("KEN")
        report("ZAF", 2023, [("KAZ", "M", "", "110"), ("KAZ", "X", "", "35")])

        verification = found(figure("145", "145", counterpart=make_bloc()))

        assert verification.verdict == "cannot_be_checked"

    def test_kazakhstan_reports_its_trade_with_the_continent(self):
        africa = make_bloc()
        world = [("0", "X", "", "107"), ("0", "M", "", "40")]
        report("KAZ", 2023, [("ZAF", "X", "", "100"), ("KEN", "M", "", "40"), ("TUR", "X", "", "7"), *world])

        assert found(figure("140", "140", counterpart=africa)).verdict == "agrees"

    @pytest.mark.parametrize("world", [[], [("0", "X", "", "999"), ("0", "M", "", "40")]])
    def test_some_partners_are_not_the_continent(self, world):
        africa = make_bloc()
        report("KAZ", 2023, [("ZAF", "X", "", "100"), ("KEN", "M", "", "40"), *world])

        verification = found(figure("140", "140", counterpart=africa))

        assert verification.verdict == "cannot_be_checked"
        assert "an excerpt" in verification.reason

    def test_some_goods_are_not_all_of_them(self):
        report("KAZ", 2023, [("ZAF", "X", "2503", "100"), ("ZAF", "M", "1801", "40")])

        assert "an excerpt" in found(figure("140", "140")).reason

    def test_some_months_are_not_the_year(self):
        first = report("KAZ", 2023, [("ZAF", "X", "", "100"), ("ZAF", "M", "", "40")], month=1)
        report("KAZ", 2023, [("ZAF", "X", "", "100"), ("ZAF", "M", "", "40")], release=first.release, month=2)

        assert "not of the whole year" in found(figure("280", "280")).reason

    def test_reconciled_rows_of_one_direction_are_no_turnover(self):
        report("ZAF", 2023, [("KAZ", "X", "", "37")], perspective="reconciled")

        assert found(figure("37", "37")).verdict == "cannot_be_checked"
        assert found(figure("37", "37", slug="imports", measure="imports")).verdict == "agrees"


class TestWhyNot:
    def test_no_rows_of_the_year_are_loaded(self):
        assert found(figure("140", "140")).reason == ("No rows of trade statistics are loaded for 2023.")

    def test_rows_are_loaded_and_do_not_name_the_partner(self):
        report("KAZ", 2023, [("KEN", "X", "", "100")])
        area("ZAF")

        assert "do not tell this of the trade of Kazakhstan with South Africa" in found(figure("140", "140")).reason

    def test_number_of_half_a_year_is_not_in_rows_of_years(self):
        report("KAZ", 2023, [("ZAF", "X", "", "100"), ("ZAF", "M", "", "40")])

        assert "whole years" in found(figure("140", "140", period="2023-40")).reason

    def test_draft_release_checks_nothing(self):
        report("KAZ", 2023, [("ZAF", "X", "", "100"), ("ZAF", "M", "", "40")], status="draft")

        assert found(figure("140", "140")).verdict == "cannot_be_checked"

    def test_rand_are_not_held_against_dollars(self):
        report("KAZ", 2023, [("ZAF", "X", "", "100"), ("ZAF", "M", "", "40")])

        assert found(figure("140", "R140", unit="ZAR")).verdict == "cannot_be_checked"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stated=st.integers(1, 10**9), exports=st.integers(0, 10**9), imports=st.integers(0, 10**9))
def test_stated_and_computed_never_mix(db, stated, exports, imports):
    """Whatever rows say, the figure keeps what its source states, and whatever it states, rows give the same."""
    Figure.objects.all().delete()
    report("KAZ", 2023, [("ZAF", "X", "", str(exports)), ("ZAF", "M", "", str(imports))])
    record = figure(str(stated), str(stated))

    verification = found(record)

    record.refresh_from_db()
    assert (record.value, record.printed) == (stated, str(stated))
    assert verification.computation.estimate.value == exports + imports
    assert verification.agrees == (stated == exports + imports)


def test_number_of_queries_does_not_grow_with_figures(django_assert_num_queries, django_assert_max_num_queries):
    report("KAZ", 2023, [("ZAF", "X", "", "100"), ("ZAF", "M", "", "40")])
    figures = [figure(str(number), str(number), slug=f"figure-{number}") for number in range(1, 12)]
    compare(figures)

    with django_assert_max_num_queries(8):
        compare(figures)
