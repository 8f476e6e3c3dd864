"""Imprecise dates in queries, on whichever database the tests run."""

from datetime import date

import pytest
from django.core.exceptions import FieldError
from django.db.models import Q
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kzafrica.dates import DateError, ImpreciseDate
from tests.dates import strategies
from tests.dates.records import Milestone, Mission

parse = ImpreciseDate.parse


def names(queryset):
    return sorted(queryset.values_list("name", flat=True))


def test_a_date_is_found_by_its_text_and_by_its_absence(records):
    for name, opened in (("Algiers", "2024-12"), ("Nairobi", "2025-05"), ("Dakar", None)):
        Mission.objects.create(name=name, opened=opened)

    assert names(Mission.objects.filter(opened="2024-12")) == ["Algiers"]
    assert names(Mission.objects.filter(opened__in=["2024-12", parse("2025-05")])) == ["Algiers", "Nairobi"]
    assert names(Mission.objects.filter(opened__startswith="2025")) == ["Nairobi"]
    assert names(Mission.objects.filter(opened=None)) == ["Dakar"]
    assert names(Mission.objects.filter(opened__isnull=False)) == ["Algiers", "Nairobi"]
    assert names(Mission.objects.exclude(opened=None)) == ["Algiers", "Nairobi"]


def test_a_missing_record_has_no_date_either(records):
    rabat = Mission.objects.create(name="Rabat", opened="2020-12")
    Mission.objects.create(name="Casablanca", successor=rabat)

    assert names(Mission.objects.filter(successor__opened=None)) == ["Rabat"]
    assert names(Mission.objects.exclude(successor__opened="2020-12")) == ["Rabat"]
    assert names(Mission.objects.filter(milestones__date=None)) == ["Casablanca", "Rabat"]


@pytest.mark.parametrize("lookup", ["lt", "lte", "gt", "gte", "range", "year"])
def test_a_lookup_that_would_compare_texts_is_refused(lookup):
    with pytest.raises(FieldError):
        Mission.objects.filter(**{f"opened__{lookup}": "2025"})


def test_a_filter_by_what_is_not_a_date_is_refused():
    with pytest.raises(DateError):
        Mission.objects.filter(opened="2025-13")


def test_records_sort_by_earliest_then_latest_day_and_those_without_a_date_come_first(records):
    for opened in ("2025", "2025-01", "2024/..", None, "2024", "../2020"):
        Mission.objects.create(name=opened or "none", opened=opened)

    in_order = Mission.objects.values_list("name", flat=True)

    assert list(in_order) == ["none", "../2020", "2024/..", "2024", "2025-01", "2025"]


periods = st.tuples(*[st.none() | st.dates(date(2018, 1, 1), date(2030, 1, 1))] * 2).map(
    lambda days: days if None in days else tuple(sorted(days))
)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    dates=st.lists(st.none() | strategies.imprecise_dates, max_size=12),
    period=periods | strategies.imprecise_dates.map(lambda moment: (moment.earliest, moment.latest)),
)
def test_the_database_finds_the_dates_that_overlap_and_no_others(records, dates, period):
    Mission.objects.all().delete()
    Mission.objects.bulk_create([Mission(name=index, opened=moment) for index, moment in enumerate(dates)])

    found = Mission.objects.filter(opened__overlaps=period)
    others = Mission.objects.exclude(opened__overlaps=period)

    expected = [
        str(index)
        for index, moment in enumerate(dates)
        if (moment.overlaps(*period) if moment else period == (None, None))
    ]
    assert names(found) == sorted(expected)
    assert names(others) == sorted({str(index) for index in range(len(dates))} - set(expected))


@pytest.fixture
def network(records):
    """Rabat with two milestones, Nairobi with one, Dakar with none; Rabat took over from Casablanca."""
    rabat = Mission.objects.create(name="Rabat", opened="2020-12")
    nairobi = Mission.objects.create(name="Nairobi")
    Mission.objects.create(name="Dakar")
    Mission.objects.create(name="Casablanca", successor=rabat)
    for mission, moment in ((rabat, "2020-01"), (rabat, "2020-12"), (nairobi, "2025-05")):
        Milestone.objects.create(mission=mission, date=moment)


YEAR_2020 = (date(2020, 1, 1), date(2020, 12, 31))


def test_overlaps_reaches_across_joins(network):
    assert names(Mission.objects.filter(milestones__date__overlaps=YEAR_2020)) == ["Rabat", "Rabat"]
    assert names(Mission.objects.filter(successor__milestones__date__overlaps=YEAR_2020).distinct()) == ["Casablanca"]
    assert Milestone.objects.filter(mission__opened__overlaps=YEAR_2020).count() == 2


def test_overlaps_combines_with_other_conditions(network):
    in_2020_or_at_dakar = Q(milestones__date__overlaps=YEAR_2020) | Q(name="Dakar")

    assert names(Mission.objects.filter(in_2020_or_at_dakar).distinct()) == ["Dakar", "Rabat"]
    assert names(Mission.objects.filter(~Q(opened__overlaps=YEAR_2020), milestones__isnull=False)) == ["Nairobi"]


def test_exclusion_by_overlap_keeps_what_has_no_such_record(network):
    assert names(Mission.objects.exclude(milestones__date__overlaps=YEAR_2020)) == ["Casablanca", "Dakar", "Nairobi"]
    assert names(Mission.objects.exclude(successor__opened__overlaps=YEAR_2020)) == ["Dakar", "Nairobi", "Rabat"]


def test_overlaps_takes_an_imprecise_date(network):
    assert names(Mission.objects.filter(opened__overlaps=parse("2020-23/2020-24"))) == ["Rabat"]
    assert names(Mission.objects.filter(opened__overlaps=parse("2021/.."))) == []


@pytest.mark.parametrize("wrong", ["2025", date(2025, 1, 1), (date(2025, 1, 1),), ("2025-01-01", None), (1, 2, 3)])
def test_overlaps_refuses_what_is_not_a_period(wrong):
    with pytest.raises(TypeError, match="overlaps takes"):
        Mission.objects.filter(opened__overlaps=wrong)


def test_overlaps_refuses_a_period_that_ends_before_it_starts():
    with pytest.raises(DateError, match="its end lies before its start"):
        Mission.objects.filter(opened__overlaps=(date(2025, 1, 2), date(2025, 1, 1)))
