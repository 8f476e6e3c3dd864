"""What waits: rows that are a question to someone, as a filter of their list in the admin and on the first page.

Both read the same rows by the same function, so that the number on the first page is the number of rows in the list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import admin
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial import workflow

# So long the author of a proposal is told what came of it.
DAYS_OF_NEWS = 30


@dataclass(frozen=True)
class Wait:
    """Rows that wait for the same thing. ``rows`` are given all rows and who asks; the longest waiting come first.

    ``since`` is the moment or day from which a row waits; empty, the longest waiting, is before all others.
    """

    label: str
    rows: Callable[[models.QuerySet, models.Model], models.QuerySet]
    since: models.expressions.Combinable
    is_for_publishers: bool = False
    # Only among records that no reader sees yet: where a list has none of those, nothing more needs to be asked of it.
    is_of_unfinished: bool = False


WAITS_OF_RECORDS = {
    "review": Wait(
        _("In review, for me to publish"),
        lambda records, user: records.with_last_step().reviewable_by(user),
        F("last_step_at"),
        is_for_publishers=True,
        is_of_unfinished=True,
    ),
    "returned": Wait(
        _("Returned to me"),
        lambda records, user: records.with_last_step().returned_to(user),
        F("last_step_at"),
        is_of_unfinished=True,
    ),
    "mine": Wait(
        _("My drafts"),
        lambda records, user: records.with_last_step().drafts_of(user),
        F("created_at"),
        is_of_unfinished=True,
    ),
    "citation": Wait(
        _("Drafts without a citation"),
        lambda records, _user: records.unsupported(),
        F("created_at"),
        is_of_unfinished=True,
    ),
}


def _lately() -> datetime:
    return timezone.now() - timedelta(days=DAYS_OF_NEWS)


WAITS_OF_PROPOSALS = {
    "decide": Wait(
        _("For me to decide"),
        lambda proposals, user: proposals.decidable_by(user),
        F("proposed_at"),
        is_for_publishers=True,
    ),
    "decided": Wait(
        _("Mine, decided lately"),
        lambda proposals, user: proposals.decided_since(_lately()).filter(proposed_by=user).exclude(decided_by=user),
        F("decided_at"),
    ),
    "proposed": Wait(
        _("Mine, still open"),
        lambda proposals, user: proposals.open().filter(proposed_by=user),
        F("proposed_at"),
    ),
}


class WaitsFilter(admin.SimpleListFilter):
    """What waits, as a filter of a list."""

    title = _("what waits")
    parameter_name = "waits"

    def __init__(self, request, params, model, model_admin) -> None:
        self.waits = model_admin.open_waits(request)
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin) -> list[tuple]:
        return [(name, wait.label) for name, wait in self.waits.items()]

    def queryset(self, request, queryset):
        wait = self.waits.get(self.value())
        return wait.rows(queryset, request.user) if wait else queryset


class Waiting:
    """Mixed into an admin class some rows of which wait for someone; ``waits`` says for what, by name."""

    waits: dict[str, Wait] = {}

    def open_waits(self, request) -> dict[str, Wait]:
        """Those that concern whoever asks."""
        is_publisher = request.user.has_perm(workflow.PUBLISH_PERMISSION)
        return {name: wait for name, wait in self.waits.items() if is_publisher or not wait.is_for_publishers}

    def get_list_filter(self, request) -> tuple:
        return (WaitsFilter, *super().get_list_filter(request))

    def rows_to_tell(self) -> models.QuerySet:
        """The rows with what their names read."""
        named = self.list_select_related if isinstance(self.list_select_related, tuple | list) else ()
        return self.model._default_manager.select_related(*named)
