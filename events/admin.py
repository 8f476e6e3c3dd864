from django.contrib import admin
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from events.compact import EVENT
from events.duplicates import EVENTS
from events.models import Announcement, Event, Outcome, Participation
from kzafrica.workshop.records import PartAdmin, RecordAdmin
from kzafrica.workshop.waits import Wait


@admin.register(Event)
class EventAdmin(RecordAdmin):
    compact, twins = EVENT, EVENTS
    list_extra = ("kind", "date", "occurrence")
    list_filter = ("status", "kind", "level", "occurrence")
    search_fields = ("title_en", "title_kk", "title_ru", "title_fr", "slug")
    waits = {
        **RecordAdmin.waits,
        "outcome": Wait(
            _("Date passed, outcome open"),
            lambda events, _user: events.at_hand().unresolved(localdate()),
            F("date_latest"),
        ),
        "date": Wait(
            _("Upcoming without a date"), lambda events, _user: events.at_hand().without_date(), F("created_at")
        ),
    }
    told_apart_by = ("date", "place")


@admin.register(Announcement)
class AnnouncementAdmin(PartAdmin):
    search_fields = ("event__title_en",)


@admin.register(Participation)
class ParticipationAdmin(PartAdmin):
    search_fields = ("event__title_en", "person__name_en")


@admin.register(Outcome)
class OutcomeAdmin(PartAdmin):
    search_fields = ("event__title_en", "text_en")
