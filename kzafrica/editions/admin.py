from django.contrib import admin

from kzafrica.editions.models import Edition
from kzafrica.workshop.records import ReadOnlyAdmin


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """What was offered for download, and from which state of the record."""

    list_display = ("name", "day", "content_revision", "size_bytes", "has_parquet", "built_at")
    list_filter = ("has_parquet",)
    search_fields = ("name", "sha256")
    date_hierarchy = "day"
    fields = ("name", "day", "content_revision", "size_bytes", "sha256", "has_parquet", "built_at", "path")
