"""What the admin does with records that readers already see: proposals, decisions, deletion, history."""

import re

import pytest

from diplomacy.models import Milestone, Mission
from events.models import Event
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import ProposalState, Status
from kzafrica.editorial.models import Correction, ProposedChange
from tests.admin import CITATIONS, FilledForm, address_of, browser_of, take, words_of
from tests.factories import make_event, make_mission

pytestmark = pytest.mark.django_db


class TestPublicRecords:
    def test_saving_one_changes_nothing_that_readers_see(self, client, public_event, writing):
        before = workflow.content_revision()

        answer = FilledForm(writing, address_of("change", public_event)).send(venue="Akorda")

        assert answer.status_code == 302
        page = words_of(client.get(public_event.get_absolute_url()))
        assert "Palace" in page
        assert "Akorda" not in page
        assert (Event.objects.get().venue, workflow.content_revision()) == ("Palace", before)

    def test_saving_one_makes_one_proposal(self, public_event, writing, contributor):
        FilledForm(writing, address_of("change", public_event)).send(venue="Akorda", _note="As the communiqué says")

        proposal = ProposedChange.objects.get()
        assert (proposal.record, proposal.state) == (public_event, ProposalState.OPEN)
        assert (proposal.proposed_by, proposal.note) == (contributor, "As the communiqué says")
        assert (proposal.based_on["venue"], proposal.content["venue"]) == ("Palace", "Akorda")

    def test_the_author_is_told_that_it_waits_and_not_that_it_was_changed(self, public_event, writing):
        answer = FilledForm(writing, address_of("change", public_event)).send(venue="Akorda")

        told = words_of(writing.get(answer.url))
        assert "“Visit” is public: your change waits for a second person to review it." in told
        assert "was changed successfully" not in told

    def test_saving_one_unchanged_proposes_nothing(self, public_event, writing):
        answer = FilledForm(writing, address_of("change", public_event)).send()

        assert "Nothing was changed." in words_of(writing.get(answer.url))
        assert not ProposedChange.objects.exists()

    def test_an_editor_proposes_too(self, public_event, reviewing):
        FilledForm(reviewing, address_of("change", public_event)).send(venue="Akorda")

        assert Event.objects.get().venue == "Palace"
        assert ProposedChange.objects.count() == 1

    @pytest.mark.parametrize("button", ["_popup", "_continue", "_addanother"])
    def test_no_other_way_of_saving_goes_past_the_review(self, public_event, reviewing, button):
        answer = FilledForm(reviewing, address_of("change", public_event)).send(venue="Akorda", **{button: "1"})

        assert answer.status_code == 302
        assert Event.objects.get().venue == "Palace"
        assert ProposedChange.objects.get().content["venue"] == "Akorda"

    def test_a_citation_added_is_part_of_the_proposal(self, public_event, writing, source):
        form = FilledForm(writing, address_of("change", public_event))
        form.add_row(CITATIONS, source=source.pk, field="date")

        form.send()

        assert [row["source"] for row in ProposedChange.objects.get().content["citations"]] == [
            "a-newspaper",
            source.slug,
        ]
        assert public_event.citations.count() == 1

    def test_a_part_taken_away_stays_until_that_is_decided(self, public_event, writing):
        FilledForm(writing, address_of("change", public_event)).send(**{"participations-0-DELETE": "on"})

        assert "participations" not in ProposedChange.objects.get().content
        assert public_event.participations.count() == 1

    def test_a_date_that_is_none_is_explained_and_nothing_is_proposed(self, public_event, writing):
        answer = FilledForm(writing, address_of("change", public_event)).send(date="September")

        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors["date"][0] in words_of(answer)
        assert not ProposedChange.objects.exists()

    def test_the_page_says_what_saving_does(self, public_event, writing):
        page = words_of(writing.get(address_of("change", public_event)))

        assert "Saving does not change it" in page
        assert "as readers see it" in page


