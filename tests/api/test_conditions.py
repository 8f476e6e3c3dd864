"""Conditions of a request: an ETag that is not the present one never spares an answer, whatever is written there."""

import re
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kzafrica.api import router
from tests.api.resources import RESOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADDRESSES = [f"/api/v1/{prefix}/" for prefix, _viewset, _name in router.registry if prefix != "versions"]
HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40)
WITH_MOMENT = [
    resource.name for resource in RESOURCES if "updated_since" in resource.viewset.filterset_class.base_filters
]
NOT_MOMENTS = [
    "yesterday",
    "2025",
    "2025-13-01",
    "2025-02-30",
    "2025-09-10T25:00:00",
    "2025-09-10T12:00:00+99:00",
    "10.09.2025",
    "1757462400",
    "-1",
    "٢٠٢٥-٠٩-١٠",
    "2025-09-10\x00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2025-09-10/2025-09-11",
    "null",
]


class TestIfNoneMatch:
    def test_what_was_given_spares_the_answer_and_what_it_was_made_into_does_not(self, client, rows):
        for address in ADDRESSES:
            etag = client.get(address)["ETag"]
            plain = etag.strip('"')
            for known in (etag, f"W/{etag}", f'"other", {etag}', f"  {etag} "):
                assert client.get(address, headers={"If-None-Match": known}).status_code == 304, (address, known)
            for other in (plain, f'"{plain[:-1]}"', f"w/{etag}"):
                assert client.get(address, headers={"If-None-Match": other}).status_code == 200, (address, other)

    def test_that_of_one_address_language_or_form_is_none_of_another(self, client, rows):
        etag = client.get("/api/v1/events/")["ETag"]

        for address, headers in (
            ("/api/v1/missions/", {}),
            ("/api/v1/events/?limit=1", {}),
            ("/api/v1/events/", {"Accept-Language": "ru"}),
            ("/api/v1/events/", {"Accept": "application/json"}),
        ):
            assert client.get(address, headers={"If-None-Match": etag, **headers}).status_code == 200, address

    def test_what_is_refused_or_not_there_is_never_spared(self, client, rows):
        held = ", ".join(client.get(address)["ETag"] for address in ADDRESSES)

        for address, status in (("/api/v1/events/?contry=COD", 400), ("/api/v1/events/nothing/", 404)):
            for known in (held, "*"):
                answer = client.get(address, headers={"If-None-Match": known})
                assert (answer.status_code, answer.has_header("ETag")) == (status, False)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @example('"')
    @example("W/")
    @example('"a""b"')
    @example("*, *")
    @example(",,,")
    @given(HEADER)
    def test_no_words_whatever_break_or_spare_an_answer(self, client, rows, words):
        for address in ("/api/v1/themes/?limit=1", "/api/v1/editions/"):
            answer = client.get(address, headers={"If-None-Match": words})

            # A star stands for whatever there is (RFC 9110, 13.1.2).
            assert answer.status_code == 200 or (answer.status_code == 304 and words.strip() == "*")


class TestUpdatedSince:
    @pytest.mark.parametrize("resource", WITH_MOMENT)
    def test_refuses_what_is_no_moment(self, client, rows, resource):
        for words in NOT_MOMENTS:
            answer = client.get(f"/api/v1/{resource}/?{urlencode({'updated_since': words})}")

            assert answer.status_code == 400, words
            [error] = answer.json()["errors"]
            assert error["parameter"] == "updated_since"
            assert re.search(r"write 2025-09-10 or|Null characters", error["detail"]), words
