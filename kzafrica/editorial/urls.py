from django.urls import path

from kzafrica.editorial import report_views, views

app_name = "editorial"

urlpatterns = [
    path("sources/", views.SourceList.as_view(), name="source_list"),
    path("sources/<slug:slug>/", views.SourceDetail.as_view(), name="source_detail"),
    path("corrections/", views.CorrectionList.as_view(), name="correction_list"),
    path("report/", report_views.ReportError.as_view(), name="report"),
    path("report/thanks/", report_views.ReportThanks.as_view(), name="report_thanks"),
]
