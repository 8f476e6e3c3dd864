"""The history of a record in the admin: read, gone back in, and kept after the record is deleted."""

import re

import pytest
from django.utils.timezone import localdate
from reversion.models import Version

from diplomacy.models import Check, Milestone
from events.models import Event
from kzafrica.editorial import history, proposals, workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ProposedChange, Step
from kzafrica.editorial.reverting import revert
from tests.admin import FilledForm, address_of, take, words_of
from tests.factories import make_check, make_event, make_mission, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(new_event):
    new_event.send()
    return Event.objects.get()


def first_version(event) -> int:
    return Version.objects.get_for_object(event).last().revision_id


class TestReading:
    def test_it_lists_who_when_and_why(self, draft, writing, reviewing):
        take(writing, "submit", draft, "Ready")
        take(reviewing, "publish", draft, "Checked against the decree")

        page = reviewing.get(address_of("history", draft))

        revisions = [row["state"].revision for row in page.context["rows"]]
        assert [str(revision.user) for revision in revisions] == ["bolat", "aigerim", "aigerim"]
        assert [revision.comment for revision in revisions] == [
            "Checked against the decree",
            "Ready",
            "Edited in the admin",
        ]
        words = words_of(page)
        assert "bolat Checked against the decree Published" in words
        assert re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d aigerim Edited in the admin Draft First version", words)

    def test_it_says_which_fields_changed(self, draft, reviewing):
        FilledForm(reviewing, address_of("change", draft)).send(venue="Akorda")

        assert "venue : – → Akorda" in words_of(reviewing.get(address_of("history", draft)))

    def test_it_calls_what_changed_by_its_name(self, draft, reviewing):
        form = FilledForm(reviewing, address_of("change", draft))
        form.add_row("participations", person=make_person(name="Félix Tshisekedi", slug="tshisekedi").pk)
        form.send()
        page = reviewing.get(address_of("history", draft))
        then = reviewing.get(page.context["rows"][0]["address"])

        assert "person: Félix Tshisekedi" in words_of(page)
        assert "person: Félix Tshisekedi" in words_of(then)

    def test_it_says_which_parts_and_sources_changed(self, draft, reviewing):
        form = FilledForm(reviewing, address_of("change", draft))
        form.send(**{"participations-0-role": "guest", "editorial-citation-content_type-object_id-0-locator": "p. 3"})

        words = words_of(reviewing.get(address_of("history", draft)))

        assert "Participation – Democratic Republic of the Congo – role : Participant → Guest" in words
        assert "place in the source : – → p. 3" in words

    def test_a_part_changed_on_its_own_page_is_a_version_of_the_whole_record(self, writing):
        mission = make_mission(status=Status.DRAFT, milestones=[{"kind": "opened", "date": "2014"}])
        for year in ("2015", "2016"):
            FilledForm(writing, address_of("change", Milestone.objects.get())).send(date=year)

        words = words_of(writing.get(address_of("history", mission)))

        assert "Milestone – Opened – date : 2015 → 2016" in words

    def test_it_is_read_from_the_page_of_a_part_too(self, writing):
        make_mission(status=Status.DRAFT, milestones=[{"kind": "opened", "date": "2014"}])
        FilledForm(writing, address_of("change", Milestone.objects.get())).send(date="2015")

        page = writing.get(address_of("history", Milestone.objects.get()), follow=True)

        assert "First version" in words_of(page)

    def test_a_record_without_revisions_says_so(self, reviewing):
        event = make_event(status=Status.DRAFT)

        assert "No revision is kept of this record." in words_of(reviewing.get(address_of("history", event)))

    def test_a_day_leads_to_the_version_of_that_day(self, draft, reviewing):
        answer = reviewing.get(address_of("history", draft), {"as_of": localdate().isoformat()})

        assert answer.url == address_of("version", draft, first_version(draft))

    @pytest.mark.parametrize(
        ("asked", "sentence"),
        [
            ("2001-01-01", "There was no version yet on 2001-01-01."),
            ("9999-12-31", "9999-12-31 is still to come."),
            ("1 May", "“1 May” is not a day: write it as 2026-11-01."),
            ("2026-02-30", "“2026-02-30” is not a day"),
        ],
    )
    def test_a_day_without_a_version_is_explained(self, draft, reviewing, asked, sentence):
        assert sentence in words_of(reviewing.get(address_of("history", draft), {"as_of": asked}))

    def test_it_is_for_those_who_sign_in(self, client, public_event):
        assert client.get(address_of("history", public_event)).status_code == 302


