"""The schema of a written document says what must be sent and what is saved unsaid."""

import pytest

from diplomacy.models import Relation
from events.models import Event
from kzafrica.writing.letters import OF_AMENDMENTS, OF_DRAFTS
from kzafrica.writing.schemas import document_schema


def test_what_is_saved_unsaid_is_told_of_new_records_alone():
    status = document_schema(Event, OF_DRAFTS, is_new=True)["properties"]["status"]

    assert status["default"] == Event._meta.get_field("occurrence").default
    assert "default" not in document_schema(Event, OF_AMENDMENTS, is_new=False)["properties"]["status"]


@pytest.mark.parametrize(("model", "is_required"), [(Relation, True), (Event, False)])
def test_an_id_must_be_sent_where_there_is_no_title_to_make_it_from(model, is_required):
    assert ("id" in document_schema(model, OF_DRAFTS, is_new=True)["required"]) is is_required
