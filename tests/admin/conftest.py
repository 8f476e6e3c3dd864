"""People at their browsers, and records for them to work on."""

import pytest
from django.utils import translation

from events.models import Event
from tests.admin import CITATIONS, FilledForm, address_of, browser_of
from tests.factories import make_country, make_event, make_source, make_user


@pytest.fixture(autouse=True)
def english():
    """Addresses are written in the active language, and a request for another leaves that one active."""
    with translation.override("en"):
        yield


@pytest.fixture
def contributor():
    return make_user("contributor", "aigerim")


@pytest.fixture
def editor():
    return make_user("editor", "bolat")


@pytest.fixture
def second_editor():
    return make_user("editor", "chinara")


@pytest.fixture
def writing(contributor):
    """The browser of the contributor."""
    return browser_of(contributor)


@pytest.fixture
def reviewing(editor):
    """The browser of the editor."""
    return browser_of(editor)


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
