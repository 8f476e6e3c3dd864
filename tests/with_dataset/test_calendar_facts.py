"""The dated facts of visits, meetings, missions, agreements, relations and awards, in calendars and feeds.

The table was written by hand from what the documents say. Each row names the facts it answers, the calendar with its
filters, the page of the record, the component that must stand there, its first and last day if it has any, its EDTF,
and words that a reader must see. The feed of the same address must hold the same.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.feeds.subscribers import components_of, feed_of
from tests.with_dataset.expectations import TABLES, holds_words

pytestmark = pytest.mark.one_database


@dataclass(frozen=True)
class Expected:
    facts: str
    calendar: str
    page: str
    component: str
    first: str
    last: str
    edtf: str
    words: str

    def __str__(self) -> str:
        return f"{self.facts.partition(' ')[0]} {self.page.strip('/')} {self.edtf}"


with (TABLES / "calendars.csv").open(encoding="utf-8", newline="") as file:
    EXPECTED = [Expected(**row) for row in csv.DictReader(file)]


@pytest.mark.parametrize("expected", EXPECTED, ids=str)
def test_fact_stands_in_its_calendar_on_its_days_or_on_none(client, dataset, expected: Expected):
    found = [
        component
        for component in components_of(client.get(expected.calendar).content)
        if component.url.endswith(expected.page) and component.edtf == expected.edtf
    ]

    (component,) = found
    assert component.kind == expected.component
    if expected.first:
        assert (component.start, component.end - timedelta(days=1)) == tuple(
            map(date.fromisoformat, (expected.first, expected.last))
        )
    else:
        assert component.start is None
        assert holds_words(component.summary, expected.words)


@pytest.mark.parametrize("expected", EXPECTED, ids=str)
def test_fact_stands_in_its_feed_with_its_date_as_code_and_in_words(client, dataset, expected: Expected):
    feed = feed_of(client.get(expected.calendar.replace(".ics", ".atom")).content)

    found = [entry for entry in feed.entries if entry.link.endswith(expected.page) and entry.date_edtf == expected.edtf]

    (entry,) = found
    assert holds_words(entry.date_words, expected.words)
