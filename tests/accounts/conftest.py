"""People who sign in with a password, at a desk that asks for a second factor."""

import pytest

from events.models import Event
from tests.accounts import HOSTILE, make_person, stop_clock
from tests.admin import CITATIONS, FilledForm, address_of, browser_of
from tests.factories import make_country, make_source


@pytest.fixture(autouse=True)
def second_factor_on(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    return stop_clock(monkeypatch)


@pytest.fixture
def editor(db):
    return make_person("editor", "bolat", email="bolat@example.org")


@pytest.fixture
def contributor(db):
    return make_person("contributor", "aigerim", email="aigerim@example.org")


@pytest.fixture
def administrator(db):
    return make_person("administrator", "dana", email="dana@example.org")


@pytest.fixture
def writing(contributor):
    return browser_of(contributor)


@pytest.fixture
def new_event(writing):
    """A form of a new event with twelve participants and a citation, which nobody has sent yet."""
    form = FilledForm(writing, address_of("add", Event))
    form.data |= {"title_en": "Visit to Kinshasa", "slug": "kinshasa", "kind": "meeting", "level": "minister"}
    form.data |= {"date": "2025-09", "summary_en": HOSTILE}
    for number in range(12):
        form.add_row("participations", country=make_country(f"X{number:02d}").pk, capacity=f"note {number}")
    form.add_row(CITATIONS, source=make_source(title="Decree 17", slug="decree-17").pk, field="date")
    return form
