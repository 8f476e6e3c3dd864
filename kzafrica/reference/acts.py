"""What records of the rooms above say of people and organizations, as far as readers may see it, the latest first.

Those rooms are reached by the reverse names of their keys; none of them is imported. Each act becomes a list on the
person or organization, named ``public_`` and the reverse name.
"""

from django.db.models import F, Max, Model, Prefetch, QuerySet
from django.db.models.functions import Greatest

ACCREDITATION_ORDERS = ("appointed_order", "copies_presented_order", "credentials_presented_order", "ended_order")
LATEST_ACCREDITATION = Greatest(*ACCREDITATION_ORDERS).desc()


def acts_of_people(model: type[Model]) -> list[Prefetch]:
    """Events attended, missions headed, awards and signatures, in a fixed number of queries."""
    accreditations = (
        _behind(_behind(model, "missions_headed").model, "accreditations")
        .select_related("country", "organization")
        .order_by(LATEST_ACCREDITATION, "position", "pk")
    )
    missions = _public_parts(model, "missions_headed", "mission").prefetch_related(
        Prefetch("accreditations", accreditations)
    )
    signatures = _public_parts(model, "signatures", "agreement").select_related("country")
    awards = (
        _behind(model, "awards_received")
        .published()
        .select_related("country", "recipient_country", "recipient", "conferred_by")
        .order_by("-date_order", "-slug")
    )
    return _under_public_names(
        participations=_participations(model),
        missions_headed=_latest_first(missions, *(f"accreditations__{order}" for order in ACCREDITATION_ORDERS)),
        awards_received=awards,
        awards_conferred=awards,
        signatures=_latest_first(signatures.prefetch_related("agreement__stages"), "agreement__stages__date_order"),
    )


def acts_of_organizations(model: type[Model]) -> list[Prefetch]:
    """Events, agreements, projects, initiatives, missions and accreditations to it, in a fixed number of queries."""
    agreements = _public_parts(model, "agreement_parties", "agreement").prefetch_related("agreement__stages")
    projects = _public_parts(model, "projects", "project").prefetch_related("project__stages")
    initiatives = _behind(model, "initiatives").published().prefetch_related("stages")
    missions = _behind(model, "missions_received").published()
    accreditations = _behind(model, "accreditations_received").filter(
        head__mission__in=missions.model.objects.published()
    )
    return _under_public_names(
        participations=_participations(model),
        agreement_parties=_latest_first(agreements, "agreement__stages__date_order"),
        projects=_latest_first(projects, "project__stages__date_order"),
        initiatives=_latest_first(initiatives, "stages__date_order"),
        missions_received=_latest_first(
            missions.select_related("sending").prefetch_related("milestones"), "milestones__date_order"
        ),
        accreditations_received=accreditations.select_related("head__mission", "head__person").order_by(
            LATEST_ACCREDITATION, "pk"
        ),
    )


def _behind(model: type[Model], name: str) -> QuerySet:
    """All rows of the model to which a key or a reverse name leads."""
    return model._meta.get_field(name).related_model.objects.all()


def _public_parts(model: type[Model], name: str, record: str) -> QuerySet:
    """The parts that point to a row of the model, of those records that readers may see."""
    parts = _behind(model, name)
    return parts.filter(**{f"{record}__in": _behind(parts.model, record).published()}).select_related(record)


def _participations(model: type[Model]) -> QuerySet:
    parts = _public_parts(model, "participations", "event")
    parts = parts.select_related("person", "office__country", "organization", "country")
    return parts.order_by("-event__date_order", "-event__slug", "pk")


def _latest_first(queryset: QuerySet, *orders: str) -> QuerySet:
    """Sorted by the latest of the dates of rows below, those without any last."""
    latest = Max(Greatest(*orders) if len(orders) > 1 else F(*orders))
    return queryset.annotate(latest_order=latest).order_by(F("latest_order").desc(nulls_last=True), "pk")


def _under_public_names(**acts: QuerySet) -> list[Prefetch]:
    return [Prefetch(name, queryset, to_attr=f"public_{name}") for name, queryset in acts.items()]
