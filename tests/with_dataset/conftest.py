"""The initial dataset, loaded once for all tests of this folder that one process runs, and gone after them.

A transaction around the whole folder holds it, and each test has its own within. So tests here use ``dataset``, which
brings ``db``, and neither ``transactional_db`` nor ``live_server``: those would empty the tables under the others.
"""

import pytest
from django.db import transaction
from django.utils import translation

from kzafrica.dataset.loading import Report, load_dataset


@pytest.fixture(scope="package")
def loaded_dataset(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        transaction_of_the_folder = transaction.atomic()
        transaction_of_the_folder.__enter__()
        with translation.override("en"):
            report = load_dataset()
    yield report
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        transaction_of_the_folder.__exit__(None, None, None)


@pytest.fixture
def dataset(loaded_dataset, db) -> Report:
    """The whole initial dataset in the database; the report of its loading."""
    assert not loaded_dataset.faults, "\n".join(map(str, loaded_dataset.faults))
    with translation.override("en"):
        yield loaded_dataset
