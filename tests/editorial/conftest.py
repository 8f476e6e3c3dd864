import pytest
from django.utils import translation

from tests.factories import make_user


@pytest.fixture(autouse=True)
def english():
    """A request in another language leaves that one active, and tests read sentences."""
    with translation.override("en"):
        yield


@pytest.fixture
def contributor(db):
    return make_user("contributor", "aigerim")


@pytest.fixture
def editor(db):
    return make_user("editor", "bolat")


@pytest.fixture
def second_editor(db):
    return make_user("editor", "chinara")
