"""All strands of a dossier on one axis of time, and the sources that speak of the pair."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.db import models
from django.utils.translation import gettext as _

from diplomacy.choices import MilestoneKind
from diplomacy.models import Milestone
from diplomacy.timeline import Moment, life_of
from events.choices import Occurrence
from events.models import Event
from kzafrica.charts import AxisChart, Entry, axis_chart
from kzafrica.dates import ImpreciseDate
from kzafrica.dossier.assembly import Dossier
from kzafrica.dossier.choices import STRAND_HEADINGS, AxisStrand
from kzafrica.editorial.models import Source
from kzafrica.reference.models import Country
from kzafrica.statements.wording import figure_text


@dataclass(frozen=True)
class Point:
    """One dated thing: to which strand it belongs, what happened, and the record that tells of it.

    ``is_done`` is False for what is planned, was cancelled, or is not known to have taken place; the label says so.
    """

    date: ImpreciseDate
    strand: AxisStrand
    label: str
    record: models.Model
    is_done: bool = True

    @property
    def order(self) -> tuple:
        return (self.date.order, self.record.slug, self.label)


class Points(list):
    """Points in time, as the lists of the site take rows: they are filtered and paged like those of a queryset."""

    # Filters ask a queryset of what its rows are; these are of one country.
    model = Country

    def all(self) -> "Points":
        return self

    def none(self) -> "Points":
        return Points()

    def of(self, strand: str) -> "Points":
        return Points(point for point in self if point.strand == strand)

    def newest_first(self) -> "Points":
        return Points(reversed(self))

    @property
    def chart(self) -> AxisChart | None:
        """A lane for each strand that has a point."""
        lanes = ((STRAND_HEADINGS[strand], [_entry(point) for point in self.of(strand)]) for strand in AxisStrand)
        return axis_chart(lanes)


def compared_chart(pairs: list[tuple[str, Points]]) -> AxisChart | None:
    """The dates of several pairs on one axis: strand by strand, a lane for each pair that has a point of it."""
    lanes = (
        (f"{STRAND_HEADINGS[strand]}: {name}", [_entry(point) for point in points.of(strand)])
        for strand in AxisStrand
        for name, points in pairs
    )
    return axis_chart(lanes)


def _entry(point: Point) -> Entry:
    return Entry(point.date.earliest, point.date.latest, point.is_done)


@dataclass(frozen=True)
class Tally:
    """How many points a strand has."""

    strand: AxisStrand
    count: int

    @property
    def heading(self) -> str:
        return STRAND_HEADINGS[self.strand]


def tallies_of(points: Points) -> list[Tally]:
    """Each strand that has a point, in the order of the chart."""
    counts = Counter(point.strand for point in points)
    return [Tally(strand, counts[strand]) for strand in AxisStrand if counts[strand]]


def axis_of(dossier: Dossier) -> Points:
    """Everything dated, in time: by earliest day, then latest, as imprecise as the sources leave it."""
    strands = (_relations, _missions, _events, _awards, _staged, _figures)
    points = chain.from_iterable(strand(dossier) for strand in strands)
    return Points(sorted(points, key=lambda point: point.order))


def _relations(dossier: Dossier) -> Iterator[Point]:
    for relation in dossier.relations:
        for date, label in (
            (relation.recognised, _("Independence recognised")),
            (relation.established, _("Diplomatic relations established")),
        ):
            if date:
                yield Point(date, AxisStrand.RELATION, label, relation)


def _missions(dossier: Dossier) -> Iterator[Point]:
    pair = {dossier.home.pk, dossier.country.pk}
    for mission in dossier.missions:
        for moment in life_of(mission):
            # A mission that covers several states has a life outside this pair.
            is_of_pair = (
                mission.receiving_id in pair
                if moment.accreditation is None
                else moment.accreditation.country_id in pair
            )
            if moment.date and is_of_pair:
                yield Point(moment.date, AxisStrand.MISSION, str(moment.label), mission, _has_come(moment))


def _has_come(moment: Moment) -> bool:
    """An opening that was planned for a date is not one."""
    return not (isinstance(moment.act, Milestone) and moment.act.kind == MilestoneKind.PLANNED)


def _events(dossier: Dossier) -> Iterator[Point]:
    for event in dossier.events:
        if event.date:
            is_held = event.occurrence == Occurrence.HELD
            yield Point(event.date, AxisStrand.EVENT, _event_words(event, is_held=is_held), event, is_held)


def _event_words(event: Event, *, is_held: bool) -> str:
    kind = event.get_kind_display()
    words = {"kind": kind, "status": event.get_occurrence_display().lower()}
    return kind if is_held else _("%(kind)s – %(status)s") % words


def _awards(dossier: Dossier) -> Iterator[Point]:
    for award in dossier.awards:
        if award.date:
            yield Point(award.date, AxisStrand.AWARD, _("Conferred"), award)


def _staged(dossier: Dossier) -> Iterator[Point]:
    for strand, records in (
        (AxisStrand.AGREEMENT, dossier.agreements),
        (AxisStrand.INITIATIVE, dossier.initiatives),
        (AxisStrand.PROGRAMME, dossier.programmes),
        (AxisStrand.ROUTE, dossier.routes),
        (AxisStrand.PROJECT, dossier.projects),
    ):
        for record in records:
            for stage in record.stages.all():
                if stage.date:
                    yield Point(stage.date, strand, stage.get_kind_display(), record)


def _figures(dossier: Dossier) -> Iterator[Point]:
    for line in dossier.lines:
        if line.figure.period:
            yield Point(line.figure.period, AxisStrand.FIGURE, figure_text(line.figure), line.figure)


@dataclass
class Voice:
    """A source that speaks of the pair, with how often it supports and how often it contradicts the record."""

    source: Source
    supporting: int = 0
    differing: int = 0


def voices_of(citations: list) -> list[Voice]:
    """Each source once, the newest first; undated ones last."""
    voices: dict[int, Voice] = {}
    for citation in citations:
        voice = voices.setdefault(citation.source_id, Voice(citation.source))
        if citation.differs:
            voice.differing += 1
        else:
            voice.supporting += 1
    return sorted(voices.values(), key=lambda voice: (-voice.source.published_order, voice.source.slug))
