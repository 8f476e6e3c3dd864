"""Which events may be one and the same, written down twice."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from events.choices import VISIT_KINDS
from kzafrica.workshop.said import Rule, at_the_same_time, of_parts


def events_alike(said: dict, others: QuerySet) -> Iterable:
    """Of the same kind and time with one of the same states beside Kazakhstan, or of the same title and time.

    Visits of every class are one kind here: papers call one visit state, official and working.
    """
    kind, states = said.get("kind", ""), [*of_parts(said, "participations", "country"), said.get("host", "")]
    others = others.filter(at_the_same_time("date", said.get("date", "")))
    same = Q(pk__in=())
    if kind:
        kinds = VISIT_KINDS if kind in VISIT_KINDS else [kind]
        abroad = [state for state in states if state and state != "KAZ"]
        there = Q(participations__country__alpha3__in=abroad) | Q(host__alpha3__in=abroad)
        same |= Q(kind__in=kinds) & (there | Q(place__country__alpha3__in=abroad))
    if title := said.get("title_en", "").strip():
        same |= Q(title_en__iexact=title)
    return others.filter(same).distinct()


EVENTS = Rule(("title_en", "kind", "date", "host", "participations.country"), events_alike)
