"""Questions to a list, generated from the filters that its FilterSet declares."""

from collections.abc import Mapping
from datetime import date, timedelta

import django_filters
from hypothesis import strategies as st

from kzafrica.filtering import (
    DayFilter,
    KeyFilter,
    MomentFilter,
    OrderFilter,
    StrictChoiceFilter,
    YearFilter,
    YesNoFilter,
)
from tests.filters_law.world import BOUNDS, WORDS

# The first and last days of the dates in the world, and the days beside them, where a comparison is easily off by one.
EDGES = sorted(
    {bound + timedelta(days=shift) for bounds in BOUNDS.values() for bound in bounds if bound for shift in (-1, 0, 1)}
)
DAYS = st.one_of(st.sampled_from(EDGES), st.dates(date(2019, 1, 1), date(2030, 12, 31))).map(str)
YEARS = st.one_of(st.integers(2019, 2031), st.sampled_from([1, 9999])).map(str)
MOMENTS = st.sampled_from(["2000-01-01", "2000-01-01T12:00:00+05:00", "2999-12-31", "2999-12-31T00:00:00Z"])
PIECES = [word[start:end] for word in WORDS for start, end in ((0, None), (1, 5), (0, 2))]
PHRASES = st.one_of(
    st.sampled_from([*PIECES, "КОПЕР", "медь", "COPPER", "%", "_", "1", "  ", "не то"]), st.text(max_size=4)
)


def values_of(filter_: django_filters.Filter) -> st.SearchStrategy[str]:
    """What a filter may be asked for, in any case. Raises LookupError for a kind of filter that nobody has told of."""
    match filter_:
        case OrderFilter() | StrictChoiceFilter():
            return st.sampled_from([value for value, _label in filter_.field.choices if value]).flatmap(in_any_case)
        case KeyFilter():
            key = filter_.extra["to_field_name"]
            keys = list(filter_.queryset.order_by(key).values_list(key, flat=True))
            return st.sampled_from(keys).flatmap(in_any_case) if keys else st.nothing()
        case YesNoFilter():
            return st.sampled_from(["true", "false", "True"])
        case DayFilter():
            return DAYS
        case YearFilter():
            return YEARS
        case MomentFilter():
            return MOMENTS
        case django_filters.CharFilter():
            return PHRASES
    raise LookupError(f"Nothing is known to ask of a {type(filter_).__name__}.")


def in_any_case(value: str) -> st.SearchStrategy[str]:
    return st.sampled_from([value, value, value.lower(), value.upper()])


def questions_to(filterset_class: type[django_filters.FilterSet]) -> st.SearchStrategy[dict[str, str]]:
    return questions(filterset_class.base_filters)


def questions(filters: Mapping[str, django_filters.Filter]) -> st.SearchStrategy[dict[str, str]]:
    """Up to three filters together, each with a value; some are refused, as a period that ends before it starts."""
    answers = {name: values_of(filter_) for name, filter_ in filters.items()}
    known = [name for name, values in answers.items() if not values.is_empty]
    names = st.lists(st.sampled_from(known), max_size=3, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: answers[name] for name in chosen}))
