"""A proposal that puts an act outside the life of a person is refused by whoever applies it, with the sentence."""

import pytest

from kzafrica.editorial import proposals
from kzafrica.editorial.content import ContentError, content_of
from tests.factories import make_event, make_person

pytestmark = pytest.mark.django_db

DIED = "Amara Diallo died (2024) before this took place (10 September 2025)."


@pytest.fixture
def refusal_of(contributor, editor):
    """What is said when a change of a record is proposed by one and applied by another."""

    def said(record, **changes) -> list[tuple[str, str]]:
        proposal = proposals.propose(record, content_of(record) | changes, by=contributor)
        with pytest.raises(ContentError) as refusal:
            proposals.apply_proposal(proposal, by=editor)
        record.refresh_from_db()
        assert content_of(record) == proposal.based_on
        return [(fault.where, fault.sentence) for fault in refusal.value.faults]

    return said


def test_a_participant_who_was_dead(refusal_of):
    make_person(name="Amara Diallo", died="2024")

    faults = refusal_of(make_event(), participations=[{"person": "amara-diallo"}])

    assert faults == [("participations[1].person", DIED)]


def test_an_event_that_is_moved_behind_the_death_of_a_participant(refusal_of):
    event = make_event(date="2020", participations=[{"person": make_person(name="Amara Diallo", died="2024")}])

    assert refusal_of(event, date="2025-09-10") == [("participations[1].person", DIED)]


def test_a_death_before_an_event_that_the_person_took_part_in(refusal_of):
    person = make_person(name="Amara Diallo")
    make_event(participations=[{"person": person}])

    assert refusal_of(person, died="2024") == [("died", DIED)]


def test_a_birth_after_it(refusal_of):
    person = make_person(name="Amara Diallo")
    make_event(participations=[{"person": person}])

    assert refusal_of(person, born="2026") == [
        ("born", "Amara Diallo was born (2026) after this took place (10 September 2025).")
    ]


def test_whoever_was_only_planned_to_take_part_is_exempt(contributor, editor):
    person = make_person(name="Amara Diallo")
    event = make_event(participations=[{"person": person, "attendance": "planned"}])
    proposal = proposals.propose(person, content_of(person) | {"died": "2024"}, by=contributor)

    proposals.apply_proposal(proposal, by=editor)
    proposals.apply_proposal(proposals.propose(event, content_of(event) | {"date": "2026"}, by=contributor), by=editor)

    person.refresh_from_db()
    assert str(person.died) == "2024"
