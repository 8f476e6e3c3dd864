"""From draft to reader and back: each step, who may take it, and what stops it."""

import pytest
from django.core.exceptions import ValidationError

from events.models import Event
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Change, Source
from kzafrica.editorial.workflow import NotAllowed
from kzafrica.statements.models import Figure
from tests.factories import (
    make_award,
    make_citation,
    make_claim,
    make_derived_figure,
    make_event,
    make_figure,
    make_initiative,
    make_organization,
    make_person,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def submitted(record, by):
    workflow.submit(record, by=by)
    return record


def written(record, by):
    with workflow.one_revision(by=by, note="Written", of=record):
        record.save()
    return record


def stored_status(record) -> str:
    return type(record).objects.get(pk=record.pk).status


class TestSubmit:
    def test_a_draft_that_a_contributor_submits_waits_for_review(self, contributor):
        event = make_event(status=Status.DRAFT)

        workflow.submit(event, by=contributor)

        assert list(Event.objects.waiting_for_review()) == [event]
        assert Event.objects.get().submitted_by == contributor

    @pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.PUBLISHED])
    def test_only_a_draft_or_a_withdrawn_record_can_be_submitted(self, contributor, status):
        event = make_event(status=status)

        with pytest.raises(NotAllowed, match="Only a draft can be submitted"):
            workflow.submit(event, by=contributor)

    def test_a_withdrawn_record_can_be_submitted_again(self, contributor):
        event = make_event(status=Status.WITHDRAWN)

        workflow.submit(event, by=contributor)

        assert stored_status(event) == Status.IN_REVIEW

    def test_a_draft_without_a_citation_cannot_be_submitted(self, contributor):
        event = make_event(status=Status.DRAFT, citations=False)

        with pytest.raises(ValidationError, match="without a citation that supports it"):
            workflow.submit(event, by=contributor)

        assert stored_status(event) == Status.DRAFT


class TestReturn:
    def test_a_reviewer_returns_a_record_with_a_note(self, contributor, editor):
        event = submitted(make_event(status=Status.DRAFT), by=contributor)

        workflow.return_to_draft(event, by=editor, note="Which day?")

        assert stored_status(event) == Status.DRAFT
        assert workflow.latest_revision_of(event).comment == "Which day?"

    def test_returning_needs_a_note(self, contributor, editor):
        event = submitted(make_event(status=Status.DRAFT), by=contributor)

        with pytest.raises(ValidationError, match="Say what is missing"):
            workflow.return_to_draft(event, by=editor, note="  ")

        assert stored_status(event) == Status.IN_REVIEW

    def test_a_contributor_cannot_return_a_record(self, contributor):
        event = submitted(make_event(status=Status.DRAFT), by=contributor)

        with pytest.raises(NotAllowed, match="Only an editor"):
            workflow.return_to_draft(event, by=contributor, note="Mine")

    def test_a_public_record_cannot_be_returned(self, editor):
        with pytest.raises(NotAllowed, match="Only a record in review"):
            workflow.return_to_draft(make_event(), by=editor, note="Why not")


