"""Keys raise the rate of whoever sends them, open nothing, and end at once when they are revoked."""

import re
import sqlite3
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kzafrica.delivery import keys
from kzafrica.delivery.models import ApiKey
from kzafrica.delivery.querysets import ApiKeyQuerySet
from tests.admin import address_of, browser_of
from tests.factories import make_event, make_user

pytestmark = pytest.mark.django_db

EVENTS = "/api/v1/events/"
UNKNOWN = "kza_" + "a" * 43


@pytest.fixture
def administering(db):
    """The browser of an administrator."""
    return browser_of(make_user("administrator", "dina"))


@pytest.fixture
def token():
    return keys.issue(ApiKey(owner="Data desk", email="desk@example.org"))


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def refusal_of(client, address=EVENTS, **headers) -> str:
    """The sentence of a 401."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == 401, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer ")
    assert not answer.has_header("ETag")
    problem = answer.json()
    assert (problem["status"], problem["title"], problem["instance"]) == (401, "Unauthorized", address)
    return problem["detail"]


def test_a_key_is_shown_whole_once_and_kept_as_a_hash(administering, client):
    added = administering.post(
        address_of("add", ApiKey), {"owner": "Data desk", "email": "d@example.org", "requests_per_minute": "600"}
    )
    (token,) = set(re.findall(r"kza_[\w-]+", added.content.decode())) - {"kza_"}
    key = ApiKey.objects.get()

    assert (added.status_code, "no-store" in added["Cache-Control"]) == (200, True)
    assert (key.prefix, key.digest) == (token[:12], keys.digest_of(token))
    assert token not in str(vars(key))
    pages = [address_of("changelist", ApiKey), address_of("change", key), address_of("history", key)]
    shown = [administering.get(page).content.decode() for page in pages]
    assert [(key.prefix in page, token in page, key.digest in page) for page in shown] == [(True, False, False)] * 3
    assert client.get(EVENTS, headers=bearer(token))["RateLimit-Limit"] == "600"


def test_keys_are_for_administrators(reviewing, writing):
    key = ApiKey(owner="Data desk", email="desk@example.org")
    keys.issue(key)

    for browser in (reviewing, writing):
        for page in (address_of("changelist", ApiKey), address_of("add", ApiKey), address_of("change", key)):
            assert browser.get(page).status_code == 403


def test_an_answer_is_the_same_with_a_key_and_without(client, token):
    make_event()

    without, with_key = client.get(EVENTS), client.get(EVENTS, headers=bearer(token))
    by_other_header = client.get(EVENTS, headers={"Api-Key": token, "Authorization": "Basic of-a-proxy"})
    for_a_proxy = client.get(EVENTS, headers={"Authorization": "Basic YTpi"})

    assert without.content == with_key.content == by_other_header.content == for_a_proxy.content
    for name in ("ETag", "Vary", "Cache-Control", "Content-Type"):
        assert without[name] == with_key[name] == by_other_header[name]
    assert without["RateLimit-Limit"] != with_key["RateLimit-Limit"] == by_other_header["RateLimit-Limit"]


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        (bearer(UNKNOWN), "There is no key kza_aaaaaaaa…"),
        ({"Api-Key": UNKNOWN}, "There is no key kza_aaaaaaaa…"),
        (bearer(UNKNOWN[:-1]), "send it whole"),
        (bearer(UNKNOWN + ", " + UNKNOWN), "send it whole"),
        (bearer("☃" * 47), "send it whole"),
        (bearer(""), "send it whole"),
        ({"Authorization": UNKNOWN}, "send it whole"),
        ({"Authorization": "Token " + UNKNOWN}, "send it whole"),
        ({"Api-Key": "x" * 9000}, "send it whole"),
    ],
)
@pytest.mark.one_database
def test_what_is_no_key_is_refused_with_what_would_be_right(headers, said, client):
    assert said in refusal_of(client, **headers)


def test_a_key_that_is_not_good_is_refused_whatever_is_asked(client, token):
    make_event()
    held = client.get(EVENTS)["ETag"]

    for address in (EVENTS, "/api/v1/nothing/", "/api/schema/", "/api/v1/events/?limit=0"):
        answer = client.get(address, headers={**bearer(UNKNOWN), "If-None-Match": held})
        assert answer.status_code == 401, address
    assert client.get("/events/", headers=bearer(UNKNOWN)).status_code == 200  # Pages know no keys.
    assert "kza_aaaaaaaa" in refusal_of(client, **{**bearer(UNKNOWN), "Accept-Language": "ru"})


def test_a_revoked_key_ends_with_its_next_request(administering, client, token):
    key = ApiKey.objects.get()
    etag = client.get(EVENTS, headers=bearer(token))["ETag"]
    action = {"action": "revoke", "_selected_action": [key.pk]}

    answer = administering.post(address_of("changelist", ApiKey), action, follow=True)
    revoked_at = ApiKey.objects.get().revoked_at
    administering.post(address_of("changelist", ApiKey), action)

    assert "1 key is revoked." in answer.content.decode()
    assert ApiKey.objects.get().revoked_at == revoked_at
    assert LogEntry.objects.get().object_id == str(key.pk)
    said = refusal_of(client, **bearer(token), **{"If-None-Match": etag})
    assert f"{key.prefix}… was revoked on {timezone.localdate()}" in said
    assert client.get(EVENTS).status_code == 200


def test_last_use_is_written_once_an_hour_and_costs_one_query_more(client, token):
    make_event()

    def costs(**headers) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(EVENTS, headers=headers).status_code == 200
        return len(queries)

    costs()
    first_time, later, without = costs(**bearer(token)), costs(**bearer(token)), costs()
    used_at = ApiKey.objects.get().last_used_at
    ApiKey.objects.update(last_used_at=used_at - timedelta(hours=1))

    assert (first_time - without, later - without) == (2, 1)
    assert costs(**bearer(token)) == first_time
    assert ApiKey.objects.get().last_used_at == used_at.replace(minute=0, second=0, microsecond=0)


def test_who_reads_does_not_wait_twice_for_a_database_that_others_hold(client, token, monkeypatch):
    tries = []

    def held(*_of):
        tries.append(1)
        cause = sqlite3.OperationalError("database is locked")
        cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise OperationalError("database is locked") from cause

    monkeypatch.setattr(ApiKeyQuerySet, "not_used_since", held)

    assert [client.get(EVENTS, headers=bearer(token)).status_code for _time in range(3)] == [200] * 3
    assert len(tries) == 1


def test_a_key_allows_at_least_one_request_a_minute():
    key = ApiKey(owner="Data desk", email="desk@example.org", requests_per_minute=0)

    with pytest.raises(ValidationError, match="at least one request"):
        key.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        keys.issue(key)
