"""From the form of a contributor to the reader's page, by the buttons of the admin."""

import re

import pytest
from reversion.models import Version

from events.models import Event
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Change
from tests.admin import CITATIONS, FilledForm, address_of, take, words_of
from tests.factories import make_event

pytestmark = pytest.mark.django_db


class TestWriting:
    def test_a_record_with_a_part_and_a_citation_is_saved_as_a_draft(self, new_event, source):
        answer = new_event.send()

        assert answer.status_code == 302
        event = Event.objects.get()
        assert (event.title, event.status, str(event.date)) == ("Visit to Kinshasa", Status.DRAFT, "2025-09")
        assert [part.country.alpha3 for part in event.participations.all()] == ["COD"]
        assert [(citation.source, citation.field) for citation in event.citations.all()] == [(source, "date")]

    def test_it_is_one_revision_by_its_author(self, new_event, contributor):
        new_event.send()

        event = Event.objects.get()
        revision = Version.objects.get_for_object(event).get().revision
        assert revision.user == contributor
        kept = {version.content_type.model for version in revision.version_set.all()}
        assert kept == {"event", "participation", "citation"}

    def test_no_reader_learns_of_it(self, client, new_event):
        before = workflow.content_revision()

        new_event.send()

        assert client.get(Event.objects.get().get_absolute_url()).status_code == 404
        assert workflow.content_revision() == before

    def test_saving_it_again_makes_a_second_revision(self, new_event, reviewing, editor, contributor):
        new_event.send()
        event = Event.objects.get()

        FilledForm(reviewing, address_of("change", event)).send(venue="Palace")

        assert Event.objects.get().venue == "Palace"
        assert workflow.people_who_touched(event) == {contributor.pk, editor.pk}

    def test_a_date_that_is_none_is_explained_and_nothing_is_written(self, new_event):
        answer = new_event.send(date="10.09.2025")

        assert answer.status_code == 200
        assert "10.09.2025" in answer.context["adminform"].form.errors["date"][0]
        assert answer.context["adminform"].form.errors["date"][0] in words_of(answer)
        assert not Event.objects.exists()
        assert not Version.objects.get_for_model(Event).exists()

    def test_a_participant_who_is_nobody_is_explained_and_nothing_is_written(self, new_event):
        answer = new_event.send(**{"participations-0-country": "", "participations-0-capacity": "Someone"})

        assert "Name a person, an office, an organization or a state." in words_of(answer)
        assert not Event.objects.exists()

    def test_a_citation_for_a_field_that_is_none_is_explained(self, new_event):
        answer = new_event.send(**{f"{CITATIONS}-0-field": "dates"})

        assert answer.status_code == 200
        assert "“dates” is not a field here (event)" in words_of(answer)
        assert not Event.objects.exists()

    def test_the_same_citation_twice_is_explained(self, new_event, source):
        new_event.add_row(CITATIONS, source=source.pk, field="date")

        answer = new_event.send()

        assert answer.status_code == 200
        assert "This source is already cited for the same field with the same statement." in words_of(answer)
        assert not Event.objects.exists()

    def test_a_source_that_differs_needs_a_reason(self, new_event):
        answer = new_event.send(**{f"{CITATIONS}-0-stated": "2025-10"})

        assert "Where a source differs, say why the record does not follow it." in words_of(answer)
        assert not Event.objects.exists()


