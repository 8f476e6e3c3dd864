"""Earlier states of records: each can be read exactly, whatever has become of the record and what it names."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.models import Event
from kzafrica.editorial import history, merging, proposals, workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Change
from tests.factories import make_country, make_event, make_figure, make_mission, make_source, make_theme

pytestmark = pytest.mark.django_db


def saved(record, by, note="Edited"):
    with workflow.one_revision(by=by, note=note, of=record):
        record.save()
    return record


@pytest.fixture
def event(contributor):
    event = make_event(
        title="Visit",
        slug="visit",
        status=Status.DRAFT,
        participations=[{"country": make_country("COD"), "citations": [{"source": make_source(slug="decree")}]}],
    )
    return saved(event, contributor)


def test_a_state_is_the_whole_record(event):
    (state,) = history.states_of(event)

    assert state.content == content_of(event)
    assert (state.status, state.key, state.title) == ("draft", "visit", "Visit")


def test_states_stand_newest_first_with_who_and_why(event, editor):
    event.venue = "Palace"
    saved(event, editor, "As the communiqué says")

    newest, oldest = history.states_of(event)

    assert (newest.content["venue"], oldest.content.get("venue")) == ("Palace", None)
    assert (newest.revision.user, newest.revision.comment) == (editor, "As the communiqué says")


def test_parts_stand_in_the_order_of_their_record(contributor):
    milestones = [{"kind": "closed", "date": "2015"}, {"kind": "opened", "date": "2014"}]
    mission = saved(make_mission(status=Status.DRAFT, milestones=milestones), contributor)

    (state,) = history.states_of(mission)

    assert state.content == content_of(mission)
    assert [row["date"] for row in state.content["milestones"]] == ["2014", "2015"]


def test_a_figure_keeps_its_numbers_exactly(contributor):
    figure = saved(make_figure(status=Status.DRAFT, value="783000000.25"), contributor)

    assert history.states_of(figure)[0].content == content_of(figure)


def test_a_record_stands_under_the_key_it_had_at_the_time(event, contributor, editor):
    forum = saved(make_event(slug="forum"), contributor)
    event.parent = forum
    saved(event, contributor)
    proposals.apply_proposal(
        proposals.propose(forum, content_of(forum) | {"slug": "forum-2025"}, by=contributor), by=editor
    )
    event.refresh_from_db()
    saved(event, contributor)

    newest, before, _first = history.states_of(event)

    assert (newest.content["parent"], before.content["parent"]) == ("forum-2025", "forum")


def test_what_names_a_renamed_record_by_text_tells_so_in_its_history(contributor, editor):
    forum = saved(make_event(slug="forum"), contributor)
    figure = saved(make_figure(subject=forum), contributor)

    proposals.apply_proposal(proposals.propose(forum, content_of(forum) | {"slug": "meet"}, by=contributor), by=editor)

    newest, before, *_earlier = history.states_of(figure)
    assert (newest.content["subject"], before.content["subject"]) == ("event/meet", "event/forum")


def test_readers_are_told_of_what_names_a_renamed_record(contributor, editor):
    forum = make_event(slug="forum")
    make_figure(slug="guests", subject=forum)
    before = workflow.content_revision()

    proposals.apply_proposal(proposals.propose(forum, content_of(forum) | {"slug": "meet"}, by=contributor), by=editor)

    told = Change.objects.filter(number__gt=before)
    assert [(change.action, change.record_key) for change in told] == [("renamed", "meet"), ("changed", "guests")]
    assert len({change.revision_id for change in told}) == 1


def test_each_change_of_reference_data_points_to_its_own_revision(editor):
    theme = make_theme(slug="mining")
    for name in ("Mines", "Mining"):
        theme.name = name
        with workflow.one_revision(by=editor, note=f"Named {name}"):
            workflow.change_reference(theme, by=editor)

    comments = [change.revision.comment for change in Change.objects.filter(record_key="mining", action="changed")]
    assert comments == ["Named Mines", "Named Mining"]


def test_a_state_is_found_by_its_moment(event, editor):
    before = timezone.now()
    event.venue = "Palace"
    saved(event, editor)

    assert "venue" not in history.state_at(Event, event.pk, before).content
    assert history.state_at(Event, event.pk, timezone.now()).content["venue"] == "Palace"
    assert history.state_at(Event, event.pk, event.created_at) is None


def test_history_outlives_the_record(event, contributor):
    content, number = content_of(event), event.pk

    workflow.delete_draft(event, by=contributor, note="Twice the same")

    newest, _first = history.states(Event, number)
    assert newest.content == content
    assert newest.revision.comment == "Twice the same"


def test_a_record_that_a_figure_is_about_is_not_deleted(event, contributor):
    make_figure(title="Guests", subject=event, status=Status.DRAFT)

    with pytest.raises(ValidationError, match="named by others: Guests"):
        workflow.delete_draft(event, by=contributor)


def test_a_record_that_others_name_is_not_deleted(event, contributor):
    saved(make_event(title="Session", status=Status.DRAFT, parent=event), contributor)

    with pytest.raises(ValidationError, match="named by others: Session"):
        workflow.delete_draft(event, by=contributor)

    assert Event.objects.count() == 2


def test_a_record_that_readers_have_seen_is_not_deleted(editor):
    event = make_event()

    with pytest.raises(workflow.NotAllowed, match="withdraw it"):
        workflow.delete_draft(event, by=editor)

    assert Event.objects.exists()


def test_a_merged_record_stands_under_its_old_key_in_earlier_states(event, contributor):
    twin = saved(make_event(slug="twin", status=Status.DRAFT), contributor)
    session = saved(make_event(slug="session", status=Status.DRAFT, parent=twin), contributor)

    merging.merge(event, twin, merging.merged_content(event, twin), by=contributor)

    newest, before = history.states_of(session)
    assert (newest.content["parent"], before.content["parent"]) == ("visit", "twin")


def test_the_queries_do_not_grow_with_the_states(
    event, contributor, django_assert_num_queries, django_assert_max_num_queries
):
    def states():
        return history.states_of(event)

    states()
    with django_assert_max_num_queries(12) as few:
        states()
    for venue in ("A", "B", "C", "D"):
        event.venue = venue
        saved(event, contributor)

    with django_assert_num_queries(len(few)):
        assert len(history.states_of(event)) == 5
