"""An age never says more than its date: the true age of each day that the date may be lies within the words."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kzafrica.ages import Age, age_of, months_between
from kzafrica.dates import ImpreciseDate
from tests.dates.strategies import imprecise_dates

TODAY = date(2026, 1, 31)
TODAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))


def said(text: str, today: date = TODAY) -> str:
    age = age_of(ImpreciseDate.parse(text), today)
    return age.text() if age else ""


def is_within(months: int, words: str) -> bool:
    """Whether an age in months that are over is one of those that the words allow."""
    numbers = [int(digits) for digits in re.findall(r"\d+", words)]
    age = months if "month" in words else months // 12
    match words.split()[0]:
        case "less":
            return months == 0
        case "about":
            return -6 <= months - 12 * numbers[0] < 6
        case "up":
            return age <= numbers[0]
        case "at":
            return age >= numbers[0]
    return numbers[0] <= age <= numbers[-1]


@st.composite
def days_within(draw, dates=imprecise_dates):
    """A date and a day that it may be."""
    period = draw(dates)
    earliest, latest = period.earliest or date.min, period.latest or date.max
    return period, draw(st.dates(earliest, latest))


@given(days_within(), TODAYS)
def test_the_true_age_of_every_day_lies_within_what_is_said(dated, today):
    period, day = dated
    age = age_of(period, today)
    assume(age is not None and day <= today)

    true_age = months_between(day, today)
    assert age.shortest <= true_age
    assert age.longest is None or true_age <= age.longest
    assert is_within(true_age, age.text()), (true_age, age.text())


@given(imprecise_dates, TODAYS)
def test_nothing_is_said_only_where_nothing_is_known(period, today):
    is_to_come = period.earliest is not None and period.earliest > today
    leaves_all_open = period.earliest is None and (period.latest is None or months_between(period.latest, today) == 0)

    assert (age_of(period, today) is None) == (is_to_come or leaves_all_open)


@given(st.dates(date(1000, 1, 1)), st.integers(0, 4000))
def test_months_that_are_over_grow_with_time(start, days):
    end = min(start, date.max - timedelta(days=days)) + timedelta(days=days)
    start = min(start, end)

    assert months_between(start, end) >= 0
    assert abs((end - start).days - months_between(start, end) * 30.44) < 34


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-01-15", "less than a month"),
        ("2025-12-31", "1 month"),
        ("2024-11-20", "14 months"),
        ("2025", "1 to 12 months"),
        ("2025-09-09/2025-09-10", "4 months"),
        ("2026-01-01/2026-06-30", "less than a month"),
        ("2025-12/2026-02", "up to 1 month"),
        ("2024-01-20", "about 2 years"),
        ("2023-10~/2023-12~", "about 2 years"),
        ("2023", "2 to 3 years"),
        ("2022-12-31/2025", "up to 3 years"),
        ("202X", "up to 6 years"),
        ("/2022-12", "at least 3 years"),
        ("../2025-01", "at least 12 months"),
        ("2005/..", "up to 21 years"),
        ("2026-02", ""),
        ("../2026-06", ""),
    ],
)
def test_ages_in_words(text, words):
    assert said(text) == words


def test_one_of_a_thing_is_said_in_the_singular():
    assert Age(1, 1).text() == "1 month"
    assert Age(1, None).text() == "at least 1 month"
    assert Age(0, 1).text() == "up to 1 month"


def test_no_date_has_no_age():
    assert age_of(None, TODAY) is None


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 1, 31), date(2025, 2, 28), 0),
        (date(2025, 1, 31), date(2025, 3, 1), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2025, 9, 10), date(2026, 9, 10), 12),
        (date(2026, 9, 10), date(2025, 9, 10), 0),
    ],
)
def test_a_month_is_over_on_the_day_of_its_number(start, end, months):
    assert months_between(start, end) == months
