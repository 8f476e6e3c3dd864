import pytest
from django.utils import translation

from tests.dataset.files import Dataset, minimal_dataset


@pytest.fixture(autouse=True)
def english():
    """A request in another language leaves that one active, and tests read sentences."""
    with translation.override("en"):
        yield


@pytest.fixture
def dataset(tmp_path, db) -> Dataset:
    """A dataset that loads as it stands."""
    return minimal_dataset(tmp_path)
