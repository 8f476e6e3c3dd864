"""What is on its way out says so: in the headers of each answer it touches, and in the OpenAPI document."""

from datetime import date

import pytest
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.validation import validate_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from kzafrica.deprecation import Deprecation
from kzafrica.problems import BadParameters

handler404 = "kzafrica.problems.page_not_found"

NEXT = Deprecation(since=date(2027, 1, 1), sunset=date(2028, 1, 1), instead="Ask /api/v1/new/.")
SOONER = Deprecation(since=date(2026, 12, 1), instead="Use country.", about="/api/docs/#nation")


class Old(APIView):
    """Something old."""

    deprecation = NEXT

    @extend_schema(responses={200: {"type": "object"}})
    def get(self, request):
        return Response({})


class WithOldParameter(APIView):
    """Something with an old parameter."""

    deprecated_parameters = {"nation": SOONER}

    @extend_schema(
        responses={200: {"type": "object"}},
        parameters=[OpenApiParameter("nation", str, description="A state."), OpenApiParameter("country", str)],
    )
    def get(self, request):
        if request.query_params.get("nation") == "XXX":
            raise BadParameters([("nation", "There is no such state.")])
        return Response({}, headers={"Link": '</licence>; rel="license"'})


class OldInBothWays(WithOldParameter):
    deprecation = NEXT


class Lasting(APIView):
    @extend_schema(responses={200: {"type": "object"}})
    def get(self, request):
        return Response({})


urlpatterns = [
    path("api/v1/old/", Old.as_view()),
    path("api/v1/parameter/", WithOldParameter.as_view()),
    path("api/v1/both/", OldInBothWays.as_view()),
    path("api/v1/lasting/", Lasting.as_view()),
]

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def told(answer) -> tuple:
    return tuple(answer.get(name) for name in ("Deprecation", "Sunset", "Link"))


LINK = '</api/docs/>; rel="deprecation"; type="text/html"'
LINK_OF_PARAMETER = '</api/docs/#nation>; rel="deprecation"; type="text/html"'


def test_every_answer_of_an_old_resource_tells_of_it(client):
    first = client.get("/api/v1/old/")
    unchanged = client.get("/api/v1/old/", headers={"If-None-Match": first["ETag"]})
    refused = client.post("/api/v1/old/")

    assert [answer.status_code for answer in (first, unchanged, refused)] == [200, 304, 405]
    for answer in (first, unchanged, refused):
        # 1 January 2027 in seconds since 1970 (RFC 9745, 2.1); a date of HTTP (RFC 8594, 3).
        assert told(answer) == ("@1798761600", "Sat, 01 Jan 2028 00:00:00 GMT", LINK)
        assert "Deprecation" in answer["Access-Control-Expose-Headers"]


def test_an_old_parameter_tells_of_it_where_it_is_used(client):
    used, refused = client.get("/api/v1/parameter/?nation=KEN"), client.get("/api/v1/parameter/?nation=XXX")
    unused = client.get("/api/v1/parameter/?country=KEN")

    assert told(used) == ("@1796083200", None, f'</licence>; rel="license", {LINK_OF_PARAMETER}')
    assert (refused.status_code, refused["Deprecation"]) == (400, "@1796083200")
    assert told(unused) == (None, None, '</licence>; rel="license"')


def test_of_two_notices_the_earlier_days_are_told_and_both_reasons(client):
    answer = client.get("/api/v1/both/?nation=KEN")

    assert told(answer)[:2] == ("@1796083200", "Sat, 01 Jan 2028 00:00:00 GMT")
    assert answer["Link"].endswith(f"{LINK}, {LINK_OF_PARAMETER}")


@pytest.mark.parametrize("address", ["/api/v1/lasting/", "/api/v1/nothing/"])
def test_what_lasts_says_nothing(client, address):
    assert told(client.get(address)) == (None, None, None)


def test_the_document_marks_what_is_old():
    document = SchemaGenerator(patterns=urlpatterns).get_schema(request=None, public=True)
    validate_schema(document)
    old, with_parameter, lasting = (
        document["paths"][f"/api/v1/{name}/"]["get"] for name in ("old", "parameter", "lasting")
    )
    parameters = {parameter["name"]: parameter for parameter in with_parameter["parameters"]}

    assert old["deprecated"] is True
    assert old["description"].startswith("Deprecated since 2027-01-01, and gone after 2028-01-01. Ask /api/v1/new/.")
    assert {"Deprecation", "Sunset", "Link"} <= old["responses"]["200"]["headers"].keys()
    assert parameters["nation"]["deprecated"] is True
    assert parameters["nation"]["description"] == "Deprecated since 2026-12-01. Use country. A state."
    assert "deprecated" not in parameters["country"]
    assert "deprecated" not in with_parameter
    assert "deprecated" not in lasting
    assert "Deprecation" not in lasting["responses"]["200"]["headers"]


def test_nothing_ends_before_it_is_old():
    with pytest.raises(ValueError, match="sunset"):
        Deprecation(since=date(2027, 1, 1), sunset=date(2026, 1, 1), instead="Use another.")
