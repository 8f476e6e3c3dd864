"""A story that was sent when the login had expired comes back to its screen, to be looked through and then saved."""

import pytest
from reversion.models import Revision

from events.models import Event
from kzafrica.editorial.models import Source
from kzafrica.reference.models import Person
from tests.accounts import PASSWORD, expire, press_back, sign_in_from
from tests.admin import browser_of
from tests.desk_forms import EVENT, SOURCE, story
from tests.factories import make_event, make_person, make_user

pytestmark = pytest.mark.django_db


def test_everything_is_shown_as_it_was_typed_and_nothing_is_saved(writing):
    screen = story(writing, "event person")
    make_person(name="Musalia Mudavadi")
    row = {"r0-participations-0-person": "Musalia Mudavadi", "r0-participations-0-country": "KEN"}
    before = Revision.objects.count()

    answer = screen.send(**SOURCE, **EVENT, r1__name_en="William Ruto", _resume="1", **row)

    assert answer.status_code == 200
    assert "You were signed out meanwhile" in screen.words
    assert not Event.objects.exists() and Revision.objects.count() == before
    assert screen.data["r0-participations-0-person"] == ["Musalia Mudavadi"]
    assert not Source.objects.filter(title="Presidents meet").exists()
    assert screen.data["s-title"] == ["Presidents meet"]
    assert "_resume" not in screen.data
    assert screen.send().status_code == 302
    assert Event.objects.get().title == "Talks in Nairobi"
    assert Person.objects.filter(name_en="William Ruto").exists()


def test_a_fault_is_told_at_once(writing):
    screen = story(writing)

    screen.send(**SOURCE, **{**EVENT, "r0__date": "soon"}, _resume="1")

    assert screen.focus == "r0-date"
    assert screen.data["r0-date"] == ["soon"]


def test_what_was_looked_at_is_not_asked_again(writing, states):
    make_event(title="Old talks", kind="meeting", date="2025-09-09", participations=[{"country": states[1]}])
    screen = story(writing)
    screen.send(**SOURCE, **EVENT)

    screen.send(_resume="1")

    assert Event.objects.count() == 1
    assert screen.send().status_code == 302


def test_it_comes_back_through_the_page_for_signing_in(states):
    contributor = make_user("contributor", password=PASSWORD)
    writing = browser_of(contributor)
    screen = story(writing)
    expire()

    kept = sign_in_from(writing, screen.send(**SOURCE, **EVENT), contributor)
    screen.read(press_back(writing, kept))

    assert "You were signed out meanwhile" in screen.words
    assert screen.data["r0-title_en"] == ["Talks in Nairobi"]
    assert not Event.objects.exists()
    assert screen.send().status_code == 302
    assert Event.objects.get().citations.get().source.title == "Presidents meet"


def test_a_button_that_adds_a_form_adds_it(writing):
    screen = story(writing)

    screen.send(button="add", value="award", **SOURCE, **EVENT, _resume="1")

    assert screen.data["record"] == ["0:event", "1:award"]
    assert screen.data["r0-title_en"] == ["Talks in Nairobi"]
