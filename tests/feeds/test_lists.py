"""That a calendar and a feed say what their list says, and are offered on it."""

import re

import pytest

from diplomacy.filters import (
    ActFilterSet,
    AgreementFilterSet,
    AwardFilterSet,
    InitiativeFilterSet,
    MissionFilterSet,
    ProgrammeFilterSet,
    RelationFilterSet,
)
from diplomacy.views import MissionList
from events.filters import EventFilterSet
from kzafrica.editorial.choices import Status
from tests.factories import (
    make_agreement,
    make_award,
    make_country,
    make_event,
    make_initiative,
    make_mission,
    make_person,
    make_programme,
    make_relation,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db

STEP = {"date": "2025-09-10", "citations": [{}]}
MAKERS = {
    "/events/events": lambda **fields: make_event(**fields),
    "/missions/milestones": lambda **fields: make_mission(milestones=[STEP | {"kind": "opened"}], **fields),
    # Relations are named by their states.
    "/relations/relations": lambda title="Kenya", **fields: make_relation(second=make_country(name=title), **fields),
    "/awards/awards": lambda **fields: make_award(**fields),
    "/agreements/agreements": lambda **fields: make_agreement(stages=[STEP | {"kind": "signed"}], **fields),
    "/initiatives/initiatives": lambda **fields: make_initiative(stages=[STEP | {"kind": "raised"}], **fields),
    "/programmes/programmes": lambda **fields: make_programme(stages=[STEP | {"kind": "adopted"}], **fields),
}
LISTS = {"/events/": EventFilterSet, "/agreements/": AgreementFilterSet, "/initiatives/": InitiativeFilterSet}
LISTS |= {"/programmes/": ProgrammeFilterSet, "/missions/": MissionFilterSet}
LISTS |= {"/relations/": RelationFilterSet, "/awards/": AwardFilterSet}


@pytest.fixture(params=[f"{stem}{ending}" for stem in MAKERS for ending in (".ics", ".atom")])
def address(request):
    return request.param


@pytest.fixture
def make(address):
    return MAKERS[address.rpartition(".")[0]]


@pytest.fixture
def uids_at(components_at, feed_at):
    """What stands in a calendar or feed, by what calendar and feed alike call it."""

    def read(address: str) -> set[str]:
        path = address.partition("?")[0]
        if path.endswith(".ics"):
            return {component.uid.removesuffix("@kz-africa") for component in components_at(address)}
        return {entry.id.removeprefix("tag:kz-africa,2025:") for entry in feed_at(address).entries}

    return read


class TestEveryCalendarAndFeed:
    def test_shows_only_what_is_published(self, client, uids_at, address, make):
        make(title="Seen by all")
        for status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN):
            make(title=f"Hidden {status}", status=status)

        assert len(uids_at(address)) == 1
        assert b"Hidden" not in client.get(address).content

    def test_refuses_an_unknown_parameter_in_a_form_for_programs(self, client, address):
        answer = client.get(f"{address}?contry=KEN")

        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["errors"] == [
            {
                "parameter": "contry",
                "detail": "There is no parameter “contry”. Did you mean “country”?",
                "nearest": "country",
            }
        ]

    def test_refuses_an_unreadable_value(self, client, address):
        answer = client.get(f"{address}?year=soon")

        assert answer.status_code == 400
        assert answer.json()["detail"] == "Write the year in four digits, such as 2024."

    def test_refuses_a_page_that_is_no_number(self, client, address):
        answer = client.get(f"{address}?page=two")

        # A calendar is one whole: it has no pages at all.
        sentence = "There is no parameter “page”" if address.endswith(".ics") else "“two” is not a page"
        assert answer.status_code == 400
        assert sentence in answer.json()["detail"]

    def test_forgives_tracking(self, uids_at, address, make):
        make()

        assert len(uids_at(f"{address}?utm_source=mail&fbclid=1")) == 1

    def test_is_narrowed_by_words(self, uids_at, address, make):
        make(title="Wanted")
        make(title="Not this one")

        assert len(uids_at(f"{address}?q=wanted")) == 1

    def test_queries_stay_flat(self, queries_of, address, make):
        for _number in range(2):
            make()
        few = queries_of(address)

        for _number in range(5):
            make(citations=[make_source(), make_source()])

        assert queries_of(address) == few <= 15

    @pytest.mark.parametrize("prefix", ["/kk", "/ru", "/fr"])
    def test_stands_in_every_language(self, uids_at, address, make, prefix):
        make()

        assert uids_at(prefix + address) == uids_at(address)


