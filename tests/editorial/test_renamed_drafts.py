"""A draft that gets another address keeps what names it; nothing that names what is not there goes before readers."""

import pytest
from django.core.exceptions import ValidationError

from kzafrica.editorial import history, merging, workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Redirect
from kzafrica.statements.models import Figure
from tests.admin import FilledForm, address_of
from tests.factories import make_article, make_claim, make_event, make_figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def named():
    return make_event(slug="old", status=Status.DRAFT)


def rename(browser, record, slug):
    answer = FilledForm(browser, address_of("change", record)).send(slug=slug)
    assert answer.status_code == 302
    record.refresh_from_db()


def test_what_names_it_by_reference_follows(writing, named):
    figure = make_figure(subject="event/old", status=Status.DRAFT)
    claim = make_claim(subjects=["event/old"], status=Status.DRAFT)

    rename(writing, named, "new")

    figure.refresh_from_db()
    assert (figure.subject, claim.subjects.get().record) == ("event/new", "event/new")


def test_the_history_of_what_names_it_says_so(writing, named):
    figure = make_figure(subject="event/old", status=Status.DRAFT)
    assert FilledForm(writing, address_of("change", figure)).send(universe="All").status_code == 302

    rename(writing, named, "new")

    assert [state.content["subject"] for state in history.states_of(figure)] == ["event/new", "event/old"]


def test_texts_that_name_it_follow(writing):
    figure = make_figure(slug="old", status=Status.DRAFT)
    article = make_article(body="So {{figure/old}}.", status=Status.DRAFT)

    rename(writing, figure, "new")

    article.refresh_from_db()
    assert article.body == "So {{figure/new}}."


def test_what_was_merged_into_it_leads_to_it(writing, named):
    Redirect.objects.create(record_type="events.event", old_key="older", target_key="old")

    rename(writing, named, "new")

    assert Redirect.objects.get().target_key == "new"


def test_its_old_address_is_free_again(writing, named):
    rename(writing, named, "new")

    assert not Redirect.objects.exists()
    assert make_event(slug="old").slug == "old"


def test_nothing_is_published_that_names_what_is_not_there(contributor, editor):
    figure = make_figure(status=Status.DRAFT)
    Figure.objects.filter(pk=figure.pk).update(counterpart="event/gone")
    figure.refresh_from_db()
    workflow.submit(figure, by=contributor)

    with pytest.raises(ValidationError, match="names what is not there: event/gone"):
        workflow.publish(figure, by=editor)


def test_a_draft_that_is_deleted_leads_nobody_on(contributor):
    one, other = (make_event(slug=slug, status=Status.DRAFT) for slug in ("one", "other"))
    merging.merge(one, other, merging.merged_content(one, other), by=contributor)

    workflow.delete_draft(one, by=contributor)

    assert not Redirect.objects.exists()
