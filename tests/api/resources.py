"""Full rows of every resource of the API: every part, link and citation they can carry, made by the factories."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.apps import apps
from django.db import models

from kzafrica.api import router
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Change, Correction
from kzafrica.reference.models import Bloc, Commodity, Country
from tests.api.said import act_in_public, cited, differing, the
from tests.factories import (
    make_agreement,
    make_area,
    make_article,
    make_award,
    make_bloc,
    make_claim,
    make_commodity,
    make_country,
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
    make_slice,
    make_source,
    make_theme,
)

MOMENT = datetime(2025, 10, 1, 7, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Resource:
    """A resource by its name in addresses, and how to make a row of it with that many parts of each kind."""

    name: str
    make_row: Callable[[str, int], models.Model]
    # Whether its rows wait for an editor; reference data and lines of the change log do not.
    has_workflow: bool = True

    @property
    def address(self) -> str:
        return f"/api/v1/{self.name}/"

    @property
    def viewset(self):
        return next(viewset for prefix, viewset, _basename in router.registry if prefix == self.name)

    def make(self, status: str = Status.PUBLISHED, parts: int = 1) -> models.Model:
        return self.make_row(status, parts)

    def address_of(self, row: models.Model) -> str:
        return f"{self.address}{key_of(row)}/"

    def __str__(self) -> str:
        return self.name


def key_of(row: models.Model) -> str:
    match row:
        case Correction():
            return str(row.change.number)
        case Change():
            return str(row.number)
    return getattr(row, "key", None) or str(row.pk)


def freeze_moments() -> None:
    """Put one moment into everything that the clock has written, so that answers can be compared with files."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.fields} & {"updated_at", "at", "corrected_at"}
        if names and model.__module__.split(".")[0] in {"kzafrica", "events", "trade", "diplomacy"}:
            model.objects.update(**dict.fromkeys(names, MOMENT))


def make_full_source(status: str, parts: int):
    authors = [
        {"name": "A. Author", "affiliations": [{"text": "Professor", "date": "2020/.."}]} for _part in range(parts)
    ]
    details = {"url": "https://example.org/story", "accessed_on": "2025-10-01", "disclaimer": "The author’s own view."}
    return make_source(status=status, title="Full story", kind="opinion", authors=authors, **details)


def make_full_organization(status: str, parts: int):
    name_forms = [cited(text="MFA", kind="spelling") for _part in range(parts)]
    country = make_country("KAZ")
    return make_organization(status=status, name="Ministry of Foreign Affairs", country=country, name_forms=name_forms)


def make_full_person(status: str, parts: int):
    office = make_office("President", kind="head_of_state", country=make_country("COD"))
    held = {"office": office, "begins": "2019-01-24", "citations": differing("begins", "2019-01-25")}
    person = make_person(
        status=status,
        name="Félix Tshisekedi",
        born="1963-06-13",
        name_forms=[cited(text="Феликс Чисекеди", kind="transliteration") for _part in range(parts)],
        offices_held=[held] * parts,
    )
    # Public records name public people alone.
    for _part in range(parts if person.is_public else 0):
        act_in_public(person, office)
    return person


def make_participation(country) -> dict:
    return cited(
        person=the(make_person, "Guest"),
        office=the(make_office, "President", country=country),
        organization=the(make_organization, "Ministry"),
        country=country,
        role="guest",
    )


def make_full_event(status: str, parts: int):
    themes = [make_theme("Mining") for _part in range(parts)]
    return make_event(
        status=status,
        title="State visit",
        kind="state_visit",
        level="head_of_state",
        date="2025-09-09/2025-09-10",
        announcements=[{"kind": "announced", "made": "2025-01", "planned": "2025-21"}],
        host=make_country("KAZ"),
        place=make_place("Astana", country=make_country("KAZ")),
        venue="Akorda",
        themes=themes,
        parent=the(make_event, "Larger visit"),
        summary="They met.",
        participations=[make_participation(make_country("COD")) for _part in range(parts)],
        outcomes=[cited(kind="topic", text="Copper", theme=theme) for theme in themes],
        citations=differing("date", "2023-10~/2023-12~"),
    )


