"""What no resource may take for something else, asked of every address of the API: one error shape, never a 500."""

import pytest

from kzafrica.api import router
from tests.api.resources import RESOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADDRESSES = [
    "/api/schema/",
    "/api/v1/",
    "/api/v1/missions/network/",
    "/api/v1/dossiers/africa/",
    *(f"/api/v1/{prefix}/" for prefix, _viewset, _name in router.registry),
]
# What is asked, and the status it is answered with everywhere.
REFUSED = [
    ("q=" + "a" * 100_000, 414),
    ("a=1&" * 25_000, 414),
    ("fields=" + "a," * 50_000, 414),
    ("limit=1000000000", 400),
    ("cursor=abc", 400),
    ("format=xml", 400),
    ("fields=a.b", 400),
    ("include=a.b", 400),
    ("contry=COD", 400),
    ("%ff%00=%ed%a0%80", 400),
    ("&".join(f"{name}=1" for name in range(400)), 400),
]
UNACCEPTABLE = ["application/xml", "image/*", "garbage", "/;;q=,", "*/*;q=0"]
# What is not acceptable stays so, whatever wider range stands beside it; the schema has other forms than JSON.
UNACCEPTABLE_AS_JSON = ["application/json;q=0", "application/json; Q=0.000, */*", "*/*, APPLICATION/*;q=0, text/*;q=1"]
ACCEPTABLE = ["", "application/json;q=0.001", "*/*;q=0, application/json", "application/json;q=x", "text/*, */*;q=0.1"]
# HTTP has a server ignore what it cannot read of these.
IGNORED = {
    "If-None-Match": 'garbage, W/, "' + '"' * 3000,
    "If-Modified-Since": "Mon, 99 Foo 99999 99:99:99 GMT",
    "Range": "bytes=zz",
    "Accept-Language": "x" * 600 + ",,;q=z",
}


# Members of the head that tell what a body is like.
ALIKE = ("Content-Type", "ETag", "Vary", "Cache-Control", "Content-Language")


def status_of(address: str) -> int:
    """What it answers when asked for nothing in particular: of versions one asks for those of one record."""
    return 400 if address == "/api/v1/versions/" else 200


class TestEveryAddress:
    def problem_at(self, client, address: str, query: str = "", **headers) -> dict:
        answer = client.get(f"{address}?{query}" if query else address, headers=headers)
        asked = (address, query[:40], headers)
        assert answer["Content-Type"] == "application/problem+json", asked
        problem = answer.json()
        assert problem["status"] == answer.status_code, asked
        assert (problem["type"], problem["instance"]) == ("about:blank", address), asked
        assert problem["title"], asked
        assert problem["detail"], asked
        assert len(answer.content) < 20_000, asked
        return problem

    def test_refuses_what_it_cannot_take(self, client, rows):
        for address in ADDRESSES:
            for query, status in REFUSED:
                assert self.problem_at(client, address, query)["status"] == status, (address, query[:40])

    def test_gives_nothing_in_a_form_that_was_not_asked_for(self, client, rows):
        for address in ADDRESSES:
            for accepted in UNACCEPTABLE:
                assert self.problem_at(client, address, Accept=accepted)["status"] == 406, (address, accepted)
            for accepted in UNACCEPTABLE_AS_JSON if address != "/api/schema/" else ():
                answer = client.get(address, headers={"Accept": accepted})
                # Records have another form, which a wider range may mean.
                is_linked = answer["Content-Type"] == "application/ld+json" and "*/*" in accepted
                assert answer.status_code == (200 if is_linked else 406), (address, accepted)

    def test_gives_json_to_whoever_can_take_it(self, client, rows):
        for address in ADDRESSES:
            for accepted in ACCEPTABLE:
                headers = {"Accept": accepted} if accepted else {}
                assert client.get(address, headers=headers).status_code == status_of(address), (address, accepted)

    def test_answers_head_as_it_answers_get_and_with_no_body(self, client, rows):
        for address in [*ADDRESSES, *(resource.address_of(rows[resource.name]) for resource in RESOURCES)]:
            read, asked = client.get(address), client.head(address)

            assert asked.status_code == read.status_code == status_of(address), address
            assert asked.content == b"", address
            assert {name: asked.get(name) for name in ALIKE} == {name: read.get(name) for name in ALIKE}, address

    def test_ignores_conditions_that_nobody_can_read(self, client, rows):
        for address in ADDRESSES:
            assert client.get(address, headers=IGNORED).status_code == status_of(address), address


def test_the_address_of_a_page_has_the_same_limit(client):
    answer = client.get("/events/?q=" + "a" * 100_000)

    assert answer.status_code == 414
    assert "longer than 4000 letters" in answer.content.decode()
    assert len(answer.content) < 20_000
