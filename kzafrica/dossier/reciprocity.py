"""Kazakhstan in Africa and Africa in Kazakhstan side by side: missions, honorary consuls, visits.

What an editor has looked for and not found is told apart from what nobody has looked for yet: ``Check`` has the day.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from diplomacy.choices import MilestoneKind, MissionKind, Strand
from diplomacy.computations import Standing, spells_of, standing_on, suspension_on
from diplomacy.models import Accreditation, Check, Mission
from events.choices import Occurrence, VisitDirection
from events.models import Event
from kzafrica.dossier.assembly import count_of
from kzafrica.dossier.choices import Presence
from kzafrica.dossier.shown import list_address
from kzafrica.reference.models import Country

# The filter of the list of events by which it finds what is counted here.
HELD = {"status": Occurrence.HELD.value}

# So many missions a cell names, and as many of those that cover the state from elsewhere.
NAMED = 3

# What a cell says of itself where it stands without the heads of a table.
SHORT_LABELS = {
    Strand.MISSIONS_SENT: _("Missions there"),
    Strand.MISSIONS_RECEIVED: _("Missions here"),
    Strand.CONSULS_SENT: _("Honorary consuls there"),
    Strand.CONSULS_RECEIVED: _("Honorary consuls here"),
    Strand.VISITS_PAID: _("Visits paid"),
    Strand.VISITS_RECEIVED: _("Visits received"),
}

# What is compared, each as Kazakhstan has it there and as the state has it here.
COMPARED = (
    (_("Missions"), Strand.MISSIONS_SENT, Strand.MISSIONS_RECEIVED),
    (_("Honorary consuls"), Strand.CONSULS_SENT, Strand.CONSULS_RECEIVED),
    (_("Visits"), Strand.VISITS_PAID, Strand.VISITS_RECEIVED),
)


@dataclass(frozen=True)
class Post:
    """A mission as it stands today."""

    mission: Mission
    presence: Presence
    is_suspended: bool = False

    @property
    def is_counted(self) -> bool:
        return self.presence == Presence.EXISTS

    @property
    def mark(self) -> str:
        """What is not usual about it, in a word; empty for a mission that exists and works."""
        if self.is_counted:
            return _("suspended") if self.is_suspended else ""
        return self.presence.label


@dataclass(frozen=True)
class Cell:
    """One thing that one side has in the other, and when an editor last looked for it."""

    strand: Strand
    check: Check | None

    @property
    def label(self) -> str:
        return SHORT_LABELS[self.strand]

    @property
    def checked_on(self) -> date | None:
        return self.check.checked_on if self.check else None

    @property
    def is_unexplored(self) -> bool:
        """Whether nothing is on record and nobody has looked for it."""
        return self.is_empty and self.check is None


@dataclass(frozen=True)
class MissionCell(Cell):
    """Missions of one kind from one side in the other.

    ``posts`` has those that are counted first. ``covered_from`` are missions elsewhere, accredited here as well; they
    are not counted.
    """

    posts: list[Post]
    covered_from: list[Mission]

    @property
    def named(self) -> list[Post]:
        """Those that a cell of a table has room for."""
        return self.posts[:NAMED]

    @property
    def unnamed_count(self) -> int:
        return len(self.posts[NAMED:])

    @property
    def named_covering(self) -> list[tuple[Mission, str]]:
        """Those from which a cell names the state to be covered, each with where it works."""
        return [(mission, seat_of(mission)) for mission in self.covered_from[:NAMED]]

    @property
    def unnamed_covering_count(self) -> int:
        return len(self.covered_from[NAMED:])

    @property
    def count(self) -> int:
        return sum(post.is_counted for post in self.posts)

    @property
    def is_empty(self) -> bool:
        return not self.posts


@dataclass(frozen=True)
class VisitCell(Cell):
    """Held visits from one side to the other; ``address`` is that of their list."""

    count: int
    latest: Event | None
    address: str

    @property
    def is_empty(self) -> bool:
        return self.count == 0


@dataclass(frozen=True)
class Comparison:
    """One thing as Kazakhstan has it there, and as the state has it in Kazakhstan."""

    label: str
    there: MissionCell | VisitCell
    here: MissionCell | VisitCell


@dataclass(frozen=True)
class Reciprocity:
    """The six cells of one pair."""

    country: Country
    cells: dict[str, MissionCell | VisitCell] = field(repr=False)

    @property
    def is_unexplored(self) -> bool:
        """Whether nothing is on record and nobody has looked for any of it."""
        return all(
            cell.is_empty and cell.check is None and not getattr(cell, "covered_from", ())
            for cell in self.cells.values()
        )

    @property
    def comparisons(self) -> list[Comparison]:
        return [Comparison(label, self.cells[there], self.cells[here]) for label, there, here in COMPARED]


def reciprocity_of(
    countries: QuerySet, home: Country, missions: Iterable[Mission] | None = None
) -> dict[int, Reciprocity]:
    """The cells of every country, by its primary key, in the same few queries for one as for all.

    ``missions`` are those of the pairs, if they are already read ``with_life()``.
    """
    pairs = list(_with_visits(countries, home))
    events = Event.objects.in_bulk({pk for pair in pairs for pk in (pair.latest_paid, pair.latest_received) if pk})
    posts, covering = _posts(missions_of_pairs(home) if missions is None else missions, home)
    checks = {(check.country_id, check.strand): check for check in Check.objects.filter(country__in=pairs)}
    found = {}
    for pair in pairs:
        cells = [
            MissionCell(strand, checks.get((pair.pk, strand)), posts[pair.pk, strand], covering[pair.pk, strand])
            for strand in (
                Strand.MISSIONS_SENT,
                Strand.MISSIONS_RECEIVED,
                Strand.CONSULS_SENT,
                Strand.CONSULS_RECEIVED,
            )
        ]
        visits = (
            (Strand.VISITS_PAID, VisitDirection.PAID, pair.visits_paid, pair.latest_paid),
            (Strand.VISITS_RECEIVED, VisitDirection.RECEIVED, pair.visits_received, pair.latest_received),
        )
        for strand, direction, count, latest in visits:
            address = list_address("events:event_list", country=pair.alpha3, visit=direction.value, **HELD)
            cells.append(VisitCell(strand, checks.get((pair.pk, strand)), count, events.get(latest), address))
        found[pair.pk] = Reciprocity(pair, {cell.strand: cell for cell in cells})
    return found


def missions_of_pairs(home: Country) -> QuerySet:
    """Every mission of Kazakhstan, every one in Kazakhstan, and those elsewhere that are accredited to it."""
    of_pairs = Q(sending=home) | Q(receiving=home) | Q(heads__accreditations__country=home)
    return Mission.objects.published().filter(of_pairs).distinct().with_life()


def _with_visits(countries: QuerySet, home: Country) -> QuerySet:
    """Countries with the number of held visits both ways and the latest of each: what the list of events finds."""
    held = Event.objects.published().held()
    paid, received = held.paid_by(home, to=OuterRef("pk")), held.received_by(home, guest=OuterRef("pk"))
    return countries.annotate(
        visits_paid=count_of(paid),
        visits_received=count_of(received),
        latest_paid=Subquery(paid.newest_first().values("pk")[:1]),
        latest_received=Subquery(received.newest_first().values("pk")[:1]),
    )


def _posts(missions: Iterable[Mission], home: Country) -> tuple[dict, dict]:
    """By country and strand: the missions that work there, and those that cover it from elsewhere."""
    today = localdate()
    posts: dict[tuple[int, str], list[Post]] = defaultdict(list)
    covering: dict[tuple[int, str], list[Mission]] = defaultdict(list)
    for mission in missions:
        is_sent = mission.sending_id == home.pk
        post = Post(mission, presence_on(mission, today), suspension_on(mission, today) is not None)
        if is_sent and mission.receiving_id:
            posts[mission.receiving_id, _strand(mission, is_sent=True)].append(post)
        elif mission.receiving_id == home.pk:
            posts[mission.sending_id, _strand(mission, is_sent=False)].append(post)
        if post.presence == Presence.CLOSED:
            continue
        for covered in _covered_by(mission, today):
            if is_sent and covered != mission.receiving_id:
                covering[covered, Strand.MISSIONS_SENT].append(mission)
            elif covered == home.pk and mission.receiving_id != home.pk:
                covering[mission.sending_id, Strand.MISSIONS_RECEIVED].append(mission)
    for found in posts.values():
        found.sort(key=lambda post: not post.is_counted)
    return posts, covering


def _strand(mission: Mission, *, is_sent: bool) -> Strand:
    if mission.kind == MissionKind.HONORARY_CONSULATE:
        return Strand.CONSULS_SENT if is_sent else Strand.CONSULS_RECEIVED
    return Strand.MISSIONS_SENT if is_sent else Strand.MISSIONS_RECEIVED


def _covered_by(mission: Mission, today: date) -> list[int]:
    """The states, each once, that heads of the mission cover."""
    rows = [row for head in mission.heads.all() for row in head.accreditations.all() if row.country_id]
    return list(dict.fromkeys(row.country_id for row in rows if is_covering(row, today)))


def is_covering(accreditation: Accreditation, day: date) -> bool:
    """Whether a head may be taken to stand with the state on a day: begun, and not known to have ended.

    The appointment or the credentials begin it (VCDR art. 13), not an agrément and not copies. Of one without any date
    a source says that it is so.
    """
    ended = accreditation.ended
    if ended and ended.latest and ended.latest <= day:
        return False
    begun = [date for date in (accreditation.appointed, accreditation.credentials_presented) if date]
    if begun:
        return any(date.earliest is None or date.earliest <= day for date in begun)
    return not (accreditation.agrement or accreditation.copies_presented)


def seat_of(mission: Mission) -> str:
    """Where a mission works, as exactly as is known; its title where nothing is."""
    return str(mission.place or mission.receiving or mission.receiving_organization or mission)


def presence_on(mission: Mission, day: date) -> Presence:
    """How a mission stands on a day, with the reason why one does not exist."""
    standing = standing_on(mission, day)
    if standing != Standing.ABSENT:
        return Presence(standing.value)
    closings = (row.date for row in mission.milestones.all() if row.kind == MilestoneKind.CLOSED and row.date)
    if any(date.latest is not None and date.latest <= day for date in closings):
        return Presence.CLOSED
    return Presence.NOT_YET if spells_of(mission) else Presence.NOT_DATED
