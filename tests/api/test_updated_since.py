"""``updated_since`` is honest: the moment of a record moves when what readers see of it does, and at nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kzafrica.api import router
from kzafrica.editorial import link_checks, proposals, workflow
from kzafrica.editorial.changing import change_published
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Source
from kzafrica.editorial.publishable import PublishableModel
from tests.admin import FilledForm, address_of
from tests.api.resources import RESOURCES
from tests.factories import (
    make_citation,
    make_event,
    make_figure,
    make_mission,
    make_person,
    make_place,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
# Lines of logs, which never change; rows of files, which come and go with their release; what is computed.
WITHOUT = {
    "changes",
    "corrections",
    "dossiers",
    "editions",
    "flows",
    "panel",
    "quality",
    "search",
    "trade/totals",
    "versions",
}


def age(record) -> None:
    """Nothing has changed of it for years."""
    type(record)._base_manager.filter(pk=record.pk).update(updated_at=LONG_AGO)
    record.refresh_from_db()


def has_moved(record) -> bool:
    moment = type(record)._base_manager.get(pk=record.pk).updated_at
    return moment != LONG_AGO


def apply(record, contributor, editor, **content) -> None:
    proposal = proposals.propose(record, content_of(record) | content, by=contributor)
    proposals.apply_proposal(proposal, by=editor)


def change(record, *, by) -> None:
    """Let it say something else: one source more, of a source another note, of reference data whatever it says."""
    if not isinstance(record, PublishableModel):
        workflow.change_reference(record, by=by)
        return
    content = content_of(record)
    more = {"note": "Read in part."}
    if not isinstance(record, Source):
        more = {"citations": [*content["citations"], {"source": make_source().slug}]}
    change_published(record, content | more, by=by)


@pytest.mark.one_database
def test_every_resource_of_records_takes_it_and_leaves_out_what_has_not_changed(document_at, editor):
    """One table: of two rows of each resource the one that has changed is found, and it alone."""
    table = {}
    for resource in RESOURCES:
        if resource.name in WITHOUT:
            continue
        _old, new = resource.make(), resource.make()
        record = getattr(new, "mission", new)
        for row in type(record)._base_manager.all():
            age(row)
        record.refresh_from_db()

        change(record, by=editor)

        found = document_at(resource.address, {"updated_since": "2025-01-01", "limit": 500})["results"]
        everything = document_at(resource.address, {"updated_since": "2019-12-31", "limit": 500})["results"]
        tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
        none = document_at(resource.address, {"updated_since": tomorrow})["results"]
        expected = str(getattr(new, "key", new.pk))
        table[resource.name] = [row["id"] for row in found] == [expected], len(everything) > 1, none == []

    assert table.keys() == {prefix for prefix, _viewset, _name in router.registry} - WITHOUT
    assert {name: told for name, told in table.items() if told != (True, True, True)} == {}


class TestMoves:
    """What readers see of a record has changed."""

    @pytest.fixture
    def event(self):
        event = make_event(slug="visit", outcomes=[{"kind": "topic", "text": "Copper"}])
        age(event)
        return event

    def test_by_publishing(self):
        event = make_event(status=Status.DRAFT)
        age(event)

        workflow.publish(event, by=workflow.system_user())

        assert has_moved(event)

    def test_by_another_word_of_its_own(self, event, contributor, editor):
        apply(event, contributor, editor, venue="Palace")

        assert has_moved(event)

    def test_by_another_part(self, event, contributor, editor):
        outcomes = [{"kind": "topic", "text_en": "Copper"}, {"kind": "topic", "text_en": "Cobalt"}]
        apply(event, contributor, editor, outcomes=outcomes)

        assert has_moved(event)

    def test_by_a_word_within_a_part(self, event, contributor, editor):
        apply(event, contributor, editor, outcomes=[{"kind": "topic", "text_en": "Cobalt"}])

        assert has_moved(event)

    def test_by_a_citation_of_it_or_of_its_part(self, event, contributor, editor):
        source = make_source(slug="decree")
        age(source)
        apply(event, contributor, editor, citations=[*content_of(event)["citations"], {"source": "decree"}])
        moved = has_moved(event)
        age(event)
        outcome = {"kind": "topic", "text_en": "Copper", "citations": [{"source": "decree", "locator": "page 2"}]}
        apply(event, contributor, editor, outcomes=[outcome])

        assert (moved, has_moved(event), has_moved(source)) == (True, True, False)

    def test_by_an_urgent_correction(self, event):
        changed = content_of(event) | {"venue": "Palace"}
        proposals.correct_at_once(event, changed, by=make_user("administrator"), reason="Mistaken")

        assert has_moved(event)

    def test_by_the_renaming_of_what_it_names_by_key(self, event, contributor, editor):
        figure = make_figure(subject=event)
        age(figure)

        apply(event, contributor, editor, slug="state-visit")

        assert has_moved(figure)

    def test_of_a_mission_for_its_milestones_and_heads(self, contributor, editor, ids_at):
        heads = [{"person": make_person()}]
        mission = make_mission(milestones=[{"kind": "opened", "date": "2014"}], heads=heads)
        make_mission(heads=heads)
        age(mission)
        since = {"updated_since": "2025-01-01"}
        of_mission = {"mission": mission.slug}
        before = ids_at("/api/v1/milestones/", since), ids_at("/api/v1/heads-of-mission/", since | of_mission)

        apply(mission, contributor, editor, milestones=[{"kind": "opened", "date": "2015"}])

        assert before == (set(), set())
        assert ids_at("/api/v1/heads-of-mission/", since | of_mission) == {str(mission.heads.get().pk)}
        assert ids_at("/api/v1/milestones/", since) == {str(mission.milestones.get().pk)}


class TestStays:
    """Editors were at work, and readers see the same."""

    @pytest.fixture
    def event(self):
        event = make_event(slug="visit", venue="Hall")
        age(event)
        return event

    @pytest.fixture
    def nothing_told(self, event):
        """Neither the moment nor the content revision has moved by the end of the test."""
        before = workflow.content_revision()
        yield
        assert not has_moved(event)
        assert workflow.content_revision() == before

    def test_at_a_form_that_is_saved_as_it_was(self, event, nothing_told, writing):
        assert FilledForm(writing, address_of("change", event)).send().status_code == 302

    def test_at_a_proposal_that_waits_and_one_that_is_rejected(self, event, nothing_told, contributor, editor):
        proposals.propose(event, content_of(event) | {"venue": "Palace"}, by=contributor)
        other = proposals.propose(event, content_of(event) | {"venue": "Akorda"}, by=contributor)
        proposals.reject_proposal(other, by=editor, note="Not so")

    def test_at_a_draft_that_names_it_is_edited_submitted_and_returned(self, event, nothing_told, contributor, editor):
        session = make_event(title="Session", status=Status.DRAFT, parent=event)
        session.title = "Another session"
        with workflow.one_revision(by=contributor, note="Edited", of=session):
            session.save()
        workflow.submit(session, by=contributor)
        workflow.return_to_draft(session, by=editor, note="Which day?")

    def test_at_an_urgent_correction_that_says_the_same(self, event, nothing_told):
        administrator = make_user("administrator")

        assert proposals.correct_at_once(event, content_of(event), by=administrator, reason="Same") is None

    def test_at_another_word_of_a_record_that_it_names(self, event, contributor, editor):
        """A document gives the names of others; they change with those."""
        session = make_event(slug="session", parent=event)
        apply(session, contributor, editor, title_en="Another session")

        assert (has_moved(session), has_moved(event)) == (True, False)

    def test_at_a_check_of_links(self):
        source = make_source(url="https://example.org/story")
        age(source)
        (link,) = link_checks.links_to_ask(Source.objects.filter(pk=source.pk))

        link_checks.keep([link_checks.Finding(link, False, "404 Not Found")])

        assert not has_moved(source)


def test_a_review_that_finds_everything_said_already_moves_nothing(contributor, editor):
    event = make_event(venue="Hall")
    twice = [proposals.propose(event, content_of(event) | {"venue": "Palace"}, by=contributor) for _time in range(2)]
    proposals.apply_proposal(twice[0], by=editor)
    age(event)
    before = workflow.content_revision()

    with pytest.raises(workflow.NotAllowed, match="nothing to correct"):
        proposals.apply_proposal(twice[1], by=editor, reason="It was in the palace.")
    proposals.apply_proposal(twice[1], by=editor)

    twice[1].refresh_from_db()
    assert twice[1].state == "applied"
    assert not has_moved(event)
    assert workflow.content_revision() == before


def test_reference_data_moves_when_it_says_something_else(reviewing):
    place = make_place("Kolwezi")
    age(place)

    FilledForm(reviewing, address_of("change", place)).send()
    stays = not has_moved(place)
    FilledForm(reviewing, address_of("change", place)).send(other_names="Колвези")

    assert (stays, has_moved(place)) == (True, True)


def test_a_source_moves_when_it_comes_before_readers_and_not_when_it_is_cited_again():
    source = make_source(slug="decree", status=Status.DRAFT)
    age(source)
    event = make_event(status=Status.DRAFT, citations=[source])
    workflow.publish(event, by=workflow.system_user())
    came = has_moved(source)
    age(source)

    make_citation(make_event(), source=source)

    assert (came, has_moved(source)) == (True, False)
