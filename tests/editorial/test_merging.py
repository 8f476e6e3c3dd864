"""Two records of one thing become one; nothing that was said or led to either is lost."""

import pytest
from django.core.exceptions import ValidationError

from events.models import Event
from kzafrica.editorial import merging, proposals, workflow
from kzafrica.editorial.choices import ProposalState, Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Change, ErrorReport, ProposedChange, Redirect, Source
from tests.factories import make_country, make_event, make_figure, make_source

pytestmark = pytest.mark.django_db


def draft(slug, **fields):
    return make_event(**{"slug": slug, "title": "Visit", "status": Status.DRAFT, **fields})


def merged(kept, absorbed, by):
    merging.merge(kept, absorbed, merging.merged_content(kept, absorbed), by=by)
    kept.refresh_from_db()
    return kept


def proposed_merge(kept, absorbed, by):
    return merging.propose_merge(kept, absorbed, merging.merged_content(kept, absorbed), by=by)


class TestContent:
    def test_what_one_leaves_empty_is_filled_from_the_other(self, db):
        content = merging.merged_content(draft("a", venue="Akorda", date=""), draft("b", venue="Senate", date="2025"))

        assert (content["slug"], content["venue"], content["date"]) == ("a", "Akorda", "2025")

    def test_parts_that_say_the_same_stand_once_with_the_sources_of_both(self, db):
        congo, decree = make_country("COD"), make_source(slug="decree")
        one = draft("a", participations=[{"country": congo}])
        other = draft(
            "b",
            participations=[{"country": congo, "citations": [{"source": decree}]}, {"country": make_country("KEN")}],
        )

        content = merging.merged_content(one, other)

        assert [row["country"] for row in content["participations"]] == ["COD", "KEN"]
        assert [row["source"] for row in content["participations"][0]["citations"]] == ["decree"]

    def test_the_same_statement_of_a_source_stands_once(self, db):
        decree, bulletin = make_source(slug="decree"), make_source(slug="bulletin")
        one = draft("a", citations=[{"source": decree, "field": "date"}])
        other = draft("b", citations=[{"source": decree, "field": "date"}, {"source": bulletin}])

        content = merging.merged_content(one, other)

        assert [row["source"] for row in content["citations"]] == ["decree", "bulletin"]


class TestDrafts:
    def test_one_record_is_left_and_the_old_address_leads_to_it(self, contributor):
        kept = merged(draft("a"), draft("b", venue="Senate"), contributor)

        assert [event.slug for event in Event.objects.all()] == ["a"]
        assert kept.venue == "Senate"
        assert Redirect.objects.of(Event, "b").get().target_key == "a"

    def test_what_named_the_one_names_the_other(self, contributor):
        one, other = draft("a"), draft("b")
        session = draft("session", parent=other)
        figure = make_figure(subject=other, status=Status.DRAFT)

        merged(one, other, contributor)

        session.refresh_from_db()
        figure.refresh_from_db()
        assert (session.parent, figure.subject) == (one, "event/a")

    def test_the_address_of_a_draft_stays_unknown_to_readers(self, client, contributor):
        merged(draft("a"), draft("b"), contributor)

        assert client.get("/events/b/").status_code == 404
        assert client.get("/api/v1/events/b/").status_code == 404

    def test_who_may_not_delete_such_records_may_not_merge_them(self, contributor):
        one, other = (make_source(slug=slug, status=Status.DRAFT) for slug in ("paper", "the-paper"))

        with pytest.raises(workflow.NotAllowed, match="only an editor"):
            merged(one, other, contributor)

        assert Source.objects.filter(slug="the-paper").exists()

    def test_sources_are_merged_with_what_cites_them(self, editor):
        one, other = (make_source(slug=slug, status=Status.DRAFT) for slug in ("paper", "the-paper"))
        event = draft("visit", citations=[{"source": other, "field": "date"}])

        merged(one, other, editor)

        assert [citation.source.slug for citation in event.citations.all()] == ["paper"]
        assert not Source.objects.filter(slug="the-paper").exists()

    def test_a_record_that_cites_both_for_the_same_is_named(self, editor):
        one, other = (make_source(slug=slug, status=Status.DRAFT) for slug in ("paper", "the-paper"))
        draft("visit", citations=[{"source": source, "field": "date"} for source in (one, other)])

        with pytest.raises(ValidationError, match="“Visit” names both records"):
            merged(one, other, editor)

        assert Source.objects.filter(slug="the-paper").exists()

    def test_one_that_names_the_other_is_refused(self, contributor):
        forum = draft("forum")
        session = draft("session", parent=forum)

        with pytest.raises(ValidationError, match="names “Visit”"):
            merging.merge(session, forum, content_of(session), by=contributor)

        assert Event.objects.count() == 2

    def test_a_record_and_itself_are_refused(self, contributor):
        event = draft("a")

        with pytest.raises(ValidationError, match="Two different records"):
            merged(event, event, contributor)

    def test_readers_learn_nothing(self, contributor):
        one, other = draft("a"), draft("b")
        before = workflow.content_revision()

        merged(one, other, contributor)

        assert workflow.content_revision() == before

    def test_reports_of_readers_go_along(self, contributor):
        one, other = draft("a"), draft("b")
        report = ErrorReport.objects.create(record=other, message="Not so", content_revision=1)

        merged(one, other, contributor)

        report.refresh_from_db()
        assert report.record == one


