"""No parameter is ignored, and none that a reader can write breaks an answer."""

import base64
import json
from urllib.parse import quote

import django_filters
import pytest
from django.http import QueryDict
from django.urls import get_resolver
from django_filters.views import FilterView

from kzafrica.api import router
from kzafrica.filtering import OrderFilter, bad_parameters
from kzafrica.rest import column_of, mark_of_list, read_limit, sort_keys, write_cursor
from tests.api.resources import RESOURCES
from tests.factories import make_country, make_event, make_person, make_theme
from trade.totals_api import TotalsViewSet

pytestmark = pytest.mark.django_db

EVENTS = "/api/v1/events/"
# Each is refused by whatever does not take free words, and breaks nothing that does.
BAD_VALUES = (
    "zzz-nothing",
    "%",
    "%(value)s",
    "\x00",
    "☃" * 400,
    "-1",
    "9" * 30,
    "1e3",
    "2024-02-30",
    "0000-01-01",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
)
FREE_WORDS = {"q"}


def with_those_below(parent: type) -> set[type]:
    return {parent}.union(*(with_those_below(child) for child in parent.__subclasses__()))


def page_views() -> list[type[FilterView]]:
    """The list pages of the site that have filters."""
    views = [getattr(pattern.callback, "view_class", None) for pattern in patterns_below(get_resolver())]
    filtering = {view for view in views if view and issubclass(view, FilterView) and view.filterset_class}
    return sorted(filtering, key=lambda view: view.__name__)


def patterns_below(resolver) -> list:
    inner = [patterns_below(entry) if hasattr(entry, "url_patterns") else [entry] for entry in resolver.url_patterns]
    return [pattern for patterns in inner for pattern in patterns]


FILTERSETS = sorted(
    {cls for cls in with_those_below(django_filters.FilterSet) if cls._meta.model and "django" not in cls.__module__},
    key=lambda cls: cls.__name__,
)
API_LISTS = [viewset for _prefix, viewset, _name in router.registry if getattr(viewset, "queryset", None) is not None]


def asked(filterset: type[django_filters.FilterSet], **parameters):
    query = QueryDict(mutable=True)
    query.update(parameters)
    return filterset(query, queryset=filterset._meta.model.objects.all())


@pytest.mark.parametrize("filterset", FILTERSETS, ids=lambda cls: cls.__name__)
class TestFilterSet:
    @pytest.mark.parametrize("value", BAD_VALUES, ids=lambda value: value[:12].encode("unicode_escape").decode())
    def test_a_bad_value_is_refused_and_breaks_nothing(self, filterset, value):
        for name in filterset.base_filters:
            asked_for = asked(filterset, **{name: value})

            errors = bad_parameters(asked_for.data, asked_for)

            assert {parameter for parameter, _sentence, _nearest in errors} <= {name}
            if not errors:
                list(asked_for.qs)
            if value == "zzz-nothing":
                assert bool(errors) == (name not in FREE_WORDS), name

    def test_every_good_value_is_answered(self, filterset):
        """Only what the records of a list have can be asked of it: a state cites no source."""
        for name, filtering in filterset.base_filters.items():
            if isinstance(filtering, OrderFilter):
                continue  # Sorts by what the querysets of the views bring with them.
            choices = [str(key) for key, _label in getattr(filtering.field, "choices", ()) if key]
            for value in choices or ["2024"]:
                asked_for = asked(filterset, **{name: value})
                if not bad_parameters(asked_for.data, asked_for):
                    list(asked_for.qs)

    def test_an_unknown_name_is_answered_with_the_nearest(self, filterset):
        for name in filterset.base_filters:
            asked_for = asked(filterset, **{f"{name}x": "1"})

            # What a filter cannot do without is missed besides.
            errors = bad_parameters(asked_for.data, asked_for)
            [(parameter, sentence, nearest)] = [error for error in errors if error[0] not in filterset.base_filters]

            assert (parameter, nearest) == (f"{name}x", name)
            assert name in sentence


