"""Whatever an event says, reading it back says the same, and parts that say the same stay the same rows."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Event
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.content import completed, content_of
from kzafrica.statements.models import Figure
from tests.editorial.said_events import events, make_world
from tests.factories import (
    MAKERS,
    make_event,
    make_figure,
    make_record,
)
from tests.undoing import undone

pytestmark = pytest.mark.django_db
on_one_database = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def world(monkeypatch):
    make_world(monkeypatch)


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
