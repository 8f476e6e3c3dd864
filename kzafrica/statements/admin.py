from django.contrib import admin

from kzafrica.statements.compact import CLAIM, FIGURE
from kzafrica.statements.duplicates import CLAIMS, FIGURES
from kzafrica.statements.models import Claim, Figure
from kzafrica.workshop.records import RecordAdmin


@admin.register(Figure)
class FigureAdmin(RecordAdmin):
    compact, twins = FIGURE, FIGURES
    list_extra = ("measure", "period", "printed", "is_headline")
    list_filter = ("status", "measure", "origin", "is_headline")
    search_fields = ("title_en", "subject", "counterpart", "printed", "slug")


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    compact, twins = CLAIM, CLAIMS
    list_extra = ("kind", "result")
    list_filter = ("status", "kind", "result")
    search_fields = ("text_en", "slug")
