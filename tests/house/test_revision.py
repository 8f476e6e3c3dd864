"""A request asks for the content revision once, and what it changes moves the number all the same."""

import pytest

from kzafrica.editorial import workflow
from kzafrica.editorial.choices import ChangeAction
from kzafrica.revision import holding
from tests.factories import make_country

pytestmark = pytest.mark.django_db


def test_what_is_held_is_the_revision_until_it_is_let_go():
    before = workflow.content_revision()

    with holding(before + 7):
        assert workflow.content_revision() == before + 7

    assert workflow.content_revision() == before


def test_changes_within_are_numbered_from_the_database():
    country = make_country("KEN")
    first = workflow.record_change(country, ChangeAction.CHANGED, by=None)

    with holding(0):
        second = workflow.record_change(country, ChangeAction.CHANGED, by=None)

    assert second.number == first.number + 1


def test_page_asks_for_it_once(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(50) as queries:
        client.get("/trade/")

    asked = [
        query
        for query in queries.captured_queries
        if query["sql"].startswith("SELECT number FROM editorial_contentrevision")
    ]
    assert len(asked) == 1
