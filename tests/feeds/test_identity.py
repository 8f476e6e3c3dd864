"""That a subscriber knows an entry again: after a change, under a new name, in another language or database."""

import pytest

from kzafrica.editorial import workflow
from tests.factories import make_agreement, make_country, make_event, make_mission

pytestmark = pytest.mark.django_db
# What was announced, which stays when the visit gets another date.
KEPT = {"kind": "announced", "planned": "2025-09-10"}


@pytest.fixture
def visit():
    return make_event(
        title="State visit", slug="visit", kind="state_visit", host=make_country("RWA"), occurrence="announced"
    )


class TestCancelling:
    def test_a_subscriber_learns_that_a_visit_is_cancelled(self, component_at, change, visit):
        make_event(kind="meeting", host=visit.host)
        make_event(kind="state_visit")
        before = component_at("/events/events.ics?country=RWA&kind=state_visit")

        change(visit, occurrence="cancelled")

        after = component_at("/events/events.ics?country=RWA&kind=state_visit")
        assert (before.uid, before.status, before.sequence) == ("event-visit@kz-africa", "TENTATIVE", 0)
        assert (after.uid, after.status, after.sequence) == ("event-visit@kz-africa", "CANCELLED", 1)
        assert after.summary == "Cancelled: State visit"
        assert after.stamped_at >= before.stamped_at

    def test_a_visit_that_loses_its_day_too_stays_the_same_entry(self, component_at, change, visit):
        change(visit, occurrence="cancelled", date="2025-09", announcements=[KEPT])

        note = component_at("/events/events.ics")

        assert (note.kind, note.uid, note.status) == ("VJOURNAL", "event-visit@kz-africa", "CANCELLED")

    def test_a_visit_postponed_to_no_day_leaves_the_day_it_had(self, component_at, change, visit):
        change(visit, occurrence="postponed", date="2026", announcements=[KEPT])

        note = component_at("/events/events.ics")

        assert (note.kind, note.start, note.status) == ("VJOURNAL", None, "DRAFT")
        assert note.summary == "Postponed: State visit (2026)"


class TestSequence:
    def test_a_record_that_nobody_has_changed_begins_at_nought(self, component_at, visit):
        assert component_at("/events/events.ics").sequence == 0

    def test_it_counts_every_change_that_readers_have_seen(self, component_at, change, visit):
        for title in ("One", "Two", "Three"):
            change(visit, title_en=title)

        assert component_at("/events/events.ics").sequence == 3

    def test_it_goes_on_counting_under_a_new_name(self, component_at, change, visit):
        change(visit, title_en="One")
        change(visit, slug="visit-of-september")
        change(visit, title_en="Two")

        assert component_at("/events/events.ics").sequence == 3

    def test_a_record_withdrawn_and_published_again_is_further_on(self, component_at, visit):
        system = workflow.system_user()
        workflow.withdraw(visit, by=system, note="To be looked into")
        workflow.publish(visit, by=system)

        assert component_at("/events/events.ics").sequence == 2

    def test_changes_to_other_records_do_not_count(self, component_at, change, visit):
        change(make_event(title="Another", kind="meeting"), title_en="One")

        assert component_at("/events/events.ics?kind=state_visit").sequence == 0

    def test_steps_count_the_changes_of_their_record(self, component_at, change):
        agreement = make_agreement(stages=[{"kind": "signed", "date": "2025-09-10"}])

        change(agreement, summary_en="On mines.")

        assert component_at("/agreements/agreements.ics").sequence == 1


class TestNames:
    def test_a_renamed_record_stays_the_same_entry(self, component_at, feed_at, change, visit):
        before = component_at("/events/events.ics").uid, feed_at("/events/events.atom").entries[0].id

        change(visit, slug="visit-of-september")
        change(visit, slug="visit-of-october")

        event = component_at("/events/events.ics")
        assert (event.uid, feed_at("/events/events.atom").entries[0].id) == before
        assert event.url.endswith("/events/visit-of-october/")

    def test_a_renamed_mission_keeps_its_milestones(self, component_at, change):
        mission = make_mission(slug="embassy", milestones=[{"kind": "opened", "date": "2025"}])

        change(mission, slug="embassy-in-nairobi")

        assert component_at("/missions/milestones.ics").uid == "mission-embassy.opened.2025@kz-africa"

    def test_the_language_is_no_part_of_it(self, components_at, feed_at):
        make_event(date="2024-12-18~")
        make_event(date="2025")

        english, french = components_at("/events/events.ics"), components_at("/fr/events/events.ics")

        assert [event.uid for event in english] == [event.uid for event in french]
        assert "vers le 18 décembre 2024" in " ".join(event.summary for event in french)
        ids = [[entry.id for entry in feed_at(f"{prefix}/events/events.atom").entries] for prefix in ("", "/fr", "/ru")]
        assert ids[0] == ids[1] == ids[2]
