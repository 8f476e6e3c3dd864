"""One full row of every resource of the API: every part, link and citation it can carry, made by the factories."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.apps import apps
from django.db import models

from kzafrica.api import router
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Change, Correction
from tests.factories import (
    make_agreement,
    make_article,
    make_award,
    make_bloc,
    make_claim,
    make_commodity,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_initiative,
    make_mission,
    make_office,
    make_organization,
    make_person,
    make_place,
    make_programme,
    make_project,
    make_relation,
    make_release,
    make_route,
    make_source,
    make_theme,
)

MOMENT = datetime(2025, 10, 1, 7, 30, tzinfo=UTC)
# Numbers that no sequence of a test database reaches, so that snapshots are the same on both.
MILESTONE, HEAD = 900_001, 900_002


@dataclass(frozen=True)
class Resource:
    """A resource by its name in addresses, and how to make one row of it."""

    name: str
    make: Callable[[str], models.Model]
    # Whether its rows wait for an editor; reference data and computed answers do not.
    has_workflow: bool = True

    @property
    def address(self) -> str:
        return f"/api/v1/{self.name}/"

    def __str__(self) -> str:
        return self.name


def address_of(resource: Resource, record: models.Model) -> str:
    return f"{resource.address}{key_of(record)}/"


def key_of(record: models.Model) -> str:
    if isinstance(record, Correction):
        return str(record.change.number)
    if isinstance(record, Change):
        return str(record.number)
    return getattr(record, "key", None) or str(record.pk)


def freeze_moments() -> None:
    """Put one moment into everything that the clock has written, so that answers can be compared with files."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.fields} & {"updated_at", "at", "corrected_at"}
        if names and model.__module__.split(".")[0] in {"kzafrica", "events", "trade", "diplomacy"}:
            model.objects.update(**dict.fromkeys(names, MOMENT))


def differing(field: str, stated: str) -> list[dict]:
    """One source that supports the record and one that states something else."""
    return [
        {"source": make_source(title="Communique", kind="official"), "field": field, "locator": "paragraph 2"},
        {"source": make_source(title="Report"), "field": field, "stated": stated, "reason": "The former was there."},
    ]


def make_full_source(status: str):
    authors = [{"name": "A. Author", "affiliations": [{"text": "Professor", "date": "2020/.."}]}]
    details = {"url": "https://example.org/story", "accessed_on": "2025-10-01", "disclaimer": "The author’s own view."}
    return make_source(status=status, title="Full story", kind="opinion", authors=authors, **details)


def make_full_organization(status: str):
    name_forms = [{"text": "MFA", "kind": "spelling"}]
    country = make_country("KAZ")
    return make_organization(status=status, name="Ministry of Foreign Affairs", country=country, name_forms=name_forms)


def make_full_person(status: str):
    office = make_office("President", kind="head_of_state", country=make_country("COD"))
    return make_person(
        status=status,
        name="Félix Tshisekedi",
        born="1963-06-13",
        name_forms=[{"text": "Феликс Чисекеди", "kind": "transliteration"}],
        offices_held=[{"office": office, "begins": "2019-01-24", "citations": differing("begins", "2019-01-25")}],
    )


def make_full_event(status: str):
    country, theme = make_country("COD"), make_theme("Mining")
    guest = {
        "person": make_person(name="Guest"),
        "office": make_office("President", country=country),
        "organization": make_organization(name="Ministry"),
        "country": country,
        "role": "guest",
    }
    return make_event(
        status=status,
        title="State visit",
        kind="state_visit",
        level="head_of_state",
        date="2025-09-09/2025-09-10",
        announced_date="2025-21",
        host=make_country("KAZ"),
        place=make_place("Astana", country=make_country("KAZ")),
        venue="Akorda",
        themes=[theme],
        parent=make_event(title="Larger visit"),
        summary="They met.",
        participations=[{**guest, "citations": [{}]}],
        outcomes=[{"kind": "topic", "text": "Copper", "theme": theme, "citations": [{}]}],
        citations=differing("date", "2023-10~/2023-12~"),
    )


def make_full_mission(status: str):
    country = make_country("ETH")
    accreditation = {
        "country": country,
        "is_resident": True,
        "appointed": "2014-05",
        "copies_presented": "2014-06-01",
        "credentials_presented": "2014-06-20",
        "citations": [{}],
    }
    head = {"pk": HEAD, "person": make_person(name="Ambassador"), "accreditations": [accreditation], "citations": [{}]}
    opened = {"pk": MILESTONE, "kind": "opened", "date": "2014", "place": make_place("Addis Ababa", country=country)}
    return make_mission(
        status=status,
        title="Embassy in Ethiopia",
        receiving=country,
        place=opened["place"],
        last_checked_on="2025-09-01",
        milestones=[{**opened, "citations": differing("date", "2011")}],
        heads=[head],
        summary="The first.",
    )


def make_full_agreement(status: str):
    country = make_country("COD")
    return make_agreement(
        status=status,
        title="Memorandum on copper",
        signed_at=make_event(title="Signing"),
        place=make_place("Kinshasa", country=country),
        venue="Palace",
        route=make_route(title="Corridor"),
        project=make_project(title="Smelter"),
        themes=[make_theme("Mining")],
        parties=[{"country": country, "organization": make_organization(name="Ministry of Mines", country=country)}],
        signatories=[{"person": make_person(name="Signatory"), "country": country, "capacity": "Minister"}],
        stages=[{"kind": "signed", "date": "2025-09-10", "note": "In Astana", "citations": [{}]}],
    )


