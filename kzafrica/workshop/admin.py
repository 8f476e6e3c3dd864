"""What the editorial layer itself keeps, as editors see it."""

from django.contrib import admin

from kzafrica.editorial.models import Change, Correction, ErrorReport, ProposedChange, Redirect, Source, SourceAuthor
from kzafrica.workshop.proposals import ProposedChangeAdmin
from kzafrica.workshop.records import PartAdmin, ReadOnlyAdmin, RecordAdmin
from kzafrica.workshop.sources_alike import SOURCES


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    twins = SOURCES
    list_extra = ("publisher", "kind", "published")
    list_filter = ("status", "kind", "language")
    search_fields = ("title", "publisher", "slug", "url")


@admin.register(SourceAuthor)
class SourceAuthorAdmin(PartAdmin):
    search_fields = ("name",)


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("number", "at", "action", "record_type", "record_title", "by_name", "note")
    list_filter = ("action", "record_type")
    search_fields = ("record_title", "record_key", "by_name")
    ordering = ("-number",)


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("corrected_at", "change", "reason")
    list_select_related = ("change",)


@admin.register(Redirect)
class RedirectAdmin(ReadOnlyAdmin):
    list_display = ("record_type", "old_key", "target_key", "created_at")
    search_fields = ("old_key", "target_key")


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    list_display = ("reported_at", "state", "message")
    list_filter = ("state",)
    readonly_fields = ("content_type", "object_id", "message", "email", "content_revision", "reported_at")

    def has_add_permission(self, request) -> bool:
        return False


admin.site.register(ProposedChange, ProposedChangeAdmin)
