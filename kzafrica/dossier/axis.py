"""All strands of a dossier on one axis of time, and the sources that speak of the pair."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.db import models
from django.utils.translation import gettext_lazy as _

from diplomacy.timeline import life_of
from kzafrica.dates import ImpreciseDate
from kzafrica.dossier.assembly import Dossier
from kzafrica.editorial.models import Source
from kzafrica.statements.wording import figure_text


@dataclass(frozen=True)
class Point:
    """One dated thing: to which strand it belongs, what happened, and the record that tells of it."""

    date: ImpreciseDate
    strand: str
    label: str
    record: models.Model

    @property
    def order(self) -> tuple:
        return (self.date.order, self.record.slug, self.label)


def axis_of(dossier: Dossier) -> list[Point]:
    """Everything dated, in time: by earliest day, then latest, as imprecise as the sources leave it."""
    strands = (_relations, _missions, _events, _awards, _staged, _figures)
    points = chain.from_iterable(strand(dossier) for strand in strands)
    return sorted(points, key=lambda point: point.order)


def _relations(dossier: Dossier) -> Iterator[Point]:
    for relation in dossier.relations:
        for date, label in (
            (relation.recognised, _("Independence recognised")),
            (relation.established, _("Diplomatic relations established")),
        ):
            if date:
                yield Point(date, _("Relation"), str(label), relation)


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
                yield Point(moment.date, _("Mission"), moment.label, mission)


def _events(dossier: Dossier) -> Iterator[Point]:
    for event in dossier.events:
        if event.date:
            yield Point(event.date, _("Event"), event.get_kind_display(), event)


def _awards(dossier: Dossier) -> Iterator[Point]:
    for award in dossier.awards:
        if award.date:
            yield Point(award.date, _("Award"), str(_("Conferred")), award)


def _staged(dossier: Dossier) -> Iterator[Point]:
    for strand, records in (
        (_("Agreement"), dossier.agreements),
        (_("Initiative"), dossier.initiatives),
        (_("Programme"), dossier.programmes),
        (_("Route"), dossier.routes),
        (_("Project"), dossier.projects),
    ):
        for record in records:
            for stage in record.stages.all():
                if stage.date:
                    yield Point(stage.date, strand, stage.get_kind_display(), record)


def _figures(dossier: Dossier) -> Iterator[Point]:
    for line in dossier.lines:
        if line.figure.period:
            yield Point(line.figure.period, _("Figure"), figure_text(line.figure), line.figure)


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