def test_every_list_of_the_api_has_a_filterset_that_is_tested():
    assert {viewset.filterset_class for viewset in API_LISTS if getattr(viewset, "filterset_class", None)} <= set(
        FILTERSETS
    )
    assert len(page_views()) > 12


# A list of several kinds of record, such as that of open promises, has no queryset of one and no document of its own.
LISTS_OF_ONE_KIND = [view for view in page_views() if view.queryset is not None]


@pytest.mark.parametrize("view", LISTS_OF_ONE_KIND, ids=lambda view: view.__name__)
def test_page_and_api_of_one_kind_of_record_share_their_filters(view):
    model = view.filterset_class._meta.model

    # Totals are computed from rows and parted by more than rows have.
    lists = [viewset for viewset in API_LISTS if viewset is not TotalsViewSet]
    of_api = {viewset.filterset_class for viewset in lists if viewset.queryset.model is model}

    assert of_api == {view.filterset_class}


@pytest.mark.parametrize("viewset", API_LISTS, ids=lambda viewset: viewset.__name__)
def test_no_list_is_sorted_by_a_column_that_may_be_null(viewset):
    """Databases do not agree where nothing stands among values, and a cursor could not go past it."""
    orders = [viewset.queryset.all()]
    for name, filtering in getattr(getattr(viewset, "filterset_class", None), "base_filters", {}).items():
        if isinstance(filtering, OrderFilter):
            orders += [filtering.filter(viewset.queryset.all(), choice) for choice in filtering.columns]
            assert name == "ordering"

    for queryset in orders:
        assert sort_keys(queryset)[-1].lstrip("-") == "pk"
        assert [key for key in sort_keys(queryset) if column_of(queryset, key).null] == []


@pytest.mark.parametrize(
    ("parameter", "value", "nearest"),
    [
        ("country", "CODD", "COD"),
        ("country", "xx", None),
        ("kind", "stat_visit", "state_visit"),
        ("status", "held?", "held"),
        ("theme", "minning", "mining"),
        ("person", "felix-tshisekedy", "felix-tshisekedi"),
        ("has_conflict", "yess", None),
        ("ordering", "dat", "date"),
        ("year", "20x4", None),
        ("year", "0", None),
        ("year", "12024", None),
        ("date_from", "2025-13-40", None),
        ("date_from", "10.09.2025", None),
        ("date_to", "2025-9-10T00:00", None),
        ("updated_since", "yesterday", None),
        ("limit", "0", "500"),
        ("limit", "501", "500"),
        ("limit", "-1", "500"),
        ("limit", "1000000000", "500"),
        ("limit", "000000001000", "500"),
        ("limit", "abc", "500"),
        ("limit", "٥", "500"),
        ("cursor", "abc", None),
        ("fields", "tittle", "title"),
        ("countri", "COD", "country"),
    ],
)
def test_what_cannot_be_taken_is_named(parameter, value, nearest, errors_at):
    make_country("COD")
    make_theme("Mining")
    make_person(name="Félix Tshisekedi")

    errors = errors_at(EVENTS, {parameter: value})

    assert errors.keys() == {parameter}
    assert errors[parameter].get("nearest") == nearest
    assert errors[parameter]["detail"].strip().endswith(".") or "?" in errors[parameter]["detail"]


def test_a_period_that_ends_before_it_starts_is_refused(errors_at, document_at):
    assert errors_at(EVENTS, {"date_from": "2025-09-11", "date_to": "2025-09-10"}).keys() == {"date_to"}
    assert document_at(EVENTS, {"date_from": "2025-09-10", "date_to": "2025-09-10"})["results"] == []


@pytest.mark.parametrize(
    "query", ["year=2024&year=2025", "limit=5&limit=5", "fields=id&fields=url", "format=json&format=json"]
)
def test_a_parameter_is_given_once(query, errors_at):
    assert errors_at(EVENTS, query).keys() == {query.split("=")[0]}


