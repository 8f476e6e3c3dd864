"""What was written before a record was called otherwise still means that record, in a text as in a field."""

import pytest

from kzafrica.editorial import history, proposals, workflow
from kzafrica.editorial.content import content_of
from kzafrica.editorial.reverting import revert
from tests.factories import make_article, make_figure, make_source

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
