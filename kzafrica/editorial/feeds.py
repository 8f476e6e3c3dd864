"""Calendars and feeds of records, as every section offers them; its own ``feeds.py`` says what an entry tells."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.core.paginator import Page
from django.db import models
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_filters.views import BaseFilterView

from kzafrica.calendars import write_calendar
from kzafrica.editorial.models import Change, Citation, Redirect
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.templatetags.voices import differing, supporting
from kzafrica.editorial.views import StrictParameters, put_in_order, words_asked_for
from kzafrica.problems import BadParameters
from kzafrica.syndication import Channel, Entry, write_atom


class RecordFeed(StrictParameters, BaseFilterView):
    """The rows of a list as entries, the latest change first, with the filters of the list.

    ``as_view(ending="ics")`` answers with the whole of it as a calendar, ``ending="atom"`` with a feed of 500 entries
    a page. A parameter that is unknown or unreadable answers 400 with a problem document. ``ordering`` is read like any
    other and changes nothing: a calendar has no order, and a feed is of use only in that of its changes.
    """

    ending = "atom"
    title = ""
    # The address of the list beside it, and the filters that that does not have, or understands otherwise.
    list_name = ""
    list_leaves_out: tuple[str, ...] = ()

    @property
    def paginate_by(self) -> int | None:
        return None if self.ending == "ics" else 500

    def get(self, request, *args, **kwargs) -> HttpResponse:
        self.read_parameters()
        if self.errors:
            raise BadParameters(self.errors)
        put_in_order(self.filterset.form)
        rows = self.rows(self.filterset.qs)
        return self.calendar(rows) if self.ending == "ics" else self.atom_feed(rows)

    @property
    def name(self) -> str:
        """What the entries are, for ever."""
        return self.queryset.model._meta.model_name

    def calendar(self, rows: Sequence) -> HttpResponse:
        document = write_calendar(self.channel(), self.entries(rows))
        return HttpResponse(document, content_type="text/calendar; charset=utf-8")

    def atom_feed(self, rows: Sequence) -> HttpResponse:
        _paginator, page, rows_of_page, _is_paginated = self.paginate_queryset(rows, self.paginate_by)
        document = write_atom(self.channel(page), self.entries(rows_of_page))
        return HttpResponse(document, content_type="application/atom+xml; charset=utf-8")

    def rows(self, found: models.QuerySet) -> Sequence:
        """What the entries tell of: the records that the filters have found."""
        rows = found.model.objects.filter(pk__in=found.order_by().values("pk"))
        return rows.for_feed().order_by("-updated_at", "slug")

    def record_of(self, row: models.Model) -> PublishableModel:
        """The record that a row is, or that it is a part of."""
        return row

    def uid_of(self, row: models.Model, first_key: str) -> str:
        return f"{row._meta.model_name}-{first_key}"

    def entry(self, row: models.Model, **known: Any) -> Entry:
        """What the row tells, beside what is known of every row."""
        raise NotImplementedError

    def entries(self, rows: Iterable[models.Model]) -> Iterator[Entry]:
        rows = list(rows)
        lives = public_lives([self.record_of(row) for row in rows])
        for row in rows:
            record = self.record_of(row)
            yield self.entry(
                row,
                uid=self.uid_of(row, lives[record.key].first_key),
                sequence=lives[record.key].changes,
                url=self.request.build_absolute_uri(record.get_absolute_url()),
                published=record.published_at or record.created_at,
                updated=record.updated_at,
            )

    def channel(self, page: Page | None = None) -> Channel:
        query = self.query_of(self.filterset.filters)
        list_query = self.query_of(name for name in self.filterset.filters if name not in self.list_leaves_out)
        asked = ", ".join(words_asked_for(self.filterset))
        title = f"KZ-Africa: {self.title}"
        return Channel(
            name=f"{self.name}{query}",
            title=f"{title} ({asked})" if asked else title,
            language=get_language() or "en",
            list_address=self.request.build_absolute_uri(reverse(self.list_name) + list_query),
            own_address=self.address_of_page(page.number if page else 1),
            pages=dict(self.pages_beside(page)) if page else {},
        )

    def pages_beside(self, page: Page) -> Iterator[tuple[str, str]]:
        yield "first", self.address_of_page(1)
        if page.has_previous():
            yield "previous", self.address_of_page(page.previous_page_number())
        if page.has_next():
            yield "next", self.address_of_page(page.next_page_number())

    def address_of_page(self, number: int) -> str:
        page = {self.page_kwarg: number} if number > 1 else {}
        return self.request.build_absolute_uri(self.request.path + self.query_of(self.filterset.filters, **page))


class PartFeed(RecordFeed):
    """A feed whose entries are parts of records: the steps in the life of a mission, of an agreement.

    The filters find parts of the kind named, or records that have such. An entry is told apart by the first address
    of its record and by what the part said when it was first written down.
    """

    part: type[models.Model]
    owner = ""

    @property
    def name(self) -> str:
        return self.part._meta.model_name

    def rows(self, found: models.QuerySet) -> models.QuerySet:
        is_owner = found.model is not self.part
        parts = self.part.objects.filter(
            **{f"{self.owner}__in" if is_owner else "pk__in": found.order_by().values("pk")}
        )
        return (
            parts.select_related(self.owner)
            .prefetch_related("citations__source", f"{self.owner}__citations__source")
            .order_by(f"-{self.owner}__updated_at", f"{self.owner}__slug", "date_order", "position", "pk")
        )

    def record_of(self, row: models.Model) -> PublishableModel:
        return getattr(row, self.owner)

    def uid_of(self, row: models.Model, first_key: str) -> str:
        return f"{self.owner}-{first_key}.{row.first_said}"


class PublicLife(NamedTuple):
    """The address at which readers first saw a record, and how often it has changed before their eyes since."""

    first_key: str
    changes: int


def public_lives(records: Iterable[PublishableModel]) -> dict[str, PublicLife]:
    """The public life of records of one kind, by their present key: two queries however many there are."""
    records = list(records)
    if not records:
        return {}
    record_type = records[0]._meta.label_lower
    keys = {record.key for record in records}
    former: dict[str, list[str]] = defaultdict(list)
    redirects = Redirect.objects.filter(record_type=record_type, target_key__in=keys).order_by("created_at", "pk")
    for old_key, key in redirects.values_list("old_key", "target_key"):
        former[key].append(old_key)
    all_keys = keys.union(*former.values())
    changes = Change.objects.filter(record_type=record_type, record_key__in=all_keys)
    count = Counter(changes.values_list("record_key", flat=True))
    return {
        key: PublicLife(
            first_key=[*former[key], key][0],
            # The first of them brought it before readers.
            changes=max(0, sum(count[known] for known in (key, *former[key])) - 1),
        )
        for key in keys
    }


def said_by(citations: Iterable[Citation]) -> Iterator[str]:
    """Who says so, and who says otherwise, each in a sentence."""
    citations = list(citations)
    if agree := supporting(citations):
        yield _("Said by %s.") % "; ".join(voice.name for voice in agree)
    if differ := differing(citations):
        yield _("Otherwise: %s.") % "; ".join(voice.name for voice in differ)


def said_of_part(part: models.Model, record: PublishableModel) -> Iterator[str]:
    """Who says so of a part: its own sources, or those of the whole record where it has none."""
    return said_by(part.citations.all() or (citation for citation in record.citations.all() if not citation.field))
