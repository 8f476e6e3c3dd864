"""The initial dataset, loaded once for all tests of this folder that one process runs, and gone after them.

A transaction around the whole folder holds it; each test has its own within. So tests here use ``db``, which comes with
``dataset``, and neither ``transactional_db`` nor ``live_server``: those would empty the tables under the others.
"""

import pytest
from django.db import transaction

from kzafrica.dataset.loading import Report, load_dataset


@pytest.fixture(scope="package")
def loaded_dataset(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        # Tells Django's own check of durable transactions that this one belongs to the tests.
        around._from_testcase = True
        report = load_dataset()
    yield report
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def dataset(loaded_dataset, db) -> Report:
    """The whole initial dataset in the database; the report of its loading."""
    assert not loaded_dataset.faults, "\n".join(map(str, loaded_dataset.faults))
    return loaded_dataset
