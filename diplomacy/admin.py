from django.contrib import admin
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from diplomacy.compact import AGREEMENT, AWARD, INITIATIVE, MISSION, PROGRAMME, RELATION
from diplomacy.duplicates import AGREEMENTS, AWARDS, INITIATIVES, MISSIONS, PROGRAMMES, RELATIONS
from diplomacy.models import (
    Accreditation,
    Agreement,
    AgreementStage,
    Award,
    Check,
    HeadOfMission,
    Initiative,
    InitiativeStage,
    Milestone,
    Mission,
    Programme,
    ProgrammeStage,
    Relation,
    Signatory,
)
from kzafrica.ages import a_year_before
from kzafrica.editorial import workflow
from kzafrica.workshop.records import PartAdmin, RecordAdmin, ReferenceAdmin
from kzafrica.workshop.waits import Wait


@admin.register(Relation)
class RelationAdmin(RecordAdmin):
    compact, twins = RELATION, RELATIONS
    list_extra = ("established",)
    list_select_related = ("first", "second")
    search_fields = ("first__name_en", "second__name_en", "slug")
    told_apart_by = ("established",)


@admin.register(Mission)
class MissionAdmin(RecordAdmin):
    compact, twins = MISSION, MISSIONS
    list_extra = ("kind", "last_checked_on")
    list_filter = ("status", "kind")
    search_fields = ("title_en", "slug")
    waits = {
        **RecordAdmin.waits,
        "check": Wait(
            _("Not checked for a year"),
            lambda missions, _user: missions.published().not_checked_since(a_year_before(localdate())),
            F("last_checked_on"),
        ),
    }
    told_apart_by = ("kind", "place")


@admin.register(Award)
class AwardAdmin(RecordAdmin):
    compact, twins = AWARD, AWARDS
    list_extra = ("date",)
    search_fields = ("title_en", "recipient__name_en", "slug")
    told_apart_by = ("date",)


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    compact, twins = AGREEMENT, AGREEMENTS
    list_extra = ("kind",)
    list_filter = ("status", "kind")
    search_fields = ("title_en", "slug")
    told_apart_by = ("kind",)


@admin.register(Initiative)
class InitiativeAdmin(RecordAdmin):
    compact, twins = INITIATIVE, INITIATIVES
    search_fields = ("title_en", "slug")


@admin.register(Programme)
class ProgrammeAdmin(RecordAdmin):
    compact, twins = PROGRAMME, PROGRAMMES
    list_extra = ("kind",)
    list_filter = ("status", "kind")
    search_fields = ("title_en", "slug")
    told_apart_by = ("kind",)


@admin.register(Check)
class CheckAdmin(ReferenceAdmin):
    """What an editor has looked for, pair by pair; saved at once, since it tells of the search and states no fact."""

    list_display = ("country", "strand", "checked_on", "note")
    list_filter = ("strand",)
    list_select_related = ("country",)
    search_fields = ("country__name_en", "country__alpha3")

    def has_delete_permission(self, request, obj=None) -> bool:
        """A check of the wrong country is taken out: unlike other reference data, nothing points to it."""
        return self.has_change_permission(request, obj)

    def delete_model(self, request, obj) -> None:
        workflow.delete_reference(obj, by=request.user)

    def delete_queryset(self, request, queryset) -> None:
        for check in queryset:
            workflow.delete_reference(check, by=request.user)


@admin.register(Milestone)
class MilestoneAdmin(PartAdmin):
    search_fields = ("mission__title_en",)


@admin.register(HeadOfMission)
class HeadOfMissionAdmin(PartAdmin):
    search_fields = ("mission__title_en", "person__name_en")


@admin.register(Accreditation)
class AccreditationAdmin(PartAdmin):
    search_fields = ("head__mission__title_en", "head__person__name_en")


@admin.register(Signatory)
class SignatoryAdmin(PartAdmin):
    search_fields = ("agreement__title_en", "person__name_en")


@admin.register(AgreementStage)
class AgreementStageAdmin(PartAdmin):
    search_fields = ("agreement__title_en",)


@admin.register(InitiativeStage)
class InitiativeStageAdmin(PartAdmin):
    search_fields = ("initiative__title_en",)


@admin.register(ProgrammeStage)
class ProgrammeStageAdmin(PartAdmin):
    search_fields = ("programme__title_en",)