class TestPublish:
    def test_an_editor_publishes_what_a_contributor_submitted(self, contributor, editor):
        event = submitted(make_event(status=Status.DRAFT), by=contributor)

        workflow.publish(event, by=editor)

        assert list(Event.objects.published()) == [event]
        assert Event.objects.get().published_at is not None

    def test_a_contributor_cannot_publish_what_another_submitted(self, contributor):
        event = submitted(make_event(status=Status.DRAFT), by=make_user("contributor"))

        with pytest.raises(NotAllowed, match="Only an editor"):
            workflow.publish(event, by=contributor)

        assert not Event.objects.published().exists()

    def test_who_submitted_cannot_publish(self, contributor, editor):
        event = make_event(status=Status.DRAFT)
        with workflow.one_revision(by=contributor, note="Written"):
            event.save()
        submitted(event, by=editor)

        with pytest.raises(NotAllowed, match="Publishing takes two people"):
            workflow.publish(event, by=editor)

    def test_the_only_person_who_has_touched_a_record_cannot_publish_it(self, editor):
        # Whoever submitted it has since been deleted, so that nobody stands as the one who did.
        event = submitted(make_event(status=Status.DRAFT), by=editor)
        Event.objects.update(submitted_by=None)

        with pytest.raises(NotAllowed, match="Publishing takes two people"):
            workflow.publish(Event.objects.get(), by=editor)

        assert stored_status(event) == Status.IN_REVIEW

    def test_the_initial_dataset_publishes_a_draft_alone(self):
        event = make_event(status=Status.DRAFT)

        workflow.publish(event, by=workflow.system_user())

        assert stored_status(event) == Status.PUBLISHED

    def test_a_draft_cannot_be_published_before_review(self, editor):
        event = make_event(status=Status.DRAFT)

        with pytest.raises(NotAllowed, match="submit it first"):
            workflow.publish(event, by=editor)

    def test_a_record_that_lost_its_citation_in_review_cannot_be_published(self, contributor, editor):
        event = submitted(make_event(status=Status.DRAFT), by=contributor)
        event.citations.all().delete()

        with pytest.raises(ValidationError, match="without a citation that supports it"):
            workflow.publish(event, by=editor)

    def test_a_citation_that_differs_supports_nothing(self, contributor):
        event = make_event(status=Status.DRAFT, citations=False)
        make_citation(event, field="date", stated="2024")

        with pytest.raises(ValidationError, match="without a citation that supports it"):
            workflow.submit(event, by=contributor)

    def test_a_citation_of_a_part_does_not_support_the_record(self, contributor):
        source = make_source()
        topic = {"kind": "topic", "text": "Copper", "citations": [source]}
        event = make_event(status=Status.DRAFT, citations=False, outcomes=[topic])

        with pytest.raises(ValidationError, match="without a citation that supports it"):
            workflow.submit(event, by=contributor)

    def test_publishing_brings_the_cited_draft_sources_before_readers(self, contributor, editor):
        cited, cited_for_a_part, other = (make_source(status=Status.DRAFT) for _one in range(3))
        topic = {"kind": "topic", "text": "Copper", "citations": [cited_for_a_part]}
        event = make_event(status=Status.DRAFT, citations=[cited], outcomes=[topic])

        workflow.publish(submitted(event, by=contributor), by=editor)

        assert set(Source.objects.published()) == {cited, cited_for_a_part}
        assert stored_status(other) == Status.DRAFT

    def test_a_source_that_the_publisher_alone_has_touched_waits_for_another(self, contributor, editor, second_editor):
        source = written(make_source(status=Status.DRAFT, title="Decree 17"), by=editor)
        event = submitted(make_event(status=Status.DRAFT, citations=[source]), by=contributor)

        with pytest.raises(NotAllowed, match=r"nobody but you has seen to “.*Decree 17”"):
            workflow.publish(event, by=editor)
        assert (stored_status(event), stored_status(source)) == (Status.IN_REVIEW, Status.DRAFT)

        workflow.publish(event, by=second_editor)
        assert (stored_status(event), stored_status(source)) == (Status.PUBLISHED, Status.PUBLISHED)

    def test_where_one_may_publish_alone_the_log_says_so_of_the_source_too(self, contributor, editor, settings):
        settings.PUBLISHING_TAKES_TWO = False
        source = written(make_source(status=Status.DRAFT), by=editor)
        event = submitted(make_event(status=Status.DRAFT, citations=[source]), by=contributor)

        workflow.publish(event, by=editor)

        told = Change.objects.filter(record_key__in=[source.key, event.key]).values_list("record_key", "is_unreviewed")
        assert dict(told) == {source.key: True, event.key: False}

    def test_publishing_does_not_bring_back_a_withdrawn_source(self, contributor, editor):
        source = make_source(status=Status.WITHDRAWN, title="Retracted")
        event = submitted(make_event(status=Status.DRAFT, citations=[source]), by=contributor)

        with pytest.raises(ValidationError, match="Retracted"):
            workflow.publish(event, by=editor)

        assert stored_status(source) == Status.WITHDRAWN

    def test_a_source_needs_no_other_to_speak_for_it(self, contributor, editor):
        source = submitted(make_source(status=Status.DRAFT), by=contributor)

        workflow.publish(source, by=editor)

        assert stored_status(source) == Status.PUBLISHED

    def test_a_derived_figure_rests_on_public_inputs(self, contributor, editor):
        figure = submitted(make_derived_figure(status=Status.DRAFT), by=contributor)

        workflow.publish(figure, by=editor)

        assert stored_status(figure) == Status.PUBLISHED

    def test_a_derived_figure_is_not_published_before_its_inputs(self, contributor):
        hidden = make_figure(status=Status.DRAFT)
        figure = make_derived_figure([(hidden, "part")], formula="sum", status=Status.DRAFT)

        with pytest.raises(ValidationError):
            workflow.submit(figure, by=contributor)

    def test_publishing_again_after_withdrawal_keeps_the_first_day_of_publication(self, contributor, editor):
        event = make_event(status=Status.WITHDRAWN)
        first = event.published_at

        workflow.publish(submitted(event, by=contributor), by=editor)

        assert Event.objects.get().published_at == first


