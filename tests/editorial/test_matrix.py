"""Who may take which step with which kind of record: by function, in the admin and through the API, all alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction

from events.models import Event
from kzafrica.analysis.models import Article
from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.choices import ProposalState, Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ProposedChange, Source
from kzafrica.editorial.publishable import PublishableModel
from tests.admin import FilledForm, address_of, browser_of, take
from tests.api.resources import RESOURCES
from tests.factories import MAKERS, make_record, make_source, make_user
from tests.undoing import undone
from trade.models import Release

pytestmark = pytest.mark.django_db

KINDS = [model for model in MAKERS if issubclass(model, PublishableModel)]
ROLES = ("", "contributor", "editor", "administrator")
WRITERS = {"contributor", "editor", "administrator"}
PUBLISHERS = {"editor", "administrator"}


@dataclass(frozen=True)
class Case:
    """A step: the status it starts from, who may take it, and how to take it."""

    name: str
    starts_from: str
    open_to: set[str]
    take: Callable
    # Whether the record is what it was to become.
    is_taken: Callable


def has_status(status: str) -> Callable:
    return lambda record: type(record).objects.get(pk=record.pk).status == status


def changed(record: models.Model) -> dict:
    """What the record says, with one source more."""
    content = content_of(record)
    return content | {"citations": [*content.get("citations", []), {"source": make_source(slug="another").slug}]}


def proposed(record: models.Model) -> ProposedChange:
    content = content_of(record) | {"note": "Read again"} if isinstance(record, Source) else changed(record)
    return proposals.propose(record, content, by=workflow.system_user())


def latest_is(state: str) -> Callable:
    return lambda record: ProposedChange.objects.filter(state=state).exists()


FUNCTIONS = [
    Case(
        "submit",
        Status.DRAFT,
        WRITERS,
        lambda record, by: workflow.submit(record, by=by),
        has_status(Status.IN_REVIEW),
    ),
    Case(
        "return",
        Status.IN_REVIEW,
        PUBLISHERS,
        lambda record, by: workflow.return_to_draft(record, by=by, note="Which day?"),
        has_status(Status.DRAFT),
    ),
    Case(
        "publish",
        Status.IN_REVIEW,
        PUBLISHERS,
        lambda record, by: workflow.publish(record, by=by),
        has_status(Status.PUBLISHED),
    ),
    Case(
        "withdraw",
        Status.PUBLISHED,
        PUBLISHERS,
        lambda record, by: workflow.withdraw(record, by=by, note="Not so"),
        has_status(Status.WITHDRAWN),
    ),
    Case(
        "submit again",
        Status.WITHDRAWN,
        WRITERS,
        lambda record, by: workflow.submit(record, by=by),
        has_status(Status.IN_REVIEW),
    ),
    Case(
        "propose",
        Status.PUBLISHED,
        WRITERS,
        lambda record, by: proposals.propose(record, content_of(record) | {"slug": "other"}, by=by),
        latest_is(ProposalState.OPEN),
    ),
    Case(
        "apply",
        Status.PUBLISHED,
        PUBLISHERS,
        lambda record, by: proposals.apply_proposal(proposed(record), by=by),
        latest_is(ProposalState.APPLIED),
    ),
    Case(
        "reject",
        Status.PUBLISHED,
        PUBLISHERS,
        lambda record, by: proposals.reject_proposal(proposed(record), by=by, note="Not so"),
        latest_is(ProposalState.REJECTED),
    ),
    Case(
        "correct at once",
        Status.PUBLISHED,
        {"administrator"},
        lambda record, by: proposals.correct_at_once(record, content_of(record) | {"slug": "b"}, by=by, reason="Slip"),
        lambda record: type(record).objects.get(pk=record.pk).slug == "b",
    ),
    Case(
        "delete",
        Status.DRAFT,
        WRITERS,
        lambda record, by: workflow.delete_draft(record, by=by),
        lambda record: not type(record).objects.filter(pk=record.pk).exists(),
    ),
]
# Contributors may write sources down, but others may cite what they would delete.
NOT_DELETED_BY = {Source: {"contributor"}}


def is_open_to(case: Case, role: str, model: type[models.Model]) -> bool:
    if case.name == "delete" and role in NOT_DELETED_BY.get(model, ()):
        return False
    return role in case.open_to


def tries(model: type[models.Model], cases: list[Case]) -> Iterator[tuple[Case, str, models.Model]]:
    """Each step with each role and the record it starts from, which is as it was made again for the next."""
    for status in sorted({case.starts_from for case in cases}):
        with undone():
            made = make_record(model, status=status)
            for case, role in product(cases, ROLES):
                if case.starts_from == status:
                    with undone():
                        yield case, role, model.objects.get(pk=made.pk)


@pytest.fixture
def people(db) -> dict:
    """Somebody of each role; all of them may come in."""
    return {role: make_user(role, role or "nobody", is_staff=True) for role in ROLES}


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.model_name)
def test_a_step_is_taken_by_those_it_is_open_to_and_by_nobody_else(model, people):
    wrong = []

    for case, role, record in tries(model, FUNCTIONS):
        try:
            with transaction.atomic():
                case.take(record, people[role])
        except (workflow.NotAllowed, ValidationError):
            pass
        if case.is_taken(record) != is_open_to(case, role, model):
            wrong.append(f"{case.name} by {role or 'no role'}")

    assert wrong == []


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.model_name)
def test_no_step_is_taken_from_a_status_it_does_not_start_from(model):
    # Whoever may do most is the one whom nothing but the status can stop.
    person, wrong = make_user("administrator", "somebody"), []
    steps = [case for case in FUNCTIONS if case.name in {"submit", "return", "publish", "withdraw", "delete"}]
    starts = {case.name: {case.starts_from} for case in steps} | {
        "submit": {Status.DRAFT, Status.WITHDRAWN},
        "delete": {Status.DRAFT, Status.IN_REVIEW},
    }

    for status in Status.values:
        with undone():
            record = make_record(model, status=status)
            for case in steps:
                if status in starts[case.name]:
                    continue
                with undone():
                    try:
                        with transaction.atomic():
                            case.take(record, person)
                        wrong.append(f"{case.name} from {status}")
                    except workflow.NotAllowed:
                        pass
                record.refresh_from_db()

    assert wrong == []


# The forms of all other kinds are those of events.
WITH_FORMS_OF_THEIR_OWN = {Event, Source, Release, Article}
BUTTONS = {"submit", "return", "publish", "withdraw"}


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.model_name)
def test_the_admin_offers_and_takes_the_same_steps(model, people):
    browsers = {role: browser_of(person) for role, person in people.items()}
    wrong = []

    for case, role, record in tries(model, [case for case in FUNCTIONS if case.name in BUTTONS]):
        if model in WITH_FORMS_OF_THEIR_OWN:
            page = browsers[role].get(address_of("change", record))
            is_offered = page.status_code == 200 and f"/step/{case.name}/" in page.content.decode()
            if is_offered != is_open_to(case, role, model):
                wrong.append(f"offer of {case.name} to {role or 'no role'}")
        take(browsers[role], case.name, record, "Because")
        if case.is_taken(record) != is_open_to(case, role, model):
            wrong.append(f"{case.name} by {role or 'no role'}")

    assert wrong == []


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.model_name)
def test_saving_a_public_record_in_the_admin_proposes_for_writers_and_does_nothing_for_others(model, people):
    record = make_record(model)
    before = content_of(record)
    proposers, address = set(), address_of("change", record)

    for role, person in people.items():
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


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "no role")
@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_the_api_takes_no_step_for_anybody(resource, role):
    browser = browser_of(make_user(role, "somebody"))

    answers = {
        getattr(browser, method)(address, {}, content_type="application/json").status_code
        for method in ("post", "put", "patch", "delete")
        for address in (resource.address, f"{resource.address}visit/")
    }

    assert answers <= {404, 405}
    assert 405 in answers


def test_every_kind_of_record_is_in_the_matrix():
    assert set(KINDS) == {model for model in apps.get_models() if issubclass(model, PublishableModel)}
