"""People at the desk, and the two states most stories are about."""

import pytest

from tests.admin import browser_of
from tests.factories import make_country


@pytest.fixture
def states(db):
    return [make_country("KAZ"), make_country("KEN")]


@pytest.fixture
def writing(contributor, states):
    """The browser of the contributor."""
    return browser_of(contributor)
