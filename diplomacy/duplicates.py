"""Which missions, relations, agreements and the like may be one and the same, written down twice."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kzafrica.workshop.said import Rule, at_the_same_time, of_parts

HOME = "KAZ"


def relations_alike(said: dict, others: QuerySet) -> Iterable:
    """Of the same pair, either way round."""
    first, second = said.get("first", ""), said.get("second", "")
    if not first or not second:
        return ()
    turned = Q(first__alpha3=second, second__alpha3=first)
    return others.filter(Q(first__alpha3=first, second__alpha3=second) | turned)


def missions_alike(said: dict, others: QuerySet) -> Iterable:
    """Of the same kind, sent by the same state to the same state or organization."""
    kind, sending = said.get("kind", ""), said.get("sending", "")
    to, body = said.get("receiving", ""), said.get("receiving_organization", "")
    if not kind or not sending or not (to or body):
        return ()
    received = Q(receiving__alpha3=to) if to else Q(receiving_organization__slug=body)
    return others.filter(received, kind=kind, sending__alpha3=sending)


def awards_alike(said: dict, others: QuerySet) -> Iterable:
    """Conferred on the same person by the same state at the same time, or of the same order."""
    if not said.get("recipient"):
        return ()
    same = at_the_same_time("date", said["date"]) if said.get("date") else Q(pk__in=())
    if order := said.get("order_en", "").strip():
        same |= Q(order_en__iexact=order)
    return others.filter(same, recipient__slug=said["recipient"], country__alpha3=said.get("country") or HOME)


def agreements_alike(said: dict, others: QuerySet) -> Iterable:
    """Of the same title; or of the same kind between the same states, at the same event or time."""
    same = _titled(said)
    states = [state for state in of_parts(said, "parties", "country") if state != HOME]
    bodies, event = of_parts(said, "parties", "organization"), said.get("signed_at", "")
    between = Q(parties__country__alpha3__in=states) | Q(parties__organization__slug__in=bodies)
    dates = of_parts(said, "stages", "date")
    then = Q(signed_at__slug=event) if event else Q(pk__in=())
    for date in dates:
        then |= at_the_same_time("stages__date", date) & Q(stages__isnull=False)
    if said.get("kind") and (states or bodies):
        same |= Q(kind=said["kind"]) & between & then
    return others.filter(same).distinct()


def initiatives_alike(said: dict, others: QuerySet) -> Iterable:
    """Of the same title; or raised at the same event, or about the same goods, with the same states."""
    same = _titled(said)
    states = [state for state in said.get("countries", ()) if state != HOME]
    goods = [code.partition("/")[0] for code in said.get("commodities", ())]
    event = said.get("raised_at", "")
    about = Q(commodities__code__in=goods) | (Q(raised_at__slug=event) if event else Q(pk__in=()))
    if states:
        same |= Q(countries__alpha3__in=states) & about
    return others.filter(same).distinct()


def programmes_alike(said: dict, others: QuerySet) -> Iterable:
    """Of the same title; or of the same kind, state and beginning."""
    same = _titled(said)
    if said.get("kind") and said.get("country") and said.get("begins"):
        then = at_the_same_time("begins", said["begins"])
        same |= Q(kind=said["kind"], country__alpha3=said["country"]) & then
    return others.filter(same).distinct()


def _titled(said: dict) -> Q:
    title = said.get("title_en", "").strip()
    return Q(title_en__iexact=title) if title else Q(pk__in=())


RELATIONS = Rule(("first", "second"), relations_alike)
MISSIONS = Rule(("kind", "sending", "receiving", "receiving_organization"), missions_alike)
AWARDS = Rule(("order_en", "recipient", "country", "date"), awards_alike)
AGREEMENTS = Rule(
    ("title_en", "kind", "signed_at", "parties.country", "parties.organization", "stages.date"), agreements_alike
)
INITIATIVES = Rule(("title_en", "raised_at", "countries", "commodities"), initiatives_alike)
PROGRAMMES = Rule(("title_en", "kind", "country", "begins"), programmes_alike)