def make_head(country, accreditations: int) -> dict:
    accreditation = {
        "country": country,
        "is_resident": True,
        "appointed": "2014-05",
        "copies_presented": "2014-06-01",
        "credentials_presented": "2014-06-20",
    }
    return cited(
        person=the(make_person, "Ambassador"),
        accreditations=[cited(**accreditation) for _accreditation in range(accreditations)],
    )


def make_full_mission(status: str, parts: int):
    country = make_country("ETH")
    place = make_place("Addis Ababa", country=country)
    citations = differing("date", "2011")
    return make_mission(
        status=status,
        title="Embassy in Ethiopia",
        receiving=country,
        place=place,
        last_checked_on="2025-09-01",
        milestones=[{"kind": "opened", "date": "2014", "place": place, "citations": citations}] * parts,
        heads=[make_head(country, min(parts, 3)) for _part in range(parts)],
        summary="The first.",
    )


def make_full_agreement(status: str, parts: int):
    country = make_country("COD")
    bodies = [the(make_organization, "Ministry of Mines", country=country) for _part in range(parts)]
    people = [the(make_person, "Signatory") for _part in range(parts)]
    return make_agreement(
        status=status,
        title="Memorandum on copper",
        signed_at=the(make_event, "Signing"),
        place=make_place("Kinshasa", country=country),
        venue="Palace",
        route=the(make_route, "Corridor"),
        project=the(make_project, "Smelter"),
        themes=[make_theme("Mining") for _part in range(parts)],
        parties=[{"country": country, "organization": body} for body in bodies],
        signatories=[cited(person=person, country=country, capacity="Minister") for person in people],
        stages=[cited(kind="signed", date="2025-09-10", note="In Astana") for _part in range(parts)],
    )


def make_full_award(status: str, parts: int):
    return make_award(
        status=status,
        title="Order of Dostyk for a president",
        order_class="I",
        recipient=the(make_person, "Recipient"),
        recipient_country=make_country("COD"),
        conferred_by=the(make_person, "Giver"),
        event=the(make_event, "Ceremony"),
        place=make_place("Astana"),
        grounds="Friendship\nTrade",
    )


def make_full_initiative(status: str, parts: int):
    return make_initiative(
        status=status,
        title="Beryllium purchases",
        countries=[make_country("COD"), *(make_country() for _part in range(parts - 1))],
        organizations=[make_organization(name="Buyer") for _part in range(parts)],
        commodities=[make_commodity(str(2617 + part)) for part in range(parts)],
        themes=[make_theme("Mining") for _part in range(parts)],
        raised_at=the(make_event, "Talks"),
        route=the(make_route, "Corridor"),
        project=the(make_project, "Smelter"),
        stages=[cited(kind="raised", date="2025-09") for _part in range(parts)],
    )


def make_full_programme(status: str, parts: int):
    return make_programme(
        status=status,
        title="Africa strategy",
        country=make_country("KAZ"),
        organization=the(make_organization, "Ministry"),
        beneficiaries=[make_bloc(), *(make_bloc(f"B{part}") for part in range(1, parts))],
        themes=[make_theme("Diplomacy") for _part in range(parts)],
        begins="2025",
        ends="2030",
        stages=[cited(kind="adopted", date="2025") for _part in range(parts)],
    )


def make_full_figure(status: str, parts: int):
    return make_figure(
        status=status,
        title="Turnover with Africa, 2024",
        printed="$783 million",
        direction="export",
        commodity=make_commodity("2503"),
        reported_by="country/KAZ",
        note="Goods only.",
        citations=differing("value", "700000000"),
    )


def make_full_claim(status: str, parts: int):
    figures = [make_figure(title="Turnover") for _part in range(parts)]
    subjects = [make_country("COD"), *(make_event(title="Visit") for _part in range(parts)), *figures]
    return make_claim(
        status=status, text="Steady growth has resumed", date="2024", subjects=subjects, checked_against=figures
    )


def make_full_route(status: str, parts: int):
    tanzania = make_country("TZA", name="Tanzania")
    ports = [make_place("Dar es Salaam", country=tanzania) for _part in range(parts)]
    return make_route(
        status=status,
        title="Middle corridor",
        countries=[make_country("COD"), *(make_country() for _part in range(parts - 1))],
        themes=[make_theme("Transport") for _part in range(parts)],
        calls=[{"place": port, "onward_mode": "sea"} for port in ports],
        stages=[cited(kind="proposed", date="2025") for _part in range(parts)],
    )


