"""From the form of a contributor to the reader's page and back, by the buttons of the admin."""

import html
import re

import pytest
from django.utils import translation
from reversion.models import Version

from diplomacy.models import Milestone, Mission
from events.models import Event
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import ProposalState, Status
from kzafrica.editorial.models import Change, Correction, ProposedChange
from tests.admin import CITATIONS, FilledForm, address_of, browser_of
from tests.factories import make_country, make_event, make_mission, make_source, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    """Addresses are written in the active language, and a request for another leaves that one active."""
    with translation.override("en"):
        yield


@pytest.fixture
def contributor():
    return make_user("contributor", "aigerim")


@pytest.fixture
def editor():
    return make_user("editor", "bolat")


@pytest.fixture
def second_editor():
    return make_user("editor", "chinara")


@pytest.fixture
def writing(contributor):
    """The browser of the contributor."""
    return browser_of(contributor)


@pytest.fixture
def reviewing(editor):
    """The browser of the editor."""
    return browser_of(editor)


@pytest.fixture
def source():
    return make_source(title="Decree 17", slug="decree-17")


@pytest.fixture
def new_event(writing, source):
    """The form of a new event, filled in with a participant and a citation, not sent yet."""
    form = FilledForm(writing, address_of("add", Event))
    form.data |= {"title_en": "Visit to Kinshasa", "slug": "kinshasa", "kind": "meeting", "level": "minister"}
    form.data["date"] = "2025-09"
    form.add_row("participations", country=make_country("COD").pk)
    form.add_row(CITATIONS, source=source.pk, field="date")
    return form


@pytest.fixture
def public_event():
    return make_event(title="Visit", slug="visit", venue="Palace", participations=[{"country": make_country("COD")}])


def take(client, step: str, record, note: str = ""):
    """Press the button of the page of a step."""
    return client.post(address_of("step", record, step), {"note": note})


def words_of(answer) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(text))


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
        answer = take(writing, step, submitted, "I insist")

        assert "Only an editor can do this." in words_of(answer)
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
        assert [change.field for change in page.context["differences"]] == ["venue"]

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


class TestHistory:
    def test_it_lists_who_when_and_why(self, new_event, writing, reviewing):
        new_event.send()
        event = Event.objects.get()
        take(writing, "submit", event, "Ready")
        take(reviewing, "publish", event, "Checked against the decree")

        page = reviewing.get(address_of("history", event))

        rows = page.context["rows"]
        assert [str(row["revision"].user) for row in rows] == ["bolat", "aigerim", "aigerim"]
        assert [row["revision"].comment for row in rows] == [
            "Checked against the decree",
            "Ready",
            "Edited in the admin",
        ]
        words = words_of(page)
        assert "bolat Checked against the decree" in words
        assert re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d aigerim Edited in the admin First version", words)

    def test_it_says_which_fields_changed(self, new_event, reviewing):
        new_event.send()
        event = Event.objects.get()
        FilledForm(reviewing, address_of("change", event)).send(venue="Akorda")

        assert "venue : – → Akorda" in words_of(reviewing.get(address_of("history", event)))

    def test_a_record_without_revisions_says_so(self, reviewing):
        event = make_event(status=Status.DRAFT)

        assert "No revision is kept of this record." in words_of(reviewing.get(address_of("history", event)))

    def test_it_is_for_those_who_sign_in(self, client, public_event):
        assert client.get(address_of("history", public_event)).status_code == 302
