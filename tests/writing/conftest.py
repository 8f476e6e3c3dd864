import json
from uuid import uuid4

import pytest

from kzafrica.delivery import keys
from kzafrica.delivery.models import ApiKey
from tests.factories import make_source, make_user


@pytest.fixture
def key_of():
    """The token of a new key that writes as an account; None: one that reads alone."""

    def issue(user, **fields) -> str:
        return keys.issue(ApiKey(owner="Data desk", email="desk@example.org", writes_as=user, **fields))

    return issue


@pytest.fixture
def token(contributor, key_of):
    """The key of the contributor."""
    return key_of(contributor)


@pytest.fixture
def send(client, token):
    """Sends a document with a key, that of the contributor unless told otherwise; each time as a new request."""

    def request(address: str, document, *, by: str | None = token, method: str = "post", once: str = "", **headers):
        body = document if isinstance(document, str | bytes) else json.dumps(document)
        sent = {"Idempotency-Key": once or str(uuid4()), **({"Authorization": f"Bearer {by}"} if by else {})}
        call = getattr(client, method)
        kind = headers.pop("content_type", "application/json")
        return call(f"/api/v1/{address}", body, content_type=kind, headers=sent | headers)

    return request


@pytest.fixture
def faults():
    """The sentences of a refusal by the members they are about; fails on another status."""

    def read(answer, status: int = 400) -> dict[str, str]:
        assert answer.status_code == status, answer.content.decode()
        assert answer["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == status
        return {
            error.get("field", ""): error["detail"] for error in problem.get("errors", [{"detail": problem["detail"]}])
        }

    return read


@pytest.fixture
def paper(db):
    """A source that every document may cite."""
    return make_source(slug="paper")


@pytest.fixture
def visit(paper):
    """A document of an event that can be submitted."""
    return {
        "title": "Visit of a minister",
        "kind": "official_visit",
        "level": "minister",
        "date": "2025-09",
        "citations": [{"source": "paper"}],
    }


@pytest.fixture
def other_contributor(db):
    return make_user("contributor", "dana")


@pytest.fixture
def document_at(client):
    """What an address of the API answers."""

    def read(address: str, **headers) -> dict:
        answer = client.get(address, headers=headers)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    return read