class TestSteps:
    @pytest.fixture
    def draft(self, new_event):
        new_event.send()
        return Event.objects.get()

    @pytest.fixture
    def submitted(self, draft, writing):
        take(writing, "submit", draft)
        draft.refresh_from_db()
        return draft

    def test_a_contributor_submits_through_the_page_of_the_step(self, draft, writing, contributor):
        form = words_of(writing.get(address_of("change", draft)))
        page = words_of(writing.get(address_of("step", draft, "submit")))

        answer = take(writing, "submit", draft)

        assert "Submit for review" in form
        assert "Astana Times: Decree 17 – date" in page
        assert answer.url == address_of("change", draft)
        draft.refresh_from_db()
        assert (draft.status, draft.submitted_by) == (Status.IN_REVIEW, contributor)

    def test_a_record_without_a_citation_cannot_be_submitted(self, writing):
        event = make_event(status=Status.DRAFT, citations=False)

        answer = take(writing, "submit", event)

        assert "cannot go before readers without a citation that supports it" in words_of(answer)
        assert Event.objects.get().status == Status.DRAFT

    def test_a_contributor_is_not_offered_what_editors_do(self, submitted, writing, reviewing):
        address = address_of("change", submitted)

        assert "/step/" not in writing.get(address).content.decode()
        offered = re.findall(r"/step/(\w+)/", reviewing.get(address).content.decode())
        assert offered == ["publish", "return"]

    @pytest.mark.parametrize("step", ["publish", "return"])
    def test_a_contributor_cannot_take_such_a_step_by_its_address(self, submitted, writing, step):
        asked = writing.get(address_of("step", submitted, step))
        answer = take(writing, step, submitted, "I insist")

        for page in (asked, answer):
            assert page.status_code == 403
            assert "Only an editor can do this." in words_of(page)
            assert 'name="note"' not in page.content.decode()
        submitted.refresh_from_db()
        assert submitted.status == Status.IN_REVIEW

    def test_a_step_that_is_none_is_refused(self, draft, reviewing):
        assert take(reviewing, "adorn", draft).status_code == 403

    def test_a_draft_cannot_be_published_before_it_is_submitted(self, draft, reviewing):
        answer = take(reviewing, "publish", draft)

        assert "submit it first" in words_of(answer)
        assert Event.objects.get().status == Status.DRAFT

    def test_an_editor_publishes_and_readers_see_it(self, client, submitted, reviewing):
        assert client.get(submitted.get_absolute_url()).status_code == 404

        answer = take(reviewing, "publish", submitted, "Checked against the decree")

        assert answer.url == address_of("change", submitted)
        page = client.get(submitted.get_absolute_url())
        assert page.status_code == 200
        assert "Visit to Kinshasa" in words_of(page)
        change = Change.objects.last()
        assert (change.action, change.by_name, change.note) == ("published", "bolat", "Checked against the decree")

    def test_nobody_publishes_alone(self, reviewing, source):
        form = FilledForm(reviewing, address_of("add", Event))
        form.data |= {"title_en": "Visit", "slug": "visit", "kind": "meeting", "level": "minister"}
        form.add_row(CITATIONS, source=source.pk)
        form.send()
        event = Event.objects.get()
        take(reviewing, "submit", event)

        answer = take(reviewing, "publish", event)

        assert "Publishing takes two people" in words_of(answer)
        assert Event.objects.get().status == Status.IN_REVIEW

    def test_returning_needs_a_note(self, submitted, reviewing):
        answer = take(reviewing, "return", submitted, "  ")

        assert "Say what is missing" in words_of(answer)
        submitted.refresh_from_db()
        assert submitted.status == Status.IN_REVIEW

    def test_with_a_note_it_goes_back_to_its_author_who_can_read_why(self, submitted, reviewing, writing):
        take(reviewing, "return", submitted, "Which day?")

        submitted.refresh_from_db()
        assert submitted.status == Status.DRAFT
        assert "Which day?" in words_of(writing.get(address_of("history", submitted)))

    def test_withdrawing_needs_a_note(self, client, public_event, reviewing):
        answer = take(reviewing, "withdraw", public_event)

        assert "Say why the record is withdrawn" in words_of(answer)
        assert client.get(public_event.get_absolute_url()).status_code == 200

    def test_with_a_note_its_address_says_that_it_is_gone(self, client, public_event, reviewing):
        take(reviewing, "withdraw", public_event, "It never took place.")

        assert client.get(public_event.get_absolute_url()).status_code == 410
        assert Change.objects.last().note == "It never took place."
