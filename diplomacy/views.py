from dataclasses import dataclass
from datetime import date

from django.db import models
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from diplomacy.choices import MissionKind
from diplomacy.computations import (
    RULE,
    STEPS_SHOWN,
    Network,
    Step,
    network_on,
    network_steps,
    spell_on,
    spells_of,
    standing_on,
    suspension_on,
)
from diplomacy.filters import (
    AgreementFilterSet,
    AwardFilterSet,
    InitiativeFilterSet,
    MissionFilterSet,
    OpenPromiseFilterSet,
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
from diplomacy.models import Agreement, Award, Initiative, Milestone, Mission, Programme, Relation
from diplomacy.network_map import network_map
from diplomacy.promises import open_promises, promise_groups
from diplomacy.timeline import life_of
from kzafrica.ages import age_of
from kzafrica.charts import step_chart
from kzafrica.editorial.views import RecordDetail, RecordList
from kzafrica.maps.pictures import map_answer
from kzafrica.pictures import downloads_at
from kzafrica.problems import BadParameters
from kzafrica.reference.models import Country


@dataclass(frozen=True)
class MissionRow:
    """One row of the list: a mission, how the rule puts it on the day, and the act by which it does."""

    mission: Mission
    group: str
    step: Step | None = None
    suspension: Milestone | None = None

    COUNTED = gettext_lazy("Counted on this day")
    UNDETERMINED = gettext_lazy("Undetermined on this day")
    OTHER = gettext_lazy("Other missions")


class MissionList(RecordList):
    """The network of one sending state on a day, by the rule, then the other missions that fit the filters."""

    queryset = Mission.objects.published().for_list()
    filterset_class = MissionFilterSet
    paginate_by = 40
    feed_name = "diplomacy:milestone"
    feed_leaves_out = ("kind", "on", "source", "has_conflict")
    file_name = "diplomacy:mission"
    # What chooses the network itself; other filters choose rows, and leave its number alone.
    of_network = ("on", "sending", "receiving", "kind", "ordering")

    def get_filterset(self, filterset_class) -> MissionFilterSet:
        filterset = super().get_filterset(filterset_class)
        filterset.keeps_to_day = False
        return filterset

    def get_context_data(self, **context) -> dict:
        chosen = self.filterset.form.cleaned_data if self.filterset.is_bound and not self.errors else {}
        sending = chosen.get("sending") or Country.objects.home().first()
        if self.errors or sending is None or sending == chosen.get("receiving"):
            rows = [MissionRow(mission, MissionRow.OTHER) for mission in context.pop("object_list")]
            return super().get_context_data(network=None, object_list=rows, **context)
        today = localdate()
        day, kind = chosen.get("on") or today, chosen.get("kind") or MissionKind.EMBASSY
        missions = list(context.pop("object_list"))
        is_narrowed = any(chosen.get(name) not in (None, "") for name in chosen if name not in self.of_network)
        counted = self.counted_missions(sending, chosen.get("receiving"), kind)
        if is_narrowed:
            counted = list(counted)
        else:
            # All of them are among the rows: their lives need not be read again.
            keys = set(counted.values_list("pk", flat=True))
            counted = [mission for mission in missions if mission.pk in keys]
        network, steps = network_on(day, sending, counted), network_steps(sending, counted)
        steps = [step for step in steps if step.effective_on <= today]
        return super().get_context_data(
            object_list=self.rows_of(network, missions, chosen.get("on")),
            network=network,
            receiving=chosen.get("receiving"),
            has_record=bool(counted),
            is_of_embassies=kind == MissionKind.EMBASSY,
            is_narrowed=is_narrowed,
            is_to_come=day > today,
            today=today,
            steps=steps[-STEPS_SHOWN:],
            step_count=len(steps),
            chart=step_chart(((step.effective_on, step.count) for step in steps), until=today),
            map=network_map(network),
            map_files=downloads_at(reverse("diplomacy:network_map", args=["svg"]).removesuffix(".svg"), self.map_query),
            rule=RULE,
            **context,
        )

    @property
    def map_query(self) -> str:
        """The part of the address that chooses the network."""
        return self.query_of(name for name in self.of_network if name != "ordering")

    def counted_missions(self, sending: Country, receiving: Country | None, kind: str) -> models.QuerySet:
        """Embassies in African states, unless the filters ask for another kind or place: as the rule says."""
        missions = Mission.objects.published().of(sending).filter(kind=kind)
        return (missions.in_africa() if receiving is None else missions.filter(receiving=receiving)).for_list()

    def rows_of(self, network: Network, missions: list[Mission], on: date | None) -> list[MissionRow]:
        """Of the missions that fit the filters those of the network first; on a day asked for, only what may exist."""
        fitting = {mission.pk for mission in missions}
        rows = [self.row_of(MissionRow.COUNTED, step, network.on) for step in network.steps]
        rows += [self.row_of(MissionRow.UNDETERMINED, step, network.on) for step in network.undetermined]
        rows = [row for row in rows if row.mission.pk in fitting]
        shown = {row.mission.pk for row in rows}
        for mission in missions:
            spell = spell_on(mission, network.on)
            if mission.pk not in shown and (on is None or spell is not None):
                step = spell.begun if spell else None
                rows.append(MissionRow(mission, MissionRow.OTHER, step, suspension_on(mission, network.on)))
        return rows

    def row_of(self, group: str, step: Step, day: date) -> MissionRow:
        return MissionRow(step.mission, group, step, suspension_on(step.mission, day))


class NetworkMap(MissionList):
    """The map of the network as SVG, PNG or CSV; the address takes what chooses a network on the page."""

    def get(self, request, *args, **kwargs) -> HttpResponse:
        self.read_parameters()
        if self.errors:
            raise BadParameters(self.errors)
        return super().get(request, *args, **kwargs)

    def render_to_response(self, context: dict, **response) -> HttpResponse:
        network = context["network"]
        if network is None:
            raise Http404
        page = self.request.build_absolute_uri(reverse("diplomacy:mission_list") + self.map_query)
        name = f"missions-{network.sending.alpha3}-{network.on}"
        return map_answer(context["map"], self.kwargs["form"], name, page)


class MissionDetail(RecordDetail):
    """The life of one mission."""

    describe = staticmethod(describe_mission)
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
    feed_name = "diplomacy:relation"
    file_name = "diplomacy:relation"


class RelationDetail(RecordDetail):
    describe = staticmethod(describe_relation)
    queryset = Relation.objects.published().for_list()


class AgreementList(RecordList):
    queryset = Agreement.objects.published().for_list().newest_first()
    filterset_class = AgreementFilterSet
    feed_name = "diplomacy:agreement"
    file_name = "diplomacy:agreement"


class PromiseDetail(RecordDetail):
    """A page that says how long a promise has been open."""

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(open_for=age_of(self.object.open_since, localdate()), **context)


class AgreementDetail(PromiseDetail):
    describe = staticmethod(describe_agreement)
    queryset = Agreement.objects.published().for_list().select_related("route", "project")


class InitiativeList(RecordList):
    queryset = Initiative.objects.published().for_list().newest_first()
    filterset_class = InitiativeFilterSet
    feed_name = "diplomacy:initiative"
    file_name = "diplomacy:initiative"


class InitiativeDetail(PromiseDetail):
    describe = staticmethod(describe_initiative)
    queryset = Initiative.objects.published().for_list()


class ProgrammeList(RecordList):
    queryset = Programme.objects.published().for_list().newest_first()
    filterset_class = ProgrammeFilterSet
    feed_name = "diplomacy:programme"
    file_name = "diplomacy:programme"


class ProgrammeDetail(RecordDetail):
    describe = staticmethod(describe_programme)
    queryset = Programme.objects.published().for_list()


class AwardList(RecordList):
    queryset = Award.objects.published().for_list().order_by("-date_order", "slug")
    filterset_class = AwardFilterSet
    feed_name = "diplomacy:award"
    file_name = "diplomacy:award"


class AwardDetail(RecordDetail):
    describe = staticmethod(describe_award)
    queryset = Award.objects.published().for_list()


class OpenPromiseList(RecordList):
    """What was promised and is not known to be kept, each with its age; told apart by kind, the oldest first."""

    filterset_class = OpenPromiseFilterSet
    template_name = "diplomacy/promise_list.html"

    def get_queryset(self):
        return open_promises()

    def get_context_data(self, **context) -> dict:
        chosen = self.filterset.form.cleaned_data if self.filterset.is_bound and not self.errors else {}
        context = super().get_context_data(**context)
        return context | {
            "groups": promise_groups(context["object_list"], localdate(), **chosen),
            "country": chosen.get("country"),
        }
