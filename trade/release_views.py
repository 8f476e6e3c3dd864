"""Releases of trade statistics: which files were loaded, what they hold, and what replaced it."""

from kzafrica.editorial.views import FEED, RecordDetail, RecordList
from trade.catalogue import catalogue
from trade.filters import ReleaseFilterSet
from trade.metadata import describe_release
from trade.models import Release
from trade.tables import Holdings, holdings_by_release, slice_lines

# A release of all reporters and years has thousands of slices; its API document has them all.
SLICES_SHOWN = 300


class ReleaseList(RecordList):
    queryset = Release.objects.published().select_related("source").newest_first()
    filterset_class = ReleaseFilterSet
    feed_name = "trade:release"
    feed_forms = (FEED,)
    file_name = "trade:release"

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(**context)
        holdings = holdings_by_release(catalogue())
        for release in context["object_list"]:
            release.holdings = holdings.get(release.slug, Holdings(()))
        return context


class ReleaseDetail(RecordDetail):
    """One release of trade rows: its files, what it holds, and what replaced it."""

    describe = staticmethod(describe_release)
    queryset = Release.objects.published().select_related("source").prefetch_related("files").with_citations()

    def get_context_data(self, **context) -> dict:
        known = catalogue()
        holdings = holdings_by_release(known).get(self.object.slug, Holdings(()))
        slices = slice_lines(holdings, known, SLICES_SHOWN)
        return super().get_context_data(
            holdings=holdings, slices=slices, slices_left=len(holdings.parts) - len(slices), **context
        )
