from django.contrib import admin

from kzafrica.statements.models import Claim, Figure
from kzafrica.workshop.records import RecordAdmin


@admin.register(Figure)
class FigureAdmin(RecordAdmin):
    list_extra = ("measure", "period", "printed", "is_headline")
    list_filter = ("status", "measure", "origin", "is_headline")
    search_fields = ("title_en", "subject", "counterpart", "printed", "slug")
    told_apart_by = ("period", "printed")


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    list_extra = ("kind", "result")
    list_filter = ("status", "kind", "result")
    search_fields = ("text_en", "slug")
    told_apart_by = ("date",)
