"""How heavy a page is when much is on record: 60 kB of HTML carry what a reader can take in."""

import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from diplomacy.models import Agreement, Award, Initiative, Milestone, Mission, Programme
from events.models import Event
from kzafrica.editorial.models import Source
from kzafrica.statements.models import Claim, Figure
from tests.factories import (
    make_bloc,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_person,
    make_programme,
    make_source,
)
from tests.many import make_many
from tests.pages.pairs import fill
from trade.models import Project, Route

pytestmark = pytest.mark.django_db

MOST_BYTES = 65_000


@pytest.fixture(autouse=True)
def published_at_once(monkeypatch):
    """Thousands of records do not go through review one by one."""

    def publish(record, status: str) -> None:
        type(record).objects.filter(pk=record.pk).update(status=status)

    monkeypatch.setattr("tests.factories._bring_to", publish)


@pytest.fixture
def kazakhstan():
    return make_country("KAZ")


@pytest.fixture
def congo(kazakhstan):
    return make_country("COD", subregion="Middle Africa")


def year_of_number(record, number: int) -> None:
    """Copies of what was made as number 2 are of another year each."""
    if isinstance(record, Figure):
        record.period = str(int(record.period.edtf) + number - 2)
    elif isinstance(record, Event):
        record.date = f"20{number % 90 + 10}-05"


def opened_in_a_year_of_its_own(record, number: int) -> None:
    if isinstance(record, Milestone):
        record.date = str(1800 + number)


def lengthen_words() -> None:
    """Titles and addresses as long as those of real records."""
    for model in (Event, Mission, Agreement, Initiative, Programme, Award, Figure, Route, Project):
        model.objects.update(
            title_en=Concat("title_en", Value(" on cooperation in the mining of copper and cobalt")),
            slug=Concat("slug", Value("-kaz-cod-2025-09-mining")),
        )
    Claim.objects.update(text_en=Concat("text_en", Value(" and this is what the second half of the claim says of it")))
    Source.objects.update(
        title=Concat("title", Value(": Institutionalization and Economic Dynamics")),
        slug=Concat("slug", Value("-astana-times-2025-09-foreign-policy")),
    )


def make_busy_event(number: int, guests: list, sources: list, **fields):
    """An event with several participants on both sides, and several sources for it and for each of them."""
    people = [make_person(name=f"Person of the delegation {number}-{guest.alpha3}") for guest in guests]
    participations = [
        {"country": guest, "person": person, "capacity": "Minister of Foreign Affairs", "citations": sources[:2]}
        for guest, person in zip(guests, people, strict=True)
    ]
    disputed = [
        {"source": sources[2], "field": field, "stated": stated, "reason": "It was written a year later by another."}
        for field, stated in (("date", "2023-10~/2023-12~"), ("kind", "state_visit"), ("venue", "Akorda"))
    ]
    return make_event(
        title=f"Official visit of the minister of foreign affairs to Kazakhstan, number {number}",
        date=f"20{number % 25:02}-05",
        participations=participations,
        citations=[*sources[:2], *disputed],
        **fields,
    )


class TestDossier:
    def test_two_hundred_records_of_every_strand_stay_light_and_cost_the_same(
        self, client, queries_of, kazakhstan, congo
    ):
        fill(kazakhstan, congo, 0)
        fill(kazakhstan, congo, 1)
        few = queries_of("/countries/cod/")

        make_many(lambda number: fill(kazakhstan, congo, number), range(2, 200), vary=year_of_number)
        lengthen_words()

        answer = client.get("/countries/cod/")
        assert len(answer.content) < MOST_BYTES
        assert b'<a href="/events/?country=COD">All 200 events</a>' in answer.content
        assert queries_of("/countries/cod/") == few

    def test_two_hundred_events_with_many_participants_and_sources_stay_light(self, client, kazakhstan, congo):
        sources, others = [make_source() for _number in range(3)], [make_country() for _number in range(4)]
        make_many(lambda number: make_busy_event(number, [kazakhstan, congo, *others], sources), range(200))

        assert len(client.get("/countries/cod/").content) < MOST_BYTES
        assert len(client.get("/countries/cod/time/").content) < MOST_BYTES
        assert len(client.get("/events/").content) < MOST_BYTES

    def test_the_links_to_all_lead_to_lists_with_as_many(self, client, kazakhstan, congo):
        for number in range(9):
            fill(kazakhstan, congo, number)

        shown = client.get("/countries/cod/").context["shown"]

        for name in ("events", "agreements", "initiatives", "programmes", "awards", "routes", "projects"):
            strand = getattr(shown, name)
            assert strand.is_part, name
            assert client.get(strand.address).context["paginator"].count == strand.count == 9, name
        for strand in (shown.missions_there, shown.lines, shown.claims):
            assert strand.is_part
            assert client.get(strand.address).status_code == 200


class TestContinent:
    def test_two_hundred_talks_stay_light_and_cost_the_same(self, client, queries_of, kazakhstan):
        africa, turkey = make_bloc(), make_country("TUR")
        sources = [make_source() for _number in range(3)]

        def add(number: int) -> None:
            make_busy_event(number, [kazakhstan, turkey], sources)
            make_programme(beneficiaries=[africa])
            make_figure(counterpart=africa, measure="investment_stock", period=str(1800 + number))

        for number in range(2):
            add(number)
        few = queries_of("/countries/africa/")
        make_many(add, range(2, 200), vary=year_of_number)

        answer = client.get("/countries/africa/")
        assert len(answer.content) < MOST_BYTES
        assert b'<a href="/events/?african_party=false">All 200 events</a>' in answer.content
        assert client.get("/events/?african_party=false").context["paginator"].count == 200
        assert queries_of("/countries/africa/") == few


class TestReciprocity:
    def test_all_pairs_with_something_in_every_cell_stay_light(self, client, kazakhstan):
        make_many(lambda number: fill(kazakhstan, make_country(name=f"State number {number}"), number), range(55))

        pairs = client.get("/countries/reciprocity/")

        # The one page that has every pair at once: 55 rows of six cells, each with its links.
        assert len(pairs.content) < 80_000


class TestNetwork:
    def test_two_hundred_embassies_with_many_sources_stay_light_and_cost_the_same(self, client, queries_of, kazakhstan):
        make_bloc()
        sources = [make_source(publisher=f"Newspaper number {number}") for number in range(8)]

        def add(number: int) -> None:
            opened = {"kind": "opened", "date": str(1800 + number), "citations": [{"source": row} for row in sources]}
            make_mission(receiving=make_country(name=f"State number {number}"), milestones=[opened])

        for number in range(8):
            make_busy_event(number, [kazakhstan, make_country("TUR")], sources)
        for number in range(2):
            add(number)
        few = {address: queries_of(address) for address in ("/", "/countries/africa/")}
        make_many(add, range(2, 200), vary=opened_in_a_year_of_its_own)
        lengthen_words()

        for address, queries in few.items():
            answer = client.get(address)
            assert len(answer.content) < MOST_BYTES, address
            assert b"The newest 12 of 200 " in answer.content
            assert b'href="/missions/"' in answer.content
            assert queries_of(address) == queries
