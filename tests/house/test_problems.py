"""Answers that are not what was asked for; the pages' own look is tested with the templates."""

import pytest
from django.http import Http404, HttpResponse
from django.urls import path
from rest_framework import exceptions
from rest_framework.views import APIView

from kzafrica.problems import BadParameters

handler404 = "kzafrica.problems.page_not_found"
handler500 = "kzafrica.problems.server_error"

FAULTS = {
    "unknown": BadParameters([("countri", "There is no parameter “countri”.", "country")]),
    "several": BadParameters([("countri", "There is no such parameter.", "country"), ("year", "That is not a year.")]),
    "invalid": exceptions.ValidationError({"year": ["That is not a year."]}),
    "invalid-within": exceptions.ValidationError([{"parties": [{"country": ["No such country."]}]}]),
    "missing": Http404("No Event matches the given query."),
    "throttled": exceptions.Throttled(wait=3.2),
    "broken": RuntimeError("a secret of ours"),
}


class Faulty(APIView):
    def get(self, request, fault):
        raise FAULTS[fault]


def faulty_view(request):
    raise FAULTS["unknown"]


urlpatterns = [
    path("api/faulty/<slug:fault>", Faulty.as_view()),
    path("api/plain/", faulty_view),
    path("api/sound/", lambda request: HttpResponse("sound")),
]

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def client(client):
    client.raise_request_exception = False
    return client


def problem_at(client, address, **headers):
    answer = client.get(address, **headers)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    assert answer.json()["instance"] == address
    return answer


@pytest.mark.parametrize("address", ["/api/faulty/unknown", "/api/plain/"])
def test_unknown_parameter_is_named_with_the_nearest_valid_one(client, address):
    answer = problem_at(client, address)

    assert answer.status_code == 400
    assert answer.json()["detail"] == "There is no parameter “countri”."
    assert answer.json()["errors"] == [
        {"parameter": "countri", "detail": "There is no parameter “countri”.", "nearest": "country"}
    ]


def test_every_wrong_parameter_is_listed(client):
    answer = problem_at(client, "/api/faulty/several")

    assert [error["parameter"] for error in answer.json()["errors"]] == ["countri", "year"]


@pytest.mark.parametrize(("fault", "name"), [("invalid", "year"), ("invalid-within", "parties.country")])
def test_validation_error_names_its_parameter(client, fault, name):
    answer = problem_at(client, f"/api/faulty/{fault}")

    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == [name]


@pytest.mark.parametrize("address", ["/api/faulty/missing", "/api/nothing-here/"])
def test_missing_record_and_unknown_address_give_the_same_document(client, address):
    answer = problem_at(client, address)

    assert answer.status_code == 404
    assert answer.json()["title"] == "Not Found"
    assert answer.json()["detail"] == "There is nothing at this address."


def test_throttled_client_is_told_when_to_come_back(client):
    answer = problem_at(client, "/api/faulty/throttled")

    assert answer.status_code == 429
    assert answer["Retry-After"] == "4"


def test_wrong_method_says_which_are_allowed(client):
    answer = client.post("/api/faulty/unknown")

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert "GET" in answer["Allow"]


def test_our_own_failure_does_not_show_its_cause(client):
    answer = problem_at(client, "/api/faulty/broken")

    assert answer.status_code == 500
    assert b"secret" not in answer.content


def test_our_own_failure_can_be_told_without_a_database(client, settings, django_assert_num_queries):
    settings.CONTENT_REVISION = f"{__name__}.revision_out_of_reach"

    with django_assert_num_queries(0):
        answer = problem_at(client, "/api/sound/")

    assert answer.status_code == 500


def revision_out_of_reach() -> int:
    raise ConnectionError("The database does not answer.")
