"""What a reviewer looks at before deciding: each change with its sources, and the records in its way."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.admin import AdminSite
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kzafrica.editorial.change_words import FieldChange, row_in_words
from kzafrica.editorial.evidence import Statement, evidence_of
from kzafrica.editorial.models import Citation, Source
from kzafrica.editorial.naming import Names
from kzafrica.editorial.publishable import PublishableModel


@dataclass(frozen=True)
class CitedSource:
    """A source that a change rests on: where it says so and for what, and whether it came with the change."""

    title: str
    address: str
    words: str
    is_added: bool


@dataclass(frozen=True)
class ReviewedChange:
    change: FieldChange
    sources: list[CitedSource]


class Review:
    """Contents of records of one kind, compared in the words of editors: drafts too are called by their names."""

    def __init__(self, model: type[models.Model], contents: Iterable[dict]) -> None:
        self.model = model
        self.names = Names([(model, content) for content in contents], are_hidden_named=True)
        titles = self.names.names.get(Source, {})
        found = dict(Source.objects.filter(slug__in=titles).values_list("slug", "pk"))
        self.addresses = {titles[key]: reverse("admin:editorial_source_change", args=[pk]) for key, pk in found.items()}

    def changes(self, old: dict, new: dict) -> list[FieldChange]:
        return self.names.changes(self.model, old, new)

    def changes_with_sources(self, old: dict, new: dict) -> list[ReviewedChange]:
        return [
            ReviewedChange(change, [self._source(cited.row, is_added=cited.is_added) for cited in change.cited])
            for change in self.changes(old, new)
        ]

    def _source(self, row: dict, *, is_added: bool) -> CitedSource:
        title = row["source"]
        words = row_in_words(Citation, {name: value for name, value in row.items() if name not in ("source", "field")})
        words = "; ".join(filter(None, ["" if row.get("field") else _("the whole record"), words]))
        return CitedSource(title, self.addresses.get(title, ""), words, is_added)


def statements_about(record: PublishableModel) -> list[Statement]:
    """Everything that sources say about a record and its parts, what differs after the rest."""
    evidence = evidence_of(record)
    supporting = [statement for support in evidence.supports for statement in support.statements]
    return supporting + [statement for dispute in evidence.disputes for statement in dispute.differing]


def in_the_way(site: AdminSite, request: HttpRequest, refusal: Exception) -> list[tuple[str, str]]:
    """The other records that a step was refused for, each with the address at which this person can change it."""
    return [
        (str(record), reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk]))
        for record in getattr(refusal, "records", ())
        if site.is_registered(type(record)) and site.get_model_admin(type(record)).has_view_permission(request)
    ]