class TestPartsOnTheirOwnPage:
    @pytest.fixture
    def milestone(self):
        mission = make_mission(title="Embassy in Kinshasa", milestones=[{"kind": "opened", "date": "2014"}])
        return mission.milestones.get()

    def test_saving_a_part_of_a_public_record_proposes_the_record(self, milestone, writing):
        FilledForm(writing, address_of("change", milestone)).send(date="2015", _note="As the decree says")

        proposal = ProposedChange.objects.get()
        assert (proposal.record, proposal.note) == (Mission.objects.get(), "As the decree says")
        assert [row["date"] for row in proposal.based_on["milestones"]] == ["2014"]
        assert [row["date"] for row in proposal.content["milestones"]] == ["2015"]
        assert str(Milestone.objects.get().date) == "2014"

    def test_a_source_for_a_part_is_proposed_with_its_record(self, milestone, writing, source):
        form = FilledForm(writing, address_of("change", milestone))
        form.add_row(CITATIONS, source=source.pk, field="date")

        form.send()

        (row,) = ProposedChange.objects.get().content["milestones"]
        assert row["citations"] == [{"source": "decree-17", "field": "date"}]
        assert not milestone.citations.exists()

    def test_the_page_of_a_part_says_so_and_asks_why(self, milestone, writing):
        page = writing.get(address_of("change", milestone))

        assert "Saving does not change it" in words_of(page)
        assert 'name="_note"' in page.content.decode()

    def test_a_part_of_a_draft_is_saved_at_once(self, writing):
        mission = make_mission(status=Status.DRAFT, milestones=[{"kind": "opened", "date": "2014"}])

        FilledForm(writing, address_of("change", mission.milestones.get())).send(date="2015")

        assert str(Milestone.objects.get().date) == "2015"
        assert not ProposedChange.objects.exists()

    def test_a_part_of_a_public_record_is_not_deleted_on_its_page(self, milestone, reviewing):
        assert reviewing.post(address_of("delete", milestone), {"post": "yes"}).status_code == 403
        assert Milestone.objects.exists()