class TestGoingBack:
    def test_a_draft_is_what_it_was_then_by_a_new_version(self, draft, writing, reviewing, editor):
        first = first_version(draft)
        FilledForm(writing, address_of("change", draft)).send(venue="Akorda", title_en="State visit")

        reviewing.post(address_of("version", draft, first), {"note": "The title was right"})

        event = Event.objects.get()
        assert (event.title, event.venue) == ("Visit to Kinshasa", "")
        newest = Version.objects.get_for_object(event).first().revision
        assert (newest.user, newest.comment) == (editor, "The title was right")
        assert Version.objects.get_for_object(event).count() == 3

    def test_the_page_of_a_version_says_what_would_change(self, draft, writing):
        first = first_version(draft)
        FilledForm(writing, address_of("change", draft)).send(venue="Akorda")

        words = words_of(writing.get(address_of("version", draft, first)))

        assert "venue : Akorda → –" in words
        assert "date September 2025" in words

    def test_the_present_version_offers_no_way_back(self, draft, writing):
        page = writing.get(address_of("version", draft, first_version(draft)))

        assert "This is what the record says now." in words_of(page)
        assert 'name="note"' not in page.content.decode()

    def test_a_public_record_gets_a_proposal(self, draft, writing, reviewing):
        first = first_version(draft)
        FilledForm(writing, address_of("change", draft)).send(venue="Akorda")
        take(writing, "submit", draft)
        take(reviewing, "publish", draft)

        writing.post(address_of("version", draft, first))

        assert Event.objects.get().venue == "Akorda"
        assert "venue" not in ProposedChange.objects.get().content

    @pytest.mark.parametrize("number", [999_999, 10**30])
    def test_a_version_that_is_none_is_not_found(self, draft, writing, number):
        assert writing.get(address_of("version", draft, number)).status_code == 404

    def test_it_keeps_its_present_address(self, contributor, editor):
        event = make_event(slug="old")
        first = first_version(event)
        content = content_of(event)
        for change in ({"slug": "new"}, {"slug": "new", "venue": "Akorda"}):
            proposals.apply_proposal(proposals.propose(event, content | change, by=contributor), by=editor)
            event.refresh_from_db()

        proposal = revert(event, history.state_in(Event, event.pk, first), by=contributor)
        proposals.apply_proposal(proposal, by=editor)

        event.refresh_from_db()
        assert (event.slug, event.venue) == ("new", "")

    def test_a_part_is_not_deleted_behind_the_back_of_its_record(self, draft, writing):
        part = draft.participations.get()

        assert writing.post(address_of("delete", part), {"post": "yes"}).status_code == 403
        assert draft.participations.exists()


class TestDeleted:
    @pytest.fixture
    def deleted(self, draft, writing):
        writing.post(address_of("delete", draft), {"post": "yes"})
        return draft

    def test_it_stands_among_the_deleted_with_who_deleted_it(self, deleted, writing):
        words = words_of(writing.get(address_of("deleted", Event)))

        assert not Event.objects.exists()
        assert "Visit to Kinshasa" in words
        assert Step.objects.first().get_name_display() == "Deleted"

    def test_its_history_is_still_read(self, deleted, writing):
        words = words_of(writing.get(address_of("history", deleted)))

        assert "This record is deleted." in words
        assert "Edited in the admin" in words

    def test_it_comes_back_as_a_draft_with_its_history(self, deleted, writing):
        writing.post(address_of("version", deleted, first_version(deleted)))

        event = Event.objects.get()
        assert (event.pk, event.title, event.status) == (deleted.pk, "Visit to Kinshasa", Status.DRAFT)
        assert [part.country.alpha3 for part in event.participations.all()] == ["COD"]
        assert event.citations.count() == 1
        assert Version.objects.get_for_object(event).count() == 3

    def test_reference_data_comes_back_only_by_who_may_publish(self, writing, reviewing):
        check = make_check()
        with workflow.one_revision(by=workflow.system_user(), note="Made", of=check):
            pass
        number, revision = check.pk, first_version(check)
        workflow.delete_reference(check, by=workflow.system_user())
        address = f"/admin/diplomacy/check/{number}/versions/{revision}/"

        refused = writing.post(address)
        before = workflow.content_revision()
        reviewing.post(address)

        assert refused.status_code == 403
        assert Check.objects.filter(pk=number).exists()
        assert workflow.content_revision() == before + 1

    def test_one_that_never_was_is_not_found(self, writing):
        assert writing.get(f"/admin/events/event/{999_999}/history/").status_code == 404
