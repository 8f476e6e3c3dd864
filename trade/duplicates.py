"""Which routes and projects may be one and the same, written down twice."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kzafrica.workshop.said import Rule, of_parts


def routes_alike(said: dict, others: QuerySet) -> Iterable:
    """Of the same title."""
    title = said.get("title_en", "").strip()
    return others.filter(title_en__iexact=title) if title else ()


def projects_alike(said: dict, others: QuerySet) -> Iterable:
    """Of the same title; or of the same kind, host and investor, or with one of the same bodies."""
    same = Q(title_en__iexact=said.get("title_en", "").strip() or "–")
    kind, host, investor = (said.get(name, "") for name in ("kind", "host_country", "investor_country"))
    bodies = of_parts(said, "parties", "organization")
    if kind and host:
        beside = Q(parties__organization__slug__in=bodies)
        if investor:
            beside |= Q(investor_country__alpha3=investor)
        same |= Q(kind=kind, host_country__alpha3=host) & beside
    return others.filter(same).distinct()


ROUTES = Rule(("title_en",), routes_alike)
PROJECTS = Rule(("title_en", "kind", "host_country", "investor_country", "parties.organization"), projects_alike)
