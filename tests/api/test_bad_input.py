"""What no resource may take for something else, asked of every address of the API: one error shape, never a 500."""

import pytest

from kzafrica.api import router

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
UNACCEPTABLE = ["application/xml", "image/*", "garbage", "/;;q=,"]
# HTTP has a server ignore what it cannot read of these.
IGNORED = {
    "If-None-Match": 'garbage, W/, "' + '"' * 3000,
    "If-Modified-Since": "Mon, 99 Foo 99999 99:99:99 GMT",
    "Range": "bytes=zz",
    "Accept-Language": "x" * 600 + ",,;q=z",
}


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

    def test_ignores_conditions_that_nobody_can_read(self, client, rows):
        for address in ADDRESSES:
            # Of versions one asks for those of one record.
            status = 400 if address == "/api/v1/versions/" else 200
            assert client.get(address, headers=IGNORED).status_code == status, address


def test_the_address_of_a_page_has_the_same_limit(client):
    answer = client.get("/events/?q=" + "a" * 100_000)

    assert answer.status_code == 414
    assert "longer than 4000 letters" in answer.content.decode()
    assert len(answer.content) < 20_000
