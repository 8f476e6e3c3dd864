import json
import os
from pathlib import Path

import pytest
from django.db import transaction

from tests.api.resources import RESOURCES

SNAPSHOTS = Path(__file__).parent / "snapshots"
# Set to 1 it writes what the API answers now; the difference is then read before it is committed.
WRITE_SNAPSHOTS = os.environ.get("WRITE_SNAPSHOTS") == "1"


def refuse_float(digits: str):
    raise AssertionError(f"{digits} is a float: decimals are written as text")


@pytest.fixture
def document_at(client):
    """What an address of the API answers; fails on any answer but 200 and on any float in it."""

    def read(address: str, parameters: dict | None = None, **headers) -> dict:
        answer = client.get(address, parameters, headers=headers)
        assert answer.status_code == 200, answer.content.decode()
        assert answer["Content-Type"] == "application/json"
        return json.loads(answer.content, parse_float=refuse_float)

    return read


@pytest.fixture
def ids_at(document_at):
    """The ids of the rows a list answers."""

    def read(address: str, parameters: dict | None = None) -> set[str]:
        return {row["id"] for row in document_at(address, parameters)["results"]}

    return read


@pytest.fixture
def errors_at(client):
    """The errors of a problem document that refuses an address, by the parameter they are about."""

    def read(address: str, parameters: dict | str | None = None) -> dict[str, dict]:
        query = parameters if isinstance(parameters, str) else None
        answer = client.get(f"{address}?{query}" if query else address, None if query else parameters)
        assert answer.status_code == 400, answer.content.decode()
        assert answer["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert (problem["type"], problem["status"]) == ("about:blank", 400)
        assert (problem["title"], problem["instance"]) == ("Bad Request", address)
        assert problem["detail"]
        return {error["parameter"]: error for error in problem["errors"]}

    return read


@pytest.fixture
def assert_kept():
    """Compares a document with its file in snapshots/, which shows every change of the API in review."""

    def compare(name: str, document: dict) -> None:
        path = SNAPSHOTS / f"{name}.json"
        if WRITE_SNAPSHOTS:
            path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        assert document == json.loads(path.read_text(encoding="utf-8"))

    return compare


@pytest.fixture(scope="class")
def rows(django_db_setup, django_db_blocker):
    """A full row of every resource by its name, and one more of each: made once for a class of tests that only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {resource.name: [resource.make(), resource.make()][0] for resource in RESOURCES}
        transaction.set_rollback(True)
