"""Every resource of the API: what its rows promise, and who may see them."""

import pytest
from django.utils.timezone import localdate

from kzafrica.api import router
from kzafrica.editorial import workflow
from kzafrica.editorial.models import Redirect
from tests.api.resources import BY_NAME, RESOURCES, UNDER_WORKFLOW, freeze_moments
from tests.factories import make_bloc, make_commodity, make_country, make_event, make_mission, make_source

pytestmark = pytest.mark.django_db
EVERY_RESOURCE = pytest.mark.parametrize("resource", RESOURCES, ids=str)

BASE = {"id", "url", "html_url", "updated_at"}
# The lines of the change log are no records: they tell of them, and are never changed themselves.
LINES = {"corrections", "changes"}
# What is no record: put together from other resources, or rows of a file, which have tests of their own.
COMPUTED = {"dossiers", "editions", "flows", "panel", "quality", "search", "trade/totals", "versions"}
CITING = {resource.name for resource in UNDER_WORKFLOW} - {"sources"}


def test_every_resource_of_the_router_is_tested_here():
    assert {prefix for prefix, _viewset, _basename in router.registry} == set(BY_NAME) | COMPUTED


class TestFullRows:
    """Tests that only read, over one world with two full rows of every resource."""

    @EVERY_RESOURCE
    def test_list_and_detail_say_the_same(self, resource, rows, document_at):
        address = resource.address_of(rows[resource.name])

        listed = document_at(resource.address, {"limit": 500})["results"]

        detail = document_at(address)
        assert [row for row in listed if row["id"] == detail["id"]] == [detail]

    @EVERY_RESOURCE
    def test_row_says_what_it_is_and_where(self, resource, rows, document_at):
        address = resource.address_of(rows[resource.name])

        document = document_at(address)

        assert ({"id", "url"} if resource.name in LINES else BASE) <= document.keys()
        assert document["url"] == f"http://testserver{address}"
        assert ("citations" in document) == (resource.name in CITING)

    @EVERY_RESOURCE
    def test_members_can_be_chosen(self, resource, rows, document_at, errors_at):
        for address in (resource.address, resource.address_of(rows[resource.name])):
            chosen = document_at(address, {"fields": "id, url"})

            assert chosen.get("results", [chosen])[0].keys() == {"id", "url"}
            assert errors_at(address, {"fields": "id,ulr"})["fields"]["nearest"] == "url"

    @EVERY_RESOURCE
    def test_detail_takes_no_filter(self, resource, rows, errors_at):
        for name in ("limit", "cursor", "q", "ordering"):
            assert errors_at(resource.address_of(rows[resource.name]), {name: "1"}).keys() == {name}

    @EVERY_RESOURCE
    def test_a_key_that_nothing_has_is_a_problem_document(self, resource, rows, client):
        answer = client.get(f"{resource.address}999999/")

        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json() == {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": "There is nothing at this address.",
            "instance": f"{resource.address}999999/",
        }

    @EVERY_RESOURCE
    def test_it_cannot_be_written(self, resource, rows, client):
        for address in (resource.address, resource.address_of(rows[resource.name])):
            for method in (client.post, client.put, client.patch, client.delete):
                answer = method(address)

                assert answer.status_code == answer.json()["status"] == 405
                assert answer["Content-Type"] == "application/problem+json"
                assert answer["Allow"] == "GET, HEAD, OPTIONS"

    @EVERY_RESOURCE
    def test_a_form_it_has_not_got_is_refused(self, resource, rows, client, errors_at):
        assert errors_at(resource.address, {"format": "jsn"})["format"]["nearest"] == "json"

        answer = client.get(resource.address, headers={"Accept": "text/html"})

        assert answer.status_code == answer.json()["status"] == 406
        assert answer["Content-Type"] == "application/problem+json"

    def test_every_address_in_an_answer_can_be_read(self, rows, client, document_at):
        documents = [document_at(resource.address_of(rows[resource.name])) for resource in RESOURCES]
        documents.append(document_at("/api/v1/dossiers/"))

        addresses = set(addresses_in(documents))

        assert len(addresses) > 2 * len(RESOURCES)
        assert {address for address in addresses if client.get(address, follow=True).status_code != 200} == set()

    @EVERY_RESOURCE
    def test_page_by_page_gives_every_row_once(self, resource, rows, document_at):
        everything = [row["id"] for row in document_at(resource.address, {"limit": 500})["results"]]

        page = document_at(resource.address, {"limit": max(1, len(everything) // 3)})
        visited = [row["id"] for row in page["results"]]
        while page["next"]:
            page = document_at(page["next"])
            visited += [row["id"] for row in page["results"]]

        assert len(everything) > 1
        assert visited == everything

    @EVERY_RESOURCE
    def test_a_filter_that_is_left_empty_filters_nothing(self, resource, rows, document_at):
        filterset = getattr(resource.viewset, "filterset_class", None)

        empty = dict.fromkeys(filterset.base_filters if filterset else (), "")

        assert document_at(resource.address, empty)["results"] == document_at(resource.address)["results"] != []

    @EVERY_RESOURCE
    def test_each_order_can_be_turned_round(self, resource, rows, document_at):
        filterset = getattr(resource.viewset, "filterset_class", None)
        orders = (
            filterset.base_filters["ordering"].columns if filterset and "ordering" in filterset.base_filters else ()
        )

        for order in orders:
            upward = document_at(resource.address, {"limit": 500, "ordering": order})["results"]
            downward = document_at(resource.address, {"limit": 500, "ordering": f"-{order}"})["results"]

            assert len(upward) > 1
            assert upward == downward[::-1]


def addresses_in(document) -> list[str]:
    """Every address in a document, at any depth."""
    if isinstance(document, list):
        return [address for inner in document for address in addresses_in(inner)]
    if isinstance(document, dict):
        own = [document[name] for name in ("url", "html_url") if document.get(name)]
        return own + [address for inner in document.values() for address in addresses_in(inner)]
    return []


@EVERY_RESOURCE
def test_row_is_as_it_was_promised(resource, document_at, assert_kept):
    row = resource.make()
    freeze_moments()

    document = document_at(resource.address_of(row))

    if resource.name in {"milestones", "heads-of-mission"}:
        # Their numbers come from sequences that tests share.
        document |= {"id": "1", "url": document["url"].replace(f"/{document['id']}/", "/1/")}
    if resource.name == "missions":
        # It stands as it does on the day of the test.
        assert document["standing"]["on"] == str(localdate())
        document["standing"]["on"] = "2025-10-01"
    assert_kept(resource.name, document)


@pytest.mark.parametrize("code", ["cod", "Cod", "COD"])
def test_codes_are_taken_in_any_case_and_given_in_upper(code, document_at, ids_at):
    make_country("KAZ")
    country = make_country("COD")
    make_bloc("SADC", members=[country])
    event = make_event(host=country)

    assert document_at(f"/api/v1/countries/{code}/")["id"] == "COD"
    assert document_at(f"/api/v1/dossiers/{code}/")["country"]["id"] == "COD"
    assert ids_at("/api/v1/events/", {"country": code}) == {event.slug}
    assert document_at("/api/v1/blocs/sadc/")["id"] == "SADC"
    assert ids_at("/api/v1/countries/", {"bloc": "sadc"}) == {"COD"}


def test_words_of_a_vocabulary_are_taken_in_any_case(ids_at):
    event = make_event(kind="state_visit")

    assert ids_at("/api/v1/events/", {"kind": "State_Visit", "has_conflict": "FALSE"}) == {event.slug}


def test_a_code_of_an_older_edition_is_found_only_when_asked_for(document_at, ids_at):
    make_commodity("2503")
    make_commodity("2503", edition="H5")
    make_commodity("2504", edition="H5")

    assert document_at("/api/v1/commodities/2503/")["edition"] == "H6"
    assert ids_at("/api/v1/commodities/") == {"2503"}
    assert ids_at("/api/v1/commodities/", {"edition": "h5"}) == {"2503", "2504"}


def test_a_state_outside_the_pairs_has_no_page_to_give(document_at):
    make_country("TUR")

    assert document_at("/api/v1/countries/TUR/")["html_url"] is None


def test_a_record_that_was_renamed_is_found_under_its_old_address(client):
    make_event(slug="state-visit-2025")
    Redirect.objects.create(record_type="events.event", old_key="visit-2025", target_key="state-visit-2025")

    answer = client.get("/api/v1/events/visit-2025/")

    assert answer.status_code == 301
    assert answer["Location"] == "/api/v1/events/state-visit-2025/"


def test_a_redirect_leads_only_within_its_kind_of_record(client):
    make_event(slug="state-visit-2025")
    Redirect.objects.create(record_type="events.event", old_key="visit-2025", target_key="state-visit-2025")

    assert client.get("/api/v1/missions/visit-2025/").status_code == 404


def test_a_redirect_to_what_was_withdrawn_ends_in_410(client):
    event = make_event(slug="state-visit-2025")
    Redirect.objects.create(record_type="events.event", old_key="visit-2025", target_key="state-visit-2025")
    workflow.withdraw(event, by=workflow.system_user(), note="Never took place")

    assert client.get("/api/v1/events/visit-2025/", follow=True).status_code == 410


def test_words_follow_the_language_that_is_asked_for(document_at):
    make_country("COD", name_fr="République démocratique du Congo")
    make_mission(receiving=make_country("COD"), slug="embassy", milestones=[{"kind": "opened", "date": "2025-09"}])

    mission = document_at("/api/v1/missions/embassy/", **{"Accept-Language": "fr"})

    assert mission["receiving"]["name"] == "République démocratique du Congo"
    assert mission["milestones"][0]["date"]["text"] == "septembre 2025"


def test_the_document_itself_has_its_own_member(document_at):
    source = make_source(url="https://example.org/story")

    document = document_at(f"/api/v1/sources/{source.slug}/")

    assert document["url"] == f"http://testserver/api/v1/sources/{source.slug}/"
    assert document["address"] == "https://example.org/story"


def test_the_root_lists_every_resource_and_takes_no_parameter(document_at, errors_at):
    assert document_at("/api/v1/").keys() == set(BY_NAME) | COMPUTED
    assert errors_at("/api/v1/", {"page": "2"}).keys() == {"page"}