def test_every_fault_is_told_at_once(errors_at):
    errors = errors_at(EVENTS, {"year": "x", "kind": "visite", "colour": "red"})

    assert errors.keys() == {"year", "kind", "colour"}


def test_the_answer_to_a_bad_value_cannot_be_taken_for_a_page(client):
    answer = client.get(EVENTS, {"country": "<script>alert(1)</script>"})

    assert answer["Content-Type"] == "application/problem+json"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "html" not in answer["Content-Type"]


def test_tracking_marks_are_unknown_to_programs(errors_at):
    assert errors_at(EVENTS, {"utm_source": "mail"}).keys() == {"utm_source"}


@pytest.mark.parametrize("name", ["limit", "cursor", "fields", "format"])
def test_form_of_the_answer_may_be_left_empty_or_is_refused(name, client):
    assert client.get(EVENTS, {name: ""}).status_code == (200 if name in {"fields", "format"} else 400)


def written(document) -> str:
    """A cursor of the list of events, sound but for what is said."""
    if isinstance(document, dict):
        document = {"of": mark_of_list(EVENTS, {}), **document}
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "abc",
        "ä",
        "%00",
        "////",
        base64.urlsafe_b64encode(b"[" * 2900).decode(),
        written(None),
        written([1, "a", 1]),
        written({"values": [1, "a", 1]}),
        written({"backward": False}),
        written({"values": "abc", "backward": False}),
        written({"values": [1, "a"], "backward": False}),
        written({"values": [1, "a", 1, 1], "backward": False}),
        written({"values": [1, "a", 1], "backward": "no"}),
        written({"values": ["a", "a", 1], "backward": False}),
        written({"values": [1, "a", "a"], "backward": False}),
        written({"values": [1, "\x00", 1], "backward": False}),
        written({"values": [True, "a", 1], "backward": False}),
        written({"values": [1.5, "a", 1], "backward": False}),
        written({"values": [None, "a", 1], "backward": False}),
        written({"values": [[], "a", 1], "backward": False}),
        written({"values": [1, "a", 1], "backward": False, "of": mark_of_list(EVENTS, {"country": "COD"})}),
        written({"values": [1, "a", 1], "backward": False, "of": None}),
    ],
)
def test_a_cursor_that_is_not_ours_is_refused(cursor, errors_at):
    make_event()

    assert errors_at(EVENTS, f"cursor={quote(cursor, safe='%')}").keys() == {"cursor"}


def test_a_cursor_goes_on_in_its_own_list_alone(client, errors_at):
    cursor = written({"values": [1, "a", 1], "backward": False})

    assert client.get(EVENTS, {"cursor": cursor, "limit": 1, "fields": "id", "country": ""}).status_code == 200
    assert errors_at(EVENTS, {"cursor": cursor, "year": "2024"}).keys() == {"cursor"}


@pytest.mark.parametrize("moment", ["", "soon", "0001-01-01 00:00:00+14:00", "9999-12-31 23:59:59-12:00"])
def test_a_cursor_of_moments_holds_a_moment(moment, errors_at):
    asked = {"ordering": "updated"}
    cursor = write_cursor([moment, "a", 1], backward=False, of=mark_of_list(EVENTS, asked))

    assert errors_at(EVENTS, asked | {"cursor": cursor}).keys() == {"cursor"}


@pytest.mark.parametrize("resource", RESOURCES, ids=str)
def test_a_cursor_of_another_list_is_refused_or_harmless(resource, client):
    resource.make()

    for values in (
        [1],
        ["x"],
        ["x", "y"],
        [1, 1],
        ["2025-01-01", 1],
        ["x", "y", 1],
        [2**62, "x", 2**62],
        ["9" * 30, 1],
    ):
        cursor = write_cursor(values, backward=True, of=mark_of_list(resource.address, {}))
        answer = client.get(resource.address, {"cursor": cursor})

        assert answer.status_code in (200, 400)


def test_the_largest_and_smallest_limits_are_taken():
    assert [read_limit(text) for text in (None, "1", "050", "500")] == [50, 1, 50, 500]
