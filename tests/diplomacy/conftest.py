import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """Addresses are written in the active language, and a request for another leaves that one active."""
    with translation.override("en"):
        yield


@pytest.fixture
def words_at(client):
    """The words of a page, without its tags and with single blanks."""

    def read(address: str, status: int = 200) -> str:
        answer = client.get(address)
        assert answer.status_code == status
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))

    return read


@pytest.fixture
def cost_of(client):
    """How many queries a page costs once the process is warm."""

    def measure(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return measure
