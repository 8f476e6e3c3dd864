"""What was written before a record was called otherwise still means that record, in a text as in a field."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event
from kzafrica.editorial import history, proposals, workflow
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Redirect
from kzafrica.editorial.present_keys import with_present_keys
from kzafrica.editorial.reverting import revert
from tests.factories import make_article, make_event, make_figure, make_person, make_source, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(contributor, editor):
    """Propose and apply a change of a public record."""

    def change(record, **fields):
        proposals.apply_proposal(proposals.propose(record, content_of(record) | fields, by=contributor), by=editor)
        record.refresh_from_db()

    return change


def test_an_article_goes_back_behind_the_renaming_of_a_figure(changed, contributor, editor):
    figure = make_figure(slug="old")
    article = make_article(body="It is {{figure/old}}.")
    changed(article, body_en="It is {{figure/old}} now.")
    changed(figure, slug="new")
    first = history.states_of(article)[-1]

    proposals.apply_proposal(revert(article, first, by=contributor), by=editor)

    article.refresh_from_db()
    assert first.content["body_en"] == "It is {{figure/old}}."
    assert article.body == "It is {{figure/new}}."


def test_a_proposal_that_waited_is_applied(changed, contributor, editor):
    source = make_source(slug="old")
    article = make_article(body="Nothing.")
    proposal = proposals.propose(
        article, content_of(article) | {"body_en": "Something^[source/old, page 2]."}, by=contributor
    )
    changed(source, slug="new")

    proposals.apply_proposal(proposal, by=editor)

    article.refresh_from_db()
    assert article.body == "Something^[source/new, page 2]."
    with pytest.raises(Exception, match="is named by public records"):
        workflow.withdraw(source, by=editor, note="No")


def test_what_is_there_is_not_what_once_had_its_name(changed):
    """A name that leads elsewhere and one that nothing ever had stay what they are."""
    article = make_article(body="Nothing.")
    figure = make_figure(slug="here")

    changed(article, body_en="It is {{figure/here}}.")

    article.refresh_from_db()
    assert article.body == "It is {{figure/here}}."
    assert figure.is_public


def test_going_back_to_another_name_for_the_same_changes_nothing(changed, contributor):
    person, forum, source = make_person(slug="old"), make_event(slug="old"), make_source(slug="old")
    event = make_event(parent=forum, participations=[{"person": person}], citations=[source])
    figure = make_figure(subject=forum)
    first = [history.states_of(record)[-1] for record in (event, figure)]
    for record in (person, forum, source):
        changed(record, slug="new")

    for record, state in zip((event, figure), first, strict=True):
        record.refresh_from_db()
        with pytest.raises(ValidationError, match="nothing would change"):
            revert(record, state, by=contributor)


def test_a_row_that_was_changed_before_is_changed_though_its_person_is_called_otherwise(changed, contributor, editor):
    person = make_person(slug="old")
    event = make_event(participations=[{"person": person}])
    (row,) = content_of(event)["participations"]
    proposal = proposals.propose(
        event, content_of(event) | {"participations": [row | {"capacity": "Guest"}]}, by=contributor
    )
    changed(person, slug="new")

    proposals.apply_proposal(proposal, by=editor)

    assert [(part.person.slug, part.capacity) for part in event.participations.all()] == [("new", "Guest")]


def test_a_key_that_is_in_use_again_means_who_has_it_now(changed, contributor):
    event = make_event(themes=[make_theme(slug="mining")])
    first = history.states_of(event)[-1]
    changed(event, themes=[])
    Redirect.objects.create(record_type="reference.theme", old_key="mining", target_key="geology")

    proposal = revert(event, first, by=contributor)

    assert proposals.outcome_of(proposal).content["themes"] == ["mining"]


def test_many_names_cost_no_more_queries_than_one(db, django_assert_num_queries):
    event = make_event(citations=[{"source": make_source(slug=f"source-{number}")} for number in range(8)])
    few, many = content_of(event), content_of(event)
    few["citations"] = few["citations"][:1]

    with CaptureQueriesContext(connection) as asked:
        with_present_keys(Event, few)

    with django_assert_num_queries(len(asked)):
        with_present_keys(Event, many)
