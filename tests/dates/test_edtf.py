"""What an EDTF text means in days, and which texts are refused."""

import copy
import pickle
from datetime import date

import pytest
from django.utils import translation
from edtf import parse_edtf
from hypothesis import assume, given
from hypothesis import strategies as st

from kzafrica.dates import DateError, ImpreciseDate
from tests.dates import strategies

parse = ImpreciseDate.parse
optional_days = st.none() | st.dates()


@given(strategies.edtf_texts)
def test_a_date_keeps_the_text_it_was_read_from(text):
    assert parse(text).edtf == str(parse(text)) == text


@given(strategies.edtf_texts)
def test_blanks_around_a_date_are_dropped(text):
    assert parse(f" {text}\n") == parse(text)


@given(strategies.imprecise_dates)
def test_the_earliest_day_is_not_after_the_latest(moment):
    assert moment.earliest or moment.latest
    assert moment.earliest is None or moment.latest is None or moment.earliest <= moment.latest


@given(strategies.unmarked_terms, strategies.MARKS)
def test_a_mark_never_widens_the_bounds(term, mark):
    marked, plain = parse(term + mark), parse(term)

    assert (marked.earliest, marked.latest) == (plain.earliest, plain.latest)


@given(strategies.closed_intervals())
def test_an_interval_lasts_from_the_earliest_day_of_its_start_to_the_latest_of_its_end(text):
    start, end = map(parse, text.split("/"))

    assert (parse(text).earliest, parse(text).latest) == (start.earliest, end.latest)


@given(strategies.half_open_intervals)
def test_an_open_or_unknown_end_is_no_bound(text):
    start, end = text.split("/")

    assert parse(text).earliest == (None if start in ("", "..") else parse(start).earliest)
    assert parse(text).latest == (None if end in ("", "..") else parse(end).latest)


@given(strategies.imprecise_dates, strategies.imprecise_dates)
def test_two_dates_are_equal_if_they_are_written_the_same(one, other):
    assert (one == other) == (one.edtf == other.edtf)
    assert hash(one) == hash(parse(one.edtf))


@given(strategies.imprecise_dates)
def test_a_date_survives_being_copied_and_pickled(moment):
    # A cached page and a task that waits in a queue both hold dates.
    assert pickle.loads(pickle.dumps(moment)).latest == moment.latest  # noqa: S301
    assert copy.deepcopy(moment) == moment


def test_a_date_cannot_be_changed():
    with pytest.raises(AttributeError):
        parse("2025").edtf = "2026"


# What each form means, the last days of February among it. EDTF leaves the months of the seasons to us.
@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025-09-10", "2025-09-10", "2025-09-10"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("2025-21", "2025-03-01", "2025-05-31"),
        ("2025-22", "2025-06-01", "2025-08-31"),
        ("2025-23", "2025-09-01", "2025-11-30"),
        ("2025-24", "2025-12-01", "2026-02-28"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2025-33", "2025-01-01", "2025-03-31"),
        ("2025-36", "2025-10-01", "2025-12-31"),
        ("2025-40", "2025-01-01", "2025-06-30"),
        ("2025-41", "2025-07-01", "2025-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("999X", "9990-01-01", "9999-12-31"),
        ("2025-XX", "2025-01-01", "2025-12-31"),
        ("2025-02-XX", "2025-02-01", "2025-02-28"),
        ("2025-XX-XX", "2025-01-01", "2025-12-31"),
        ("2025-02~/2025-03-04", "2025-02-01", "2025-03-04"),
        ("2025-09/2025-09-01", "2025-09-01", "2025-09-01"),
        ("2005/..", "2005-01-01", None),
        ("2005/", "2005-01-01", None),
        ("../2020-12", None, "2020-12-31"),
        ("/2020-12", None, "2020-12-31"),
    ],
)
def test_each_form_has_its_days(text, earliest, latest):
    moment = parse(text)

    assert (moment.earliest and str(moment.earliest), moment.latest and str(moment.latest)) == (earliest, latest)


# The other parser knows no quarters or halves inside an interval, no mark on a season, and no unspecified digits in
# an interval that is not of days; it ends a winter in the December it began, and reckons ten years for an unknown end.
# An open end it gives as infinity. None of these is asked of it.
oracle_terms = st.one_of(
    st.builds(str.__add__, st.one_of(strategies.days, strategies.months, strategies.years), strategies.MARKS),
    strategies.decades,
    strategies.centuries,
    strategies.unspecified,
    strategies.seasons,
    strategies.quarters_and_halves,
)
oracle_ends = st.builds(
    str.__add__, st.one_of(strategies.days, strategies.months, strategies.years), strategies.MARKS
) | st.one_of(strategies.seasons)
oracle_intervals = strategies.closed_intervals(st.tuples(oracle_ends, oracle_ends))


