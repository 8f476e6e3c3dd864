"""What a dossier prints of each strand: the newest few, how many there are, and where to find all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from events.models import Event, Outcome
from kzafrica.dossier.assembly import Dossier

# So many that a page stays light however much is on record: the more strands are long, the fewer of each.
FEW = (8, 6, 4, 3, 2)
EVENTS = 8
ROWS_OF_A_PAGE = 30
MORE = 12


@dataclass(frozen=True)
class Shown:
    """The first rows of a strand; ``address`` is that of a list with all of them, empty where there is none."""

    rows: Sequence
    count: int
    address: str = ""

    @property
    def is_part(self) -> bool:
        return self.count > sum(len(row.outcomes) if isinstance(row, Said) else 1 for row in self.rows)

    def __bool__(self) -> bool:
        return self.count > 0


def newest(rows: Sequence | QuerySet, address: str) -> Shown:
    """The few of one strand of the continent; of a queryset no more is read than is shown."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    return Shown(list(rows[:MORE]), count, address)


@dataclass(frozen=True)
class Said:
    """What was said and promised at one event."""

    event: Event
    outcomes: list[Outcome]


@dataclass(frozen=True)
class ShownDossier:
    """The strands of one pair as its page prints them."""

    missions_there: Shown
    missions_here: Shown
    concurrent: Shown
    events: Shown
    said: Shown
    agreements: Shown
    initiatives: Shown
    programmes: Shown
    awards: Shown
    lines: Shown
    routes: Shown
    projects: Shown
    claims: Shown


def shown_of(dossier: Dossier) -> ShownDossier:
    country, home = dossier.country, dossier.home
    few = _few(dossier)

    def first(rows: Sequence, view_name: str, **filters: str) -> Shown:
        return Shown(rows[:few], len(rows), list_address(view_name, **(filters or {"country": country.alpha3})))

    there = {"sending": home.alpha3, "receiving": country.alpha3}
    here = {"sending": country.alpha3, "receiving": home.alpha3}
    events_address = list_address("events:event_list", country=country.alpha3)
    return ShownDossier(
        missions_there=first(dossier.missions_there, "diplomacy:mission_list", **there),
        missions_here=first(dossier.missions_here, "diplomacy:mission_list", **here),
        concurrent=Shown(dossier.concurrent[:few], len(dossier.concurrent)),
        events=Shown(dossier.events[:EVENTS], len(dossier.events), events_address),
        said=Shown(_said(dossier, few), len(dossier.outcomes), events_address),
        agreements=first(dossier.agreements, "diplomacy:agreement_list"),
        initiatives=first(dossier.initiatives, "diplomacy:initiative_list"),
        programmes=first(dossier.programmes, "diplomacy:programme_list"),
        awards=first(dossier.awards, "diplomacy:award_list"),
        lines=first(dossier.lines, "statements:figure_list"),
        routes=first(dossier.routes, "trade:route_list"),
        projects=first(dossier.projects, "trade:project_list"),
        claims=first(dossier.claims, "statements:claim_list"),
    )


def _few(dossier: Dossier) -> int:
    """How many of each strand a page has room for."""
    strands = (
        dossier.missions_there,
        dossier.missions_here,
        dossier.concurrent,
        dossier.outcomes,
        dossier.agreements,
        dossier.initiatives,
        dossier.programmes,
        dossier.awards,
        dossier.lines,
        dossier.routes,
        dossier.projects,
        dossier.claims,
    )
    fitting = (few for few in FEW if sum(min(few, len(strand)) for strand in strands) <= ROWS_OF_A_PAGE)
    return next(fitting, FEW[-1])


def list_address(view_name: str, **filters: str) -> str:
    """The address of a list with filters set."""
    return f"{reverse(view_name)}?{urlencode(filters)}"


def _said(dossier: Dossier, few: int) -> list[Said]:
    """The newest outcomes, by event."""
    rows, left = [], few
    for event in dossier.spoken_at:
        outcomes = list(event.outcomes.all())[:left]
        if outcomes:
            rows.append(Said(event, outcomes))
            left -= len(outcomes)
    return rows
