from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diplomacy.choices import MilestoneKind
from diplomacy.filters import AgreementFilterSet, InitiativeFilterSet, MilestoneFilterSet, ProgrammeFilterSet
from diplomacy.models import (
    Agreement,
    AgreementStage,
    Initiative,
    InitiativeStage,
    Milestone,
    Mission,
    Programme,
    ProgrammeStage,
)
from kzafrica.editorial.feeds import PartFeed, said_of_part
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
            state=self.state_of(step),
            place=self.place_of(step),
            paragraphs=tuple(filter(None, paragraphs)),
            categories=(Category(step.kind, step.get_kind_display()),),
            **known,
        )

    def state_of(self, step: models.Model) -> State:
        return State.SETTLED

    def place_of(self, step: models.Model) -> str:
        return ""


class MilestoneFeed(StepFeed):
    queryset = Milestone.objects.filter(mission__in=Mission.objects.published())
    filterset_class = MilestoneFilterSet
    part = Milestone
    owner = "mission"
    list_name = "diplomacy:mission_list"
    list_leaves_out = ("kind", "mission")
    title = gettext_lazy("Milestones of missions")

    def rows(self, found: models.QuerySet) -> models.QuerySet:
        return super().rows(found).select_related("mission__place__country", "place__country")

    def state_of(self, step: Milestone) -> State:
        # The date of a plan is when it is meant to come true.
        return State.OPEN if step.kind == MilestoneKind.PLANNED else State.SETTLED

    def place_of(self, step: Milestone) -> str:
        place = step.place or step.mission.place
        return f"{place}, {place.country}" if place else ""


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
