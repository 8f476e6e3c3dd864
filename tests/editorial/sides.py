"""Rows on either side of a constraint, unsaved, with whatever they need beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.timezone import now

from diplomacy.models import Accreditation, Check, Mission, Relation
from kzafrica.editorial.models import Citation, LinkCheck
from kzafrica.reference.models import Area, Commodity, Membership, OfficeHeld, Place
from kzafrica.statements.models import ClaimSubject, Figure, FigureInput
from tests.factories import (
    make_area,
    make_bloc,
    make_check,
    make_citation,
    make_claim,
    make_commodity,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_mission,
    make_office,
    make_person,
    make_relation,
    make_release,
    make_slice,
    make_source,
)
from trade.models import FlowSummary, Slice, TradeFlow


@dataclass(frozen=True)
class Side:
    """A row on one side of a constraint; ``row`` makes it, unsaved, with whatever it needs beside it."""

    constraint: str
    what: str
    row: Callable[[], models.Model]

    def __str__(self) -> str:
        return f"{self.constraint}: {self.what}"


def citation(**fields) -> Citation:
    event = make_event(slug="visit")
    source = make_source(slug="paper")
    make_citation(event, source, field="date", stated="2024", locator="p. 2")
    return Citation(**{"target": event, "source": source, "field": "date", "locator": "p. 2", "reason": "R", **fields})


def check(strand: str) -> Check:
    kenya = make_country("KEN")
    make_check(kenya, strand="missions_sent")
    return Check(country=kenya, strand=strand, checked_on=date(2026, 1, 1))


def held(begins: str, ends: str) -> OfficeHeld:
    return OfficeHeld(person=make_person(), office=make_office(), begins=begins, ends=ends)


def member(**fields) -> Membership:
    bloc, country = make_bloc(), make_country("COD")
    first = {"bloc": bloc, "country": country, "status": "member", "verification": "V"}
    Membership.objects.create(**first, begins="1963")
    return Membership(**{**first, "begins": "1964", **fields})


def area(**fields) -> Area:
    return Area(**{"code": "899", "name": "Elsewhere", **fields})


def place(latitude, longitude) -> Place:
    return Place(slug="goma", name="Goma", country=make_country("COD"), latitude=latitude, longitude=longitude)


def commodity(**fields) -> Commodity:
    make_commodity("2503")
    return Commodity(**{"code": "2504", "level": 4, **fields})


def figure(**fields) -> Figure:
    return Figure(
        **{
            "slug": "turnover",
            "title": "Turnover",
            "measure": "turnover",
            "unit": "USD",
            "subject": "country/KAZ",
            "counterpart": "bloc/002",
            "period": "2024",
            "value": "783000000",
            "printed": "783 million",
            **fields,
        }
    )


def headline(**fields) -> Figure:
    """A second headline beside that of 2024, which names no commodity, direction, base measure or universe."""
    make_figure(is_headline=True)
    return figure(**{"is_headline": True, **fields})


def headline_for_sulphur(**fields) -> Figure:
    make_figure(is_headline=True, commodity=make_commodity("2503"))
    return figure(is_headline=True, **fields)


def figure_input(**fields) -> FigureInput:
    derived = make_derived_figure()
    first = derived.inputs.first()
    return FigureInput(**{"derived": derived, "figure": first.figure, "role": "growth", **fields})


def input_of_itself() -> FigureInput:
    derived = make_derived_figure()
    return FigureInput(derived=derived, figure=derived, role="value")


def subject(record: str) -> ClaimSubject:
    make_country("COD")
    return ClaimSubject(claim=make_claim(subjects=["country/COD"]), record=record)


def relation(first: str, second: str, **fields) -> Relation:
    make_relation(second=make_country("COD"))
    return Relation(slug="pair", first=make_country(first), second=make_country(second), **fields)


def mission(**fields) -> Mission:
    return Mission(**{"slug": "embassy", "title": "Embassy", "sending": make_country("KAZ"), **fields})


def accreditation(**fields) -> Accreditation:
    return Accreditation(**{"head": make_mission(heads=[{}]).heads.get(), **fields})


def flow(**fields) -> TradeFlow:
    return TradeFlow(
        **{"slice": make_slice(), "partner": make_area(make_country("COD")), "flow": "X", "line": 2, **fields}
    )


def trade_slice(**fields) -> Slice:
    reporter = make_area(make_country("KAZ"))
    return Slice(**{"release": make_release(), "reporter": reporter, "year": 2024, "edition": "H6", **fields})


def summary(**fields) -> FlowSummary:
    partner = make_area(make_country("COD"))
    sums = {"flow": "X", "hs": "09", "value_usd": 1, "row_count": 1, "is_given": True}
    return FlowSummary(**{"slice": make_slice(), "partner": partner, **sums, **fields})


def beside(row: models.Model, **fields) -> models.Model:
    """A second row that is like the first, which is saved, but for the fields given."""
    row.save()
    own = {field.name: getattr(row, field.name) for field in row._meta.fields if not field.primary_key}
    return type(row)(**{**own, **fields})


def to_a_state() -> dict:
    return {"country": make_country("COD")}


def link_check(field: str) -> LinkCheck:
    """A check of that address of a source whose first address was checked."""
    check = {"source": make_source(), "address": "https://example.org/", "checked_at": now(), "is_alive": True}
    LinkCheck.objects.create(field="url", answer="200", **check)
    return LinkCheck(field=field, answer="200", **check)