def make_full_project(status: str, parts: int):
    return make_project(
        status=status,
        title="Smelter",
        investor_country=make_country("KAZ"),
        host_country=make_country("COD"),
        place=make_place("Kolwezi", country=make_country("COD")),
        themes=[make_theme("Mining") for _part in range(parts)],
        parties=[{"organization": make_organization(name="Investor"), "role": "investor"} for _part in range(parts)],
        stages=[cited(kind="agreed", date="2025") for _part in range(parts)],
    )


def make_full_release(status: str, parts: int):
    source = make_source(title="Statistics", kind="statistics")
    release = make_release(status=status, title="Comtrade 2024", source=source, released_on="2025-05-01")
    for part in range(parts):
        make_slice(release=release, year=2024 - part, row_count=7)
    return release


def make_full_article(status: str, parts: int):
    events = [make_event(title="Visit") for _part in range(parts)]
    source = make_source(title="Trade in Africa")
    turnover = make_figure(title="Turnover, 2024", printed="$783 million", citations=[source])
    source.refresh_from_db()
    article = make_article(
        status=status,
        title="What grows",
        body=f"It was {{{{figure/{turnover.slug}}}}}.[^1]\n\n[^1]: source/{source.slug}, page 4.\n",
        records_discussed=[{"record": record} for record in [make_country("COD"), *events]],
    )
    for number in article.numbers_as_published.values():
        number["on"] = "2025-10-01"
    article.save()
    return article


def make_full_country(status: str, parts: int):
    country = make_country(
        unless_made("COD"), capital="Kinshasa", capital_latitude="-4.32150", capital_longitude="15.31240"
    )
    for part in range(parts):
        make_bloc("SADC" if part == 0 else f"B{part}", members=[country])
    return country


def make_full_area(status: str, parts: int):
    country = make_country(unless_made("ETH"))
    return make_area(country, name_ru="Эфиопия", valid_from=1993, valid_until=2030, note="Without Eritrea.")


def make_full_bloc(status: str, parts: int):
    made = Bloc.objects.count()
    return make_bloc(
        f"EAC{made}" if made else "EAC",
        name="East African Community",
        members=[make_country(unless_made("KEN")) for _part in range(parts)],
    )


def make_full_commodity(status: str, parts: int):
    made = Commodity.objects.filter(level=Commodity.Level.HEADING).count()
    return make_commodity(str(2503 + made), parent=make_commodity("25"))


def make_full_place(status: str, parts: int):
    return make_place("Aktau", country=make_country("KAZ"), latitude="43.65", longitude="51.17", geonames_id=610612)


def make_full_theme(status: str, parts: int):
    return make_theme("Mining", name_ru="Горное дело")


def make_full_relation(status: str, parts: int):
    return make_relation(status=status, second=make_country(unless_made("EGY")), recognised="1991")


def unless_made(alpha3: str) -> str:
    """The code of a country that is not there yet, else the empty text for another one."""
    return "" if Country.objects.filter(alpha3=alpha3).exists() else alpha3


def make_correction(status: str, parts: int):
    event = make_event(title="Corrected visit")
    return Correction.objects.create(record=event, change=Change.objects.last(), reason="It was in December.")


def make_change(status: str, parts: int):
    make_event(title="Visit")
    return Change.objects.last()


RESOURCES = (
    Resource("countries", make_full_country, has_workflow=False),
    Resource("areas", make_full_area, has_workflow=False),
    Resource("blocs", make_full_bloc, has_workflow=False),
    Resource("places", make_full_place, has_workflow=False),
    Resource("people", make_full_person),
    Resource("organizations", make_full_organization),
    Resource("themes", make_full_theme, has_workflow=False),
    Resource("commodities", make_full_commodity, has_workflow=False),
    Resource("sources", make_full_source),
    Resource("events", make_full_event),
    Resource("missions", make_full_mission),
    Resource("milestones", lambda status, parts: make_full_mission(status, parts).milestones.first()),
    Resource("heads-of-mission", lambda status, parts: make_full_mission(status, parts).heads.first()),
    Resource("relations", make_full_relation),
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
)
BY_NAME = {resource.name: resource for resource in RESOURCES}
UNDER_WORKFLOW = [resource for resource in RESOURCES if resource.has_workflow]
