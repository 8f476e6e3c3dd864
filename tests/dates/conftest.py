"""Tables for the records of these tests, which no migration makes."""

import pytest
from django.db import connection

from tests.dates.records import Milestone, Mission

RECORDS = (Mission, Milestone)


@pytest.fixture(scope="module")
def outside_transactions(django_db_setup, django_db_blocker):
    """The test database before any test has opened its transaction, in which SQLite would change no table."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def tables(outside_transactions):
    with connection.schema_editor() as editor:
        for record in RECORDS:
            editor.create_model(record)
    yield
    with connection.schema_editor() as editor:
        for record in reversed(RECORDS):
            editor.delete_model(record)


@pytest.fixture
def records(tables, db):
    """Empty tables for Mission and Milestone."""