class TestSameRecordsAsTheList:
    @pytest.fixture
    def slugs_of(self, client):
        """The records of a list in the API."""
        return lambda address: {row["id"] for row in client.get(f"/api/v1{address}").json()["results"]}

    @pytest.mark.parametrize("ending", ["ics", "atom"])
    @pytest.mark.parametrize(
        "query",
        [
            "",
            "country=KEN",
            "country=ken&kind=state_visit",
            "kind=call",
            "status=announced",
            "year=2024",
            "date_from=2024-06-01&date_to=2024-12-31",
            "theme=mining",
            "person=a-person",
            "has_conflict=true",
            "has_conflict=false",
            "source=the-herald",
            "q=mines",
            "updated_since=2000-01-01",
            "ordering=-date&kind=state_visit",
            "level=minister&country=COD&year=2025",
        ],
    )
    def test_events(self, uids_at, slugs_of, ending, query):
        kenya, congo, person = make_country("KEN"), make_country("COD"), make_person(slug="a-person")
        herald, mining = make_source(slug="the-herald"), make_theme("Mining")
        other = {"source": herald, "field": "date", "stated": "2023", "reason": "Closer to it."}
        make_event(title="On mines", host=kenya, kind="state_visit", date="2024")
        make_event(title="In 2025", host=congo, participations=[{"country": kenya}], themes=[mining])
        make_event(kind="state_visit", occurrence="announced", date="2024-11", participations=[{"person": person}])
        make_event(host=congo, kind="call", date="", citations=[{}, other])
        make_event(host=kenya, status=Status.DRAFT)

        found = uids_at(f"/events/events.{ending}?{query}")

        assert found == {f"event-{slug}" for slug in slugs_of(f"/events/?{query}")}

    @pytest.mark.parametrize("ending", ["ics", "atom"])
    @pytest.mark.parametrize(
        "query", ["", "country=KEN", "status=signed", "kind=treaty", "year=2024", "q=mines", "ordering=date&year=2025"]
    )
    def test_agreements(self, uids_at, slugs_of, ending, query):
        kenya, congo = make_country("KEN"), make_country("COD")
        signed, announced = {"kind": "signed", "date": "2025-09"}, {"kind": "announced", "date": "2024"}
        make_agreement(title="On mines", parties=[{"country": kenya}, {"country": congo}], stages=[announced, signed])
        make_agreement(kind="treaty", parties=[{"country": congo}], stages=[announced])
        make_agreement(parties=[{"country": kenya}], stages=[signed], status=Status.DRAFT)

        found = uids_at(f"/agreements/agreements.{ending}?{query}")

        assert {uid.split(".")[0] for uid in found} == {
            f"agreement-{slug}" for slug in slugs_of(f"/agreements/?{query}")
        }

    @pytest.mark.parametrize("ending", ["ics", "atom"])
    @pytest.mark.parametrize(
        "query",
        ["", "country=KEN", "kind=opened", "year=2024", "sending=KAZ", "receiving=COD&kind=decree", "mission=in-kenya"],
    )
    def test_milestones(self, client, uids_at, ending, query):
        kazakhstan, kenya, congo = make_country("KAZ"), make_country("KEN"), make_country("COD")
        steps = [{"kind": "decree", "date": "2024"}, {"kind": "opened", "date": "2025"}]
        make_mission(slug="in-kenya", sending=kazakhstan, receiving=kenya, milestones=steps)
        make_mission(slug="in-congo", sending=kazakhstan, receiving=congo, milestones=steps)
        make_mission(slug="of-kenya", sending=kenya, receiving=kazakhstan, milestones=steps)

        found = uids_at(f"/missions/milestones.{ending}?{query}")

        rows = client.get(f"/api/v1/milestones/?{query}").json()["results"]
        said = {"decree": "decree.2024", "opened": "opened.2025"}
        assert found == {f"mission-{row['mission']['id']}.{said[row['kind']]}" for row in rows}

    @pytest.mark.parametrize("ending", ["ics", "atom"])
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("kind=credentials_presented", {"credentials_presented.ETH.head", "credentials_presented.KEN.head"}),
            ("kind=appointed", {"appointed.ETH.head"}),
            ("country=KEN", {"credentials_presented.KEN.head"}),
            (
                "country=ETH",
                {
                    "opened.2014-12-23",
                    "appointed.ETH.head",
                    "credentials_presented.ETH.head",
                    "credentials_presented.KEN.head",
                },
            ),
            ("year=2023", {"credentials_presented.KEN.head"}),
            ("date_from=2015-01-01&date_to=2015-12-31", {"credentials_presented.ETH.head"}),
            ("year=2023&date_to=2015-12-31", set()),
        ],
    )
    def test_what_was_done_for_a_head_is_a_milestone_of_the_mission(self, uids_at, ending, query, found):
        ethiopia, kenya = make_country("ETH"), make_country("KEN")
        resident = {
            "country": ethiopia,
            "is_resident": True,
            "appointed": "2014",
            "credentials_presented": "2015-03-02",
        }
        concurrent = {"country": kenya, "is_resident": False, "credentials_presented": "2023-12?"}
        make_mission(
            slug="embassy",
            receiving=ethiopia,
            milestones=[{"kind": "opened", "date": "2014-12-23"}],
            heads=[{"accreditations": [resident, concurrent]}],
        )

        assert uids_at(f"/missions/milestones.{ending}?{query}") == {f"mission-embassy.{name}" for name in found}


