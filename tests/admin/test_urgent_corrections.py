"""An administrator's urgent correction: at once, with a reason, and marked wherever it is told."""

import pytest

from events.models import Event
from kzafrica.editorial.models import Change, Correction, ProposedChange
from tests.admin import FilledForm, address_of, browser_of, words_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administering(db):
    return browser_of(make_user("administrator", "dana"))


def test_it_is_before_readers_at_once_and_marked(client, public_event, administering):
    FilledForm(administering, address_of("change", public_event)).send(
        venue="Senate", _urgent="on", _note="The venue was wrong."
    )

    assert "Senate" in words_of(client.get(public_event.get_absolute_url()))
    correction = Correction.objects.get()
    assert (correction.is_urgent, correction.reason) == (True, "The venue was wrong.")
    change = Change.objects.last()
    assert (change.action, change.is_unreviewed, change.by_name) == ("changed", True, "dana")
    assert not ProposedChange.objects.exists()


def test_without_a_reason_nothing_is_written_and_the_form_is_kept(public_event, administering):
    answer = FilledForm(administering, address_of("change", public_event)).send(venue="Senate", _urgent="on")

    assert "An urgent correction needs a reason for readers" in words_of(answer)
    assert 'value="Senate"' in answer.content.decode()
    assert Event.objects.get().venue == "Palace"


def test_an_editor_is_not_offered_it_and_cannot_force_it(public_event, reviewing):
    form = FilledForm(reviewing, address_of("change", public_event))

    answer = form.send(venue="Senate", _urgent="on", _note="I insist.")

    assert "_urgent" not in reviewing.get(address_of("change", public_event)).content.decode()
    assert "Only an administrator corrects at once" in words_of(answer)
    assert Event.objects.get().venue == "Palace"


def test_without_the_mark_an_administrator_proposes_like_everybody(public_event, administering):
    FilledForm(administering, address_of("change", public_event)).send(venue="Senate", _note="Looked up")

    assert Event.objects.get().venue == "Palace"
    assert ProposedChange.objects.get().note == "Looked up"
