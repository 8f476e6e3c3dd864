from django.contrib import admin
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kzafrica.statements.compact import CLAIM, FIGURE
from kzafrica.statements.comparisons import differing
from kzafrica.statements.duplicates import CLAIMS, FIGURES
from kzafrica.statements.models import Claim, Figure
from kzafrica.workshop.records import RecordAdmin
from kzafrica.workshop.waits import Wait


@admin.register(Figure)
class FigureAdmin(RecordAdmin):
    compact, twins = FIGURE, FIGURES
    list_extra = ("measure", "period", "printed", "is_headline")
    list_filter = ("status", "measure", "origin", "is_headline")
    search_fields = ("title_en", "subject", "counterpart", "printed", "slug")
    waits = {
        **RecordAdmin.waits,
        "difference": Wait(
            _("Differ from what we compute"),
            lambda figures, _user: figures.filter(pk__in=list(differing())),
            F("published_at"),
        ),
    }
    told_apart_by = ("period", "printed")


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    compact, twins = CLAIM, CLAIMS
    list_extra = ("kind", "result")
    list_filter = ("status", "kind", "result")
    search_fields = ("text_en", "slug")
    told_apart_by = ("date",)
