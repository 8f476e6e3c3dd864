"""The network rule: since when a mission exists, and how many there are on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _

from diplomacy.choices import MilestoneKind, MissionKind
from diplomacy.models import Accreditation, Milestone, Mission
from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.publishable import citations_of
from kzafrica.editorial.references import reference_to
from kzafrica.editorial.workflow import content_revision
from kzafrica.reference.models import Bloc, Country
from kzafrica.statements.amounts import Interval
from kzafrica.statements.computations import Computation, Estimate
from kzafrica.statements.models import Figure

RULE = _(
    "Embassies of the sending state in African states, unless filters say otherwise. A mission exists from the "
    "latest day of its earliest decree, opening, or appointment or credentials of a head not known to be non-resident. "
    "Drafts, plans, copies of credentials and concurrent accreditations do not count. Between the earliest and the "
    "latest day of that milestone it is undetermined; so it is between those of its closing."
)
BEGINNING_KINDS = (MilestoneKind.DECREE, MilestoneKind.OPENED)


class Standing(models.TextChoices):
    EXISTS = "exists", _("Exists")
    UNDETERMINED = "undetermined", _("Undetermined")
    ABSENT = "absent", _("Does not exist")


@dataclass(frozen=True)
class Step:
    """The act that brings a mission into being, with its date and what supports it."""

    mission: Mission
    label: str
    date: ImpreciseDate
    act: Milestone | Accreditation
    # False when only sources that themselves state the size of the network support the act.
    is_independent: bool = True
    count: int = 0

    @property
    def citations(self) -> list:
        """The citations of the act; of the mission where the act has none of its own."""
        return citations_of(self.act) or list(self.mission.citations.all())


@dataclass(frozen=True)
class Network:
    """The missions of one sending state on one day."""

    on: date
    sending: Country
    steps: list[Step]
    undetermined: list[Step]

    @property
    def count(self) -> int:
        return len(self.steps)


def beginning_of(mission: Mission) -> Step | None:
    """The act from which the mission exists by the rule; None while no source tells of one."""
    acts = [
        Step(mission, milestone.get_kind_display(), milestone.date, milestone)
        for milestone in mission.milestones.all()
        if milestone.kind in BEGINNING_KINDS and milestone.date
    ]
    for head in mission.heads.all():
        for accreditation in head.accreditations.all():
            if accreditation.is_resident is False or accreditation.country_id != mission.receiving_id:
                continue
            if accreditation.appointed:
                acts.append(Step(mission, _("Head of mission appointed"), accreditation.appointed, accreditation))
            if accreditation.credentials_presented:
                acts.append(
                    Step(mission, _("Credentials presented"), accreditation.credentials_presented, accreditation)
                )
    # An act without a latest day never certainly happened.
    acts = [act for act in acts if act.date.latest is not None]
    return min(acts, key=lambda act: (act.date.latest, act.date.order), default=None)


def closing_of(mission: Mission) -> ImpreciseDate | None:
    closings = [row.date for row in mission.milestones.all() if row.kind == MilestoneKind.CLOSED and row.date]
    return max(closings, default=None)


def standing_on(mission: Mission, day: date) -> Standing:
    """Whether the mission exists on a day by the rule."""
    beginning = beginning_of(mission)
    if beginning is None or (beginning.date.earliest is not None and day < beginning.date.earliest):
        return Standing.ABSENT
    if day < beginning.date.latest:
        return Standing.UNDETERMINED
    closing = closing_of(mission)
    if closing is None or (closing.earliest is not None and day < closing.earliest):
        return Standing.EXISTS
    return Standing.ABSENT if closing.latest is not None and day >= closing.latest else Standing.UNDETERMINED


def missions_of(sending: Country) -> models.QuerySet:
    """The embassies of a state in Africa with everything the rule reads."""
    return Mission.objects.published().of(sending).in_africa().filter(kind=MissionKind.EMBASSY).for_list()


def network_on(day: date, sending: Country, missions: Iterable[Mission] | None = None) -> Network:
    """The network of a day; ``missions`` are those already chosen by other filters, with ``for_list()``."""
    missions = list(missions_of(sending) if missions is None else missions)
    counting = sources_that_count(sending)
    existing, undetermined = _standing_apart(missions, day)
    return Network(
        day,
        sending,
        _in_time([_with_independence(beginning_of(mission), counting) for mission in existing]),
        _in_time([_with_independence(beginning_of(mission), counting) for mission in undetermined]),
    )


def _standing_apart(missions: list[Mission], day: date) -> tuple[list[Mission], list[Mission]]:
    """Those that exist on the day, and those of which that is undetermined."""
    standing = {mission.pk: standing_on(mission, day) for mission in missions}
    return (
        [mission for mission in missions if standing[mission.pk] == Standing.EXISTS],
        [mission for mission in missions if standing[mission.pk] == Standing.UNDETERMINED],
    )


def network_steps(sending: Country, missions: Iterable[Mission] | None = None) -> list[Step]:
    """How the network grew: every act that added a mission, in time, with the count it led to.

    Missions that have closed since are left out of the series; their pages tell of both ends.
    """
    missions = list(missions_of(sending) if missions is None else missions)
    counting = sources_that_count(sending)
    acts = [beginning_of(mission) for mission in missions if closing_of(mission) is None]
    ordered = _in_time([act for act in acts if act is not None])
    return [_with_independence(act, counting, count=number) for number, act in enumerate(ordered, start=1)]


def _in_time(steps: list[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: (step.date.latest, step.date.order, step.mission.slug))


def sources_that_count(sending: Country) -> set[int]:
    """The sources that themselves state how many missions there are: they cannot confirm their own number."""
    figures = Figure.objects.published().mission_counts().filter(subject=reference_to(sending))
    return set(figures.filter(citations__stated="").values_list("citations__source_id", flat=True))


def _with_independence(step: Step, counting: set[int], *, count: int = 0) -> Step:
    supporting = {citation.source_id for citation in step.citations if not citation.differs}
    return Step(step.mission, step.label, step.date, step.act, bool(supporting - counting), count)


def mission_counts(figures: list[Figure]) -> dict[int, Computation]:
    """For figures that state a number of embassies: the count by the rule over their period, by primary key.

    Nothing where we hold no missions of the state, or where the embassies are counted elsewhere than in Africa. Over a
    period the count may grow: the value is that of its first day, the interval runs over all of it.
    """
    found = {}
    revision = content_revision()
    checkable = [figure for figure in figures if _counts_embassies_in_africa(figure)]
    for sending in {figure.subject_record for figure in checkable}:
        missions, counting = _network_record(sending, revision)
        for figure in checkable:
            if missions and figure.subject_record == sending:
                found[figure.pk] = _count_over(figure, missions, counting)
    return found


def _counts_embassies_in_africa(figure: Figure) -> bool:
    counterpart = figure.counterpart_record
    is_of_africa = isinstance(counterpart, Bloc) and counterpart.is_continent
    return is_of_africa and isinstance(figure.subject_record, Country) and figure.period is not None


def _network_record(sending: Country, revision: int) -> tuple[list[Mission], set[int]]:
    """What the rule reads of one state's network; read once for each content revision."""
    return cache.get_or_set(
        f"network-{sending.key}-{revision}",
        lambda: (list(missions_of(sending)), sources_that_count(sending)),
    )


