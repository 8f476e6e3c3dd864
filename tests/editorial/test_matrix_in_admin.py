"""Who may take which step with which kind of record in the admin: those who may by function, and nobody else."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user

from events.models import Event
from kzafrica.analysis.models import Article
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ProposedChange, Source
from tests.admin import FilledForm, address_of, browser_of, take
from tests.editorial.matrix import (
    FUNCTIONS,
    KINDS,
    WRITERS,
    is_open_to,
    people_of_each_role,
    proposed,
    proposed_by,
    tries,
)
from tests.factories import make_record
from tests.undoing import undone
from trade.models import Release

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# The forms of all other kinds are those of events.
WITH_FORMS_OF_THEIR_OWN = (Event, Source, Release, Article)


def press(step: str) -> Callable:
    return lambda browser, record: take(browser, step, record, "Because")


def decide(button: str) -> Callable:
    return lambda browser, record: browser.post(
        address_of("change", proposed(record)), {button: "1", "note": "Because", "reason": ""}
    )


def take_back(browser, record) -> None:
    browser.post(address_of("change", proposed_by(record, get_user(browser))), {"take_back": "1"})


def correct_at_once(browser, record) -> None:
    """By the form, where there is one; who may not see it sends what its button would."""
    address, said = address_of("change", record), {"slug": "b", "_urgent": "on", "_note": "Slip"}
    if browser.get(address).status_code == 200:
        FilledForm(browser, address).send(**said)
    else:
        browser.post(address, said)


# How each step is taken in the admin.
BUTTONS = ("submit", "return", "publish", "withdraw")
DOORS = {step: press(step) for step in BUTTONS} | {
    "submit again": press("submit"),
    "apply": decide("apply"),
    "reject": decide("reject"),
    "take back": take_back,
    "correct at once": correct_at_once,
    "delete": lambda browser, record: browser.post(address_of("delete", record), {"post": "yes"}),
}
CASES = [case for case in FUNCTIONS if case.name in DOORS]


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.model_name)
def test_the_admin_takes_the_same_steps(model):
    browsers = {role: browser_of(person) for role, person in people_of_each_role().items()}
    wrong = []

    for case, role, record in tries(model, CASES):
        DOORS[case.name](browsers[role], record)
        if case.is_taken(record) != is_open_to(case, role, model):
            wrong.append(f"{case.name} by {role or 'no role'}")

    assert wrong == []


@pytest.mark.parametrize("model", WITH_FORMS_OF_THEIR_OWN, ids=lambda model: model._meta.model_name)
def test_the_form_offers_the_steps_that_are_open(model):
    browsers = {role: browser_of(person) for role, person in people_of_each_role().items()}
    wrong = []

    for case, role, record in tries(model, [case for case in CASES if case.name in BUTTONS]):
        page = browsers[role].get(address_of("change", record))
        is_offered = page.status_code == 200 and f"/step/{case.name}/" in page.content.decode()
        if is_offered != is_open_to(case, role, model):
            wrong.append(f"offer of {case.name} to {role or 'no role'}")

    assert wrong == []


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.model_name)
def test_saving_a_public_record_in_the_admin_proposes_for_writers_and_does_nothing_for_others(model):
    record = make_record(model)
    before = content_of(record)
    proposers, address = set(), address_of("change", record)

    for role, person in people_of_each_role().items():
        browser = browser_of(person)
        with undone():
            if role in WRITERS:
                FilledForm(browser, address).send(slug="other")
            else:
                browser.post(address, {"slug": "other"})
            if ProposedChange.objects.exists():
                proposers.add(role)
            assert content_of(model.objects.get(pk=record.pk)) == before

    assert proposers == WRITERS


def test_every_step_has_its_door():
    # A change is proposed by saving the form, which has a test of its own.
    assert {case.name for case in FUNCTIONS} - set(DOORS) == {"propose"}
