from django.contrib import admin
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from events.compact import EVENT
from events.duplicates import EVENTS
from events.models import Announcement, Event, Outcome, Participation
from kzafrica.workshop.records import PartAdmin, RecordAdmin


class UnresolvedFilter(admin.SimpleListFilter):
    """Announced events whose date has passed: they wait for an editor to say what became of them."""

    title = _("date passed")
    parameter_name = "unresolved"

    def lookups(self, request, model_admin) -> list[tuple]:
        return [("yes", _("Date passed, outcome open"))]

    def queryset(self, request, queryset):
        return queryset.unresolved(localdate()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(RecordAdmin):
    compact, twins = EVENT, EVENTS
    list_extra = ("kind", "date", "occurrence")
    list_filter = ("status", UnresolvedFilter, "kind", "level", "occurrence")
    search_fields = ("title_en", "title_kk", "title_ru", "title_fr", "slug")


@admin.register(Announcement)
class AnnouncementAdmin(PartAdmin):
    search_fields = ("event__title_en",)


@admin.register(Participation)
class ParticipationAdmin(PartAdmin):
    search_fields = ("event__title_en", "person__name_en")


@admin.register(Outcome)
class OutcomeAdmin(PartAdmin):
    search_fields = ("event__title_en", "text_en")
