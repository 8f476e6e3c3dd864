"""A change to a public record: proposed by one person, decided by another, and what readers learn of it."""

import pytest
from django.core.exceptions import ValidationError

from events.models import Event
from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.choices import ProposalState, Status
from kzafrica.editorial.content import ContentError, content_of
from kzafrica.editorial.models import Change, Correction, ProposedChange, Redirect
from kzafrica.editorial.workflow import NotAllowed
from kzafrica.statements.models import Claim, Figure
from tests.factories import (
    make_claim,
    make_country,
    make_event,
    make_figure,
    make_person,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(
        title="Visit",
        slug="visit",
        participations=[{"country": make_country("COD")}],
        outcomes=[{"kind": "topic", "text": "Copper"}, {"kind": "topic", "text": "Cobalt"}],
    )


def proposed(record, by, **changes) -> ProposedChange:
    return proposals.propose(record, content_of(record) | changes, by=by, note="As the communiqué says")


class TestPropose:
    def test_a_proposal_changes_nothing_readers_see(self, event, contributor):
        before = content_of(event), workflow.content_revision()

        proposed(event, contributor, title_en="State visit")

        assert (content_of(Event.objects.get()), workflow.content_revision()) == before

    def test_a_proposal_that_changes_nothing_is_not_kept(self, event, contributor):
        assert proposed(event, contributor) is None
        assert not ProposedChange.objects.exists()

    def test_a_proposal_keeps_what_the_record_said_when_it_was_made(self, event, contributor):
        proposal = proposed(event, contributor, title_en="State visit")

        assert proposal.based_on["title_en"] == "Visit"
        assert proposal.content["title_en"] == "State visit"
        assert proposal.state == ProposalState.OPEN


class TestApply:
    def test_a_second_person_brings_it_before_readers(self, event, contributor, editor):
        proposal = proposed(event, contributor, title_en="State visit")

        proposals.apply_proposal(proposal, by=editor)

        event.refresh_from_db()
        assert (event.title, event.status) == ("State visit", Status.PUBLISHED)
        assert (proposal.state, proposal.decided_by) == (ProposalState.APPLIED, editor)

    def test_it_makes_one_change_and_one_revision_by_the_person_who_decided(self, event, contributor, editor):
        before = workflow.content_revision()

        proposals.apply_proposal(proposed(event, contributor, title_en="State visit"), by=editor)

        change = Change.objects.last()
        assert (change.number, change.action, change.by_name) == (before + 1, "changed", "bolat")
        assert change.note == f"Proposed by {contributor}: As the communiqué says"
        assert change.revision == workflow.latest_revision_of(event)
        assert change.revision.user == editor

    def test_who_proposed_cannot_decide(self, event, editor):
        proposal = proposed(event, editor, title_en="State visit")

        with pytest.raises(NotAllowed, match="A second person"):
            proposals.apply_proposal(proposal, by=editor)

        assert Event.objects.get().title == "Visit"

    def test_a_contributor_cannot_decide(self, event, contributor, editor):
        proposal = proposed(event, editor, title_en="State visit")

        with pytest.raises(NotAllowed, match="Only an editor"):
            proposals.apply_proposal(proposal, by=contributor)

    def test_it_is_decided_once(self, event, contributor, editor):
        proposal = proposed(event, contributor, title_en="State visit")
        same_proposal = ProposedChange.objects.get()
        proposals.apply_proposal(proposal, by=editor)

        with pytest.raises(NotAllowed, match="has been decided"):
            proposals.apply_proposal(same_proposal, by=editor)

    def test_it_is_refused_when_the_same_field_has_changed_since(self, event, contributor, editor):
        stale = proposed(event, contributor, venue="Senate")
        proposals.apply_proposal(proposed(event, contributor, venue="Akorda"), by=editor)

        with pytest.raises(NotAllowed, match=r"has changed since this was proposed \(venue\)"):
            proposals.apply_proposal(stale, by=editor)

        assert Event.objects.get().venue == "Akorda"
        assert ProposedChange.objects.get(pk=stale.pk).state == ProposalState.OPEN

    def test_what_others_changed_elsewhere_stays(self, event, contributor, editor):
        earlier = proposed(event, contributor, title_en="State visit")
        proposals.apply_proposal(proposed(event, contributor, venue="Akorda"), by=editor)

        proposals.apply_proposal(earlier, by=editor)

        event = Event.objects.get()
        assert (event.title, event.venue) == ("State visit", "Akorda")

    def test_what_was_added_while_the_form_was_read_is_not_taken_out(self, event, contributor, editor):
        seen = content_of(event)
        more = [*seen["outcomes"], {"kind": "topic", "text_en": "Ports"}]
        proposals.apply_proposal(proposed(event, contributor, outcomes=more), by=editor)
        late = proposals.propose(event, seen | {"venue": "Akorda"}, by=contributor, based_on=seen)

        proposals.apply_proposal(late, by=editor)

        assert Event.objects.get().venue == "Akorda"
        assert [outcome.text for outcome in event.outcomes.all()][-1] == "Ports"

    def test_an_urgent_correction_does_not_undo_what_was_changed_in_that_moment(self, event, contributor, editor):
        seen = content_of(event)
        proposals.apply_proposal(proposed(event, contributor, venue="Akorda"), by=editor)
        administrator = make_user("administrator", "dana")

        with pytest.raises(NotAllowed, match="look at it again"):
            proposals.correct_at_once(event, seen | {"title_en": "B"}, by=administrator, reason="Slip", based_on=seen)

        assert Event.objects.get().venue == "Akorda"

    def test_sources_that_two_people_add_are_both_kept(self, event, contributor, editor):
        given = content_of(event)["citations"]
        slugs = [make_source(slug=slug).slug for slug in ("decree", "bulletin")]
        both = [proposed(event, contributor, citations=[*given, {"source": slug}]) for slug in slugs]

        for proposal in both:
            proposals.apply_proposal(proposal, by=editor)

        assert [row["source"] for row in content_of(event)["citations"]] == [given[0]["source"], *slugs]

    def test_a_part_that_another_has_changed_meanwhile_is_not_changed_back(self, event, contributor, editor):
        outcomes = content_of(event)["outcomes"]
        stale = proposed(event, contributor, outcomes=[outcomes[0] | {"text_en": "Railways"}])
        proposals.apply_proposal(proposed(event, contributor, outcomes=[outcomes[0] | {"text_en": "Ports"}]), by=editor)

        with pytest.raises(NotAllowed, match="has changed since"):
            proposals.apply_proposal(stale, by=editor)

    def test_an_order_of_rows_is_not_lost_among_rows_that_were_added_since(self, event, contributor, editor):
        rows = content_of(event)["outcomes"]
        turned = proposed(event, contributor, outcomes=rows[::-1])
        added = proposed(event, contributor, outcomes=[*rows, {"kind": "topic", "text_en": "Zinc"}])
        proposals.apply_proposal(added, by=editor)

        with pytest.raises(NotAllowed, match=r"has changed since this was proposed \(outcomes\)"):
            proposals.apply_proposal(turned, by=editor)

        assert [row["text_en"] for row in content_of(Event.objects.get())["outcomes"]] == ["Copper", "Cobalt", "Zinc"]

    def test_it_is_refused_for_a_record_that_was_withdrawn_since(self, event, contributor, editor):
        proposal = proposed(event, contributor, title_en="State visit")
        workflow.withdraw(event, by=editor, note="It never took place.")

        with pytest.raises(NotAllowed, match="not public any more"):
            proposals.apply_proposal(proposal, by=editor)

        assert Change.objects.last().action == "withdrawn"

    def test_it_is_refused_when_a_key_it_names_is_gone(self, event, contributor, editor):
        theme = proposed(event, contributor, themes=["mining"])

        with pytest.raises(ContentError) as refusal:
            proposals.apply_proposal(theme, by=editor)

        assert [fault.where for fault in refusal.value.faults] == ["themes[1]"]
        assert ProposedChange.objects.get().state == ProposalState.OPEN

    def test_it_cannot_take_the_last_support_away(self, event, contributor, editor):
        proposal = proposed(event, contributor, citations=[])

        with pytest.raises(ValidationError, match="without a citation that supports it"):
            proposals.apply_proposal(proposal, by=editor)

        assert event.citations.count() == 1

    def test_it_cannot_name_a_hidden_record(self, event, contributor, editor):
        person = make_person(name="Hidden", slug="hidden", status=Status.DRAFT)
        proposal = proposed(event, contributor, participations=[{"person": person.slug}])

        with pytest.raises(ValidationError, match="not public yet: Hidden"):
            proposals.apply_proposal(proposal, by=editor)

        assert Event.objects.get().participations.get().country.alpha3 == "COD"

    def test_it_brings_the_draft_sources_it_cites_before_readers(self, event, contributor, editor):
        source = make_source(slug="decree", status=Status.DRAFT)
        citations = [*content_of(event)["citations"], {"source": "decree", "field": "date"}]

        proposals.apply_proposal(proposed(event, contributor, citations=citations), by=editor)

        source.refresh_from_db()
        assert source.is_public

    def test_parts_that_stay_the_same_keep_their_number(self, event, contributor, editor):
        cobalt = event.outcomes.get(text_en="Cobalt")
        outcomes = [{"kind": "statement", "text_en": "Friendship"}, content_of(cobalt)]

        proposals.apply_proposal(proposed(event, contributor, outcomes=outcomes), by=editor)

        assert [outcome.text for outcome in event.outcomes.all()] == ["Friendship", "Cobalt"]
        assert event.outcomes.get(text_en="Cobalt").pk == cobalt.pk


class TestTakeBack:
    def test_who_proposed_it_closes_it_and_nothing_changes(self, event, contributor):
        proposal = proposed(event, contributor, title_en="State visit")

        proposals.take_back(proposal, by=contributor, note="Wrong event.")

        proposal.refresh_from_db()
        assert (proposal.state, proposal.decided_by) == (ProposalState.REJECTED, contributor)
        assert (proposal.decision_note, Event.objects.get().title) == ("Wrong event.", "Visit")

    def test_it_says_so_where_no_reason_is_given(self, event, contributor):
        proposal = proposed(event, contributor, title_en="State visit")

        proposals.take_back(proposal, by=contributor)

        assert proposal.decision_note == "Taken back by the person who proposed it."

    def test_nobody_takes_back_what_another_proposed(self, event, contributor, editor):
        proposal = proposed(event, contributor, title_en="State visit")

        with pytest.raises(NotAllowed, match="Only the person who proposed"):
            proposals.take_back(proposal, by=editor)

        assert ProposedChange.objects.get().state == ProposalState.OPEN

    def test_what_is_decided_is_not_taken_back(self, event, contributor, editor):
        proposal = proposed(event, contributor, title_en="State visit")
        proposals.apply_proposal(proposal, by=editor)

        with pytest.raises(NotAllowed, match="has been decided"):
            proposals.take_back(proposal, by=contributor)

        assert ProposedChange.objects.get().state == ProposalState.APPLIED


class TestReject:
    def test_a_rejected_proposal_changes_nothing_and_says_why(self, event, contributor, editor):
        proposal = proposed(event, contributor, title_en="State visit")
        before = workflow.content_revision()

        proposals.reject_proposal(proposal, by=editor, note="The host calls it official.")

        assert (proposal.state, proposal.decision_note) == (ProposalState.REJECTED, "The host calls it official.")
        assert (Event.objects.get().title, workflow.content_revision()) == ("Visit", before)

    def test_rejecting_needs_a_note(self, event, contributor, editor):
        proposal = proposed(event, contributor, title_en="State visit")

        with pytest.raises(ValidationError, match="Say why"):
            proposals.reject_proposal(proposal, by=editor, note="")

        assert ProposedChange.objects.get().state == ProposalState.OPEN

    def test_a_contributor_cannot_reject(self, event, contributor, editor):
        proposal = proposed(event, editor, title_en="State visit")

        with pytest.raises(NotAllowed, match="Only an editor"):
            proposals.reject_proposal(proposal, by=contributor, note="No")

    def test_a_rejected_proposal_cannot_be_applied(self, event, contributor, editor):
        proposal = proposed(event, contributor, title_en="State visit")
        proposals.reject_proposal(proposal, by=editor, note="No")

        with pytest.raises(NotAllowed, match="has been decided"):
            proposals.apply_proposal(proposal, by=editor)


class TestCorrection:
    def test_a_reason_for_readers_makes_a_correction(self, event, contributor, editor):
        proposal = proposed(event, contributor, date="2025-09-11")

        proposals.apply_proposal(proposal, by=editor, reason="The visit began on 11 September, not 10.")

        correction = Correction.objects.get()
        assert correction.reason == "The visit began on 11 September, not 10."
        assert correction.record == event
        assert correction.change == Change.objects.last()

    def test_a_change_without_one_is_no_correction(self, event, contributor, editor):
        proposals.apply_proposal(proposed(event, contributor, venue="Akorda"), by=editor, reason="  ")

        assert not Correction.objects.exists()


class TestRename:
    @pytest.fixture
    def renamed(self, event, contributor, editor):
        proposals.apply_proposal(proposed(event, contributor, slug="state-visit"), by=editor)
        return Event.objects.get()

    def test_the_old_address_leads_to_the_new_one(self, renamed):
        redirect = Redirect.objects.get()

        assert (redirect.record_type, redirect.old_key, redirect.target_key) == ("events.event", "visit", "state-visit")
        assert Change.objects.last().action == "renamed"

    def test_a_second_renaming_leads_every_old_address_to_the_newest(self, renamed, contributor, editor):
        proposals.apply_proposal(proposed(renamed, contributor, slug="visit-of-2025"), by=editor)

        leads = dict(Redirect.objects.values_list("old_key", "target_key"))
        assert leads == {"visit": "visit-of-2025", "state-visit": "visit-of-2025"}

    def test_the_old_address_is_never_given_to_another_record(self, renamed):
        with pytest.raises(ValidationError) as refusal:
            make_event(slug="visit", status=Status.DRAFT).full_clean()

        assert list(refusal.value.message_dict) == ["slug"]

    def test_another_kind_of_record_may_have_the_same_address(self, renamed):
        make_person(slug="visit").full_clean()

    def test_a_record_cannot_take_the_address_of_another_by_proposal(self, event, contributor, editor):
        make_event(slug="talks")

        with pytest.raises(ContentError) as refusal:
            proposals.apply_proposal(proposed(event, contributor, slug="talks"), by=editor)

        assert [fault.where for fault in refusal.value.faults] == ["slug"]

    def test_references_follow_the_record(self, event, contributor, editor):
        figure = make_figure(subject=event)
        claim = make_claim(subjects=[event])

        proposals.apply_proposal(proposed(event, contributor, slug="state-visit"), by=editor)

        assert Figure.objects.get(pk=figure.pk).subject == "event/state-visit"
        assert Claim.objects.get(pk=claim.pk).subjects.get().record == "event/state-visit"

    @pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.DRAFT])
    def test_a_record_that_was_public_keeps_its_address_while_it_is_not(self, editor, contributor, status):
        event = make_event(slug="visit", status=Status.WITHDRAWN)
        if status == Status.DRAFT:
            workflow.submit(event, by=contributor)
            workflow.return_to_draft(event, by=editor, note="Which day?")
        event.slug = "state-visit"

        with pytest.raises(ValidationError) as refusal:
            event.full_clean()

        assert list(refusal.value.message_dict) == ["slug"]

    def test_a_draft_that_nobody_has_seen_may_change_its_address(self):
        event = make_event(slug="visit", status=Status.DRAFT)
        event.slug = "state-visit"

        event.full_clean()


def test_only_the_initial_dataset_brings_a_record_before_readers_alone(editor):
    with pytest.raises(NotAllowed, match="Only the initial dataset"):
        workflow.bring_in(Event(), {"slug": "visit"}, by=editor, note="Alone")

    assert not Event.objects.exists()
