from django.contrib import admin

from kzafrica.workshop.records import ReadOnlyAdmin
from kzafrica.writing.models import Contribution


@admin.register(Contribution)
class ContributionAdmin(ReadOnlyAdmin):
    """What came by API: which key wrote it, as whom, and when."""

    list_display = ("title", "kind", "by", "key_prefix", "written_at")
    list_filter = ("kind",)
    list_select_related = ("by",)
    search_fields = ("title", "key_prefix")
    fields = ("title", "kind", "by", "key_prefix", "written_at")