class TestHiddenRecordsAreNotNamed:
    def refused(self, record, contributor, editor):
        with pytest.raises(ValidationError, match="not public yet: Hidden"):
            workflow.publish(submitted(record, by=contributor), by=editor)

        assert stored_status(record) == Status.IN_REVIEW

    def test_by_a_key(self, contributor, editor):
        person = make_person(name="Hidden", status=Status.DRAFT)

        self.refused(make_award(recipient=person, status=Status.DRAFT), contributor, editor)

    def test_by_a_part(self, contributor, editor):
        person = make_person(name="Hidden", status=Status.DRAFT)

        self.refused(make_event(participations=[{"person": person}], status=Status.DRAFT), contributor, editor)

    def test_by_a_list(self, contributor, editor):
        organization = make_organization(name="Hidden", status=Status.WITHDRAWN)

        self.refused(make_initiative(organizations=[organization], status=Status.DRAFT), contributor, editor)

    def test_by_a_reference(self, contributor, editor):
        event = make_event(title="Hidden", status=Status.DRAFT)

        self.refused(make_figure(subject=event, status=Status.DRAFT), contributor, editor)

    def test_by_a_reference_in_a_part(self, contributor, editor):
        event = make_event(title="Hidden", status=Status.DRAFT)

        self.refused(make_claim(subjects=[event], status=Status.DRAFT), contributor, editor)

    def test_but_a_record_may_be_about_itself(self, contributor, editor):
        claim = make_claim(slug="of-itself", subjects=["claim/of-itself"], status=Status.DRAFT)

        workflow.publish(submitted(claim, by=contributor), by=editor)

        assert stored_status(claim) == Status.PUBLISHED


class TestWithdraw:
    def test_a_withdrawn_record_is_gone_from_what_readers_see(self, editor):
        event = make_event()

        workflow.withdraw(event, by=editor, note="It never took place.")

        assert not Event.objects.published().exists()
        assert stored_status(event) == Status.WITHDRAWN

    def test_withdrawing_needs_a_note(self, editor):
        event = make_event()

        with pytest.raises(ValidationError, match="Say why the record is withdrawn"):
            workflow.withdraw(event, by=editor, note=" ")

        assert stored_status(event) == Status.PUBLISHED

    def test_a_contributor_cannot_withdraw(self, contributor):
        with pytest.raises(NotAllowed, match="Only an editor"):
            workflow.withdraw(make_event(), by=contributor, note="Mine")

    def test_only_a_public_record_can_be_withdrawn(self, editor):
        with pytest.raises(NotAllowed, match="Only a published record"):
            workflow.withdraw(make_event(status=Status.DRAFT), by=editor, note="Too early")

    def test_a_record_that_public_ones_name_cannot_be_withdrawn_before_them(self, editor):
        person = make_person()
        make_event(title="Visit of 2025", participations=[{"person": person}])

        with pytest.raises(ValidationError, match="Visit of 2025"):
            workflow.withdraw(person, by=editor, note="Mistaken for another")

        assert stored_status(person) == Status.PUBLISHED

    def test_a_source_that_public_records_rest_on_cannot_be_withdrawn_before_them(self, editor):
        source = make_source()
        make_event(title="Visit of 2025", citations=[source])

        with pytest.raises(ValidationError, match="Visit of 2025"):
            workflow.withdraw(source, by=editor, note="Retracted")

    def test_a_record_that_a_public_one_refers_to_cannot_be_withdrawn_before_it(self, editor):
        event = make_event()
        make_figure(title="Guests of the visit", subject=event)

        with pytest.raises(ValidationError, match="Guests of the visit"):
            workflow.withdraw(event, by=editor, note="It never took place.")

    def test_drafts_that_name_a_record_do_not_keep_it_public(self, editor):
        person = make_person()
        make_event(participations=[{"person": person}], status=Status.DRAFT)

        workflow.withdraw(person, by=editor, note="Mistaken for another")

        assert stored_status(person) == Status.WITHDRAWN


class TestTwoPeopleAtOnce:
    """The copy in a person's hands may be older than what stands in the database."""

    def test_a_record_published_by_another_meanwhile_is_not_published_twice(self, contributor, editor, second_editor):
        event = submitted(make_event(status=Status.DRAFT), by=contributor)
        copy = Event.objects.get()
        workflow.publish(event, by=editor)

        with pytest.raises(NotAllowed, match="Only a record in review"):
            workflow.publish(copy, by=second_editor)

    def test_publishing_an_older_copy_does_not_undo_a_newer_title(self, contributor, editor):
        event = submitted(make_event(title="Old", status=Status.DRAFT), by=contributor)
        copy = Event.objects.get()
        event.title = "New"
        event.save()

        workflow.publish(copy, by=editor)

        assert Event.objects.get().title == "New"

    def test_a_record_withdrawn_meanwhile_cannot_be_withdrawn_again(self, editor, second_editor):
        event = make_event()
        copy = Event.objects.get()
        workflow.withdraw(event, by=editor, note="First")

        with pytest.raises(NotAllowed, match="Only a published record"):
            workflow.withdraw(copy, by=second_editor, note="Second")


def test_the_two_person_rule_knows_the_initial_dataset_by_its_name_alone():
    impostor = make_user("contributor", "Initial dataset")

    assert workflow.is_system_user(workflow.system_user())
    assert not workflow.is_system_user(impostor)


def test_nobody_can_sign_in_as_the_initial_dataset(client):
    user = workflow.system_user()

    assert not user.is_active
    assert not user.has_usable_password()


def test_figures_without_inputs_support_nothing():
    figure = Figure(origin="derived", formula="sum", slug="x", title="x", measure="turnover", unit="USD")
    figure.save()

    assert not figure.has_support()