class TestOffers:
    @pytest.fixture
    def offers_of(self, client):
        """What a list offers to programs in its head and to readers above its rows, by media type."""

        def read(address: str) -> tuple[dict[str, str], dict[str, str]]:
            page = client.get(address).content.decode().replace("&amp;", "&")
            head = re.findall(
                r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="http://testserver([^"]+)">', page
            )
            body = re.findall(r'<a href="http://testserver([^"]+)" type="([^"]+)">', page)
            subscribed = ("text/calendar", "application/atom+xml")
            return dict(head), {kind: href for href, kind in body if kind in subscribed}

        return read

    @pytest.mark.parametrize("address", LISTS)
    def test_every_list_offers_both_in_its_head_and_above_its_rows(self, offers_of, address):
        make_country("KAZ")

        head, body = offers_of(address)

        assert head == body
        assert set(head) == {"text/calendar", "application/atom+xml"}
        assert all(href.startswith(address) for href in head.values())

    @pytest.mark.parametrize("address", LISTS)
    def test_what_is_offered_has_the_filters_of_the_page_and_not_its_page(self, offers_of, address):
        make_country("KAZ")
        make_country("KEN")

        head, _body = offers_of(f"{address}?country=KEN&year=2025&page=1&utm_source=mail")

        assert {href.partition("?")[2] for href in head.values()} == {"year=2025&country=KEN"}

    @pytest.mark.parametrize(("address", "filters"), LISTS.items(), ids=list(LISTS))
    def test_what_is_offered_answers_whatever_the_page_is_filtered_by(self, client, offers_of, address, filters):
        make_country("KAZ")
        source, person, theme = make_source(slug="herald"), make_person(slug="person"), make_theme("Mining")
        values = {
            "year": "2025",
            "has_conflict": "true",
            "unresolved": "true",
            "african_party": "true",
            "open": "true",
            "source": source.slug,
            "updated_since": "2025-01-01",
            "q": "x",
        }
        values |= {"country": "KAZ", "sending": "KAZ", "receiving": "KAZ", "on": "2025-01-01", "theme": theme.slug}
        values |= {"person": person.slug, "date_from": "2025-01-01", "date_to": "2025-02-01"}
        for name, known in filters.base_filters.items():
            if "choices" in known.extra:
                first, *_others = getattr(known.extra["choices"], "values", None) or dict(known.extra["choices"])
                values[name] = first

        for name in filters.base_filters:
            head, _body = offers_of(f"{address}?{name}={values[name]}")
            assert head, name
            assert [client.get(href).status_code for href in head.values()] == [200, 200], name

    def test_milestones_are_offered_with_what_missions_and_they_understand_alike(self):
        carried = MissionFilterSet.base_filters.keys() - {"ordering", *MissionList.feed_leaves_out}

        assert carried <= ActFilterSet.base_filters.keys()

    @pytest.mark.parametrize("address", ["/events/?contry=KEN", "/missions/?year=soon"])
    def test_a_page_that_was_refused_offers_nothing(self, offers_of, address):
        assert offers_of(address) == ({}, {})

    @pytest.mark.parametrize("address", ["/sources/", "/people/", "/trade/figures/", "/claims/"])
    def test_lists_of_what_is_no_occasion_offer_a_feed_alone(self, offers_of, address):
        head, body = offers_of(address)

        assert head == body
        assert set(head) == {"application/atom+xml"}

    def test_a_list_of_reference_data_offers_neither(self, offers_of):
        assert offers_of("/themes/") == ({}, {})


@pytest.mark.parametrize("address", ["/events/nothing.ics", "/missions/nothing.atom", "/nothing.ics"])
def test_a_calendar_that_is_not_there_is_said_to_be_missing_in_a_form_for_programs(client, address):
    answer = client.get(address)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
