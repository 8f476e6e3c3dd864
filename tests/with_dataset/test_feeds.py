"""The calendars and feeds of the whole record, as a subscriber reads them."""

import pytest

from diplomacy.models import Agreement, Initiative, Mission, Programme
from events.models import Event
from kzafrica.dataset.loading import load_dataset
from kzafrica.dates import ImpreciseDate
from tests.feeds.subscribers import components_of, feed_of

STEMS = [
    "/events/events",
    "/missions/milestones",
    "/agreements/agreements",
    "/initiatives/initiatives",
    "/programmes/programmes",
    "/relations/relations",
    "/awards/awards",
]


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("prefix", ["", "/kk", "/ru", "/fr"])
def test_calendar_and_feed_tell_of_the_same_entries(client, dataset, prefix, stem):
    components = components_of(client.get(f"{prefix}{stem}.ics").content)
    entries = feed_of(client.get(f"{prefix}{stem}.atom").content).entries

    assert components
    assert {component.uid for component in components} == {
        f"{entry.id.removeprefix('tag:kz-africa,2025:')}@kz-africa" for entry in entries
    }


@pytest.mark.parametrize("stem", STEMS)
def test_nothing_stands_on_a_day_that_no_source_names(client, dataset, stem):
    components = components_of(client.get(f"{stem}.ics").content)

    dated = [component for component in components if component.start]
    assert all(ImpreciseDate.parse(component.edtf).is_exact for component in dated)
    assert {component.kind for component in components if component not in dated} <= {"VJOURNAL"}


def test_every_public_event_is_in_the_calendar(client, dataset):
    uids = {component.uid for component in components_of(client.get("/events/events.ics").content)}

    assert uids == {f"event-{event.slug}@kz-africa" for event in Event.objects.published()}


def test_records_loaded_anew_are_known_by_the_same_names(client, dataset):
    def uids() -> list[set[str]]:
        return [{component.uid for component in components_of(client.get(f"{stem}.ics").content)} for stem in STEMS]

    before = uids()
    for model in (Agreement, Initiative, Programme, Mission):
        model.objects.all().delete()

    report = load_dataset()

    assert not report.faults
    assert uids() == before
