"""One pair at a glance: the few numbers and dates that stand at its head, in its brief, and beside another pair."""

from dataclasses import dataclass

from diplomacy.choices import Strand
from events.choices import Occurrence
from events.models import Event
from kzafrica.dates import ImpreciseDate
from kzafrica.dossier.assembly import Dossier
from kzafrica.dossier.reciprocity import MissionCell, Reciprocity, VisitCell
from kzafrica.editorial.references import reference_to
from kzafrica.statements.choices import Measure
from kzafrica.statements.tables import Line

# Of each strand, what a sheet of two pages and a column of a comparison have room for.
NEWEST = 3


@dataclass(frozen=True)
class Glance:
    """What is on record of one pair, in short; every list is the newest first."""

    dossier: Dossier
    reciprocity: Reciprocity

    @property
    def country(self):
        return self.dossier.country

    @property
    def established(self) -> ImpreciseDate | None:
        """When diplomatic relations were established, where a source says so."""
        return next((row.established for row in self.dossier.relations if row.established), None)

    @property
    def missions_there(self) -> MissionCell:
        return self.reciprocity.cells[Strand.MISSIONS_SENT]

    @property
    def missions_here(self) -> MissionCell:
        return self.reciprocity.cells[Strand.MISSIONS_RECEIVED]

    @property
    def paid(self) -> VisitCell:
        return self.reciprocity.cells[Strand.VISITS_PAID]

    @property
    def received(self) -> VisitCell:
        return self.reciprocity.cells[Strand.VISITS_RECEIVED]

    @property
    def latest_event(self) -> Event | None:
        """The newest event that was held and is dated."""
        return next((row for row in self.dossier.events if row.occurrence == Occurrence.HELD and row.date), None)

    @property
    def turnover(self) -> Line | None:
        """The turnover of the newest period of which one is stated or derived."""
        sides = {reference_to(self.dossier.home), reference_to(self.country)}
        of_pair = (
            line
            for line in self.dossier.lines
            if line.figure.measure == Measure.TURNOVER and {line.figure.subject, line.figure.counterpart} == sides
        )
        return next(of_pair, None)

    @property
    def events(self) -> list[Event]:
        return self.dossier.events[:NEWEST]

    @property
    def agreements(self) -> list:
        return self.dossier.agreements[:NEWEST]

    @property
    def plans(self) -> list:
        """What was raised, announced or is under way: initiatives and projects."""
        return [*self.dossier.initiatives, *self.dossier.projects][:NEWEST]

    @property
    def plan_count(self) -> int:
        return len(self.dossier.initiatives) + len(self.dossier.projects)

    @property
    def lines(self) -> list[Line]:
        return self.dossier.lines[:NEWEST]

    @property
    def dispute_count(self) -> int:
        """In how many places a source states something other than the record."""
        return sum(citation.differs for citation in self.dossier.citations)

    @property
    def source_count(self) -> int:
        return len({citation.source_id for citation in self.dossier.citations})
