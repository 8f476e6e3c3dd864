"""The network rule: since when a mission exists, and how many there are on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _

from diplomacy.choices import BEGINNING_KINDS, MilestoneKind, MissionKind
from diplomacy.models import Accreditation, Milestone, Mission
from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.publishable import citations_of
from kzafrica.editorial.references import reference_to
from kzafrica.editorial.workflow import content_revision
from kzafrica.reference.models import Bloc, Country
from kzafrica.statements.amounts import Interval
from kzafrica.statements.choices import Measure
from kzafrica.statements.computations import Computation, Estimate, Uncheckable
from kzafrica.statements.models import Figure

RULE = _(
    "Embassies of the sending state in African states, unless filters say otherwise. A mission exists from the "
    "latest day of its earliest decree, establishment, opening, or appointment or credentials of a head not known to "
    "be non-resident. Drafts, plans, copies of credentials and concurrent accreditations do not count. Between the "
    "earliest and the latest day of that milestone it is undetermined; so it is between those of its closing. After "
    "a closing only a new act brings it back. A suspended mission still exists and is marked."
)

# The newest steps of the network that a table shows; every step is on the page of its mission and in the API.
STEPS_SHOWN = 12


class Standing(models.TextChoices):
    EXISTS = "exists", _("Exists")
    UNDETERMINED = "undetermined", _("Undetermined")
    ABSENT = "absent", _("Does not exist")


@dataclass(frozen=True)
class Step:
    """An act that brings a mission into being, or ends it, with its date and what supports it."""

    mission: Mission
    label: str
    # None only for a closing of which no source says when it was.
    date: ImpreciseDate | None
    act: Milestone | Accreditation
    # False when only sources that themselves state the size of the network support the act.
    is_independent: bool = True
    is_closing: bool = False
    # From this day the act certainly changes how many missions are sure to exist; None if it never certainly does.
    effective_on: date | None = None
    count: int = 0

    @property
    def citations(self) -> list:
        """The citations of the act; of the mission where the act has none of its own."""
        return citations_of(self.act) or list(self.mission.citations.all())


@dataclass(frozen=True)
class Spell:
    """One time in which a mission existed: from the act that began it to the one that ended it, if any did."""

    begun: Step
    ended: Step | None = None

    def standing_on(self, day: date) -> Standing:
        """Before the earliest day of the beginning and from the latest of the end it is absent; between, as known."""
        begun, ended = self.begun.date, self.ended.date if self.ended else None
        is_before = begun.earliest is not None and day < begun.earliest
        is_over = ended is not None and ended.latest is not None and day >= ended.latest
        if is_before or is_over:
            return Standing.ABSENT
        has_begun = begun.latest is not None and day >= begun.latest
        ends_from = ended.earliest if ended is not None else None
        may_have_ended = self.ended is not None and (ends_from is None or day >= ends_from)
        return Standing.EXISTS if has_begun and not may_have_ended else Standing.UNDETERMINED


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


def spells_of(mission: Mission) -> list[Spell]:
    """The times in which a mission existed by the rule, in order; more than one where it closed and opened again."""
    beginnings, closings = _beginnings(mission), _closings(mission)
    spells: list[Spell] = []
    while beginnings:
        begun = min(beginnings, key=_by_latest_day)
        ended = next((act for act in closings if not (act.date and act.date.is_certainly_before(begun.date))), None)
        spells.append(_spell(begun, ended))
        if ended is None:
            break
        closings.remove(ended)
        # Whatever may have happened before the closing belongs to the spell that it ended.
        later = [act for act in beginnings if ended.date and ended.date.is_certainly_before(act.date)]
        beginnings = later + [act for act in _reopenings(beginnings, ended) if act not in later]
    return spells


def _reopenings(beginnings: list[Step], ended: Step) -> list[Step]:
    """Openings after the first that may follow a closing: what opens again has been closed before."""
    openings = [act for act in beginnings if isinstance(act.act, Milestone) and act.act.kind == MilestoneKind.OPENED]
    first = min(openings, key=lambda act: act.date.order, default=None)
    return [
        act
        for act in openings
        if first.date.is_certainly_before(act.date)
        and not (ended.date is not None and act.date.is_certainly_before(ended.date))
    ]


def _spell(begun: Step, ended: Step | None) -> Spell:
    """With the days from which its acts certainly change the count; none where it is never certain that it began."""
    since = begun.date.latest
    if ended is not None and since is not None:
        ends_from = (ended.date.earliest if ended.date else None) or since
        ended = replace(ended, effective_on=max(ends_from, since))
    return Spell(replace(begun, effective_on=since), ended)


def _beginnings(mission: Mission) -> list[Step]:
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
    return acts


def _closings(mission: Mission) -> list[Step]:
    acts = [
        Step(mission, milestone.get_kind_display(), milestone.date, milestone, is_closing=True)
        for milestone in mission.milestones.all()
        if milestone.kind == MilestoneKind.CLOSED
    ]
    return sorted(acts, key=_order_of)


def _by_latest_day(act: Step) -> tuple:
    """An act without a latest day never certainly happened, so any other comes first."""
    return act.date.latest or date.max, act.date.order


def spell_on(mission: Mission, day: date) -> Spell | None:
    """The spell in which the mission exists on a day, or may exist; None where it does not."""
    by_standing = {spell.standing_on(day): spell for spell in reversed(spells_of(mission))}
    return by_standing.get(Standing.EXISTS) or by_standing.get(Standing.UNDETERMINED)


def standing_on(mission: Mission, day: date) -> Standing:
    """Whether the mission exists on a day by the rule."""
    spell = spell_on(mission, day)
    return spell.standing_on(day) if spell else Standing.ABSENT


def suspension_on(mission: Mission, day: date) -> Milestone | None:
    """The act by which the work of a mission is suspended on a day: the latest of its spell, unless it went on since.

    A suspended mission exists and is counted (VCDR art. 45); lists mark it. A suspension since a day has begun on it.
    """
    spell = spell_on(mission, day)
    if spell is None:
        return None
    turns = [
        (milestone.date.latest or milestone.date.earliest, milestone.date.order, milestone)
        for milestone in mission.milestones.all()
        if milestone.kind in (MilestoneKind.SUSPENDED, MilestoneKind.RESUMED, MilestoneKind.OPENED)
        and milestone.date
        and not milestone.date.is_certainly_before(spell.begun.date)
    ]
    past = [turn for turn in turns if turn[0] <= day]
    latest = max(past, key=lambda turn: turn[:2])[2] if past else None
    return latest if latest is not None and latest.kind == MilestoneKind.SUSPENDED else None


def missions_of(sending: Country) -> models.QuerySet:
    """The embassies of a state in Africa with everything the rule reads."""
    return Mission.objects.published().of(sending).in_africa().filter(kind=MissionKind.EMBASSY).for_list()


def existing_on(missions: models.QuerySet, day: date) -> models.QuerySet:
    """Those of the missions that are sure to exist on the day; what is undetermined is left out."""
    lives = Mission.objects.filter(pk__in=missions.order_by().values("pk")).with_life()
    return missions.filter(pk__in=[mission.pk for mission in lives if standing_on(mission, day) == Standing.EXISTS])


def network_on(
    day: date, sending: Country, missions: Iterable[Mission] | None = None, counting: set[int] | None = None
) -> Network:
    """The network of a day; ``missions`` are those already chosen by other filters, with ``for_list()``.

    ``counting`` is what ``sources_that_count()`` gives, where the caller has it.
    """
    missions = list(missions_of(sending) if missions is None else missions)
    counting = sources_that_count(sending) if counting is None else counting
    existing, undetermined = _standing_apart(missions, day)
    return Network(
        day,
        sending,
        _in_time([_with_independence(step, counting) for step in existing]),
        _in_time([_with_independence(step, counting) for step in undetermined]),
    )


def _standing_apart(missions: Iterable[Mission], day: date) -> tuple[list[Step], list[Step]]:
    """What began the missions that exist on the day, and those of which that is undetermined."""
    existing, undetermined = [], []
    for mission in missions:
        spell = spell_on(mission, day)
        if spell is not None:
            (existing if spell.standing_on(day) == Standing.EXISTS else undetermined).append(spell.begun)
    return existing, undetermined


def network_steps(
    sending: Country, missions: Iterable[Mission] | None = None, counting: set[int] | None = None
) -> list[Step]:
    """How the network grew and shrank: every act that added or took away a mission, with the count it led to.

    In the order of the days from which each is certain; on any day the count of the last step up to it is the number of
    missions that are sure to exist.
    """
    missions = list(missions_of(sending) if missions is None else missions)
    counting = sources_that_count(sending) if counting is None else counting
    acts = [act for mission in missions for spell in spells_of(mission) for act in (spell.begun, spell.ended) if act]
    # What has no such day never certainly changed the count.
    acts = [act for act in acts if act.effective_on is not None]
    count, steps = 0, []
    for act in _in_time(acts):
        count += -1 if act.is_closing else 1
        steps.append(replace(_with_independence(act, counting), count=count))
    return steps


def _in_time(steps: list[Step]) -> list[Step]:
    return sorted(
        steps,
        key=lambda step: (step.effective_on or date.max, step.is_closing, *_order_of(step), step.mission.slug),
    )


def _order_of(step: Step) -> tuple[bool, int]:
    return step.date is None, step.date.order if step.date else 0


def sources_that_count(sending: Country) -> set[int]:
    """The sources that themselves state how many missions there are: they cannot confirm their own number."""
    figures = Figure.objects.published().mission_counts().filter(subject=reference_to(sending))
    return set(figures.filter(citations__stated="").values_list("citations__source_id", flat=True))


def _with_independence(step: Step, counting: set[int]) -> Step:
    supporting = {citation.source_id for citation in step.citations if not citation.differs}
    return replace(step, is_independent=bool(supporting - counting))


def mission_counts(figures: list[Figure]) -> dict[int, Computation | Uncheckable]:
    """For figures that state a number of embassies: the count by the rule over their period, by primary key.

    Uncheckable where we hold no missions of the state, or where the embassies are counted elsewhere than in Africa.
    Over a period the count may change: the value and the missions behind it are those of its first day, the interval
    runs over all of it.
    """
    own = [figure for figure in figures if figure.measure == Measure.MISSION_COUNT]
    if not own:
        return {}
    models.prefetch_related_objects(own, "subject_record", "counterpart_record")
    found = {figure.pk: Uncheckable(why) for figure in own if (why := _why_not_counted(figure))}
    revision = content_revision()
    checkable = [figure for figure in own if figure.pk not in found]
    for sending in {figure.subject_record for figure in checkable}:
        missions, counting = _network_record(sending, revision)
        for figure in checkable:
            if figure.subject_record == sending:
                found[figure.pk] = (
                    _count_over(figure, missions, counting)
                    if missions
                    else Uncheckable(_("No embassies of this state in Africa are on record."))
                )
    return found


def _why_not_counted(figure: Figure) -> str:
    """Why the rule cannot be applied to a figure; empty where it can."""
    if not isinstance(figure.subject_record, Country):
        return _("Embassies are counted for a state.")
    if not (isinstance(figure.counterpart_record, Bloc) and figure.counterpart_record.is_continent):
        return _("Only embassies in Africa as a whole are counted here.")
    return "" if figure.period else _("The source names no day or year on which they could be counted.")


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
    steps = [_with_independence(step, counting) for step in networks[0][0]]
    return Computation(
        Estimate(Decimal(counts[0]), Interval(Decimal(min(counts)), Decimal(highest)), figure.unit),
        [step.mission for step in _in_time(steps)],
        rule=str(RULE),
        is_independent=all(step.is_independent for step in steps),
        label=_("Milestones of the missions, by the network rule"),
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
    acts = [act for mission in missions for spell in spells_of(mission) for act in (spell.begun, spell.ended) if act]
    for moment in filter(None, (act.date for act in acts)):
        days += [day for day in (moment.earliest, moment.latest) if day is not None]
    days += [day - timedelta(days=1) for day in days if day > date.min]
    return [day for day in days if first <= day <= last]
