"""Links filled up with the documents they lead to: what their own addresses give, one level deep, nothing hidden."""

import pytest

from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Redirect
from tests.api.resources import BY_NAME, RESOURCES
from tests.factories import make_award, make_event, make_person

pytestmark = pytest.mark.django_db

AWARDS = "/api/v1/awards/"
LINKING = [resource for resource in RESOURCES if resource.viewset.links]


def links_in(row: dict, name: str) -> list[dict]:
    return [link for link in (row[name] if isinstance(row[name], list) else [row[name]]) if link]


class TestEveryResourceWithLinks:
    """Over one world with full rows of every resource."""

    def test_a_link_is_filled_up_with_what_its_address_gives(self, rows, document_at):
        assert {resource.name for resource in LINKING} >= {"events", "agreements", "awards", "claims", "missions"}
        for resource in LINKING:
            address, asked = resource.address_of(rows[resource.name]), {"include": ",".join(resource.viewset.links)}

            plain, filled = document_at(address), document_at(address, asked)

            listed = document_at(resource.address, asked | {"limit": 500})["results"]
            assert [row for row in listed if row["id"] == filled["id"]] == [filled]
            assert plain.keys() == filled.keys()
            for name in plain:
                if name not in resource.viewset.links:
                    assert filled[name] == plain[name]
                    continue
                links = links_in(plain, name)
                assert links_in(filled, name) == [link | document_at(link["url"]) for link in links], name
            assert sum(len(links_in(plain, name)) for name in resource.viewset.links), resource

    def test_only_what_is_named_is_filled_up(self, rows, document_at):
        address = f"{AWARDS}{rows['awards'].slug}/"

        plain, filled = document_at(address), document_at(address, {"include": " event,,event ", "fields": "id,event"})

        assert filled.keys() == {"id", "event"}
        assert filled["event"]["title"] == "Ceremony"
        # One level: what is included has links, and is whole whatever fields are asked for.
        assert document_at(address, {"include": "event"})["recipient"] == plain["recipient"]
        assert filled["event"] == plain["event"] | document_at(plain["event"]["url"])
        assert document_at(address, {"include": ""}) == plain

    def test_what_cannot_be_included_is_named_with_what_can(self, rows, errors_at):
        for address in (AWARDS, f"{AWARDS}{rows['awards'].slug}/"):
            for asked, nearest, said in (
                ("recipiant", "recipient", "Did you mean “recipient”?"),
                ("xyzzy", None, "Known are: conferred_by, recipient, event, place."),
                ("title", "place", "“title” cannot be included"),
                ("recipient.offices_held", "recipient", "too deep"),
                ("event.place", "event", "too deep"),
                ("..", "conferred_by", "too deep"),
            ):
                error = errors_at(address, {"include": asked})["include"]

                assert error.get("nearest") == nearest, asked
                assert said in error["detail"], asked
            left_out = errors_at(address, {"include": "event", "fields": "id"})["include"]
            assert "not among the fields" in left_out["detail"]
        # Where nothing leads to a record, there is nothing to include.
        assert errors_at("/api/v1/themes/", {"include": "names"}).keys() == {"include"}
        assert errors_at("/api/v1/changes/", {"include": "record"}).keys() == {"include"}

    def test_the_openapi_document_names_what_can_be_included(self, client):
        paths = client.get("/api/schema/", {"format": "json"}).json()["paths"]

        for resource in RESOURCES:
            for address in (resource.address, f"{resource.address}{{key}}/"):
                parameters = {each["name"]: each for each in paths[address]["get"]["parameters"]}
                told = parameters.get("include", {}).get("schema", {}).get("items", {}).get("enum", [])
                assert told == list(resource.viewset.links), address
                assert "fields" in parameters, address


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_what_readers_may_not_see_is_never_included(status, client, document_at):
    hidden = make_person(name="Giver", summary="A secret of ours")
    award = make_award(conferred_by=hidden, recipient=make_person(name="Recipient", summary="Known to all"))
    # As the workflow would not: it refuses to hide what public records name. Answers are safe even then.
    type(hidden).objects.update_or_create(pk=hidden.pk, defaults={"status": status})

    for address in (AWARDS, f"{AWARDS}{award.slug}/"):
        answer = client.get(address, {"include": "conferred_by,recipient"})
        document = answer.json().get("results", [answer.json()])[0]

        assert b"secret of ours" not in answer.content
        assert document["conferred_by"] == {"id": hidden.slug, "name": "Giver", "url": None}
        assert document["recipient"]["summary"] == "Known to all"


def test_an_address_that_a_record_once_had_leads_on_with_what_was_asked(client):
    award = make_award(event=make_event(title="Ceremony"))
    Redirect.objects.create(record_type="diplomacy.award", old_key="former", target_key=award.slug)

    answer = client.get(f"{AWARDS}former/", {"include": "event"}, follow=True)

    assert answer.redirect_chain == [(f"{AWARDS}{award.slug}/?include=event", 301)]
    assert answer.json()["event"]["title"] == "Ceremony"


def test_each_row_of_each_page_has_the_whole_document(document_at):
    ceremony = make_event(title="Ceremony")
    for _award in range(3):
        make_award(event=ceremony)

    first = document_at(AWARDS, {"include": "event", "limit": 2})
    second = document_at(first["next"])

    assert [row["event"]["title"] for row in first["results"] + second["results"]] == ["Ceremony"] * 3


@pytest.mark.one_database
def test_to_include_costs_the_same_for_many_rows(queries_of):
    def costs(resource) -> int:
        return queries_of(f"{resource.address}?limit=500&include={','.join(resource.viewset.links)}")

    # Links to one, links to several, and documents that are computed.
    for resource in (BY_NAME["awards"], BY_NAME["initiatives"], BY_NAME["claims"]):
        for _row in range(2):
            resource.make(parts=2)
        few = costs(resource)
        for _row in range(3):
            resource.make(parts=3)

        assert costs(resource) == few, resource
