"""That a subscriber knows an entry again: after a change, under a new name, in another language or database."""

import pytest

from diplomacy.models import Mission
from kzafrica.editorial import workflow
from kzafrica.editorial.content import content_of
from tests.factories import make_agreement, make_country, make_event, make_mission

pytestmark = pytest.mark.django_db
# What was announced, which stays when the visit gets another date.
KEPT = {"kind": "announced", "planned": "2025-09-10"}


@pytest.fixture
def change(contributor, editor):
    """A change to a public record, proposed by one person and applied by a second."""

    def propose_and_apply(record, **changes) -> None:
        record = type(record).objects.get(pk=record.pk)
        proposal = workflow.propose(record, content_of(record) | changes, by=contributor, note="The ministry says so")
        workflow.apply_proposal(proposal, by=editor)

    return propose_and_apply


@pytest.fixture
def visit():
    return make_event(
        title="State visit", slug="visit", kind="state_visit", host=make_country("RWA"), occurrence="announced"
    )


@pytest.fixture
def change_milestones(change):
    """A change to the milestones of the mission, given a function that changes the list of their contents."""

    def apply(revise) -> None:
        mission = Mission.objects.get()
        milestones = content_of(mission)["milestones"]
        change(mission, milestones=revise(milestones) or milestones)

    return apply


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

        assert component_at("/missions/milestones.ics").uid == "mission-embassy.opened.1@kz-africa"

    def test_the_language_is_no_part_of_it(self, components_at, feed_at):
        make_event(date="2024-12-18~")
        make_event(date="2025")

        english, french = components_at("/events/events.ics"), components_at("/fr/events/events.ics")

        assert [event.uid for event in english] == [event.uid for event in french]
        assert "vers le 18 décembre 2024" in " ".join(event.summary for event in french)
        ids = [[entry.id for entry in feed_at(f"{prefix}/events/events.atom").entries] for prefix in ("", "/fr", "/ru")]
        assert ids[0] == ids[1] == ids[2]


class TestSteps:
    @pytest.fixture(autouse=True)
    def mission(self):
        milestones = [
            {"kind": "planned", "date": "2013"},
            {"kind": "relocated", "date": "2019"},
            {"kind": "relocated", "date": "2021"},
        ]
        return make_mission(slug="embassy", milestones=milestones)

    @pytest.fixture
    def dates_at(self, components_at):
        """Each milestone's date by what a subscriber knows it by."""
        return lambda: {
            milestone.uid.removeprefix("mission-embassy.").removesuffix("@kz-africa"): milestone.edtf
            for milestone in components_at("/missions/milestones.ics")
        }

    def test_each_is_told_apart_by_its_kind_and_number(self, dates_at):
        assert dates_at() == {"planned.1": "2013", "relocated.1": "2019", "relocated.2": "2021"}

    def test_a_corrected_date_leaves_it_what_it_was(self, dates_at, change_milestones):
        change_milestones(lambda rows: [row | {"date": "2020"} if row["date"] == "2019" else row for row in rows])

        assert dates_at() == {"planned.1": "2013", "relocated.1": "2020", "relocated.2": "2021"}

    def test_a_date_corrected_past_the_next_leaves_both_what_they_were(self, dates_at, change_milestones):
        change_milestones(lambda rows: [row | {"date": "2024"} if row["date"] == "2019" else row for row in rows])

        assert dates_at() == {"planned.1": "2013", "relocated.1": "2024", "relocated.2": "2021"}

    def test_a_step_found_later_takes_the_name_of_no_other(self, dates_at, change_milestones):
        change_milestones(lambda rows: [rows[0], rows[1] | {"date": "2017"}, *rows[1:]])

        assert dates_at() == {"planned.1": "2013", "relocated.1": "2019", "relocated.2": "2021", "relocated.3": "2017"}

    def test_a_step_of_another_kind_taken_out_leaves_the_rest_what_they_were(self, dates_at, change_milestones):
        change_milestones(lambda rows: rows[1:])

        assert dates_at() == {"relocated.1": "2019", "relocated.2": "2021"}

    def test_filters_do_not_count_anew(self, component_at):
        assert component_at("/missions/milestones.ics?year=2021").uid == "mission-embassy.relocated.2@kz-africa"

    def test_rows_of_another_database_have_the_same_names(self, dates_at):
        before = dates_at()
        Mission.objects.all().delete()
        make_mission(slug="another", milestones=[])

        milestones = [{"kind": kind, "date": date} for kind, date in (("planned", 2013), ("relocated", 2019))]
        make_mission(slug="embassy", milestones=[row | {"date": str(row["date"])} for row in milestones])

        assert dates_at().items() <= before.items()


def test_parts_of_records_with_like_names_are_told_apart(components_at):
    for slug in ("mines", "mines-signed", "mines_signed"):
        make_agreement(slug=slug, stages=[{"kind": "signed"}, {"kind": "ended"}])

    assert len(components_at("/agreements/agreements.ics")) == 6
