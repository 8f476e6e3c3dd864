from django.contrib import admin

from events.models import Event, Outcome, Participation
from kzafrica.editorial.workshop import PartAdmin, RecordAdmin


@admin.register(Event)
class EventAdmin(RecordAdmin):
    list_extra = ("kind", "date", "occurrence")
    list_filter = ("status", "kind", "level", "occurrence")
    search_fields = ("title_en", "title_kk", "title_ru", "title_fr", "slug")


@admin.register(Participation)
class ParticipationAdmin(PartAdmin):
    search_fields = ("event__title_en", "person__name_en")


@admin.register(Outcome)
class OutcomeAdmin(PartAdmin):
    search_fields = ("event__title_en", "text_en")
