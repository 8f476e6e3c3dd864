from collections.abc import Callable

from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from diplomacy.computations import RULE, Network, Step, missions_of, network_on, network_steps
from diplomacy.filters import (
    AgreementFilterSet,
    AwardFilterSet,
    HeadOfMissionFilterSet,
    InitiativeFilterSet,
    MilestoneFilterSet,
    MissionFilterSet,
    NetworkFilterSet,
    ProgrammeFilterSet,
    RelationFilterSet,
)
from diplomacy.metadata import (
    describe_agreement,
    describe_award,
    describe_initiative,
    describe_mission,
    describe_programme,
    describe_relation,
)
from diplomacy.models import Agreement, Award, HeadOfMission, Initiative, Milestone, Mission, Programme, Relation
from diplomacy.network_serializers import NetworkSerializer
from diplomacy.serializers import (
    AgreementSerializer,
    AwardSerializer,
    HeadRowSerializer,
    InitiativeSerializer,
    MilestoneRowSerializer,
    MissionSerializer,
    ProgrammeSerializer,
    RelationSerializer,
    counted_step_document,
    step_document,
)
from kzafrica.editorial.api import KeyedViewSet
from kzafrica.editorial.serializers import CitationSerializer, CountryField
from kzafrica.filtering import ACCEPTED_KEYS, TakesDay, refuse_bad_parameters
from kzafrica.reference.models import Country
from kzafrica.rest import JSONRenderer

MISSION_PARTS = ("mission__sending", "mission__receiving", "mission__receiving_organization")


class RelationViewSet(KeyedViewSet):
    """Diplomatic relations by pair."""

    queryset = Relation.objects.published().for_list()
    describe = staticmethod(describe_relation)
    serializer_class = RelationSerializer
    filterset_class = RelationFilterSet


class MissionViewSet(KeyedViewSet):
    """Embassies, consulates and missions with their milestones and heads."""

    queryset = Mission.objects.published().for_list().order_by("slug")
    describe = staticmethod(describe_mission)
    serializer_class = MissionSerializer
    filterset_class = MissionFilterSet
    # Where no state is asked for and none is at home.
    also_answers = {**KeyedViewSet.also_answers, "network": (404,)}

    def get_serializer_context(self) -> dict:
        """With the day of ``on``, which the filters have read without a fault by the time a row is written."""
        written = self.request.query_params.get("on", "") if self.request and not self.detail else ""
        return super().get_serializer_context() | {"on": TakesDay(required=False).clean(written)}

    @extend_schema(
        parameters=[
            OpenApiParameter("sending", str, description=f"The sending state, else KAZ. {ACCEPTED_KEYS['alpha3']}"),
            OpenApiParameter("on", OpenApiTypes.DATE, description="A day as YYYY-MM-DD; else today in Almaty."),
        ],
        responses=NetworkSerializer,
        operation_id="get_mission_network",
        filters=False,
    )
    @action(detail=False, filter_backends=[], pagination_class=None, renderer_classes=[JSONRenderer])
    def network(self, request):
        """The network of one sending state on a day, by the published rule, with the act behind every mission."""
        filterset = NetworkFilterSet(request.query_params, queryset=Mission.objects.none())
        refuse_bad_parameters(request.query_params, filterset, also=("format",))
        sending = filterset.form.cleaned_data["sending"] or get_object_or_404(Country.objects.home())
        day = filterset.form.cleaned_data["on"] or localdate()
        missions = list(missions_of(sending))
        return Response(self._network_document(network_on(day, sending, missions), network_steps(sending, missions)))

    def _network_document(self, network: Network, steps: list[Step]) -> dict:
        return {
            "on": network.on.isoformat(),
            "sending": CountryField().to_representation(network.sending),
            "count": network.count,
            "missions": [self._with_sources(step_document, step) for step in network.steps],
            "undetermined": [self._with_sources(step_document, step) for step in network.undetermined],
            "steps": [self._with_sources(counted_step_document, step) for step in steps],
            "rule": str(RULE),
        }

    def _with_sources(self, document_of: Callable[[Step, Request], dict], step: Step) -> dict:
        return document_of(step, self.request) | {
            "independence": _("independent") if step.is_independent else _("not independent"),
            "citations": CitationSerializer(step.citations, many=True, context={"request": self.request}).data,
        }


class MilestoneViewSet(KeyedViewSet):
    """Dated steps in the lives of missions, each with its sources."""

    queryset = (
        Milestone.objects.filter(mission__in=Mission.objects.published())
        .select_related("place", *MISSION_PARTS)
        .prefetch_related("citations__source")
        .order_by("date_order", "pk")
    )
    serializer_class = MilestoneRowSerializer
    filterset_class = MilestoneFilterSet
    lookup_value_regex = r"\d{1,18}"
    lookup_field = "pk"


class HeadOfMissionViewSet(KeyedViewSet):
    """Heads of mission with their accreditations, resident and concurrent."""

    queryset = (
        HeadOfMission.objects.filter(mission__in=Mission.objects.published())
        .select_related("person", *MISSION_PARTS)
        .prefetch_related(
            "citations__source",
            "accreditations__country",
            "accreditations__organization",
            "accreditations__citations__source",
        )
        .order_by("pk")
    )
    serializer_class = HeadRowSerializer
    filterset_class = HeadOfMissionFilterSet
    lookup_value_regex = r"\d{1,18}"
    lookup_field = "pk"


class AgreementViewSet(KeyedViewSet):
    """Instruments signed or announced, with parties, signatories and stages."""

    queryset = Agreement.objects.published().for_list().in_time()
    describe = staticmethod(describe_agreement)
    serializer_class = AgreementSerializer
    filterset_class = AgreementFilterSet


class InitiativeViewSet(KeyedViewSet):
    """Plans and offers that are not instruments yet, with how far they have come."""

    queryset = Initiative.objects.published().for_list().in_time()
    describe = staticmethod(describe_initiative)
    serializer_class = InitiativeSerializer
    filterset_class = InitiativeFilterSet


class ProgrammeViewSet(KeyedViewSet):
    """One-sided policies, standings and aid."""

    queryset = Programme.objects.published().for_list().in_time()
    describe = staticmethod(describe_programme)
    serializer_class = ProgrammeSerializer
    filterset_class = ProgrammeFilterSet


class AwardViewSet(KeyedViewSet):
    """Orders conferred, with class and grounds."""

    queryset = Award.objects.published().for_list()
    describe = staticmethod(describe_award)
    serializer_class = AwardSerializer
    filterset_class = AwardFilterSet
