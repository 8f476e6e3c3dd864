"""The rows of a list as a file, with the filters of the list: the documents of the API, laid out as a table."""

from collections.abc import Callable, Iterator

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters.views import BaseFilterView
from rest_framework import serializers
from rest_framework.request import Request

from kzafrica.editorial.labels import records_label
from kzafrica.editorial.serializers import CitationsField
from kzafrica.editorial.views import StrictParameters, put_in_order, words_asked_for
from kzafrica.linked_data import LICENCE, LICENCE_ADDRESS
from kzafrica.problems import BadParameters
from kzafrica.rest import ImpreciseDateDocument
from kzafrica.tabular import Column, csv_pieces, date_columns, keyed_columns, member, words, workbook

# So many rows are asked for at a time: each question is over before its rows are sent.
BATCH = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What tells of the document rather than of the record, and has no place in a table.
LEFT_OUT = ("url", "corrections_url", "versions_url")


class RecordFile(StrictParameters, BaseFilterView):
    """What a list shows, all pages of it: ``as_view(listed=EventList, viewset=EventViewSet, ending="csv")``.

    Filters and order are those of the list, the members of a row those of its API document.
    """

    listed: type | None = None
    viewset: type | None = None
    ending = "csv"
    paginate_by = None

    def get(self, request, *args, **kwargs) -> HttpResponse:
        self.filterset_class = self.listed.filterset_class
        self.queryset = self.listed.queryset
        self.read_parameters()
        if self.errors:
            raise BadParameters(self.errors)
        put_in_order(self.filterset.form)
        keys = list(self.filterset.qs.values_list("pk", flat=True))
        serializer = self.viewset.serializer_class(context={"request": Request(request)})
        columns = columns_of(serializer)
        rows = documents_of(self.viewset, serializer, list(dict.fromkeys(keys)))
        response = self.csv(columns, rows) if self.ending == "csv" else self.xlsx(columns, rows)
        name = self.request.path.rpartition("/")[2]
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Link"] = f'<{LICENCE_ADDRESS}>; rel="license", <{self.page_about_data}>; rel="describedby"'
        return response

    @property
    def page_about_data(self) -> str:
        return self.request.build_absolute_uri(reverse("data"))

    def csv(self, columns: list[Column], rows: Iterator[dict]) -> HttpResponse:
        return StreamingHttpResponse(csv_pieces(columns, rows), content_type="text/csv; charset=utf-8")

    def xlsx(self, columns: list[Column], rows: Iterator[dict]) -> HttpResponse:
        label = records_label(self.listed.queryset.model)
        return FileResponse(workbook(columns, rows, self.notes(label), label), content_type=XLSX)

    def notes(self, label: str) -> Iterator[str]:
        """What the first sheet of a workbook says."""
        asked = ", ".join(words_asked_for(self.filterset))
        yield f"KZ-Africa: {label} ({asked})" if asked else f"KZ-Africa: {label}"
        yield self.request.build_absolute_uri()
        yield _("Taken on %s.") % timezone.localdate().isoformat()
        yield _("Licence: %s") % f"{LICENCE}, {LICENCE_ADDRESS}"
        yield _("What the columns mean: %s") % self.page_about_data


def documents_of(
    viewset: type, serializer: serializers.Serializer, keys: list[int], prepare: Callable[[list], object] | None = None
) -> Iterator[dict]:
    """The documents of the rows in their order; a row that has gone meanwhile is left out.

    ``prepare`` gives the rows of each question what their documents need; without it the viewset's own does, if any.
    """
    prepare = prepare or getattr(viewset, "prepare", None)
    for start in range(0, len(keys), BATCH):
        wanted = keys[start : start + BATCH]
        found = list(viewset.queryset.all().order_by().filter(pk__in=wanted))
        if prepare is not None:
            prepare(found)
        by_key = {record.pk: record for record in found}
        for key in wanted:
            if key in by_key:
                yield serializer.to_representation(by_key[key])


def columns_of(serializer: serializers.Serializer) -> list[Column]:
    """The columns of a kind of record, told from the fields of its document; who says so comes last."""
    columns: list[Column] = []
    has_sources = False
    for name, field in serializer.fields.items():
        inner = field.child if isinstance(field, serializers.ListField) else field
        if name in LEFT_OUT:
            continue
        if isinstance(field, CitationsField):
            has_sources = True
        elif isinstance(inner, ImpreciseDateDocument):
            columns += date_columns(name)
        elif hasattr(inner, "key_member"):
            columns += keyed_columns(name, inner.key_member)
        else:
            columns.append(member(name))
    return [*columns, *source_columns()] if has_sources else columns


def source_columns() -> list[Column]:
    """The sources that support a record, by key and by name, and those that state something else."""

    def reader(part: str, differs: bool):
        def read(row: dict) -> str:
            cited = [citation["source"] for citation in row["citations"] if citation["differs"] is differs]
            return words(list(dict.fromkeys(source[part] for source in cited)))

        return read

    return [
        Column("sources", reader("id", False)),
        Column("sources_titles", reader("title", False)),
        Column("sources_differing", reader("id", True)),
    ]


def files_of(listed: type, viewset: type, stem: str, plural: str, *, prefix: str = "") -> list[URLPattern]:
    """The addresses of a list as files: ``events.csv`` and ``events.xlsx``, named ``event_csv`` and ``event_xlsx``."""
    return [
        path(
            f"{prefix}{plural}.{ending}",
            RecordFile.as_view(listed=listed, viewset=viewset, ending=ending),
            name=f"{stem}_{ending}",
        )
        for ending in ("csv", "xlsx")
    ]