class TestDeciding:
    @pytest.fixture
    def proposal(self, public_event, writing):
        FilledForm(writing, address_of("change", public_event)).send(venue="Akorda", _note="As printed")
        return ProposedChange.objects.get()

    def test_the_page_shows_each_field_as_it_is_and_as_it_would_be(self, proposal, reviewing):
        page = reviewing.get(address_of("change", proposal))

        assert "venue Palace Akorda" in words_of(page)
        assert "aigerim" in words_of(page)
        assert "As printed" in words_of(page)
        assert [row.change.label for row in page.context["changes"]] == ["venue"]

    def test_a_contributor_reads_it_and_cannot_decide(self, proposal, writing):
        page = writing.get(address_of("change", proposal))

        answer = writing.post(address_of("change", proposal), {"apply": "1"})

        assert 'name="apply"' not in page.content.decode()
        assert "Only an editor can do this." in words_of(answer)
        assert Event.objects.get().venue == "Palace"

    def test_an_editor_applies_it_and_readers_see_it(self, client, proposal, public_event, reviewing, editor):
        answer = reviewing.post(address_of("change", proposal), {"apply": "1", "note": "", "reason": ""})

        assert answer.status_code == 302
        page = words_of(client.get(public_event.get_absolute_url()))
        assert "Akorda" in page
        assert "Palace" not in page
        proposal.refresh_from_db()
        assert (proposal.state, proposal.decided_by) == (ProposalState.APPLIED, editor)
        assert not Correction.objects.exists()

    def test_the_words_of_who_proposed_it_are_not_shown_as_those_of_who_decided(
        self, public_event, writing, reviewing, contributor, editor
    ):
        FilledForm(writing, address_of("change", public_event)).send(venue="Akorda", _note="As the decree says.")
        proposal = ProposedChange.objects.get()

        reviewing.post(address_of("change", proposal), {"apply": "1", "note": ""})

        decided = re.search(r"Decided[^<]*", reviewing.get(address_of("change", proposal)).content.decode())[0]
        assert str(editor) in decided and "As the decree says." not in decided
        assert f"Proposed by {contributor}: As the decree says." in words_of(
            reviewing.get(address_of("history", public_event))
        )

    def test_a_reason_for_readers_makes_it_a_correction(self, proposal, reviewing):
        reviewing.post(address_of("change", proposal), {"apply": "1", "reason": "The venue was another."})

        assert Correction.objects.get().reason == "The venue was another."

    def test_who_proposed_cannot_apply_and_a_second_editor_can(self, public_event, reviewing, second_editor):
        FilledForm(reviewing, address_of("change", public_event)).send(venue="Akorda")
        address = address_of("change", ProposedChange.objects.get())

        refused = reviewing.post(address, {"apply": "1"})

        assert "A second person has to decide on your proposal." in words_of(refused)
        assert Event.objects.get().venue == "Palace"
        browser_of(second_editor).post(address, {"apply": "1"})
        assert Event.objects.get().venue == "Akorda"

    def test_rejecting_needs_a_note(self, proposal, reviewing):
        answer = reviewing.post(address_of("change", proposal), {"reject": "1", "note": " "})

        assert "Say why, so that the author can answer." in words_of(answer)
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.OPEN

    def test_with_a_note_it_is_rejected_and_nothing_changes(self, proposal, reviewing):
        reviewing.post(address_of("change", proposal), {"reject": "1", "note": "The host says otherwise."})

        proposal.refresh_from_db()
        assert (proposal.state, proposal.decision_note) == (ProposalState.REJECTED, "The host says otherwise.")
        assert Event.objects.get().venue == "Palace"

    def test_who_proposed_it_takes_it_back(self, proposal, writing, reviewing, contributor):
        address = address_of("change", proposal)

        assert 'name="take_back"' not in reviewing.get(address).content.decode()
        assert 'name="take_back"' in writing.get(address).content.decode()
        writing.post(address, {"take_back": "1", "note": "Wrong event."})

        proposal.refresh_from_db()
        assert (proposal.state, proposal.decided_by) == (ProposalState.REJECTED, contributor)
        assert 'name="take_back"' not in writing.get(address).content.decode()
        assert "Wrong event." in words_of(reviewing.get(address))
        # Who took it back is not told of it again.
        assert "Wrong event." not in words_of(writing.get("/admin/"))

    def test_the_author_reads_why_it_was_rejected(self, proposal, reviewing, writing):
        reviewing.post(address_of("change", proposal), {"reject": "1", "note": "The host says otherwise."})

        assert "The host says otherwise." in words_of(writing.get(address_of("change", proposal)))

    def test_a_proposal_overtaken_by_another_is_refused(self, proposal, public_event, writing, reviewing):
        FilledForm(writing, address_of("change", public_event)).send(venue="Senate")
        later = ProposedChange.objects.exclude(pk=proposal.pk).get()

        page = words_of(reviewing.get(address_of("change", proposal)))
        reviewing.post(address_of("change", later), {"apply": "1"})
        answer = reviewing.post(address_of("change", proposal), {"apply": "1"})

        assert "There is another open proposal for this record." in page
        assert "The record has changed since this was proposed" in words_of(answer)
        assert Event.objects.get().venue == "Senate"

    def test_a_decided_one_offers_no_button(self, proposal, reviewing):
        reviewing.post(address_of("change", proposal), {"apply": "1"})

        assert 'name="apply"' not in reviewing.get(address_of("change", proposal)).content.decode()


class TestDeleting:
    def test_a_public_record_is_not_deleted(self, public_event, reviewing):
        page = reviewing.get(address_of("change", public_event)).content.decode()

        assert address_of("delete", public_event) not in page
        assert reviewing.post(address_of("delete", public_event), {"post": "yes"}).status_code == 403
        assert Event.objects.exists()

    def test_public_records_are_not_deleted_from_the_list(self, public_event, reviewing):
        chosen = {"action": "delete_selected", "_selected_action": [public_event.pk], "post": "yes"}

        reviewing.post(address_of("changelist", Event), chosen)

        assert Event.objects.exists()

    def test_a_draft_is(self, writing):
        event = make_event(status=Status.DRAFT)

        page = writing.get(address_of("change", event)).content.decode()
        answer = writing.post(address_of("delete", event), {"post": "yes"})

        assert address_of("delete", event) in page
        assert answer.status_code == 302
        assert not Event.objects.exists()

    def test_a_draft_that_readers_once_saw_keeps_its_address(self, client, public_event, reviewing, writing):
        take(reviewing, "withdraw", public_event, "Not so")
        take(writing, "submit", public_event)
        take(reviewing, "return", public_event, "Which day?")

        answer = reviewing.post(address_of("delete", public_event), {"post": "yes"})

        assert answer.status_code == 403
        assert Event.objects.get().status == Status.DRAFT
