import pytest

from tests.contract import worlds


@pytest.fixture
def keys_of(transactional_db) -> dict[str, list[str]]:
    """The world, by keys of documents under the name of their resource."""
    return worlds.fill()


@pytest.fixture
def site(live_server, keys_of) -> str:
    """The address of the running site, with the world in it."""
    return live_server.url