class TestPublicRecords:
    def test_they_are_not_merged_at_once(self, editor):
        with pytest.raises(workflow.NotAllowed, match="a second person has to review the merge"):
            merged(make_event(slug="a"), draft("b"), editor)

        assert Event.objects.count() == 2

    def test_the_public_one_is_kept(self, contributor):
        with pytest.raises(ValidationError, match="which readers can see"):
            proposed_merge(draft("a"), make_event(slug="b"), contributor)

    def test_nothing_changes_before_a_second_person_decides(self, client, contributor):
        one, other = make_event(slug="a"), make_event(slug="b")

        proposed_merge(one, other, contributor)

        assert client.get(other.get_absolute_url()).status_code == 200

    def test_then_the_old_address_leads_readers_and_programs_to_the_one_kept(self, client, contributor, editor):
        one, other = make_event(slug="a"), make_event(slug="b")
        proposal = proposed_merge(one, other, contributor)
        address = other.get_absolute_url()

        proposals.apply_proposal(proposal, by=editor)

        assert client.get(address).headers["Location"] == one.get_absolute_url()
        assert client.get("/api/v1/events/b/").headers["Location"] == "/api/v1/events/a/"

    def test_the_change_log_tells_of_both_and_of_what_names_it_now(self, contributor, editor):
        one, other = make_event(slug="a"), make_event(slug="b")
        make_event(slug="session", parent=other)
        proposal = proposed_merge(one, other, contributor)
        before = workflow.content_revision()

        proposals.apply_proposal(proposal, by=editor)

        told = Change.objects.filter(number__gt=before).values_list("action", "record_key")
        assert list(told) == [("changed", "a"), ("merged", "b"), ("changed", "session")]

    def test_one_that_changed_meanwhile_is_refused(self, contributor, editor):
        one, other = make_event(slug="a"), make_event(slug="b")
        proposal = proposed_merge(one, other, contributor)
        proposals.apply_proposal(
            proposals.propose(other, content_of(other) | {"venue": "Senate"}, by=contributor), by=editor
        )

        with pytest.raises(workflow.NotAllowed, match="has changed since"):
            proposals.apply_proposal(proposal, by=editor)

    def test_open_proposals_for_the_other_are_closed(self, contributor, editor):
        one, other = make_event(slug="a"), make_event(slug="b")
        open_one = proposals.propose(other, content_of(other) | {"venue": "Senate"}, by=contributor)
        proposal = proposed_merge(one, other, contributor)

        proposals.apply_proposal(proposal, by=editor)

        open_one.refresh_from_db()
        assert open_one.state == ProposalState.REJECTED

    def test_who_proposed_it_cannot_decide(self, editor):
        proposal = proposed_merge(make_event(slug="a"), make_event(slug="b"), editor)

        with pytest.raises(workflow.NotAllowed, match="A second person"):
            proposals.apply_proposal(proposal, by=editor)

        assert ProposedChange.objects.get().state == ProposalState.OPEN
