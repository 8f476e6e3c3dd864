"""Every answer of the API says how much more may be asked; what is counted, of whom, and what costs nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kzafrica.delivery import keys
from kzafrica.delivery.models import ApiKey
from tests.factories import make_event

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EVENTS = "/api/v1/events/"
# 20 seconds into a minute.
NOON = datetime(2026, 11, 23, 12, 0, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def rate(settings):
    settings.API_RATE = "3/min"


@pytest.fixture
def clock(monkeypatch):
    """The time, which stands still until it is moved: ``clock.now += timedelta(…)``."""

    class Clock:
        now = NOON

    monkeypatch.setattr(timezone, "now", lambda: Clock.now)
    return Clock


def told(answer) -> tuple[int, ...]:
    """The status with limit, remaining and reset."""
    return (answer.status_code, *(int(answer[f"RateLimit-{name}"]) for name in ("Limit", "Remaining", "Reset")))


def test_what_remains_is_told_until_nothing_does_and_again_in_the_next_window(client, clock):
    assert [told(client.get(EVENTS)) for _time in range(3)] == [(200, 3, 2, 40), (200, 3, 1, 40), (200, 3, 0, 40)]

    clock.now += timedelta(seconds=30)
    refused = client.get(EVENTS)

    assert told(refused) == (429, 3, 0, 10)
    assert refused["Retry-After"] == "10"
    assert refused["Content-Type"] == "application/problem+json"
    assert (refused.json()["status"], refused.json()["instance"]) == (429, EVENTS)
    clock.now += timedelta(seconds=10)
    assert told(client.get(EVENTS)) == (200, 3, 2, 60)


def test_an_unchanged_answer_costs_nothing_and_is_given_when_nothing_remains(client, clock):
    make_event()
    etag = client.get(EVENTS)["ETag"]

    held = [told(client.get(EVENTS, headers={"If-None-Match": etag})) for _time in range(4)]
    client.get(EVENTS), client.get(EVENTS)

    assert held == [(304, 3, 2, 40)] * 4
    assert told(client.get(EVENTS, headers={"If-None-Match": etag})) == (304, 3, 0, 40)
    assert told(client.get(EVENTS, headers={"If-None-Match": '"other"'})) == (429, 3, 0, 40)


def test_refusals_tell_it_too(client, clock):
    assert told(client.get(EVENTS, {"contry": "COD"})) == (400, 3, 2, 40)
    assert told(client.get("/api/v1/events/none/")) == (404, 3, 1, 40)
    assert told(client.post(EVENTS)) == (405, 3, 0, 40)
    assert told(client.get("/api/v1/nothing/")) == (404, 3, 0, 40)  # No view was asked.


def test_a_page_neither_counts_nor_tells(client, clock):
    page = client.get("/events/")

    assert not page.has_header("RateLimit-Limit")
    assert told(client.get(EVENTS)) == (200, 3, 2, 40)


@pytest.mark.parametrize(
    ("first", "second", "remaining"),
    [
        ("192.0.2.1", "192.0.2.2", 2),
        ("192.0.2.1", "192.0.2.1", 1),
        ("2001:db8:1:1::1", "2001:db8:1:1::2", 1),
        ("2001:db8:1:1::1", "2001:db8:1:2::1", 2),
    ],
)
def test_callers_are_counted_apart_and_a_network_of_ipv6_as_one(client, clock, first, second, remaining):
    client.get(EVENTS, REMOTE_ADDR=first)

    assert told(client.get(EVENTS, REMOTE_ADDR=second))[2] == remaining


def test_a_key_is_counted_for_itself_wherever_it_is_sent_from(client, clock):
    tokens = [keys.issue(ApiKey(owner=name, email="a@example.org", requests_per_minute=5)) for name in ("A", "B")]
    first, second = ({"Authorization": f"Bearer {token}"} for token in tokens)

    client.get(EVENTS, headers=first, REMOTE_ADDR="192.0.2.1")

    assert told(client.get(EVENTS, headers=first, REMOTE_ADDR="192.0.2.2")) == (200, 5, 3, 40)
    assert told(client.get(EVENTS, headers=second)) == (200, 5, 4, 40)
    assert told(client.get(EVENTS)) == (200, 3, 2, 40)


def test_trying_keys_is_counted_by_connection(client, clock):
    wrong = {"Authorization": "Bearer kza_" + "a" * 43}

    answers = [client.get(EVENTS, headers=wrong) for _time in range(4)]

    assert [told(answer)[:3] for answer in answers] == [(401, 3, 2), (401, 3, 1), (401, 3, 0), (429, 3, 0)]
    assert answers[-1]["Retry-After"] == "40"


def test_scripts_of_other_sites_may_send_a_key_and_read_the_limit(client):
    preflight = client.options(EVENTS, headers={"Access-Control-Request-Method": "GET", "Origin": "https://a.example"})
    answer = client.get(EVENTS)

    assert {"Authorization", "Api-Key"} <= set(preflight["Access-Control-Allow-Headers"].split(", "))
    exposed = set(answer["Access-Control-Expose-Headers"].split(", "))
    assert {"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "ETag"} <= exposed
    assert client.get(EVENTS, headers={"Api-Key": "x"})["Access-Control-Allow-Origin"] == "*"
