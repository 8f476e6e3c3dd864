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
def text_of(client):
    """The words of a page, without its tags and with single blanks."""

    def read(address: str, status: int = 200) -> str:
        answer = client.get(address)
        assert answer.status_code == status, answer.status_code
        words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
        return re.sub(r"\s+", " ", words)

    return read


@pytest.fixture
def queries_of(client):
    """How many queries a page costs once the process is warm."""

    def measure(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200
        return len(queries)

    return measure
