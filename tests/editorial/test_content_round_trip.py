"""Whatever an event says, reading it back says the same, and parts that say the same stay the same rows."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.choices import (
    AnnouncementKind,
    Attendance,
    EventKind,
    EventLevel,
    Occurrence,
    OutcomeKind,
    ParticipationRole,
)
from events.models import Event
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.choices import Basis
from kzafrica.editorial.content import completed, content_of
from kzafrica.statements.models import Figure
from tests.dates.strategies import edtf_texts
from tests.factories import (
    MAKERS,
    make_country,
    make_event,
    make_figure,
    make_office,
    make_organization,
    make_person,
    make_record,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db
on_one_database = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

COUNTRIES, PEOPLE, THEMES, SOURCES = ["KAZ", "COD", "NAM"], ["aigerim", "bolat"], ["aid", "mining"], ["decree", "paper"]


@pytest.fixture
def world(monkeypatch):
    """The records that generated events may name, at the end of all days: every date that is written has been."""
    monkeypatch.setattr("events.models.localdate", lambda: date.max)
    for alpha3 in COUNTRIES:
        make_country(alpha3)
    for slug in PEOPLE:
        make_person(slug=slug)
    for slug in SOURCES:
        make_source(slug=slug)
    for slug in THEMES:
        make_theme(slug=slug)
    make_office(slug="minister")
    make_organization(slug="ministry")


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


def said(**fields) -> st.SearchStrategy[dict]:
    """Mappings of some of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


def citations(*fields: str) -> st.SearchStrategy[list[dict]]:
    supporting = st.fixed_dictionaries(
        {"source": st.sampled_from(SOURCES)},
        optional={"field": st.sampled_from(fields), "locator": words, "as_printed": words, "note": words},
    )
    differing = st.builds(dict.__or__, supporting, st.fixed_dictionaries({"stated": words, "reason": words}))
    # Left to its default where it is literal, as content says it.
    inferred = st.builds(lambda citation: citation | {"basis": Basis.INFERRED.value}, supporting)
    said_once = [lambda row: tuple(row.get(name, "") for name in ("source", "field", "stated", "locator"))]
    return st.lists(supporting | differing | inferred, max_size=3, unique_by=tuple(said_once))


someone = st.one_of(
    st.fixed_dictionaries({"country": st.sampled_from(COUNTRIES)}),
    st.fixed_dictionaries({"person": st.sampled_from(PEOPLE)}, optional={"office": st.just("minister")}),
    st.fixed_dictionaries({"organization": st.just("ministry")}),
)
participations = st.builds(
    dict.__or__,
    someone,
    said(
        role=st.sampled_from(ParticipationRole.values),
        attendance=st.sampled_from(Attendance.values),
        capacity=words,
        citations=citations("person", "role"),
    ),
)
outcomes = st.fixed_dictionaries(
    {"kind": st.sampled_from(OutcomeKind.values), "text_en": words},
    optional={"text_fr": words, "theme": st.sampled_from(THEMES), "citations": citations("text_en")},
)
announcements = st.fixed_dictionaries(
    {"kind": st.sampled_from([AnnouncementKind.POSTPONED, AnnouncementKind.CANCELLED])},
    optional={"made": edtf_texts, "planned": edtf_texts, "note": words, "citations": citations("planned")},
)
events = st.fixed_dictionaries(
    {
        "slug": st.just("visit"),
        "title_en": words,
        "kind": st.sampled_from(EventKind.values),
        "level": st.sampled_from(EventLevel.values),
    },
    optional={
        "title_ru": words,
        "occurrence": st.sampled_from([Occurrence.HELD, Occurrence.CANCELLED, Occurrence.NOT_KNOWN]),
        "announcements": st.lists(announcements, max_size=3),
        "date": edtf_texts,
        "host": st.sampled_from(COUNTRIES),
        "venue": words,
        "themes": st.lists(st.sampled_from(THEMES), unique=True),
        "participations": st.lists(participations, max_size=4),
        "outcomes": st.lists(outcomes, max_size=4),
        "citations": citations("date", "kind"),
    },
)


@contextmanager
def undone():
    """What one example writes is gone before the next."""
    savepoint = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(savepoint)


def event_saying(content: dict) -> Event:
    event = Event()
    apply_content(event, content)
    return Event.objects.get(pk=event.pk)


def rows_of(event: Event) -> dict[str, list[int]]:
    parts = [*event.announcements.all(), *event.participations.all(), *event.outcomes.all()]
    cited = [event, *parts]
    return {
        "parts": [part.pk for part in parts],
        "citations": [citation.pk for record in cited for citation in record.citations.all()],
    }


@on_one_database
@given(content=events)
def test_an_event_says_what_was_read_into_it(world, content):
    with undone():
        event = event_saying(content)

        assert content_of(event) == completed(Event, content)


@on_one_database
@given(content=events)
def test_reading_an_event_back_changes_nothing(world, content):
    with undone():
        event = event_saying(content)
        said_before, rows_before = content_of(event), rows_of(event)

        apply_content(event, said_before)

        event = Event.objects.get(pk=event.pk)
        assert content_of(event) == said_before
        assert rows_of(event) == rows_before


@on_one_database
@given(old=events, new=events)
def test_an_event_says_the_new_content_whatever_it_said_before(world, old, new):
    with undone():
        event = event_saying(old)

        apply_content(event, new)

        assert content_of(Event.objects.get(pk=event.pk)) == completed(Event, new)


@on_one_database
@given(content=events, order=st.randoms(use_true_random=False))
def test_parts_in_another_order_keep_their_rows(world, content, order):
    with undone():
        event = event_saying(content)
        said_before = {outcome.pk: content_of(outcome) for outcome in event.outcomes.all()}
        shuffled = content_of(event)
        order.shuffle(shuffled.setdefault("outcomes", []))

        apply_content(event, shuffled)

        assert {outcome.pk: content_of(outcome) for outcome in event.outcomes.all()} == said_before
        assert [content_of(outcome) for outcome in event.outcomes.all()] == shuffled["outcomes"]


@on_one_database
@given(value=st.decimals(min_value=-(10**14), max_value=10**14, places=4))
def test_a_number_keeps_its_value_to_the_last_digit(world, value):
    with undone():
        figure = make_figure(value=value)

        apply_content(figure, content_of(figure))

        kept = Figure.objects.get(pk=figure.pk)
        assert kept.value == value
        assert Decimal(content_of(kept)["value"]) == value


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.model_name)
def test_reading_any_record_back_changes_nothing(model):
    record = make_record(model)
    before = content_of(record)

    apply_content(record, before)

    assert content_of(model.objects.get(pk=record.pk)) == before


def test_a_draft_stays_a_draft_whatever_is_read_into_it():
    event = make_event(status="draft")

    apply_content(event, content_of(event) | {"venue": "Akorda"})

    assert Event.objects.get().status == "draft"
