"""What names two records by reference, in a row or in a text, when the two become one."""

import pytest
from django.core.exceptions import ValidationError

from events.models import Event
from kzafrica.editorial import merging, proposals, workflow
from kzafrica.editorial.models import Change, ProposedChange
from tests.admin import address_of, words_of
from tests.factories import make_article, make_claim, make_event, make_figure, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


@pytest.fixture
def proposal(contributor):
    """The merge of event/other into event/one, both public."""
    one, other = make_event(slug="one"), make_event(slug="other")

    def propose() -> ProposedChange:
        return merging.propose_merge(one, other, merging.merged_content(one, other), by=contributor)

    return propose


def test_what_may_name_each_only_once_is_named_to_the_reviewer(proposal, reviewing):
    make_claim(text="Both were first.", subjects=["event/one", "event/other"])

    answer = reviewing.post(address_of("change", proposal()), {"apply": "1", "note": "", "reason": ""})

    assert "“Both were first.” names both records, and may name each only once" in words_of(answer)
    assert Event.objects.count() == 2


def test_two_headlines_for_one_subject_are_named(proposal, editor):
    for slug in ("one", "other"):
        make_figure(title=f"Of {slug}", subject=f"event/{slug}", is_headline=True)

    with pytest.raises(ValidationError, match="“Of other” names both records"):
        proposals.apply_proposal(proposal(), by=editor)

    assert Event.objects.count() == 2


def test_the_change_log_tells_once_of_each_that_names_another_now(proposal, editor):
    figure = make_figure(subject="event/other")
    proposed = proposal()
    before = workflow.content_revision()

    proposals.apply_proposal(proposed, by=editor)

    figure.refresh_from_db()
    assert figure.subject == "event/one"
    told = Change.objects.filter(number__gt=before).values_list("action", "record_key")
    assert list(told) == [("changed", "one"), ("merged", "other"), ("changed", figure.key)]


def test_sources_that_a_row_with_references_cites_are_merged(contributor, editor):
    one, other = make_source(slug="one"), make_source(slug="other")
    figure = make_figure(citations=[other])
    proposed = merging.propose_merge(one, other, merging.merged_content(one, other), by=contributor)

    proposals.apply_proposal(proposed, by=editor)

    assert figure.citations.get().source == one


def test_so_of_each_whose_text_does(contributor, editor):
    one, other = make_figure(slug="one"), make_figure(slug="other")
    article = make_article(slug="essay", body="So {{figure/other}}.")
    proposed = merging.propose_merge(one, other, merging.merged_content(one, other), by=contributor)
    before = workflow.content_revision()

    proposals.apply_proposal(proposed, by=editor)

    article.refresh_from_db()
    assert article.body == "So {{figure/one}}."
    told = Change.objects.filter(number__gt=before).values_list("action", "record_key")
    assert list(told) == [("changed", "one"), ("merged", "other"), ("changed", "essay")]
