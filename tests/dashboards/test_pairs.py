"""Trade of a pair: three reports beside each other, never added, with the gap between the first two."""

from decimal import Decimal

import pytest

from tests.dashboards.rows import area, forget, report
from tests.factories import make_bloc
from trade.catalogue import catalogue
from trade.pairs import years_between

pytestmark = pytest.mark.django_db


def years(first: str = "country/KAZ", other: str = "country/ZAF", **options):
    known = catalogue()
    return years_between(known, known.sides[first], known.sides[other], **options)


def test_each_report_stands_for_itself():
    report("KAZ", 2023, [("ZAF", "X", "", "100"), ("ZAF", "M", "", "40")])
    report("ZAF", 2023, [("KAZ", "M", "", "110"), ("KAZ", "X", "", "35")])
    report("ZAF", 2023, [("KAZ", "X", "", "37")], perspective="reconciled")

    (year,) = years()

    assert (year.own.exports.value, year.own.imports.value) == (100, 40)
    assert (year.mirror.exports.value, year.mirror.imports.value) == (110, 35)
    assert (year.reconciled.exports, year.reconciled.imports.value) == (None, 37)
    assert (year.own.turnover, year.own.balance) == (140, 60)


def test_gap_is_what_arrives_less_what_leaves():
    report("KAZ", 2023, [("ZAF", "X", "", "100"), ("ZAF", "M", "", "40")])
    report("ZAF", 2023, [("KAZ", "M", "", "110"), ("KAZ", "X", "", "35")])

    (year,) = years()

    assert (year.export_gap, year.import_gap) == (10, 5)
    assert year.has_gap


def test_reconciled_rows_enter_no_gap():
    report("KAZ", 2023, [("ZAF", "X", "", "100")])
    report("ZAF", 2023, [("KAZ", "X", "", "37")], perspective="reconciled")

    (year,) = years()

    assert not year.has_gap


def test_reports_of_many_states_have_no_gap():
    make_africa()
    report("KAZ", 2023, [("ZAF", "X", "", "100"), ("KEN", "X", "", "50")])
    report("ZAF", 2023, [("KAZ", "M", "", "110")])

    (year,) = years(other="bloc/002")

    assert (year.own.exports.value, year.mirror.exports.value, year.mirror.exports.reporters) == (150, 110, 1)
    assert not year.has_gap


def test_growth_is_over_the_year_before_and_no_other():
    for year, value in ((2020, "50"), (2022, "100"), (2023, "150")):
        report("KAZ", year, [("ZAF", "X", "", value), ("ZAF", "M", "", value)])

    assert [year.growth for year in years()] == [None, None, Decimal(50)]


def test_re_exports_are_not_added_to_exports():
    report("KAZ", 2023, [("ZAF", "X", "", "100"), ("ZAF", "RX", "", "30")])

    (year,) = years()

    assert year.own.exports.value == 100


def test_one_good_is_its_own_trade():
    report("KAZ", 2023, [("ZAF", "X", "", "100"), ("ZAF", "X", "25", "60"), ("ZAF", "X", "2503", "60")])

    assert [year.own.exports.value for year in years(hs="2503")] == [60]
    assert years(hs="2709") == []


def test_missing_value_is_no_zero():
    report("KAZ", 2023, [("ZAF", "X", "", None), ("ZAF", "M", "", "0")])

    (year,) = years()

    assert year.own.exports is None
    assert year.own.imports.value == 0


def test_of_two_sources_of_a_year_the_one_released_last_counts_alone():
    report("KAZ", 2023, [("ZAF", "X", "", "100")])
    later = report("KAZ", 2023, [("ZAF", "X", "", "103")])
    later.release.released_on = "2030-01-01"
    later.release.save()
    forget()

    (year,) = years()

    assert year.own.exports.value == 103


def test_draft_release_tells_nothing():
    report("KAZ", 2023, [("ZAF", "X", "", "100")], status="draft")

    assert years() == []


def test_months_make_a_year_where_there_is_no_year():
    first = report("KAZ", 2023, [("ZAF", "X", "", "10")], month=1)
    report("KAZ", 2023, [("ZAF", "X", "", "15")], release=first.release, month=2)

    assert [year.own.exports.value for year in years()] == [25]


def test_year_wins_over_its_months():
    first = report("KAZ", 2023, [("ZAF", "X", "", "10")], month=1)
    report("KAZ", 2023, [("ZAF", "X", "", "150")], release=first.release)

    assert [year.own.exports.value for year in years()] == [150]


def test_source_with_the_whole_year_wins_over_a_later_one_with_a_month():
    report("KAZ", 2023, [("ZAF", "X", "", "1200")])
    report("KAZ", 2023, [("ZAF", "X", "", "90")], month=1)

    (year,) = years()

    assert (year.own.exports.value, year.own.months) == (1200, 12)


def test_part_of_a_year_has_no_growth():
    report("KAZ", 2022, [("ZAF", "X", "", "1200"), ("ZAF", "M", "", "1")])
    report("KAZ", 2023, [("ZAF", "X", "", "90"), ("ZAF", "M", "", "1")], month=1)

    assert [(year.own.months, year.growth) for year in years()] == [(12, None), (1, None)]


def test_two_editions_of_a_year_are_counted_once():
    first = report("KAZ", 2023, [("ZAF", "X", "", "10")], edition="H5", is_converted=True)
    report("KAZ", 2023, [("ZAF", "X", "", "11")], release=first.release, edition="H6")

    assert [year.own.exports.value for year in years()] == [11]


def make_africa():
    make_bloc()
    for code in ("ZAF", "KEN", "KAZ"):
        area(code)
