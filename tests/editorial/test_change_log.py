"""What moves together: the record, one revision of the whole of it, a line of the change log, the content revision."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from reversion.models import Revision, Version

from events.models import Event, Outcome, Participation
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Change, Citation, Source
from tests.factories import (
    make_country,
    make_event,
    make_mission,
    make_person,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db


class _Failure(Exception):
    """What goes wrong in these tests."""


@pytest.fixture
def submitted(contributor):
    event = make_event(title="Visit", slug="visit", status=Status.DRAFT)
    workflow.submit(event, by=contributor)
    return event


def test_nothing_has_moved_on_an_empty_site():
    assert workflow.content_revision() == 0


@pytest.mark.parametrize("step", ["submit", "return"])
def test_what_readers_cannot_see_does_not_move_the_content_revision(contributor, editor, step):
    event = make_event(status=Status.DRAFT if step == "submit" else Status.IN_REVIEW)
    before = workflow.content_revision()

    if step == "submit":
        workflow.submit(event, by=contributor)
    else:
        workflow.return_to_draft(event, by=editor, note="Which day?")

    assert workflow.content_revision() == before


def test_publishing_writes_one_change_with_the_number_of_the_content_revision(submitted, editor):
    before = workflow.content_revision()

    workflow.publish(submitted, by=editor, note="Date confirmed")

    change = Change.objects.last()
    assert (change.number, workflow.content_revision()) == (before + 1, before + 1)
    assert (change.action, change.record_type, change.record_key) == ("published", "events.event", "visit")
    assert (change.record_title, change.by_name, change.note) == ("Visit", "bolat", "Date confirmed")
    assert change.revision == workflow.latest_revision_of(submitted)


def test_each_source_published_along_has_a_change_and_a_revision_of_its_own_row(contributor, editor):
    source = make_source(slug="decree", status=Status.DRAFT)
    event = make_event(slug="visit", citations=[source], status=Status.DRAFT)
    workflow.submit(event, by=contributor)
    before = workflow.content_revision()

    workflow.publish(event, by=editor, note="Confirmed")

    assert [change.record_key for change in Change.objects.filter(number__gt=before)] == ["decree", "visit"]
    assert workflow.latest_revision_of(source).user == editor


def test_withdrawing_writes_a_change_with_the_reason(editor):
    event = make_event()
    before = workflow.content_revision()

    workflow.withdraw(event, by=editor, note="It never took place.")

    change = Change.objects.last()
    assert (change.number, change.action, change.note) == (before + 1, "withdrawn", "It never took place.")


def test_a_failure_at_the_last_moment_leaves_nothing_behind(submitted, editor, monkeypatch):
    before = workflow.content_revision(), Change.objects.count(), Revision.objects.count()

    def fail(*arguments, **options):
        raise _Failure

    monkeypatch.setattr(Change.objects, "filter", fail)
    with pytest.raises(_Failure):
        workflow.publish(submitted, by=editor)
    monkeypatch.undo()

    assert (workflow.content_revision(), Change.objects.count(), Revision.objects.count()) == before
    assert not Event.objects.published().exists()


def test_a_refusal_leaves_nothing_behind(contributor, editor):
    hidden = make_person(status=Status.DRAFT)
    source = make_source(status=Status.DRAFT)
    event = make_event(participations=[{"person": hidden}], citations=[source], status=Status.DRAFT)
    workflow.submit(event, by=contributor)
    before = workflow.content_revision(), Change.objects.count(), Revision.objects.count()

    with pytest.raises(ValidationError):
        workflow.publish(event, by=editor)

    assert (workflow.content_revision(), Change.objects.count(), Revision.objects.count()) == before
    assert not Source.objects.filter(pk=source.pk).published().exists()


def test_an_outer_transaction_that_fails_takes_the_publication_back(submitted, editor):
    before = workflow.content_revision()

    with pytest.raises(_Failure), transaction.atomic():
        workflow.publish(submitted, by=editor)
        raise _Failure

    assert workflow.content_revision() == before
    assert not Event.objects.published().exists()


def test_changes_are_numbered_without_gaps_or_repeats(editor):
    for event in [make_event() for _time in range(3)]:
        workflow.withdraw(event, by=editor, note="Test")

    numbers = list(Change.objects.values_list("number", flat=True))
    assert numbers == list(range(1, workflow.content_revision() + 1))


def test_the_change_log_outlives_the_account_that_made_it(submitted, editor):
    workflow.publish(submitted, by=editor)

    editor.delete()

    assert Change.objects.last().by_name == "bolat"
    assert workflow.latest_revision_of(submitted).user is None


class TestRevision:
    def test_holds_the_record_its_parts_its_citations_and_its_lists(self, submitted, contributor, editor):
        theme = make_theme()
        submitted.themes.set([theme])
        participation = submitted.participations.create(country=make_country("COD"))
        Citation.objects.create(source=make_source(), target=participation)
        submitted.outcomes.create(kind="topic", text="Copper")

        workflow.publish(submitted, by=editor)

        versions = workflow.latest_revision_of(submitted).version_set.all()
        held = {version.content_type.model_class() for version in versions}
        assert held >= {Event, Participation, Outcome, Citation}
        [event] = [version for version in versions if version.content_type.model_class() is Event]
        assert event.field_dict["themes"] == [theme.pk]
        assert len([version for version in versions if version.content_type.model_class() is Citation]) == 2

    def test_holds_the_status_and_the_day_of_publication(self, submitted, editor):
        workflow.publish(submitted, by=editor)

        fields = Version.objects.get_for_object(submitted).first().field_dict
        assert fields["status"] == "published"
        assert fields["published_at"] is not None

    def test_holds_parts_of_parts(self, contributor):
        head = {"accreditations": [{"country": make_country("COD"), "credentials_presented": "2025"}]}
        mission = make_mission(receiving=make_country("COD"), heads=[head], status=Status.DRAFT)

        workflow.submit(mission, by=contributor)

        held = {version.content_type.model for version in workflow.latest_revision_of(mission).version_set.all()}
        assert {"mission", "headofmission", "accreditation"} <= held

    def test_brings_back_the_whole_record(self, contributor):
        event = make_event(
            participations=[{"country": make_country("COD")}],
            outcomes=[{"kind": "topic", "text": "Copper", "citations": [make_source()]}],
            themes=[make_theme()],
            status=Status.DRAFT,
        )
        workflow.submit(event, by=contributor)
        before = content_of(Event.objects.get())
        revision = workflow.latest_revision_of(event)
        event.outcomes.all().delete()
        event.citations.all().delete()
        event.themes.clear()
        Event.objects.update(title_en="Vandalized")

        revision.revert()

        assert content_of(Event.objects.get()) == before

    def test_names_who_and_why(self, submitted, contributor):
        revision = workflow.latest_revision_of(submitted)

        assert (revision.user, revision.comment) == (contributor, "Submitted for review")


def test_reference_data_is_changed_with_the_content_revision_and_a_line_in_the_log(editor):
    country = make_country("COD")
    before, updated_at = workflow.content_revision(), country.updated_at
    country.capital = "Kinshasa"

    workflow.change_reference(country, by=editor)

    change = Change.objects.last()
    assert (change.number, change.action, change.record_key) == (before + 1, "changed", "COD")
    assert type(country).objects.get().updated_at > updated_at
