from django.utils.timezone import localdate

from diplomacy.choices import MissionKind
from diplomacy.computations import RULE, network_on, network_steps, spells_of, standing_on, suspension_on
from diplomacy.filters import (
    AgreementFilterSet,
    AwardFilterSet,
    InitiativeFilterSet,
    MissionFilterSet,
    ProgrammeFilterSet,
    RelationFilterSet,
)
from diplomacy.models import Agreement, Award, Initiative, Mission, Programme, Relation
from diplomacy.timeline import life_of
from kzafrica.editorial.views import RecordDetail, RecordList
from kzafrica.reference.models import Country


class MissionList(RecordList):
    """The network of one sending state on a day, by the rule; below it the other missions that fit the filters."""

    queryset = Mission.objects.published().for_list()
    filterset_class = MissionFilterSet

    def get_context_data(self, **context) -> dict:
        chosen = self.filterset.form.cleaned_data if self.filterset.is_bound and not self.errors else {}
        sending = chosen.get("sending") or Country.objects.home().first()
        if self.errors or sending is None:
            return super().get_context_data(network=None, **context)
        missions = list(context.pop("object_list"))
        counted = [mission for mission in missions if self.is_counted(mission, sending, chosen)]
        network = network_on(chosen.get("on") or localdate(), sending, counted)
        steps = network_steps(sending, counted)
        shown = {step.mission.pk for step in [*network.steps, *network.undetermined, *steps]}
        return super().get_context_data(
            object_list=[mission for mission in missions if mission.pk not in shown],
            network=network,
            steps=steps,
            rule=RULE,
            is_of_embassies=(chosen.get("kind") or MissionKind.EMBASSY) == MissionKind.EMBASSY,
            **context,
        )

    def is_counted(self, mission: Mission, sending: Country, chosen: dict) -> bool:
        """Embassies in African states, unless the filters ask for another kind or place: as the rule says."""
        if mission.sending_id != sending.pk or mission.receiving is None:
            return False
        is_in_place = mission.receiving.is_african or chosen.get("receiving") == mission.receiving
        return is_in_place and mission.kind == (chosen.get("kind") or MissionKind.EMBASSY)


class MissionDetail(RecordDetail):
    """The life of one mission."""

    queryset = Mission.objects.published().for_list()

    def get_context_data(self, **context) -> dict:
        mission, today = self.object, localdate()
        return super().get_context_data(
            moments=life_of(mission),
            spells=spells_of(mission),
            standing=standing_on(mission, today),
            suspension=suspension_on(mission, today),
            rule=RULE,
            **context,
        )


class RelationList(RecordList):
    queryset = Relation.objects.published().for_list()
    filterset_class = RelationFilterSet


class RelationDetail(RecordDetail):
    queryset = Relation.objects.published().for_list()


class AgreementList(RecordList):
    queryset = Agreement.objects.published().for_list().in_time().reverse()
    filterset_class = AgreementFilterSet


class AgreementDetail(RecordDetail):
    queryset = Agreement.objects.published().for_list().select_related("route", "project")


class InitiativeList(RecordList):
    queryset = Initiative.objects.published().for_list().in_time().reverse()
    filterset_class = InitiativeFilterSet


class InitiativeDetail(RecordDetail):
    queryset = Initiative.objects.published().for_list()


class ProgrammeList(RecordList):
    queryset = Programme.objects.published().for_list().in_time().reverse()
    filterset_class = ProgrammeFilterSet


class ProgrammeDetail(RecordDetail):
    queryset = Programme.objects.published().for_list()


class AwardList(RecordList):
    queryset = Award.objects.published().for_list().order_by("-date_order", "slug")
    filterset_class = AwardFilterSet


class AwardDetail(RecordDetail):
    queryset = Award.objects.published().for_list()
