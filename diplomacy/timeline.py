"""The life of a mission in one order of time: its milestones and what its heads did, each with its sources."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from diplomacy.computations import spells_of
from diplomacy.models import Accreditation, HeadOfMission, Mission
from kzafrica.dates import ImpreciseDate

# The dates of an accreditation in the order of diplomatic practice (VCDR art. 4, 13, 14).
ACTS = (
    ("agrement", _("Agrément given")),
    ("appointed", _("Head of mission appointed")),
    ("copies_presented", _("Copies of credentials handed over")),
    ("credentials_presented", _("Credentials presented")),
    ("ended", _("End of the accreditation")),
)


@dataclass(frozen=True)
class Moment:
    """One act in the life of a mission. ``decides`` marks those by which the rule lets the mission exist or end."""

    label: str
    date: ImpreciseDate | None
    act: models.Model
    place: models.Model | None = None
    head: HeadOfMission | None = None
    accreditation: Accreditation | None = None
    note: str = ""
    decides: bool = False
    citations: list = field(default_factory=list)


def life_of(mission: Mission) -> list[Moment]:
    """Every act, in time, undated ones last; reads what ``for_list()`` prefetched."""
    acts = [act for spell in spells_of(mission) for act in (spell.begun, spell.ended) if act is not None]
    deciding = {(act.act, act.date) for act in acts}
    moments = [*_milestones(mission, deciding), *_accreditations(mission, deciding)]
    return sorted(moments, key=lambda moment: (moment.date is None, moment.date.order if moment.date else 0))


def _milestones(mission: Mission, deciding: set[tuple]) -> Iterator[Moment]:
    for milestone in mission.milestones.all():
        yield Moment(
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
            for name, label in ACTS:
                date = getattr(accreditation, name)
                if date is None:
                    continue
                yield Moment(
                    label,
                    date,
                    accreditation,
                    head=head,
                    accreditation=accreditation,
                    decides=(accreditation, date) in deciding,
                    citations=[row for row in accreditation.citations.all() if row.field in ("", name)],
                )
