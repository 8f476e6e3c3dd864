"""The world that the generated filters of this folder ask about, made once."""

import pytest
from django.db import transaction
from django.utils import translation

from tests.filters_law.world import World, make_world


@pytest.fixture(scope="module")
def made_world(django_db_setup, django_db_blocker):
    """A transaction around the tests of the module holds it: they use neither transactional_db nor live_server."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        with translation.override("en"):
            world = make_world()
    yield world
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def world(made_world, db) -> World:
    return made_world