@given(oracle_terms | oracle_intervals)
def test_the_days_agree_with_an_independent_parser(text):
    theirs, ours = parse_edtf(text), parse(text)

    assert tuple(theirs.lower_strict()[:3]) == ours.earliest.timetuple()[:3]
    assert tuple(theirs.upper_strict()[:3]) == ours.latest.timetuple()[:3]


@given(st.lists(strategies.imprecise_dates))
def test_dates_sort_by_their_order(moments):
    in_order = sorted(moments)

    assert [moment.order for moment in in_order] == sorted(moment.order for moment in moments)


@given(strategies.imprecise_dates, strategies.imprecise_dates)
def test_order_is_by_earliest_then_by_latest_day_and_no_bound_comes_first(one, other):
    def bounds(moment):
        return moment.earliest or date.min, moment.latest or date.min

    assume(date.min not in (one.earliest, one.latest, other.earliest, other.latest))

    assert (one.order < other.order) == (bounds(one) < bounds(other))
    assert one.order > 0


@given(strategies.imprecise_dates, strategies.imprecise_dates)
def test_exactly_one_of_two_different_dates_comes_first(one, other):
    assert (one < other) + (other < one) + (one == other) == 1
    assert (one <= other) == (not other < one)


def test_a_date_does_not_sort_among_texts():
    with pytest.raises(TypeError):
        assert parse("2025") < "2026"


@given(strategies.imprecise_dates, optional_days, optional_days)
def test_a_date_overlaps_a_period_unless_it_lies_wholly_on_one_side(moment, start, end):
    assume(start is None or end is None or start <= end)

    before = start is not None and moment.latest is not None and moment.latest < start
    after = end is not None and moment.earliest is not None and moment.earliest > end

    assert moment.overlaps(start, end) is not (before or after)


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(DateError, match='"2025-02-01/2025-01-01" is not a period: its end lies before its start'):
        parse("2025").overlaps(date(2025, 2, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("2024", "2025-01-01", True),
        ("2024", "2024-12-31", False),
        ("../2020-12", "2021/..", True),
        ("2005/..", "2025", False),
        ("2005", "../2025", False),
    ],
)
def test_a_date_is_certainly_before_another_only_if_no_day_of_them_is_shared_or_missing(one, other, answer):
    assert parse(one).is_certainly_before(parse(other)) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2025-09-10", True),
        ("2025-09-10%", True),
        ("2025-09-10/2025-09-10", True),
        ("2025-09", False),
        ("2005/..", False),
    ],
)
def test_only_one_single_day_is_a_day(text, answer):
    assert parse(text).is_day is answer


@pytest.mark.parametrize(
    ("text", "is_approximate", "is_uncertain"),
    [
        ("2014", False, False),
        ("2014~", True, False),
        ("2014?", False, True),
        ("2014%", True, True),
        ("2014/2015~", True, False),
        ("2014?/..", False, True),
        ("/2015~", True, False),
    ],
)
def test_a_date_tells_how_it_is_marked(text, is_approximate, is_uncertain):
    assert (parse(text).is_approximate, parse(text).is_uncertain) == (is_approximate, is_uncertain)


