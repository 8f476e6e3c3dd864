"""Records as JSON-LD: read by pyld, which is given our own context and may fetch nothing else."""

from collections.abc import Iterator

import pytest
from pyld import jsonld

from kzafrica.editorial.linked_records import LinkedDataRenderer
from kzafrica.linked_context import EDTF, SCHEMA, XSD
from tests.api.resources import RESOURCES
from tests.factories import make_article, make_author, make_country, make_event, make_figure, make_mission, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CONTEXT = "http://testserver/api/v1/context.jsonld"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LINKED = [resource for resource in RESOURCES if getattr(resource.viewset, "describe", None)]
# Parts of missions and lines of the change log are told by what they belong to; areas are codes of statistics.
NOT_LINKED = {"areas", "milestones", "heads-of-mission", "corrections", "changes"}
EVERY_LINKED = pytest.mark.parametrize("resource", LINKED, ids=str)


@pytest.fixture
def linked(client):
    """The JSON-LD at an address, and the options with which pyld reads it."""
    vendored = client.get(CONTEXT)
    assert vendored["Content-Type"] == "application/ld+json"

    def load(address: str, _options) -> dict:
        assert address == CONTEXT, f"{address} would be fetched"
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": address,
            "document": vendored.json(),
        }

    def read(address: str, query: dict | None = None) -> tuple[dict, dict]:
        answer = client.get(address, query, headers={"Accept": "application/ld+json"})
        assert answer.status_code == 200, answer.content
        assert answer["Content-Type"] == "application/ld+json"
        return answer.json(), {"documentLoader": load, "base": "http://testserver/"}

    return read


