"""Every step of a record, the status it starts from and the roles it is open to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from django.db import models

from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.choices import ProposalState, Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ProposedChange, Source
from kzafrica.editorial.publishable import PublishableModel
from tests.factories import MAKERS, make_record, make_source, make_user
from tests.undoing import undone

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


def proposed_by(record: models.Model, user) -> ProposedChange:
    """A proposal of somebody, who may have had another role then."""
    return ProposedChange.objects.create(record=record, content={}, based_on=content_of(record), proposed_by=user)


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
        "take back",
        Status.PUBLISHED,
        WRITERS,
        lambda record, by: proposals.take_back(proposed_by(record, by), by=by),
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


def people_of_each_role() -> dict:
    """Somebody of each role; all of them may come in."""
    return {role: make_user(role, role or "nobody", is_staff=True) for role in ROLES}