# What people write, what they are told about it, and where the advice differs what would be right.
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2025-13", "there is no month 13"),
        ("2025-00", "there is no month 00"),
        ("2025-26", "there is no month 26"),
        ("2025-21-03", "there is no month 21"),
        ("2023-02-29", "there is no day 29 in 2023-02"),
        ("2025-09-31", "there is no day 31 in 2025-09"),
        ("2025-09-00", "there is no day 00 in 2025-09"),
        ("0000", "years run from 0001 to 9999"),
        ("000X", "years run from 0001 to 9999"),
        ("9999-24", "that winter ends after the year 9999"),
        ("2025-9-1", "month and day have two digits each"),
        ("2025-9", "month and day have two digits each"),
        ("10.09.2025", "year, month, day is the order"),
        ("10-09-2025", "year, month, day is the order"),
        ("2025.09.10", "hyphens join year, month and day"),
        ("20250910", "hyphens join year, month and day"),
        ("2025/09/10", "an interval has one slash, and a day has hyphens"),
        ("2025-09-09/10", "it starts with four digits of a year, and so does an end"),
        ("late 2023", "words are not read here, only numbers and signs"),
        ("конец 2023", "words are not read here, only numbers and signs"),
        ("202x", "an unknown digit is a capital X"),
        ("2025-xx", "an unknown digit is a capital X"),
        ("2025-09-Xx", "an unknown digit is a capital X"),
        ("2XXX", "X stands for a whole day or month, or for the last digits of a lone year"),
        ("202X-09", "X stands for a whole day or month, or for the last digits of a lone year"),
        ("2025-XX-10", "X stands for a whole day or month, or for the last digits of a lone year"),
        ("2025-1X", "X stands for a whole day or month, or for the last digits of a lone year"),
        ("2025-W37", "write a week as its first and last day, 2025-09-08/2025-09-14"),
        ("2025-09-10T12:00", "it has a time of day, which is not kept here"),
        ("[2025,2026]", "sets of dates are not kept here"),
        ("{2025..2026}", "sets of dates are not kept here"),
        ("2014?~", "it has two marks, and % alone says both about and uncertain"),
        ("2025~-09", "a mark ?, ~ or % stands behind the whole date"),
        ("~2025", "a mark ?, ~ or % stands behind the whole date"),
        ("../..", "neither its start nor its end is given"),
        ("/", "neither its start nor its end is given"),
        ("../", "neither its start nor its end is given"),
        ("/..", "neither its start nor its end is given"),
        ("..", "two dots stand alone on their side of a slash, where a date is open"),
        ("2005/...", "two dots stand alone on their side of a slash, where a date is open"),
        ("2025-09-09 / 2025-09-10", "no blank stands inside one"),
        ("2013–2014", "a slash joins the two ends of an interval"),
        ("-0044", "it has none of the forms that are read here"),
        ("٢٠٢٥", "it has none of the forms that are read here"),
        ("2025-13/2026", "there is no month 13"),
        ("2025/2026-9", "month and day have two digits each"),
    ],
)
def test_what_is_not_a_date_is_refused_with_its_reason_and_an_example(text, told):
    with pytest.raises(DateError) as refused:
        parse(text)

    assert str(refused.value) == (
        f'"{text}" is not a date: {told}. Write for example 2025-09-10, 2025-09, 2025, 2025-21 (spring 2025), '
        "2025-40 (first half), 2014~ (about) or 2005/.. (since)."
    )


@pytest.mark.parametrize("text", ["2025/2024", "2025-09-10/2025-09-09", "2025-22~/2025-05?"])
def test_an_interval_that_ends_before_it_starts_is_refused(text):
    with pytest.raises(DateError) as refused:
        parse(text)

    assert str(refused.value) == (
        f'"{text}" is not a date: its end lies before its start. Write the earlier date first, for example 2013/2014.'
    )


def test_an_empty_text_is_refused():
    with pytest.raises(DateError, match=r"^An empty text is not a date\. Write for example"):
        parse("  ")


def test_a_long_text_is_quoted_in_part():
    with pytest.raises(DateError) as refused:
        parse("2025-09-10 " * 1000)

    assert len(str(refused.value)) < 300


@given(st.text() | st.text(alphabet="0123456789X-/.?~% "))
def test_any_text_is_a_date_or_refused(text):
    try:
        moment = parse(text)
    except DateError as refused:
        assert str(refused)
    else:
        assert moment.edtf == text.strip()


def test_a_refusal_speaks_the_language_of_whoever_reads_it():
    with pytest.raises(DateError) as refused:
        parse("2025-13")

    with translation.override("en"):
        assert "there is no month 13" in str(refused.value)
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)  # noqa: S301


@pytest.mark.parametrize("text", ["2025-09-10", "2025-09-09/2025-09-10", "2025-09-10/2025-09-10"])
def test_certain_days_are_exact(text):
    assert parse(text).is_exact


@pytest.mark.parametrize(
    "text",
    [
        "2025-09",
        "2025",
        "2025-21",
        "202X",
        "2025-09-XX",
        "2025-09-10~",
        "2025-09-10?",
        "2025-09-10%",
        "2025-09-09/2025-09-10?",
        "2025-09-09~/2025-09-10",
        "2025-09-09/2025-09",
        "2025-09-10/..",
        "../2025-09-10",
        "2025-09-10/",
        "/2025-09-10",
    ],
)
def test_what_is_marked_open_or_longer_than_a_day_is_not_exact(text):
    assert not parse(text).is_exact
