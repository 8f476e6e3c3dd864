"""A note beside a step that is longer than any text may be is refused in words, and nothing is done."""

import pytest

from events.models import Event
from kzafrica.editorial import history, proposals, workflow
from kzafrica.editorial.choices import ProposalState, Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Correction, ProposedChange
from kzafrica.workshop.texts import LONGEST_TEXT
from tests.admin import FilledForm, address_of, browser_of, take, words_of
from tests.factories import make_event, make_user

pytestmark = pytest.mark.django_db
LONG = "x" * (LONGEST_TEXT + 1)
REFUSED = "This note has 20001 characters, and 20000 are allowed"


def test_beside_a_step(writing):
    event = make_event(status=Status.DRAFT)

    answer = take(writing, "submit", event, note=LONG)

    assert REFUSED in words_of(answer)
    assert Event.objects.get().status == Status.DRAFT


@pytest.mark.parametrize("name", ["note", "reason"])
def test_beside_a_decision(reviewing, contributor, public_event, name):
    proposal = proposals.propose(public_event, content_of(public_event) | {"venue": "Senate"}, by=contributor)

    answer = reviewing.post(address_of("change", proposal), {"apply": "1", "note": "", "reason": "", name: LONG})

    assert REFUSED in words_of(answer)
    proposal.refresh_from_db()
    assert (proposal.state, Correction.objects.count()) == (ProposalState.OPEN, 0)


def test_beside_a_proposal(writing, public_event):
    answer = FilledForm(writing, address_of("change", public_event)).send(venue="Senate", _note=LONG)

    assert REFUSED in words_of(answer)
    assert 'value="Senate"' in answer.content.decode()
    assert not ProposedChange.objects.exists()


def test_beside_an_urgent_correction(public_event):
    correcting = browser_of(make_user("administrator"))

    answer = FilledForm(correcting, address_of("change", public_event)).send(venue="Senate", _note=LONG, _urgent="1")

    assert REFUSED in words_of(answer)
    assert Event.objects.get().venue == "Palace"


def test_beside_the_way_back(writing, contributor):
    event = make_event(venue="Akorda", status=Status.DRAFT)
    for venue in ("Akorda", "Senate"):
        with workflow.one_revision(by=contributor, note="Written", of=event):
            event.venue = venue
            event.save()
    first = history.states_of(event)[-1]

    answer = writing.post(address_of("version", event, first.revision.pk), {"note": LONG})

    assert REFUSED in words_of(answer)
    assert Event.objects.get().venue == "Senate"
