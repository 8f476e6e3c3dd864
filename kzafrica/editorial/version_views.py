"""Pages of earlier versions of records, and of corrections."""

from django.http import Http404, HttpResponse
from django.views.generic import TemplateView

from kzafrica.editorial.corrections import with_changes
from kzafrica.editorial.filters import CorrectionFilterSet
from kzafrica.editorial.labels import record_label
from kzafrica.editorial.models import Correction
from kzafrica.editorial.version_pages import rows_of, version_context
from kzafrica.editorial.versions import changes_at, kinds_of_records, public_changes, version_behind
from kzafrica.editorial.views import FEED, RecordList, WithoutParameters, elsewhere


class OfRecord:
    """A page about one public record, found by its kind and key, as ``record``.

    An address that the record once had leads on; that of a withdrawn record answers 410.
    """

    def get(self, request, *args, kind: str, key: str, **kwargs) -> HttpResponse:
        model = kinds_of_records().get(kind)
        if model is None:
            raise Http404
        self.record = model.objects.published().filter(slug=key).first()
        if self.record is None:
            return elsewhere(request, model, "slug", key, args=((kind,), tuple(kwargs.values())))
        return super().get(request, *args, **kwargs)


class RecordHistory(OfRecord, RecordList):
    """Every version of a record that readers have seen, newest first, with what changed."""

    template_name = "editorial/history.html"
    paginate_by = 20

    def get_queryset(self):
        return public_changes(self.record)

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(object=self.record, kind=record_label(type(self.record)), **context)
        return context | {"versions": rows_of(self.record, context["object_list"])}


class RecordVersion(OfRecord, WithoutParameters, TemplateView):
    """One version, at an address of its own for ever."""

    template_name = "editorial/version.html"

    def get_context_data(self, number: int, **context) -> dict:
        change = changes_at(self.record).filter(number=number).first()
        version = version_behind(change) if change is not None else None
        if version is None:
            raise Http404
        return super().get_context_data(**version_context(self.record, version), **context)


class CorrectionList(RecordList):
    """What was corrected of public records, and why."""

    queryset = Correction.objects.select_related("change").prefetch_related("record")
    filterset_class = CorrectionFilterSet
    template_name = "editorial/correction_list.html"
    paginate_by = 25
    feed_name = "editorial:correction"
    # A correction is nothing that happens on a day.
    feed_forms = (FEED,)

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(**context)
        with_changes(context["object_list"])
        return context
