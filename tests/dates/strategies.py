"""Hypothesis strategies that write every form of date this site accepts."""

from calendar import monthrange

from hypothesis import strategies as st

from kzafrica.dates import ImpreciseDate

MARKS = st.sampled_from(["", "?", "~", "%"])
# The years this subject is about, and sometimes the ends of what a date can hold.
YEARS = st.one_of(st.integers(1990, 2035), st.integers(1, 9998))
SEASONS = [21, 22, 23]
WINTER = [24]
QUARTERS_AND_HALVES = [33, 34, 35, 36, 40, 41]

days = st.dates().map(str)
months = st.builds("{:04}-{:02}".format, YEARS, st.integers(1, 12))
years = st.builds("{:04}".format, YEARS)
seasons = st.builds("{:04}-{}".format, YEARS, st.sampled_from(SEASONS))
winters = st.builds("{:04}-{}".format, YEARS, st.sampled_from(WINTER))
quarters_and_halves = st.builds("{:04}-{}".format, YEARS, st.sampled_from(QUARTERS_AND_HALVES))
decades = st.builds("{:03}X".format, st.one_of(st.integers(190, 205), st.integers(1, 999)))
centuries = st.builds("{:02}XX".format, st.integers(1, 99))
unspecified = st.one_of(months.map("{}-XX".format), years.map("{}-XX".format), years.map("{}-XX-XX".format))

unmarked_terms = st.one_of(days, months, years, seasons, winters, quarters_and_halves, decades, centuries, unspecified)
terms = st.builds(str.__add__, unmarked_terms, MARKS)
half_open_intervals = st.builds(str.format, st.sampled_from(["{}/..", "../{}", "{}/", "/{}"]), terms)


@st.composite
def pairs_in_one_year(draw):
    """Two dates with much in common, whose words leave out what they share."""
    year, month = draw(YEARS), draw(st.integers(1, 12))
    day = st.integers(1, monthrange(year, month)[1]).map(lambda day: f"{year:04}-{month:02}-{day:02}")
    part = st.sampled_from([*range(1, 13), *SEASONS, *QUARTERS_AND_HALVES]).map(lambda part: f"{year:04}-{part:02}")
    term = st.builds(str.__add__, st.one_of(day, part), MARKS)
    return draw(term), draw(term)


any_two = st.one_of(st.tuples(terms, terms), pairs_in_one_year())


@st.composite
def closed_intervals(draw, pairs=any_two):
    start, end = draw(pairs)
    if ImpreciseDate.parse(end).is_certainly_before(ImpreciseDate.parse(start)):
        start, end = end, start
    return f"{start}/{end}"


edtf_texts = st.one_of(terms, half_open_intervals, closed_intervals())
imprecise_dates = edtf_texts.map(ImpreciseDate.parse)
