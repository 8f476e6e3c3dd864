from django.urls import path

from kzafrica.editorial import correction_feed, described_feeds, report_views, version_views, views
from kzafrica.editorial.api import SourceViewSet
from kzafrica.editorial.downloads import files_of
from kzafrica.editorial.reuse_views import pages_of

app_name = "editorial"

urlpatterns = [
    path("sources/", views.SourceList.as_view(), name="source_list"),
    path("sources/sources.atom", described_feeds.SourceFeed.as_view(), name="source_feed"),
    *files_of(views.SourceList, SourceViewSet, "source", "sources", prefix="sources/"),
    *pages_of(views.SourceDetail, "source", prefix="sources/"),
    path("corrections/", version_views.CorrectionList.as_view(), name="correction_list"),
    path("corrections/corrections.atom", correction_feed.CorrectionFeed.as_view(), name="correction_feed"),
    path("history/<slug:kind>/<slug:key>/", version_views.RecordHistory.as_view(), name="record_history"),
    path("history/<slug:kind>/<slug:key>/<int:number>/", version_views.RecordVersion.as_view(), name="record_version"),
    path("report/", report_views.ReportError.as_view(), name="report"),
    path("report/thanks/", report_views.ReportThanks.as_view(), name="report_thanks"),
]
