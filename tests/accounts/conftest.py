"""People who sign in with a password, at a desk that asks for a second factor."""

import pytest

from tests.accounts import make_person


@pytest.fixture(autouse=True)
def second_factor_on(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def editor(db):
    return make_person("editor", "bolat", email="bolat@example.org")


@pytest.fixture
def contributor(db):
    return make_person("contributor", "aigerim", email="aigerim@example.org")


@pytest.fixture
def administrator(db):
    return make_person("administrator", "dana", email="dana@example.org")
