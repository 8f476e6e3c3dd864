"""What each filter finds, and that a page and the API find the same by it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from events.models import Event
from kzafrica.editorial.choices import Status
from tests.factories import (
    make_agreement,
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
    make_route,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db

EVENTS = "/api/v1/events/"


@pytest.fixture
def found(ids_at):
    """The ids of a resource that filters find."""
    return lambda resource, **parameters: ids_at(f"/api/v1/{resource}/", parameters)


class TestDates:
    @pytest.fixture(autouse=True)
    def events(self):
        for date in ("2024", "2024-12/2025-01", "2025-09-10", "2023-10~/2023-12~", "2005/..", "../2020-12"):
            make_event(slug=f"on-{date}".replace("/", "-to-").replace("..", "open").replace("~", ""), date=date)
        make_event(slug="undated", date="")

    def test_year_finds_what_may_have_been_in_it(self, found):
        assert found("events", year="2024") == {"on-2024", "on-2024-12-to-2025-01", "on-2005-to-open"}
        assert found("events", year="2005") == {"on-2005-to-open", "on-open-to-2020-12"}
        assert found("events", year="9999") == {"on-2005-to-open"}

    def test_period_finds_what_may_have_been_in_it(self, found):
        assert found("events", date_from="2025-09-11") == {"on-2005-to-open"}
        assert found("events", date_from="2025-09-10") == {"on-2005-to-open", "on-2025-09-10"}
        assert found("events", date_to="2004-12-31") == {"on-open-to-2020-12"}
        assert found("events", date_from="2025-01-31", date_to="2025-01-31") == {
            "on-2024-12-to-2025-01",
            "on-2005-to-open",
        }

    def test_both_ends_are_about_the_same_stage(self, found):
        """A stage before the period and another after it do not make one in it."""
        make_agreement(slug="long", stages=[{"kind": "announced", "date": "2020"}, {"kind": "signed", "date": "2025"}])

        assert found("agreements", date_from="2022-01-01", date_to="2022-12-31") == set()
        assert found("agreements", year="2025") == {"long"}


class TestEvents:
    def test_country_finds_hosts_and_those_who_took_part(self, found):
        country = make_country("COD")
        hosted = make_event(host=country)
        attended = make_event(participations=[{"country": country}, {"country": country}])
        make_event(host=make_country("COG"))

        assert found("events", country="COD") == {hosted.slug, attended.slug}

    def test_person_and_theme(self, found):
        person, theme = make_person(name="Guest"), make_theme("Mining")
        visit = make_event(participations=[{"person": person}, {"person": person}], themes=[theme])
        make_event()

        assert found("events", person="guest") == {visit.slug}
        assert found("events", theme="mining") == {visit.slug}

    def test_vocabularies(self, found):
        visit = make_event(kind="state_visit", level="head_of_state", occurrence="announced")
        make_event()

        assert found("events", kind="state_visit") == {visit.slug}
        assert found("events", level="head_of_state") == {visit.slug}
        assert found("events", status="announced") == {visit.slug}

    def test_words_are_all_found_in_any_language(self, found):
        visit = make_event(title="State visit", title_ru="Государственный визит", summary="Copper and cobalt")
        make_event(title="State dinner")

        assert found("events", q="visit state") == {visit.slug}
        assert found("events", q="государственный") <= {visit.slug}
        assert found("events", q="Государственный COBALT") == {visit.slug}

    def test_filters_narrow_one_another(self, found):
        country = make_country("COD")
        visit = make_event(host=country, kind="state_visit")
        make_event(host=country)
        make_event(kind="state_visit")

        assert found("events", country="COD", kind="state_visit") == {visit.slug}


class TestEvidence:
    def test_source_is_found_on_the_record_and_on_its_parts(self, found):
        source = make_source(slug="communique")
        whole = make_event(citations=[source])
        part = make_event(participations=[{"country": make_country("COD"), "citations": [source]}])
        deep = make_mission(
            heads=[{"accreditations": [{"country": make_country("COD"), "citations": [source]}]}],
        )
        make_event()

        assert found("events", source="Communique") == {whole.slug, part.slug}
        assert found("missions", source="communique") == {deep.slug}

    def test_conflicts_are_found_on_the_record_and_on_its_parts(self, found):
        differs = {"field": "date", "stated": "2023"}
        whole = make_event(citations=[{}, differs])
        part = make_event(participations=[{"country": make_country("COD"), "citations": [{"stated": "Congo"}]}])
        agreed = make_event()

        assert found("events", has_conflict="true") == {whole.slug, part.slug}
        assert found("events", has_conflict="false") == {agreed.slug}

    def test_the_row_says_whether_it_is_in_conflict(self, document_at):
        make_event(slug="disputed", outcomes=[{"kind": "topic", "text": "x", "citations": [{"stated": "y"}]}])
        make_event(slug="agreed")

        assert {row["id"]: row["has_conflict"] for row in document_at(EVENTS)["results"]} == {
            "disputed": True,
            "agreed": False,
        }

    def test_updated_since_counts_from_the_moment_itself(self, found):
        event = make_event()
        Event.objects.filter(pk=event.pk).update(updated_at=datetime(2025, 10, 1, 7, 30, tzinfo=UTC))

        assert found("events", updated_since="2025-10-01T12:30:00+05:00") == {event.slug}
        assert found("events", updated_since="2025-10-01T07:30:00Z") == {event.slug}
        assert found("events", updated_since="2025-10-01T12:30:01+05:00") == set()
        # Without a zone it is the time in Almaty, and a day begins there.
        assert found("events", updated_since="2025-10-01T12:30:00") == {event.slug}
        assert found("events", updated_since="2025-10-01") == {event.slug}
        assert found("events", updated_since="2025-10-02") == set()


def test_diplomacy(found):
    kenya, egypt, home = make_country("KEN"), make_country("EGY"), make_country("KAZ")
    theme, person = make_theme("Mining"), make_person(name="Recipient")
    head = {"person": person, "rank": "consul", "accreditations": [{"country": kenya, "is_resident": True}]}
    mission = make_mission(receiving=kenya, milestones=[{"kind": "opened", "date": "2025-05"}], heads=[head])
    other = make_mission(sending=egypt, receiving=home, kind="consulate")
    relation = make_relation(second=kenya, established="1992")
    agreement = make_agreement(
        parties=[{"country": kenya}, {"country": home}], themes=[theme], stages=[{"kind": "signed", "date": "2025"}]
    )
    initiative = make_initiative(countries=[kenya], stages=[{"kind": "raised", "date": "2025"}], themes=[theme])
    programme = make_programme(country=home, kind="aid", stages=[{"kind": "adopted", "date": "2024"}])
    award = make_award(recipient=person, recipient_country=kenya, date="2025-09-10")

    assert found("missions", country="KEN") == found("missions", receiving="KEN") == {mission.slug}
    assert found("missions", sending="EGY") == found("missions", kind="consulate") == {other.slug}
    assert found("missions", year="2025") == {mission.slug}
    assert len(found("milestones", country="KEN", kind="opened", year="2025", mission=mission.slug)) == 1
    assert found("milestones", country="COD" if make_country("COD") else "") == set()
    assert len(found("milestones", sending="KAZ")) == len(found("milestones", receiving="KEN")) == 1
    assert found("milestones", sending="KEN") == found("milestones", receiving="KAZ") == set()
    assert len(found("heads-of-mission", country="KEN", rank="consul", resident="true", person=person.slug)) == 1
    assert found("heads-of-mission", resident="false") == set()
    assert found("relations", country="KEN", year="1992") == {relation.slug}
    assert found("agreements", country="KEN", theme="mining", status="signed", kind="memorandum") == {agreement.slug}
    assert found("agreements", country="EGY") == found("agreements", status="ended") == set()
    assert found("initiatives", country="KEN", status="raised") == {initiative.slug}
    assert found("programmes", country="KAZ", kind="aid", status="adopted", year="2024") == {programme.slug}
    assert found("awards", country="KEN", person=person.slug, year="2025") == {award.slug}
    assert found("awards", country="EGY") == set()


def test_statements_and_trade(found):
    country, bloc = make_country("COD"), make_bloc("EAC")
    share = make_figure(
        measure="share", base_measure="exports", unit="percent", value="15.1", counterpart=country, period="2023",
        commodity=make_commodity("2503"), direction="export", is_headline=True,
    )  # fmt: skip
    turnover = make_figure(counterpart=bloc, period="2024")
    claim = make_claim(subjects=[country], kind="first", result="in_part", date="2025")
    place = make_place(country=country)
    route = make_route(calls=[{"place": place}], stages=[{"kind": "proposed", "date": "2025"}])
    served = make_route(countries=[country])
    project = make_project(host_country=country, kind="supply", stages=[{"kind": "agreed", "date": "2025"}])

    assert found("figures", country="COD") == found("figures", measure="share") == {share.slug}
    assert found("figures", base_measure="exports", direction="export", unit="percent") == {share.slug}
    assert found("figures", hs="2503", headline="true", origin="stated") == {share.slug}
    assert found("figures", bloc="EAC", year="2024", headline="false", unit="usd") == {turnover.slug}
    assert found("figures", country="KAZ") == {share.slug, turnover.slug}
    assert found("claims", country="COD", kind="first", result="in_part", year="2025") == {claim.slug}
    assert found("routes", country="COD") == {route.slug, served.slug}
    assert found("routes", status="proposed", year="2025") == {route.slug}
    assert found("projects", country="COD", kind="supply", status="agreed") == {project.slug}


def test_people_and_reference_data(found):
    country = make_country("COD")
    bloc = make_bloc("SADC", members=[country])
    office = make_office("President", kind="head_of_state", country=country)
    person = make_person(
        name="Félix Tshisekedi",
        offices_held=[{"office": office}, {"office": office}],
        name_forms=[{"text": "Фатши", "kind": "style"}],
    )
    ministry = make_organization(kind="ministry", country=country, name_forms=[{"text": "MAE", "kind": "spelling"}])
    source = make_source(kind="statistics", language="fr", authors=[{"name": "A. Author"}])
    place = make_place(country=country, other_names="Léopoldville")
    make_commodity("25")
    make_commodity("2503")

    assert found("people", country="COD", office="head_of_state") == found("people", q="Фатши") == {person.slug}
    assert found("organizations", kind="ministry", country="COD", q="MAE") == {ministry.slug}
    assert found("sources", kind="statistics", language="FR", q="author") == {source.slug}
    assert found("places", country="COD", q="Léopoldville") == {place.slug}
    assert found("countries", bloc="SADC") == found("countries", q="cod", role="african_state") == {"COD"}
    assert found("blocs", country="COD", kind="economic_community") == {bloc.code}
    assert found("commodities", hs="25", level="4") == {"2503"}


def test_changes_after_a_number(document_at):
    make_event()

    numbers = [int(row["id"]) for row in document_at("/api/v1/changes/")["results"]]
    later = document_at("/api/v1/changes/", {"after": numbers[0], "action": "published"})["results"]

    assert numbers == sorted(numbers)
    assert [int(row["id"]) for row in later] == numbers[1:] != []


QUERIES = (
    {},
    {"country": "COD"},
    {"country": "cod", "year": "2025"},
    {"kind": "state_visit"},
    {"date_from": "2024-06-01", "date_to": "2025-12-31"},
    {"has_conflict": "true"},
    {"has_conflict": "false", "theme": "mining"},
    {"source": "communique"},
    {"q": "visit"},
    {"person": "guest"},
    {"updated_since": "2020-01-01"},
)


@pytest.mark.parametrize("parameters", QUERIES, ids=lambda parameters: "&".join(parameters) or "everything")
def test_page_and_api_find_the_same_events(parameters, client, found):
    make_bloc()
    make_country("KAZ")
    country, theme, guest = make_country("COD"), make_theme("Mining"), make_person(name="Guest")
    make_event(title="State visit", kind="state_visit", host=country, citations=[make_source(slug="communique")])
    make_event(title="Forum", date="2024", themes=[theme], participations=[{"person": guest, "country": country}])
    make_event(title="Call", citations=[{}, {"field": "date", "stated": "2023"}])
    make_event(title="Secret visit", status=Status.DRAFT, host=country, themes=[theme])

    page = client.get(reverse("events:event_list"), parameters)

    assert page.status_code == 200
    assert {event.slug for event in page.context["object_list"]} == found("events", **parameters)
