"""The law of dates in linked data: none says more than the record does."""

from calendar import monthrange
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kzafrica.dates import ImpreciseDate
from kzafrica.linked_data import coverage, iso_day, iso_span

YEARS = st.integers(1900, 2099).map(str)
PARTS = st.sampled_from(["", "-05", "-05-12", "-21", "-24", "-33", "-40", "-XX", "-05-XX", "-XX-XX"])
TERMS = st.builds(
    lambda year, part, mark: f"{year}{part}{mark}", YEARS, PARTS, st.sampled_from(["", "", "~", "?", "%"])
)
SINGLE = TERMS | st.sampled_from(["202X", "20XX"])
INTERVALS = st.builds(
    lambda first, years, part: f"{first}{part}/{int(first) + years}{part}",
    YEARS,
    st.integers(1, 9),
    st.sampled_from(["", "-05", "-05-12", "~", "-05?"]),
) | st.sampled_from(["2005/..", "../2024-12", "2005/", "/2024"])


def days_of(written: str) -> tuple[date, date]:
    """The first and last day that an ISO 8601 date allows."""
    year, month, day = ([int(part) for part in written.split("-")] + [None, None])[:3]
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


@settings(max_examples=60, deadline=None)
@given(SINGLE)
def test_a_date_is_said_neither_more_nor_less_precisely_than_it_is_known(edtf):
    known = ImpreciseDate.parse(edtf)

    said = iso_day(known)

    assert said is None or days_of(said) == (known.earliest, known.latest)


@settings(max_examples=60, deadline=None)
@given(SINGLE | INTERVALS)
def test_a_marked_date_is_not_said_as_if_it_were_certain(edtf):
    known = ImpreciseDate.parse(edtf)

    if known.is_approximate or known.is_uncertain:
        assert coverage(known) is None
        assert iso_day(known) is None


@settings(max_examples=60, deadline=None)
@given(INTERVALS)
def test_the_ends_of_a_span_hold_the_days_between_which_it_lies(edtf):
    known = ImpreciseDate.parse(edtf)

    span = iso_span(known)

    assert "startDate" not in span or days_of(span["startDate"])[0] == known.earliest
    assert "endDate" not in span or days_of(span["endDate"])[1] == known.latest


def test_a_season_and_a_half_year_have_no_first_day():
    assert [iso_span(ImpreciseDate.parse(edtf)) for edtf in ("2025-21", "2025-40", "202X")] == [{}, {}, {}]
    assert coverage(ImpreciseDate.parse("2025-21")) == "2025-03-01/2025-05-31"


def test_an_open_end_stays_open():
    assert coverage(ImpreciseDate.parse("2005/..")) == "2005-01-01/.."
    assert iso_span(ImpreciseDate.parse("2005/..")) == {"startDate": "2005"}
    # Some time before its end: nothing ended then.
    assert iso_span(ImpreciseDate.parse("../2024-12")) == {}
