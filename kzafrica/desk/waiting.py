"""The first page of the admin: what waits for whoever looks at it, then what the record needs.

Every group is the same list that its link opens, read by the same function of the admin class (``waits``), and asked
only where that person may open the list. All counts come in two queries, the first rows of a group in one, and the
records behind all rows in one for each kind.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.admin import ModelAdmin
from django.db import models
from django.db.models import Count, F, IntegerField, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kzafrica.desk.rows import Row, told
from kzafrica.workshop.waits import Wait, Waiting

ROWS_SHOWN = 5

FOR_ME = {
    "review": _("To review and publish"),
    "decide": _("Proposed changes to decide"),
    "report": _("Reports of errors by readers"),
    "returned": _("Returned to you"),
    "mine": _("Your drafts"),
    "decided": _("What became of your proposals"),
    "proposed": _("Your proposals that wait for a second person"),
}
NEEDED = {
    "outcome": _("Announced events whose date has passed"),
    "difference": _("Figures that differ from what we compute"),
    "link": _("Sources with a dead link"),
    "citation": _("Drafts without a citation"),
    "date": _("Upcoming events without a date"),
    "check": _("Missions not checked for a year, or never"),
}
# What has just been decided is news; everywhere else, what has waited longest is the most pressing.
NEWEST_FIRST = {"decided"}


@dataclass(frozen=True)
class Kind:
    """The complete list of rows of one kind."""

    label: str
    count: int
    address: str


@dataclass
class Group:
    """Rows that wait for one thing: the most pressing, and a list for each kind of them."""

    name: str
    title: str
    kinds: list[Kind] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(kind.count for kind in self.kinds)

    @property
    def is_part(self) -> bool:
        return self.count > len(self.rows)


@dataclass
class Section:
    """Groups under one heading: those with rows, and the titles of those where nothing waits."""

    name: str
    title: str
    groups: list[Group]
    quiet: list[str]

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


@dataclass(frozen=True)
class _Asked:
    """One wait of one admin class, for one person."""

    name: str
    wait: Wait
    model_admin: ModelAdmin
    user: models.Model

    @property
    def model(self) -> type[models.Model]:
        return self.model_admin.model

    def rows(self) -> QuerySet:
        return self.wait.rows(self.model._default_manager.order_by(), self.user)

    @property
    def list_address(self) -> str:
        page = f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_changelist"
        return f"{reverse(page)}?waits={self.name}"


def sections_for(request: HttpRequest, model_admins: list[ModelAdmin]) -> list[Section]:
    """What waits in the lists of these admin classes that the person may open."""
    asked = _asked(request, model_admins)
    counts = _counts(asked)
    groups = {name: Group(name, title) for name, title in (FOR_ME | NEEDED).items()}
    keys: dict[str, list[tuple[int, int]]] = {}
    for number, one in enumerate(asked):
        if counts[number] and one.name in groups:
            label = capfirst(one.model._meta.verbose_name_plural)
            groups[one.name].kinds.append(Kind(label, counts[number], one.list_address))
    for name, group in groups.items():
        if group.kinds:
            keys[name] = _first_keys([(number, one) for number, one in enumerate(asked) if one.name == name], counts)
    _fill(groups, keys, asked, request)
    offered = {one.name for one in asked}
    return [
        section
        for name, title, names in (
            ("for-me", _("What waits for you"), FOR_ME),
            ("needed", _("What the record needs"), NEEDED),
        )
        if (section := _section(name, title, [groups[one] for one in names if one in offered]))
    ]


def _section(name: str, title: str, groups: list[Group]) -> Section | None:
    busy = [group for group in groups if group.kinds]
    quiet = [str(group.title) for group in groups if not group.kinds]
    return Section(name, title, busy, quiet) if groups else None


def _asked(request: HttpRequest, model_admins: list[ModelAdmin]) -> list[_Asked]:
    return [
        _Asked(name, wait, model_admin, request.user)
        for model_admin in model_admins
        if isinstance(model_admin, Waiting) and model_admin.has_view_permission(request)
        for name, wait in model_admin.open_waits(request).items()
    ]


def _counts(asked: list[_Asked]) -> dict[int, int]:
    """How many rows each has, by its place in the list; two queries."""
    unfinished = _unfinished(asked)
    return dict.fromkeys(range(len(asked)), 0) | _sizes(
        {
            number: one.rows()
            for number, one in enumerate(asked)
            if not one.wait.is_of_unfinished or one.model in unfinished
        }
    )


def _unfinished(asked: list[_Asked]) -> set[type[models.Model]]:
    """The kinds of which any record is being written or reviewed; most have none, and need not be asked further."""
    kinds = list({one.model: None for one in asked if one.wait.is_of_unfinished})
    sizes = _sizes({number: model._default_manager.order_by().unfinished() for number, model in enumerate(kinds)})
    return {model for number, model in enumerate(kinds) if sizes.get(number)}


def _sizes(parts: dict[int, QuerySet]) -> dict[int, int]:
    """How many rows each queryset has, by its number; one query."""
    counted = [
        rows.annotate(asked_place=Value(number, IntegerField()))
        .values("asked_place")
        .annotate(waiting_count=Count("pk"))
        for number, rows in parts.items()
    ]
    return {row["asked_place"]: row["waiting_count"] for row in _union(counted)}


def _first_keys(asked: list[tuple[int, _Asked]], counts: dict[int, int]) -> list[tuple[int, int]]:
    """The place in the list and the primary key of the most pressing rows, whatever their kind; one query."""
    parts = [
        one.rows()
        .annotate(asked_place=Value(number, IntegerField()), waits_since=one.wait.since)
        .values_list("asked_place", "pk", "waits_since")
        for number, one in asked
        if counts[number]
    ]
    since = F("waits_since")
    is_news = asked[0][1].name in NEWEST_FIRST
    order = since.desc(nulls_last=True) if is_news else since.asc(nulls_first=True)
    found = _union(parts).order_by(order, "asked_place", "pk")[:ROWS_SHOWN]
    return [(place, pk) for place, pk, _since in found]


def _union(parts: list[QuerySet]) -> QuerySet | list:
    if not parts:
        return []
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _fill(groups: dict[str, Group], keys: dict[str, list[tuple[int, int]]], asked: list[_Asked], request) -> None:
    """Put the rows into the groups; the records behind them are read once for each kind."""
    wanted: dict[ModelAdmin, set[int]] = defaultdict(set)
    for found in keys.values():
        for place, pk in found:
            wanted[asked[place].model_admin].add(pk)
    records = {
        (model_admin.model, pk): record
        for model_admin, pks in wanted.items()
        for pk, record in model_admin.rows_to_tell().in_bulk(pks).items()
    }
    shown = {name: [records[asked[place].model, pk] for place, pk in found] for name, found in keys.items()}
    for name, rows in told(shown).items():
        groups[name].rows = rows
