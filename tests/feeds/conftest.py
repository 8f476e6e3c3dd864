"""Calendars and feeds as a subscriber has them."""

from collections.abc import Callable

import feedparser
import pytest
from ical.calendar import Calendar

from kzafrica.editorial import proposals
from kzafrica.editorial.content import content_of
from tests.feeds.subscribers import Component, calendar_of, components_of, feed_of


@pytest.fixture
def components_at(client) -> Callable[[str], list[Component]]:
    """The components of the calendar at an address."""

    def read(address: str) -> list[Component]:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content.decode()
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        return components_of(answer.content)

    return read


@pytest.fixture
def component_at(components_at) -> Callable[[str], Component]:
    """The only component of a calendar."""

    def read(address: str) -> Component:
        (component,) = components_at(address)
        return component

    return read


@pytest.fixture
def calendar_at(client) -> Callable[[str], Calendar]:
    """The calendar at an address, as a whole."""
    return lambda address: calendar_of(client.get(address).content)


@pytest.fixture
def feed_at(client) -> Callable[[str], feedparser.FeedParserDict]:
    """The feed at an address."""

    def read(address: str) -> feedparser.FeedParserDict:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content.decode()
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        return feed_of(answer.content)

    return read


@pytest.fixture
def change(contributor, editor):
    """A change to a public record, proposed by one person and applied by a second."""

    def propose_and_apply(record, **changes) -> None:
        record = type(record).objects.get(pk=record.pk)
        proposal = proposals.propose(record, content_of(record) | changes, by=contributor, note="The ministry says so")
        proposals.apply_proposal(proposal, by=editor)

    return propose_and_apply
