"""The law of staying in step: who follows the changes has what readers see, whatever editors do."""

import json

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.api.sync_client import Copy
from tests.api.worlds_in_step import DEEDS, Editors
from tests.undoing import undone

pytestmark = pytest.mark.django_db

RESOURCES = ["events", "agreements", "sources", "themes"]
API = "http://testserver/api/v1/"
deeds = st.tuples(st.sampled_from(DEEDS), st.sampled_from(["event", "agreement"]), st.integers(0, 3), st.integers(0, 3))
LOOK = ("look",)
# Each run begins with something public, so that few steps are refused.
BEGINNING = [
    (deed, kind, number, 0) for kind in ("event", "agreement") for number in (0, 1) for deed in ("write", "publish")
]


@pytest.fixture
def get(client):
    def ask(address: str) -> tuple[int, dict | None]:
        answer = client.get(address)
        assert answer.status_code in {200, 301, 404, 410}, answer.content
        return answer.status_code, json.loads(answer.content) if answer.status_code == 200 else None

    return ask


def public_state(get) -> dict[str, dict]:
    """Every document that the lists give."""
    found = {}
    for name in RESOURCES:
        _status, page = get(f"{API}{name}/?limit=500")
        assert page["next"] is None
        found |= {row["url"]: row for row in page["results"]}
    return found


def live_through(get, contributor, editor, done) -> Editors:
    """Let it be done; at each look, and at the end, the copy is what readers see. So is one that begins only then."""
    editors, copy = Editors(contributor, editor), Copy(get, API, RESOURCES)
    for deed in [*done, LOOK]:
        if deed == LOOK:
            copy.catch_up()
            assert copy.documents == public_state(get)
        else:
            editors.do(*deed)
    late = Copy(get, API, RESOURCES)
    late.catch_up()
    assert late.documents == copy.documents
    return editors


@pytest.mark.one_database
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(done=st.lists(st.one_of(deeds, deeds, deeds, st.just(LOOK)), min_size=6, max_size=14))
def test_who_follows_the_changes_has_what_readers_see(get, contributor, editor, done):
    with undone():
        for deed in live_through(get, contributor, editor, [*BEGINNING, *done]).done:
            event(deed)


def test_every_deed_once_leaves_the_copy_in_step(get, contributor, editor):
    done = [
        ("sign", "agreement", 0, 0),
        ("retitle", "event", 0, 1),
        ("rename", "event", 0, 2),
        ("rename_source", "event", 0, 3),
        ("merge", "agreement", 0, 1),
        ("merge", "event", 1, 0),
        ("withdraw", "agreement", 0, 0),
        ("write", "event", 0, 0),
        ("delete", "event", 1, 0),
        ("theme", "event", 0, 0),
        ("theme", "event", 2, 1),
        ("theme", "event", 1, 0),
    ]

    editors = live_through(get, contributor, editor, [*BEGINNING, *(step for deed in done for step in (LOOK, deed))])

    assert set(editors.done) == set(DEEDS)
    assert sum(editors.done.values()) == len(BEGINNING) + len(done)
