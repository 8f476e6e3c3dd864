"""Acts that cannot have followed each other as written are refused wherever a whole record is read."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from diplomacy.models import Agreement, Mission
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.content import ContentError, content_of
from tests.factories import make_agreement, make_country, make_event, make_mission, make_person

pytestmark = pytest.mark.django_db
TOMORROW = str(localdate() + timedelta(days=1))


def refusal_of(record, **changes) -> str:
    """What is said of the record with these changes; empty where nothing is."""
    try:
        apply_content(type(record).objects.get(pk=record.pk), content_of(record) | changes)
    except ContentError as refusal:
        return str(refusal)
    return ""


@pytest.fixture
def embassy() -> Mission:
    """The embassy in Kenya, opened in 2010, whose ambassador was received there."""
    accreditation = {"country": make_country("KEN"), "credentials_presented": "2010-06"}
    return make_mission(
        sending=make_country("KAZ"),
        receiving=make_country("KEN"),
        milestones=[{"kind": "opened", "date": "2010"}],
        heads=[{"person": make_person(), "accreditations": [accreditation]}],
    )


def test_a_mission_is_not_turned_round_under_a_head_who_is_accredited(embassy):
    refusal = refusal_of(embassy, sending="KEN", receiving="KAZ")

    assert "A head of mission is not accredited to the state that sends the mission." in refusal


@pytest.mark.parametrize("kind", ["relocated", "upgraded", "suspended"])
def test_nothing_happens_to_a_mission_after_its_closing(embassy, kind):
    milestones = [
        *content_of(embassy)["milestones"],
        {"kind": "closed", "date": "2015"},
        {"kind": kind, "date": "2017"},
    ]

    assert "(2017) cannot come after “Closed” (2015): add how the mission opened again." in refusal_of(
        embassy, milestones=milestones
    )
    assert not refusal_of(embassy, milestones=[*milestones, {"kind": "opened", "date": "2016"}])


def test_a_mission_does_not_close_before_all_that_is_known_of_its_heads(embassy):
    refusal = refusal_of(embassy, milestones=[{"kind": "closed", "date": "2009"}])

    assert "“Closed” (2009) cannot come before all that is known of the heads of the mission." in refusal


@pytest.mark.parametrize("kind", ["opened", "closed", "decree", "relocated"])
def test_an_act_to_come_is_no_act_yet(embassy, kind):
    milestones = content_of(embassy)["milestones"]

    assert "This has not come yet" in refusal_of(embassy, milestones=[*milestones, {"kind": kind, "date": TOMORROW}])
    assert not refusal_of(embassy, milestones=[*milestones, {"kind": "planned", "date": TOMORROW}])


def test_an_event_to_come_was_not_held():
    event = make_event(date="2025")

    assert "This has not taken place yet" in refusal_of(event, date=TOMORROW)
    assert not refusal_of(event, date=TOMORROW, occurrence="announced")


def test_nothing_is_announced_after_its_date():
    event = make_event(date="2025-06")
    late = {"kind": "announced", "made": "2025-07", "planned": "2025-06"}

    assert "Nothing is announced after its date" in refusal_of(event, announcements=[late])
    assert not refusal_of(event, announcements=[late | {"kind": "cancelled"}])


@pytest.mark.parametrize(
    ("stages", "refused"),
    [
        ([("submitted", "2020"), ("signed", "2024")], True),
        ([("signed", "2024"), ("submitted", "2024")], False),
        ([("signed", "2020"), ("drafted", "2024")], True),
        ([("drafted", "2020"), ("signed", "2024")], False),
    ],
)
def test_an_agreement_is_drafted_signed_and_then_submitted(stages, refused):
    agreement = make_agreement()

    refusal = refusal_of(agreement, stages=[{"kind": kind, "date": day} for kind, day in stages])

    assert bool(refusal) == refused


@pytest.mark.parametrize(("life", "refused"), [({"died": "2000"}, True), ({"born": "2025"}, True), ({}, False)])
def test_nobody_signs_outside_their_life(life, refused):
    person = make_person(**life)
    agreement = make_agreement()

    refusal = refusal_of(
        agreement, signatories=[{"person": person.slug}], stages=[{"kind": "signed", "date": "2024-09"}]
    )

    assert bool(refusal) == refused
    assert Agreement.objects.get().slug == agreement.slug