def _count_over(figure: Figure, missions: list[Mission], counting: set[int]) -> Computation:
    first, last = _window(figure.period)
    days = sorted({first, last, *_days_of_change(missions, first, last)})
    networks = [_standing_apart(missions, day) for day in days]
    counts = [len(existing) for existing, _undetermined in networks]
    highest = max(len(existing) + len(undetermined) for existing, undetermined in networks)
    steps = [_with_independence(beginning_of(mission), counting) for mission in networks[-1][0]]
    return Computation(
        Estimate(Decimal(counts[0]), Interval(Decimal(min(counts)), Decimal(highest)), figure.unit),
        [step.mission for step in _in_time(steps)],
        rule=str(RULE),
        is_independent=all(step.is_independent for step in steps),
    )


def _window(period: ImpreciseDate) -> tuple[date, date]:
    """The days a count for this period speaks of; of an open period the month at its known end."""
    if period.earliest is None:
        return period.latest.replace(day=1), period.latest
    if period.latest is None:
        return period.earliest, period.earliest
    return period.earliest, period.latest


def _days_of_change(missions: list[Mission], first: date, last: date) -> list[date]:
    """The days in the window on which the standing of a mission may change, and those before."""
    days = []
    for mission in missions:
        for moment in (beginning_of(mission), closing_of(mission)):
            found = moment.date if isinstance(moment, Step) else moment
            if found is not None:
                days += [day for day in (found.earliest, found.latest) if day is not None]
    days += [day - timedelta(days=1) for day in days if day > date.min]
    return [day for day in days if first <= day <= last]
