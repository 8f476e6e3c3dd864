from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diplomacy.choices import MilestoneKind
from diplomacy.filters import (
    ActFilterSet,
    AgreementFilterSet,
    AwardFilterSet,
    InitiativeFilterSet,
    ProgrammeFilterSet,
    RelationFilterSet,
)
from diplomacy.models import (
    Agreement,
    AgreementStage,
    Award,
    Initiative,
    InitiativeStage,
    Mission,
    Programme,
    ProgrammeStage,
    Relation,
)
from diplomacy.timeline import Moment, life_of
from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.feeds import PartFeed, RecordFeed, said_by, said_of_part
from kzafrica.syndication import Category, Entry, State


class StepFeed(PartFeed):
    """Dated steps of records: which it is and whose, what it is about, who says so."""

    def entry(self, step: models.Model, **known) -> Entry:
        record = self.record_of(step)
        paragraphs = (step.note, record.summary, *said_of_part(step, record))
        return Entry(
            title=_("%(step)s: %(record)s") % {"step": step.get_kind_display(), "record": record},
            date=step.date,
            # A step is a moment: an interval says between which days it fell.
            is_span=False,
            paragraphs=tuple(filter(None, paragraphs)),
            categories=(Category(step.kind, step.get_kind_display()),),
            **known,
        )


@dataclass(frozen=True)
class Act:
    """A moment in the life of a mission."""

    mission: Mission
    moment: Moment

    @property
    def name(self) -> str:
        """What tells it apart in the mission for ever; one accreditation is the row of several acts."""
        first_said = self.moment.act.first_said
        return f"{self.moment.kind}.{first_said}" if self.moment.accreditation else first_said


class MilestoneFeed(RecordFeed):
    """Every act in the lives of missions: milestones, and what was done for their heads."""

    queryset = Mission.objects.published()
    filterset_class = ActFilterSet
    name = "milestone"
    list_name = "diplomacy:mission_list"
    list_leaves_out = ("kind", "mission")
    title = gettext_lazy("Milestones of missions")

    def rows(self, found: models.QuerySet) -> list[Act]:
        missions = Mission.objects.filter(pk__in=found.order_by().values("pk")).for_list()
        missions = missions.select_related("place__country").order_by("-updated_at", "slug")
        return [act for mission in missions for act in self.acts_of(mission)]

    def acts_of(self, mission: Mission) -> Iterator[Act]:
        for moment in life_of(mission):
            if self.filterset.asks_for(moment, mission):
                yield Act(mission, moment)

    def record_of(self, row: Act) -> Mission:
        return row.mission

    def uid_of(self, row: Act, first_key: str) -> str:
        return f"mission-{first_key}.{row.name}"

    def entry(self, row: Act, **known) -> Entry:
        mission, moment = row.mission, row.moment
        place = moment.place or (mission.place if moment.head is None else None)
        citations = moment.citations or (citation for citation in mission.citations.all() if not citation.field)
        paragraphs = (self.head_in_words(moment), moment.note, mission.summary, *said_by(citations))
        return Entry(
            title=_("%(step)s: %(record)s") % {"step": moment.label, "record": mission},
            date=moment.date,
            # The date of a plan is when it is meant to come true.
            state=State.OPEN if moment.kind == MilestoneKind.PLANNED else State.SETTLED,
            place=f"{place}, {place.country}" if place else "",
            paragraphs=tuple(filter(None, paragraphs)),
            categories=(Category(moment.kind, str(moment.label)),),
            **known,
        )

    def head_in_words(self, moment: Moment) -> str:
        """Who it was done for and to whom the head is accredited: ``Barlybay Sadykov, accredited to Kenya``."""
        if moment.head is None:
            return ""
        to = moment.accreditation.country or moment.accreditation.organization
        return _("%(head)s, accredited to %(to)s") % {"head": moment.head, "to": to}


class RelationFeed(RecordFeed):
    queryset = Relation.objects.published()
    filterset_class = RelationFilterSet
    list_name = "diplomacy:relation_list"
    title = gettext_lazy("Diplomatic relations")

    def entry(self, relation: Relation, **known) -> Entry:
        title, date = self.title_and_date(relation)
        paragraphs = (
            _("Recognised: %s.") % relation.recognised.text() if relation.recognised and relation.established else "",
            relation.instrument,
            relation.summary,
            *said_by(relation.all_citations()),
        )
        return Entry(title=title, date=date, paragraphs=tuple(filter(None, paragraphs)), **known)

    def title_and_date(self, relation: Relation) -> tuple[str, ImpreciseDate | None]:
        """The last step between the two states that is dated."""
        if relation.established:
            return _("Diplomatic relations established: %s") % relation, relation.established
        if relation.recognised:
            return _("Independence recognised: %s") % relation, relation.recognised
        return _("Diplomatic relations: %s") % relation, None


class AwardFeed(RecordFeed):
    queryset = Award.objects.published()
    filterset_class = AwardFilterSet
    list_name = "diplomacy:award_list"
    title = gettext_lazy("Awards")

    def entry(self, award: Award, **known) -> Entry:
        where = (award.venue, award.place, award.place.country if award.place else None)
        return Entry(
            title=_("Conferred: %s") % award,
            date=award.date,
            place=", ".join(str(part) for part in where if part),
            paragraphs=tuple(filter(None, (*award.ground_list, *said_by(award.all_citations())))),
            **known,
        )


class AgreementFeed(StepFeed):
    queryset = Agreement.objects.published().in_time()
    filterset_class = AgreementFilterSet
    part = AgreementStage
    owner = "agreement"
    list_name = "diplomacy:agreement_list"
    title = gettext_lazy("Stages of agreements")


class InitiativeFeed(StepFeed):
    queryset = Initiative.objects.published().in_time()
    filterset_class = InitiativeFilterSet
    part = InitiativeStage
    owner = "initiative"
    list_name = "diplomacy:initiative_list"
    title = gettext_lazy("Stages of initiatives")


class ProgrammeFeed(StepFeed):
    queryset = Programme.objects.published().in_time()
    filterset_class = ProgrammeFilterSet
    part = ProgrammeStage
    owner = "programme"
    list_name = "diplomacy:programme_list"
    title = gettext_lazy("Stages of programmes")
