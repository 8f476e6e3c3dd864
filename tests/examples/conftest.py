"""The site with the initial dataset and one edition of it, running, and a way to run an example against it.

As in tests/with_dataset, a transaction around all tests of this folder holds the dataset. The server shares the one
connection to a database in memory, so that these tests run on SQLite alone.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone, translation
from pytest_django.live_server_helper import LiveServer

from kzafrica.dataset.loading import load_dataset
from kzafrica.editions.building import build_edition
from tests.factories import make_edition

EXAMPLES = Path(__file__).resolve().parents[2] / "docs/examples"
INTERPRETERS = {".py": sys.executable, ".R": "Rscript", ".sh": "sh"}


@pytest.fixture(scope="package")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The address of the running site."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        pytest.fail("The site is served out of a transaction, which only a database in memory shares with a server.")
    folder = str(tmp_path_factory.mktemp("editions"))
    editions = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    with django_db_blocker.unblock(), override_settings(STORAGES=settings.STORAGES | {"editions": editions}):
        whole = transaction.atomic()
        whole.__enter__()
        with translation.override("en"):
            report = load_dataset()
            assert not report.faults, report.faults
        server = LiveServer("localhost")
        with override_settings(SITE_ADDRESS=server.url):
            build_edition()
            # The newest that can be had is not the newest there is.
            make_edition("withdrawn", withdrawn_at=timezone.now(), withdrawal_reason="A mistake")
            yield server.url
        server.stop()
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def run(site, db, tmp_path):
    """What an example prints, run in an empty folder; it fails the test if the example fails."""

    def printed(name: str, *arguments: str) -> str:
        file = EXAMPLES / name
        interpreter = shutil.which(INTERPRETERS[file.suffix])
        if interpreter is None:
            pytest.fail(f"No {INTERPRETERS[file.suffix]} on PATH, which {name} runs on.")
        # A proxy of this machine has no way to the test.
        environment = os.environ | {"KZ_AFRICA": site, "NO_PROXY": "localhost", "no_proxy": "localhost"}
        done = subprocess.run(
            [interpreter, file, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return printed
