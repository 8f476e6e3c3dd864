"""Who may take which step with which kind of record: by function and through the API, all alike."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction

from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.publishable import PublishableModel
from tests.admin import browser_of
from tests.api.resources import RESOURCES
from tests.editorial.matrix import FUNCTIONS, KINDS, ROLES, is_open_to, people_of_each_role, tries
from tests.factories import make_record, make_user
from tests.undoing import undone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.model_name)
def test_a_step_is_taken_by_those_it_is_open_to_and_by_nobody_else(model):
    people, wrong = people_of_each_role(), []

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