def make_full_award(status: str):
    return make_award(
        status=status,
        title="Order of Dostyk for a president",
        order_class="I",
        recipient=make_person(name="Recipient"),
        recipient_country=make_country("COD"),
        conferred_by=make_person(name="Giver"),
        event=make_event(title="Ceremony"),
        place=make_place("Astana"),
        grounds="Friendship\nTrade",
    )


def make_full_initiative(status: str):
    return make_initiative(
        status=status,
        title="Beryllium purchases",
        countries=[make_country("COD")],
        organizations=[make_organization(name="Buyer")],
        commodities=[make_commodity("2617")],
        themes=[make_theme("Mining")],
        raised_at=make_event(title="Talks"),
        route=make_route(title="Corridor"),
        project=make_project(title="Smelter"),
        stages=[{"kind": "raised", "date": "2025-09", "citations": [{}]}],
    )


def make_full_programme(status: str):
    return make_programme(
        status=status,
        title="Africa strategy",
        country=make_country("KAZ"),
        organization=make_organization(name="Ministry"),
        beneficiaries=[make_bloc()],
        themes=[make_theme("Diplomacy")],
        begins="2025",
        ends="2030",
        stages=[{"kind": "adopted", "date": "2025", "citations": [{}]}],
    )


def make_full_figure(status: str):
    return make_figure(
        status=status,
        title="Turnover with Africa, 2024",
        printed="$783 million",
        direction="export",
        commodity=make_commodity("2503"),
        reported_by="country/KAZ",
        is_headline=True,
        note="Goods only.",
        citations=differing("value", "700000000"),
    )


def make_full_claim(status: str):
    figure = make_figure(title="Turnover")
    subjects = [make_country("COD"), make_event(title="Visit"), figure]
    return make_claim(
        status=status, text="Steady growth has resumed", date="2024", subjects=subjects, checked_against=[figure]
    )


def make_full_route(status: str):
    port = make_place("Dar es Salaam", country=make_country("TZA", name="Tanzania"))
    return make_route(
        status=status,
        title="Middle corridor",
        countries=[make_country("COD")],
        themes=[make_theme("Transport")],
        calls=[{"place": port, "onward_mode": "sea"}],
        stages=[{"kind": "proposed", "date": "2025", "citations": [{}]}],
    )


def make_full_project(status: str):
    return make_project(
        status=status,
        title="Smelter",
        investor_country=make_country("KAZ"),
        host_country=make_country("COD"),
        place=make_place("Kolwezi", country=make_country("COD")),
        themes=[make_theme("Mining")],
        parties=[{"organization": make_organization(name="Investor"), "role": "investor"}],
        stages=[{"kind": "agreed", "date": "2025", "citations": [{}]}],
    )


def make_full_release(status: str):
    source = make_source(title="Statistics", kind="statistics")
    return make_release(status=status, title="Comtrade 2024", source=source, released_on="2025-05-01")


def make_full_article(status: str):
    record = make_country("COD")
    return make_article(status=status, title="What grows", records_discussed=[{"record": record}])


def make_full_country(status: str):
    country = make_country("COD", capital="Kinshasa", capital_latitude="-4.32150", capital_longitude="15.31240")
    make_bloc("SADC", name="Southern African Development Community", members=[country])
    return country


def make_full_bloc(status: str):
    return make_bloc("EAC", name="East African Community", members=[make_country("KEN")])


def make_correction(status: str = Status.PUBLISHED):
    event = make_event(title="Corrected visit")
    return Correction.objects.create(record=event, change=Change.objects.last(), reason="It was in December.")


def make_change(status: str = Status.PUBLISHED):
    make_event(title="Visit")
    return Change.objects.last()


RESOURCES = [
    Resource("countries", make_full_country, has_workflow=False),
    Resource("blocs", make_full_bloc, has_workflow=False),
    Resource(
        "places",
        lambda status: make_place("Aktau", country=make_country("KAZ"), latitude="43.65", longitude="51.17"),
        has_workflow=False,
    ),
    Resource("people", make_full_person),
    Resource("organizations", make_full_organization),
    Resource("themes", lambda status: make_theme("Mining", name_ru="Горное дело"), has_workflow=False),
    Resource(
        "commodities", lambda status: make_commodity("2503", parent=make_commodity("25")), has_workflow=False
    ),
    Resource("sources", make_full_source),
    Resource("events", make_full_event),
    Resource("missions", make_full_mission),
    Resource("milestones", lambda status: make_full_mission(status).milestones.get()),
    Resource("heads-of-mission", lambda status: make_full_mission(status).heads.get()),
    Resource("relations", lambda status: make_relation(status=status, second=make_country("EGY"), recognised="1991")),
    Resource("agreements", make_full_agreement),
    Resource("awards", make_full_award),
    Resource("initiatives", make_full_initiative),
    Resource("programmes", make_full_programme),
    Resource("figures", make_full_figure),
    Resource("claims", make_full_claim),
    Resource("releases", make_full_release),
    Resource("routes", make_full_route),
    Resource("projects", make_full_project),
    Resource("articles", make_full_article),
    Resource("corrections", make_correction, has_workflow=False),
    Resource("changes", make_change, has_workflow=False),
]
RECORDS = [resource for resource in RESOURCES if resource.has_workflow]
BY_NAME = {resource.name: resource for resource in RESOURCES}
# The dossier is put together from the others and has no rows of its own.
COMPUTED = {"dossiers"}


def router_names() -> set[str]:
    return {prefix for prefix, _viewset, _basename in router.registry}


__all__ = ["BY_NAME", "RECORDS", "RESOURCES", "make_derived_figure"]
