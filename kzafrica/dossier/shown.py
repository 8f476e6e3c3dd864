"""What a dossier prints of each strand: the newest few, how many there are, and where to find all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from diplomacy.models import Mission
from events.models import Event, Outcome
from kzafrica.dossier.assembly import Dossier
from kzafrica.reference.models import Country

# So many that a page stays light however much is on record.
FEW = 8
MORE = 12


@dataclass(frozen=True)
class Shown:
    """The first rows of a strand; ``address`` is that of a list with all of them, empty where there is none."""

    rows: Sequence
    count: int
    address: str = ""

    @property
    def is_part(self) -> bool:
        return self.count > len(self.rows)

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

    def few(rows: Sequence, view_name: str) -> Shown:
        return Shown(rows[:FEW], len(rows), list_address(view_name, country=country.alpha3))

    return ShownDossier(
        missions_there=_missions(dossier.missions_there, home, country),
        missions_here=_missions(dossier.missions_here, country, home),
        concurrent=Shown(dossier.concurrent[:FEW], len(dossier.concurrent)),
        events=few(dossier.events, "events:event_list"),
        said=_said(dossier),
        agreements=few(dossier.agreements, "diplomacy:agreement_list"),
        initiatives=few(dossier.initiatives, "diplomacy:initiative_list"),
        programmes=few(dossier.programmes, "diplomacy:programme_list"),
        awards=few(dossier.awards, "diplomacy:award_list"),
        lines=few(dossier.lines, "statements:figure_list"),
        routes=few(dossier.routes, "trade:route_list"),
        projects=few(dossier.projects, "trade:project_list"),
        claims=few(dossier.claims, "statements:claim_list"),
    )


def list_address(view_name: str, **filters: str) -> str:
    """The address of a list with filters set."""
    return f"{reverse(view_name)}?{urlencode(filters)}"


def _missions(missions: list[Mission], sending: Country, receiving: Country) -> Shown:
    both = {"sending": sending.alpha3, "receiving": receiving.alpha3}
    return Shown(missions[:FEW], len(missions), list_address("diplomacy:mission_list", **both))


def _said(dossier: Dossier) -> Shown:
    """The newest outcomes, by event; ``count`` is that of all outcomes, and the events lead to the others."""
    rows, left = [], FEW
    for event in dossier.events:
        outcomes = list(event.outcomes.all())[:left]
        if outcomes:
            rows.append(Said(event, outcomes))
            left -= len(outcomes)
    address = list_address("events:event_list", country=dossier.country.alpha3)
    return Shown(rows, len(dossier.outcomes), address)
