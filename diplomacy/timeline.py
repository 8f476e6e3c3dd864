"""The life of a mission in one order of time: its milestones and what its heads did, each with its sources."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Day

from django.db import models

from diplomacy.choices import AccreditationAct
from diplomacy.computations import spells_of
from diplomacy.models import Accreditation, HeadOfMission, Mission
from kzafrica.dates import ImpreciseDate


@dataclass(frozen=True)
class Moment:
    """One act in the life of a mission. ``decides`` marks those by which the rule lets the mission exist or end."""

    kind: str
    label: str
    date: ImpreciseDate | None
    act: models.Model
    place: models.Model | None = None
    head: HeadOfMission | None = None
    accreditation: Accreditation | None = None
    note: str = ""
    decides: bool = False
    citations: list = field(default_factory=list)

    def falls_into(self, start: Day | None, end: Day | None) -> bool:
        """Whether it may have happened in a period; not without a date."""
        return self.date is not None and self.date.overlaps(start, end)

    @property
    def country(self):
        """The state to which a head was accredited by this act; None for an act of the mission itself."""
        return self.accreditation.country if self.accreditation else None


def life_of(mission: Mission) -> list[Moment]:
    """Every act, in time, undated ones last; reads what ``for_list()`` prefetched."""
    acts = [act for spell in spells_of(mission) for act in (spell.begun, spell.ended) if act is not None]
    deciding = {(act.act, act.date) for act in acts}
    moments = [*_milestones(mission, deciding), *_accreditations(mission, deciding)]
    return sorted(moments, key=lambda moment: (moment.date is None, moment.date.order if moment.date else 0))


def _milestones(mission: Mission, deciding: set[tuple]) -> Iterator[Moment]:
    for milestone in mission.milestones.all():
        yield Moment(
            milestone.kind,
            milestone.get_kind_display(),
            milestone.date,
            milestone,
            place=milestone.place,
            note=milestone.note,
            decides=(milestone, milestone.date) in deciding,
            citations=list(milestone.citations.all()),
        )


def _accreditations(mission: Mission, deciding: set[tuple]) -> Iterator[Moment]:
    for head in mission.heads.all():
        for accreditation in head.accreditations.all():
            for name, label in AccreditationAct.choices:
                date = getattr(accreditation, name)
                if date is None:
                    continue
                yield Moment(
                    name,
                    label,
                    date,
                    accreditation,
                    head=head,
                    accreditation=accreditation,
                    decides=(accreditation, date) in deciding,
                    citations=[row for row in accreditation.citations.all() if row.field in ("", name)],
                )
