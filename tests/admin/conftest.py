"""People at their browsers, and records for them to work on."""

import pytest

from events.models import Event
from tests.admin import CITATIONS, FilledForm, address_of
from tests.factories import make_country, make_event, make_source


@pytest.fixture
def source():
    return make_source(title="Decree 17", slug="decree-17")


@pytest.fixture
def new_event(writing, source):
    """The form of a new event, filled in with a participant and a citation, not sent yet."""
    form = FilledForm(writing, address_of("add", Event))
    form.data |= {"title_en": "Visit to Kinshasa", "slug": "kinshasa", "kind": "meeting", "level": "minister"}
    form.data["date"] = "2025-09"
    form.add_row("participations", country=make_country("COD").pk)
    form.add_row(CITATIONS, source=source.pk, field="date")
    return form


@pytest.fixture
def public_event():
    return make_event(title="Visit", slug="visit", venue="Palace", participations=[{"country": make_country("COD")}])
