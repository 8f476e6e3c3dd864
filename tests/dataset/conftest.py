import pytest

from tests.dataset.files import Dataset, minimal_dataset


@pytest.fixture
def dataset(tmp_path, db) -> Dataset:
    """A dataset that loads as it stands."""
    return minimal_dataset(tmp_path)
