"""Every refusal of the API is a problem document as RFC 9457 has it, whatever was wrong."""

import jsonschema
import pytest
from django.test import override_settings

from kzafrica.delivery import keys
from tests.contract import worlds
from tests.factories import make_country

pytestmark = pytest.mark.django_db

EVENTS = "/api/v1/events/"

# Written from the text of the standard, not from our own document: members and their types (3.1), a media type (3).
RFC_9457 = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "minLength": 1},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "minLength": 10},
        "instance": {"type": "string", "pattern": "^/api/[!-~]*$"},
        "errors": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {name: {"type": "string", "minLength": 1} for name in ("parameter", "detail", "nearest")},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}

BAD_QUESTIONS = {
    "an unknown parameter": ("contry=COD", "contry"),
    "an unknown value": ("kind=state_vist", "kind"),
    "a malformed day": ("date_from=2025-13-01", "date_from"),
    "a period that ends before it starts": ("date_from=2025-02-01&date_to=2025-01-01", "date_to"),
    "a parameter given twice": ("year=2024&year=2025", "year"),
    "a foreign cursor": ("cursor=bm90LW91cnM", "cursor"),
    "a cursor with signs of its own": ("cursor=!!!", "cursor"),
    "an empty cursor": ("cursor=", "cursor"),
    "a limit of a thousand million": ("limit=1000000000", "limit"),
    "a limit of nothing": ("limit=0", "limit"),
    "no limit": ("limit=", "limit"),
    "what lies too deep": ("include=parent.parent.parent.parent", "include"),
    "a member that is not there": ("fields=id,tilte", "fields"),
    "another format": ("format=xml", "format"),
    "a sign that no database holds": ("q=%00", "q"),
    "a year out of the calendar": ("year=99999", "year"),
    "many faults at once": ("&".join(f"wrong{number}=1" for number in range(50)), "wrong0"),
}


def problem_in(answer, status: int) -> dict:
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    assert int(answer["RateLimit-Limit"]) > 0
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.has_header("ETag")
    problem = answer.json()
    jsonschema.validate(problem, RFC_9457)
    assert problem["status"] == status
    return problem


@pytest.mark.parametrize(("query", "parameter"), BAD_QUESTIONS.values(), ids=BAD_QUESTIONS)
def test_a_bad_question_names_its_parameter(client, query, parameter):
    problem = problem_in(client.get(f"{EVENTS}?{query}"), 400)

    assert parameter in {error["parameter"] for error in problem["errors"]}


@pytest.mark.parametrize("path", ["nothing/", "events/nothing/", "events/%D1%82%D0%BE%D0%BA/", "events/a b/"])
def test_nothing_there(client, path):
    problem_in(client.get(f"/api/v1/{path}"), 404)


@pytest.mark.parametrize("token", ["kza_short", "kza_" + "a" * 43, ""])
def test_a_key_that_is_not_good(client, token):
    answer = client.get(EVENTS, headers={"Authorization": f"Bearer {token}"})

    problem_in(answer, 401)
    assert answer["WWW-Authenticate"].startswith("Bearer ")


def test_a_key_that_was_revoked(client):
    key = worlds.make_key()
    keys.revoke(key)

    problem_in(client.get(EVENTS, headers={"Api-Key": key.token}), 401)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_method_that_is_not_there(client, method):
    answer = getattr(client, method)(EVENTS)

    problem_in(answer, 405)
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize(
    "accept",
    ["text/html", "application/json;q=0", "application/json;q=0.000, */*", "*/*;q=0", "application/*;q=0, text/html"],
)
def test_a_form_that_is_refused(client, accept):
    problem_in(client.get("/api/v1/changes/", headers={"Accept": accept}), 406)


def test_of_two_forms_the_one_that_is_not_refused_is_given(client):
    answer = client.get(EVENTS, headers={"Accept": "application/json;q=0, */*"})

    assert answer["Content-Type"] == "application/ld+json"


@pytest.mark.parametrize(
    "accept", ["application/json, */*;q=0", "*/*", "text/html, */*;q=0.1", "application/json;q=0.5"]
)
def test_a_form_that_is_taken(client, accept):
    assert client.get(EVENTS, headers={"Accept": accept}).status_code == 200


def test_what_readers_knew_and_see_no_more(client):
    worlds.ends()

    withdrawn = problem_in(client.get(f"{EVENTS}{worlds.GONE}/"), 410)
    deleted = problem_in(client.get(f"/api/v1/themes/{worlds.DELETED}/"), 410)
    renamed = client.get(f"{EVENTS}{worlds.RENAMED}/?fields=id")

    assert withdrawn["detail"].startswith("This record was withdrawn on ")
    assert deleted["detail"].startswith("This record was deleted on ")
    assert (renamed.status_code, renamed["Location"]) == (301, f"{EVENTS}{worlds.PRESENT}/?fields=id")


def test_an_address_of_a_hundred_thousand_letters(client):
    problem_in(client.get(f"{EVENTS}?q={'a' * 100_000}"), 414)


@override_settings(API_RATE="1/min")
def test_one_question_too_many(client):
    assert client.get(EVENTS).status_code == 200

    answer = client.get(EVENTS)

    problem_in(answer, 429)
    assert 0 < int(answer["Retry-After"]) <= 60


def test_a_change_that_is_still_to_come(client):
    make_country("KAZ")

    (error,) = problem_in(client.get("/api/v1/changes/?after=1000000000"), 400)["errors"]

    assert error["parameter"] == "after"
    assert error["nearest"].isdigit()


@pytest.mark.parametrize("etag", ["not quoted", '"', "W/", '"a", ,,', "\x01", '"' + "a" * 5_000 + '"'])
def test_an_etag_that_is_none_of_ours_is_no_fault(client, etag):
    assert client.get(EVENTS, headers={"If-None-Match": etag}).status_code == 200
