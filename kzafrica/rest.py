"""How the API answers: exact JSON, one way to page, no parameter ignored. Knows Django REST framework and no model."""

import base64
import binascii
import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import md5

import orjson
from django.core.exceptions import ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http.request import MediaType
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import serializers
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.pagination import BasePagination
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from kzafrica.dates import ImpreciseDate
from kzafrica.filtering import nearest, refuse_bad_parameters
from kzafrica.problems import BadParameters

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 500

LIMIT_SCHEMA = {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT}
CURSOR_SIGNS = re.compile(r"[A-Za-z0-9_-]+")
CURSOR_SCHEMA = {"type": "string", "pattern": f"^{CURSOR_SIGNS.pattern}$"}

# Parameters of the answer's form rather than of its content.
FORM_OF_RECORD = ("fields", "format")
FORM_OF_LIST = ("limit", "cursor", *FORM_OF_RECORD)


class JSONRenderer(BaseRenderer):
    """JSON by orjson; decimals are strings, so that no number loses a digit on its way."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        if data is None:
            return b""
        return orjson.dumps(data, default=_as_json, option=orjson.OPT_NON_STR_KEYS)


def _as_json(value):
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, ImpreciseDate):
        return date_document(value)
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, (Mapping, OrderedDict)):
        return dict(value)
    if isinstance(value, (list, tuple)):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def date_document(date: ImpreciseDate | None) -> dict | None:
    """``{"edtf", "earliest", "latest", "text"}``; text in the language of the request."""
    if date is None:
        return None
    return {
        "edtf": date.edtf,
        "earliest": date.earliest.isoformat() if date.earliest else None,
        "latest": date.latest.isoformat() if date.latest else None,
        "text": date.text(),
    }


class ImpreciseDateDocument(serializers.Field):
    """An imprecise date with its EDTF, bounds and words."""

    def to_representation(self, value: ImpreciseDate) -> dict:
        return date_document(value)


class StrictNegotiation(DefaultContentNegotiation):
    """The form of an answer by Accept or by ``format=json``; a format we do not have is a bad value like others.

    Of several forms the one of highest quality is given, and none of quality 0 (RFC 9110, 12.4.2).
    """

    def select_renderer(self, request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None):
        offered = list(renderers)
        if asked := request.query_params.get(self.settings.URL_FORMAT_OVERRIDE):
            offered = self.filter_renderers(offered, asked)
        ranges = [MediaType(text) for text in self.get_accept_list(request)]
        best = max(quality_of(renderer, ranges) for renderer in offered)
        if not best:
            raise NotAcceptable(available_renderers=offered)
        wanted = [renderer for renderer in offered if quality_of(renderer, ranges) == best]
        return super().select_renderer(request, wanted, format_suffix)

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str) -> list[BaseRenderer]:
        found = [renderer for renderer in renderers if renderer.format == format]
        if not found:
            known = [renderer.format for renderer in renderers]
            sentence = _("There is no format “%(format)s” here. Known are: %(known)s.")
            details = {"format": format[:60], "known": ", ".join(known)}
            raise BadParameters([("format", sentence % details, nearest(format, known))])
        return found


def quality_of(renderer: BaseRenderer, ranges: Iterable[MediaType]) -> float:
    """What its form is worth by the most specific range of Accept that fits it; 0 where none does."""
    main, _slash, sub = renderer.media_type.partition("/")
    specificity = {(main, sub): 2, (main, "*"): 1, ("*", "*"): 0}
    fitting = [
        (specificity[kind], given.quality)
        for given in ranges
        if (kind := (given.main_type.lower(), given.sub_type.lower())) in specificity
    ]
    return max(fitting)[1] if fitting else 0


class StrictFilterBackend(DjangoFilterBackend):
    """One FilterSet for page and API; a parameter it does not know, or a value it cannot read, is a 400.

    A view names in ``also_takes`` what it reads itself.
    """

    def filter_queryset(self, request, queryset, view):
        filterset = self.get_filterset(request, queryset, view)
        also = (*FORM_OF_LIST, *getattr(view, "also_takes", ()))
        if filterset is None:
            refuse_bad_parameters(request.query_params, (), also=also)
            return queryset
        refuse_bad_parameters(request.query_params, filterset, also=also)
        return filterset.qs


class KeysetPagination(BasePagination):
    """Pages by the values of the last row rather than by counting: as fast on page ten thousand as on the first."""

    def paginate_queryset(self, queryset: QuerySet, request, view=None) -> list[Model]:
        self.request = request
        self.limit = read_limit(request.query_params.get("limit"))
        self.keys = sort_keys(queryset)
        columns = [column_of(queryset, key) for key in self.keys]
        cursor = read_cursor(
            request.query_params.get("cursor"), columns, of=mark_of_list(request.path, request.query_params)
        )
        self.is_backward = cursor is not None and cursor["backward"]
        rows = queryset.order_by(*(reversed_key(key) if self.is_backward else key for key in self.keys))
        if cursor is not None:
            rows = rows.filter(after(self.keys, cursor["values"], backward=self.is_backward))
        page = list(rows[: self.limit + 1])
        self.has_more = len(page) > self.limit
        page = page[: self.limit]
        if self.is_backward:
            page.reverse()
        self.page, self.came_by_cursor = page, cursor is not None
        return page

    def get_paginated_response(self, data) -> Response:
        forward_exists = self.is_backward or self.has_more
        backward_exists = self.has_more if self.is_backward else self.came_by_cursor
        return Response(
            {
                "next": self._link(self.page[-1], backward=False) if self.page and forward_exists else None,
                "previous": self._link(self.page[0], backward=True) if self.page and backward_exists else None,
                "results": data,
            }
        )

    def _link(self, row: Model, *, backward: bool) -> str:
        query = self.request.query_params.copy()
        values = [value_of(row, key) for key in self.keys]
        query["cursor"] = write_cursor(
            values, backward=backward, of=mark_of_list(self.request.path, self.request.query_params)
        )
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def get_paginated_response_schema(self, schema: dict) -> dict:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view) -> list[dict]:
        return [
            {
                "name": "limit",
                "in": "query",
                "required": False,
                "schema": {**LIMIT_SCHEMA, "default": DEFAULT_LIMIT},
                "description": "Rows on a page.",
            },
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "schema": CURSOR_SCHEMA,
                "description": "Where to go on: follow `next` and `previous` rather than writing it.",
            },
        ]


def read_limit(text: str | None) -> int:
    """The number of rows asked for, 1 to 500. Raises BadParameters."""
    if text is None:
        return DEFAULT_LIMIT
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not 1 <= int(text) <= LARGEST_LIMIT:
        sentence = _("“%(limit)s” rows cannot be given: limit is a whole number from 1 to %(largest)s.")
        raise BadParameters([("limit", sentence % {"limit": text[:20], "largest": LARGEST_LIMIT}, str(LARGEST_LIMIT))])
    return int(text)


def sort_keys(queryset: QuerySet) -> list[str]:
    """The names the rows are sorted by, ending in the primary key so that no two rows are equal.

    None of them may be null in a row: databases do not agree on its place, and nothing comes after it.
    """
    keys = []
    for key in queryset.query.order_by or queryset.model._meta.ordering:
        if isinstance(key, OrderBy):
            key = ("-" if key.descending else "") + key.expression.name
        elif isinstance(key, F):
            key = key.name
        keys.append(key)
    return keys if any(key.lstrip("-") == "pk" for key in keys) else [*keys, "pk"]


def column_of(queryset: QuerySet, key: str) -> Field:
    """The column, or the annotation, behind a sort key."""
    return F(key.lstrip("-")).resolve_expression(queryset.all().query).output_field


def reversed_key(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def value_of(row: Model, key: str):
    value = row
    for name in key.lstrip("-").split("__"):
        value = getattr(value, name)
    return value.edtf if isinstance(value, ImpreciseDate) else value


def after(keys: list[str], values: list, *, backward: bool) -> Q:
    """The rows behind the given values in the order of the keys."""
    condition = Q(pk__in=[])
    equal = Q()
    for key, value in zip(keys, values, strict=True):
        name = key.lstrip("-")
        descends = key.startswith("-") != backward
        condition |= equal & Q(**{f"{name}__{'lt' if descends else 'gt'}": value})
        equal &= Q(**{name: value})
    return condition


def mark_of_list(path: str, parameters: Mapping[str, str]) -> str:
    """Stands for a list in its cursors: its address, filters and order, in whatever form and however long its pages."""
    of_form = (*FORM_OF_LIST, "include")
    asked = sorted((name, value) for name, value in parameters.items() if value and name not in of_form)
    return md5(repr((path, asked)).encode(), usedforsecurity=False).hexdigest()[:8]


def write_cursor(values: list, *, backward: bool, of: str = "") -> str:
    """A place in a list; ``of`` says in which, where its order or its rows are not always the same."""
    said = [value if isinstance(value, int) else str(value) for value in values]
    document = {"values": said, "backward": backward, "of": of}
    return base64.urlsafe_b64encode(orjson.dumps(document)).decode().rstrip("=")


def read_cursor(text: str | None, columns: list[Field], *, of: str = "") -> dict | None:
    """What ``write_cursor`` wrote for the same list, sorted by the columns. Raises BadParameters for anything else."""
    if text is None:
        return None
    try:
        if not CURSOR_SIGNS.fullmatch(text):
            raise ValueError
        document = orjson.loads(base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
        values, backward = document["values"], document["backward"]
        if not isinstance(backward, bool) or not isinstance(values, list) or document["of"] != of:
            raise TypeError
        values = [read_value(value, column) for value, column in zip(values, columns, strict=True)]
    except (ValueError, KeyError, TypeError, OverflowError, binascii.Error, ValidationError):
        raise BadParameters(
            [
                (
                    "cursor",
                    _("This cursor is not one of ours, or belongs to another list, filter or order: start without it."),
                )
            ]
        ) from None
    return {"values": values, "backward": backward}


def read_value(value: int | str, column: Field):
    """A value of a cursor as the column holds it. Raises an error for one that it cannot hold."""
    if isinstance(value, bool) or not isinstance(value, (int, str)) or "\x00" in str(value):
        raise TypeError
    read = column.to_python(value)
    # Databases compare in UTC, where the first and last day of the calendar may not exist.
    return read.astimezone(UTC) if isinstance(read, datetime) else read
