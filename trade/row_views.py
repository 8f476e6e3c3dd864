"""Rows of trade statistics as a list and as files, behind the same filters."""

from collections.abc import Iterator
from importlib.util import find_spec

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.views import BaseFilterView

from kzafrica.editorial.views import FeedLink, RecordList, StrictParameters, words_asked_for
from kzafrica.editorial.workflow import content_revision
from kzafrica.problems import BadParameter, BadParameters, answer
from trade.asking import places_beside, read_place
from trade.catalogue import catalogue
from trade.exports import Export, csv_chunks
from trade.filters import FlowFilterSet
from trade.models import TradeFlow
from trade.provenance import readme
from trade.rows import Page, Selection, page_of
from trade.tables import FlowLine, lines_of_rows
from trade.workbooks import MOST_ROWS, TooManyRows, workbook

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "txt": "text/plain; charset=utf-8",
}
FILE_LABELS = {
    "csv": gettext_lazy("CSV"),
    "xlsx": gettext_lazy("Excel (XLSX)"),
    "parquet": gettext_lazy("Parquet"),
    "txt": gettext_lazy("Where it comes from (README)"),
}
# An extra of the server: without it the format is neither offered nor found.
HAS_PARQUET = find_spec("pyarrow") is not None


def endings() -> list[str]:
    return [ending for ending in MEDIA_TYPES if ending != "parquet" or HAS_PARQUET]


def address_of_file(ending: str) -> str:
    return reverse(f"trade:flow_{'readme' if ending == 'txt' else ending}")


class AsksForFlows(StrictParameters):
    """What rows an address asks for."""

    queryset = TradeFlow.objects.none()
    filterset_class = FlowFilterSet

    def get_filterset_kwargs(self, filterset_class) -> dict:
        # No parameter at all is a question too: for all rows.
        return super().get_filterset_kwargs(filterset_class) | {"data": self.request.GET}

    def asked_in_address(self) -> str:
        return self.query_of(self.filterset.filters)

    def file_links(self) -> Iterator[FeedLink]:
        """The same rows as files."""
        for ending in endings():
            address = self.request.build_absolute_uri(address_of_file(ending) + self.asked_in_address())
            yield FeedLink(address, MEDIA_TYPES[ending].partition(";")[0], str(FILE_LABELS[ending]))


class FlowList(AsksForFlows, RecordList):
    """Rows, fifty a page, each page going on behind the last row of the one before; nothing is counted."""

    template_name = "trade/flow_list.html"
    page_kwarg = "cursor"

    def page_errors(self) -> list[BadParameter]:
        self.cursor, self.is_backward = None, False
        try:
            self.cursor, self.is_backward = read_place(self.request.GET.get(self.page_kwarg))
        except BadParameters as exception:
            return exception.errors
        return []

    def rows_asked_for(self) -> Selection:
        return Selection(()) if self.errors else self.filterset.selection(catalogue())

    def paginate_queryset(self, queryset: Selection, page_size: int) -> tuple[None, Page, list[FlowLine], bool]:
        page = page_of(queryset, page_size, self.cursor, backward=self.is_backward)
        return None, page, lines_of_rows(page.rows, catalogue()), page.has_next or page.has_previous

    def feeds(self) -> list[FeedLink]:
        return [] if self.errors else list(self.file_links())

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(**context)
        following, before = places_beside(context["page_obj"])
        searched = {part.release for part in self.object_list.slices}
        return context | {
            "following": following,
            "before": before,
            "release_count": len(searched),
            "has_rows": bool(catalogue().slices),
        }


class FlowFile(AsksForFlows, BaseFilterView):
    """All rows that are asked for as one file, ``as_view(ending="csv")``, or its provenance, ``ending="txt"``.

    It is never kept in memory as a whole, and HEAD reads no row. A parameter that is unknown or unreadable answers 400
    with a problem document; ``limit`` and ``cursor`` are such, since a file has no pages.
    """

    ending = "csv"
    paginate_by = None

    def get(self, request, *args, **kwargs) -> HttpResponse:
        try:
            return self.described(self.file(self.export()))
        except TooManyRows:
            sentence = _("A workbook holds %(most)s rows, and more fit: narrow the filters, or take the CSV file.")
            return answer(request, 400, sentence % {"most": f"{MOST_ROWS:,}"})

    def head(self, request, *args, **kwargs) -> HttpResponse:
        self.export()
        # An empty answer would be given the length of one, which is not that of the file.
        return self.described(StreamingHttpResponse((), content_type=MEDIA_TYPES[self.ending]))

    def export(self) -> Export:
        """What the address asks for. Raises BadParameters."""
        self.read_parameters()
        if self.errors:
            raise BadParameters(self.errors)
        revision = content_revision()
        known = catalogue(revision)
        return Export(
            selection=self.filterset.selection(known),
            known=known,
            asked=tuple(words_asked_for(self.filterset)),
            address=self.request.build_absolute_uri(reverse("trade:flow_list") + self.asked_in_address()),
            site=self.request.build_absolute_uri("/")[:-1],
            revision=revision,
            day=localdate(),
        )

    def file(self, export: Export) -> HttpResponse:
        media_type = MEDIA_TYPES[self.ending]
        match self.ending:
            case "csv":
                return StreamingHttpResponse(csv_chunks(export), content_type=media_type)
            case "xlsx":
                return FileResponse(workbook(export), content_type=media_type)
            case "parquet":
                # Only here: it takes half a second and many megabytes, and is not installed everywhere.
                write = import_string("trade.parquet.parquet")
                return FileResponse(write(export), content_type=media_type)
        return HttpResponse(readme(export), content_type=media_type)

    def described(self, response: HttpResponse) -> HttpResponse:
        """The answer with a name to keep it under, and where it says what it is (RFC 8288)."""
        if self.ending != "txt":
            response["Content-Disposition"] = f'attachment; filename="kz-africa-flows.{self.ending}"'
            about = self.request.build_absolute_uri(address_of_file("txt") + self.asked_in_address())
            response["Link"] = f'<{about}>; rel="describedby"; type="text/plain"'
        return response
