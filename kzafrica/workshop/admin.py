"""What the editorial layer itself keeps, as editors see it."""

from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.models import (
    Change,
    Correction,
    ErrorReport,
    LinkCheck,
    ProposedChange,
    Redirect,
    Source,
    SourceAuthor,
)
from kzafrica.workshop.proposals import ProposedChangeAdmin
from kzafrica.workshop.records import PartAdmin, ReadOnlyAdmin, RecordAdmin
from kzafrica.workshop.reports import ErrorReportAdmin
from kzafrica.workshop.sources_alike import SOURCES
from kzafrica.workshop.waits import Wait


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    twins = SOURCES
    list_extra = ("publisher", "kind", "published")
    list_filter = ("status", "kind", "language")
    search_fields = ("title", "publisher", "slug", "url")
    waits = {
        **RecordAdmin.waits,
        "link": Wait(_("With a dead link"), lambda sources, _user: sources.with_dead_link(), F("created_at")),
    }
    told_apart_by = ("published",)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            query = urlencode({"address": obj.slug})
            context["from_source_address"] = f"{reverse('admin:from_source')}?{query}"
        return super().render_change_form(request, context, add, change, form_url, obj)


@admin.register(SourceAuthor)
class SourceAuthorAdmin(PartAdmin):
    search_fields = ("name",)


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("number", "at", "action", "record_type", "record_title", "by_name", "is_unreviewed", "note")
    list_filter = ("action", "is_unreviewed", "record_type")
    search_fields = ("record_title", "record_key", "by_name")
    ordering = ("-number",)


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("corrected_at", "change", "is_urgent", "reason")
    list_select_related = ("change",)


@admin.register(LinkCheck)
class LinkCheckAdmin(ReadOnlyAdmin):
    """What addresses of sources answered; written by ``manage.py check_links`` alone."""

    list_display = ("address", "source", "field", "is_alive", "answer", "checked_at")
    list_filter = ("is_alive", "field")
    list_select_related = ("source",)
    search_fields = ("address", "source__title", "source__publisher")


@admin.register(Redirect)
class RedirectAdmin(ReadOnlyAdmin):
    list_display = ("record_type", "old_key", "target_key", "created_at")
    search_fields = ("old_key", "target_key")


admin.site.register(ProposedChange, ProposedChangeAdmin)
admin.site.register(ErrorReport, ErrorReportAdmin)