@pytest.fixture
def triples(linked):
    """The triples of a document: (subject, predicate) leads to the values with their datatypes."""

    def read(address: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
        document, options = linked(address)
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for triple in jsonld.to_rdf(document, options)["@default"]:
            subject, predicate, value = (triple[name] for name in ("subject", "predicate", "object"))
            told = (value["value"], value.get("datatype", "").removeprefix(XSD))
            found.setdefault((subject["value"], predicate["value"].removeprefix(SCHEMA)), []).append(told)
        return found

    return read


def terms(value) -> Iterator[str]:
    """Every member name and type that a document uses."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name == "@type":
                yield from [member] if isinstance(member, str) else member
            elif not name.startswith("@"):
                yield name
            yield from terms(member)
    elif isinstance(value, list):
        for member in value:
            yield from terms(member)


def test_every_resource_of_records_comes_as_linked_data():
    assert {resource.name for resource in RESOURCES} - {resource.name for resource in LINKED} == NOT_LINKED


class TestEveryKind:
    @EVERY_LINKED
    def test_no_term_of_a_document_is_lost_when_it_is_expanded(self, resource, linked, client):
        known = client.get(CONTEXT).json()["@context"]
        address = resource.address_of(resource.make())
        for document, options in (linked(address), linked(resource.address)):
            used = {term for term in terms(document) if "/" not in term}

            expanded = set(terms(jsonld.expand(document, options)))

            assert used <= known.keys()
            meanings = {known[term] if isinstance(known[term], str) else known[term]["@id"] for term in used}
            assert meanings <= expanded

    @EVERY_LINKED
    def test_a_record_is_one_thing_with_a_name_and_its_page(self, resource, linked, triples):
        row = resource.make()
        address = resource.address_of(row)
        document, options = linked(address)
        page, item = document["@graph"]

        found = triples(address)

        assert found[page["@id"], "mainEntity"] == [(item["@id"], "")]
        assert found[item["@id"], "mainEntityOfPage"] == [(page["@id"], "")]
        assert found[item["@id"], "name"] == [(str(row), "string")]
        assert found[page["@id"], "license"] == [("https://creativecommons.org/licenses/by/4.0/", "")]
        assert found[page["@id"], "dateModified"][0][1] == "dateTime"
        assert all(name.startswith(("http://", "https://", "_:")) for name, _predicate in found)
        flat = jsonld.flatten(document, None, options)
        assert {page["@id"], item["@id"]} <= {node["@id"] for node in flat}

    @EVERY_LINKED
    def test_a_list_holds_the_things_of_its_records(self, resource, linked):
        rows = [resource.make() for _row in range(2)]
        things = {linked(resource.address_of(row))[0]["@graph"][1]["@id"] for row in rows}

        document, _options = linked(resource.address, {"limit": 500})

        assert document["@type"] == "Collection"
        assert things <= {item["@id"] for item in document["hasPart"]}

    @EVERY_LINKED
    def test_a_list_costs_no_more_queries_with_more_rows(self, resource, queries_of):
        for _row in range(2):
            resource.make()
        few = queries_of(f"{resource.address}?format=jsonld")
        for _row in range(4):
            resource.make()

        assert queries_of(f"{resource.address}?format=jsonld") <= few


class TestLiterals:
    def test_dates_are_as_precise_as_they_are_known(self, triples):
        for edtf, start, datatype in (
            ("2025-09-09/2025-09-10", "2025-09-09", "date"),
            ("2025-05", "2025-05", "gYearMonth"),
            ("2015", "2015", "gYear"),
        ):
            event = make_event(date=edtf)

            found = triples(f"/api/v1/events/{event.slug}/")

            it = f"http://testserver/events/{event.slug}/#it"
            assert found[it, "startDate"] == [(start, datatype)]
            assert found[it, "http://purl.org/dc/terms/date"] == [(edtf, EDTF)]
            assert found[it, "identifier"] == [(f"event/{event.slug}", "string")]
            assert found[it, TYPE] == [(f"{SCHEMA}Event", "")]

    def test_a_date_that_iso_8601_cannot_say_is_kept_as_edtf_alone(self, triples):
        event = make_event(date="2023-09-20~")

        found = triples(f"/api/v1/events/{event.slug}/")

        it = f"http://testserver/events/{event.slug}/#it"
        assert (it, "startDate") not in found
        assert found[it, "http://purl.org/dc/terms/date"] == [("2023-09-20~", EDTF)]

    def test_amounts_are_decimals(self, triples):
        figure = make_figure(printed="$783 million", subject=make_country("KAZ"))

        found = triples(f"/api/v1/figures/{figure.slug}/")

        values = {tuple(told) for (_subject, name), told in found.items() if name == "value"}
        assert values == {(("783000000", "decimal"),)}
        assert {told for (_s, name), many in found.items() if name == "unitText" for told, _type in many} == {"USD"}

    def test_records_name_each_other_by_what_they_are_called_everywhere(self, triples):
        country = make_country("COD")
        guest = make_person(name="Guest")
        event = make_event(participations=[{"person": guest, "country": country, "role": "guest"}])

        found = triples(f"/api/v1/events/{event.slug}/")

        it = f"http://testserver/events/{event.slug}/#it"
        assert (f"http://testserver/people/{guest.slug}/#it", "") in found[it, "attendee"]
        assert ("http://testserver/countries/cod/#country", "") in found[it, "about"]
        assert ("http://testserver/people/guest/#it", TYPE) in found

    def test_a_body_that_signs_an_article_is_no_person(self, linked):
        authors = [make_author("KZ-Africa editors", is_organization=True), make_author("A. Author")]
        article = make_article(authors=authors)

        _page, item = linked(f"/api/v1/articles/{article.slug}/")[0]["@graph"]

        kinds = {author["name"]: author["@type"] for author in item["author"]}
        assert kinds == {"KZ-Africa editors": "Organization", "A. Author": "Person"}


class TestAsking:
    def test_by_accept_and_by_format_comes_the_same(self, client):
        address = f"/api/v1/missions/{make_mission().slug}/"

        by_accept = client.get(address, headers={"Accept": LinkedDataRenderer.media_type})

        assert by_accept["Content-Type"] == "application/ld+json"
        assert by_accept.json() == client.get(address, {"format": "jsonld"}).json()
        assert client.get(address)["Content-Type"] == "application/json"

    def test_a_thing_is_called_the_same_in_every_language(self, client):
        address = f"/api/v1/events/{make_event().slug}/?format=jsonld"
        documents = [client.get(address, headers={"Accept-Language": code}).json() for code in ("en", "kk", "ru", "fr")]

        assert len({document["@graph"][1]["@id"] for document in documents}) == 1
        assert len({document["@graph"][0]["@id"] for document in documents}) == 4

    def test_members_of_the_json_document_are_not_chosen_here(self, client):
        event = make_event()
        for address in ("/api/v1/events/", f"/api/v1/events/{event.slug}/"):
            answer = client.get(address, {"format": "jsonld", "fields": "id"})

            assert answer.status_code == 400
            assert [error["parameter"] for error in answer.json()["errors"]] == ["fields"]

    def test_filters_and_pages_are_those_of_the_list(self, linked):
        events = [make_event(date=f"2025-0{month}") for month in range(1, 5)]

        document, _options = linked("/api/v1/events/", {"limit": 3, "date_from": "2025-02-01", "ordering": "date"})

        assert [item["identifier"] for item in document["hasPart"]] == [f"event/{event.slug}" for event in events[1:]]
        first, _options = linked("/api/v1/events/", {"limit": 3})
        assert len(linked(first["next"])[0]["hasPart"]) == 1

    def test_what_is_not_public_is_not_there(self, client):
        draft = make_event(status="draft", title="Secret visit")

        assert client.get(f"/api/v1/events/{draft.slug}/?format=jsonld").status_code == 404
        assert b"Secret" not in client.get("/api/v1/events/?format=jsonld").content

    def test_resources_without_linked_data_refuse_it(self, client):
        assert client.get("/api/v1/changes/", headers={"Accept": "application/ld+json"}).status_code == 406
        assert client.get("/api/v1/changes/?format=jsonld").status_code == 400

    def test_the_context_takes_no_parameter_and_any_script_may_read_it(self, client):
        assert client.get(CONTEXT)["Access-Control-Allow-Origin"] == "*"
        assert client.get(f"{CONTEXT}?version=2").status_code == 400

    def test_openapi_tells_of_it(self, client):
        schema = client.get("/api/schema/?format=json").json()

        content = schema["paths"]["/api/v1/events/{key}/"]["get"]["responses"]["200"]["content"]
        assert content["application/ld+json"]["schema"]["required"] == ["@context"]
        assert content["application/json"]["schema"] == {"$ref": "#/components/schemas/Event"}
        assert "application/ld+json" not in str(schema["paths"]["/api/v1/changes/"])
