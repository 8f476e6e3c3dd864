"""The form in which readers report an error, as a reader fills it in."""

import re
from urllib.parse import urlencode

import pytest

from tests.factories import make_event
from tests.reports import WRONG


@pytest.fixture
def event(db):
    return make_event(slug="visit", title="Visit to Astana")


@pytest.fixture
def form_at(client):
    """The address of the form about a page, and what its button sends."""

    def read(page: str, **fields) -> tuple[str, dict]:
        address = f"/report/?{urlencode({'page': page})}"
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code
        mark = re.search(r'name="mark" value="([^"]+)"', answer.content.decode())[1]
        return address, {"mark": mark, "message": WRONG, "email": "", "website": "", **fields}

    return read


@pytest.fixture
def send(client, form_at):
    """Fill in the form about a page and send it."""

    def fill_in(page: str = "/events/visit/", **fields):
        address, filled = form_at(page, **fields)
        return client.post(address, filled)

    return fill_in
