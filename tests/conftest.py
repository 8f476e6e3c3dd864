"""The ground every test stands on: an environment of its own, Django set up in it, and people who edit."""

import gc
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from uuid import uuid4

import django
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from xdist.scheduler.loadscope import LoadScopeScheduling

from tests.browser.pages.page_types import half_of

# pytest-django would read the settings before it reads this file, so pyproject.toml does not name them: this does.
# DATABASE_URL and CACHE_URL are taken as they are, which is how the suite runs on PostgreSQL and Redis.
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "kzafrica.settings",
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "known to everyone and good for nothing but tests",
    "DEBUG": "off",
    "HTTPS": "off",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "API_RATE": "100000/min",
    # Tests of the second factor turn it on; all others are about something else.
    "SECOND_FACTOR": "off",
}
django.setup()

# What all tests replace, once: a slow hasher, collected files, and the folder that is served, which holds what
# `make run` has collected and which each client would look through.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES |= {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
settings.STATIC_ROOT = os.devnull

from kzafrica.editorial.roles import ensure_roles  # noqa: E402 (Django has to be set up)
from tests.admin import browser_of  # noqa: E402 (Django has to be set up)
from tests.factories import make_user  # noqa: E402 (its models need Django set up)
from tests.migrated import copied_where_possible, kept_in  # noqa: E402 (Django has to be set up)
from trade import catalogue  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
# Folders whose tests share what is costly to make.
TOGETHER = ("with_dataset", "examples", "filters_law")


class DatasetTogether(LoadScopeScheduling):
    """The tests with the dataset run in a process that loads it once, and first; all others where there is room.

    So do those of a folder whose world takes longer to make than to ask.
    """

    def _split_scope(self, nodeid: str) -> str:
        if "/browser/pages/" in nodeid:
            return half_of(nodeid)
        return next((name for name in TOGETHER if f"/{name}/" in nodeid), nodeid)


# What readers and editors are shown says the same on every database; the queries behind it are asked on both by the
# tests of the API, of each section, and by the visit of every type of page in tests/with_dataset.
SHOWN = {"accounts", "admin", "charts", "dashboards", "dates", "desk", "desk_forms", "feeds", "house", "maps", "pages"}
SHOWN |= {"reuse", "examples", "markdown"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        if folder in SHOWN and not item.get_closest_marker("every_database"):
            item.add_marker("one_database")


def pytest_xdist_make_scheduler(config, log):
    return DatasetTogether(config, log)


def pytest_collection_finish():
    """What was imported and collected stays to the end, so that nobody looks through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    # What a test leaves behind is little: to look for it after every 700 objects costs more than it gives back.
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, pytestconfig):
    with copied_where_possible(pytestconfig.cache.mkdir("migrated")):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database with the roles in it, which would otherwise be made anew for most tests."""
    with django_db_blocker.unblock():
        ensure_roles()


@pytest.fixture
def shell(pytestconfig, tmp_path) -> Callable:
    """Runs a command of manage.py in a process of its own, on an empty database of its own."""
    database = tmp_path / "empty.sqlite3"
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}"}

    def run(*command: str) -> subprocess.CompletedProcess:
        manage = [sys.executable, "manage.py"]
        return subprocess.run([*manage, *command], cwd=ROOT, env=environment, capture_output=True, text=True)

    kept = kept_in(pytestconfig.cache.mkdir("migrated"))
    if kept.exists():
        copyfile(kept, database)
    else:
        run("migrate", "-v0").check_returncode()
    return run


@pytest.fixture(autouse=True)
def settings_of_tests(settings):
    """What each test has of its own: a cache that no other can see into."""
    settings.CACHES = {name: cache | {"KEY_PREFIX": uuid4().hex} for name, cache in settings.CACHES.items()}


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a process keeps of a content revision, whose numbers begin anew with each test."""
    catalogue._read.cache_clear()


@pytest.fixture(autouse=True)
def english():
    """Addresses are written in the active language, and a request for another leaves that one active."""
    with translation.override("en"):
        yield


@pytest.fixture
def text_of(client):
    """The words of a page, without its tags and with single blanks."""

    def read(address: str, status: int = 200) -> str:
        answer = client.get(address)
        assert answer.status_code == status, answer.status_code
        words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
        return re.sub(r"\s+", " ", words)

    return read


@pytest.fixture
def queries_of(client):
    """How many queries an address costs once the process is warm."""

    def measure(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200
        return len(queries)

    return measure


@pytest.fixture
def contributor(db):
    return make_user("contributor", "aigerim")


@pytest.fixture
def editor(db):
    return make_user("editor", "bolat")


@pytest.fixture
def second_editor(db):
    return make_user("editor", "chinara")


@pytest.fixture
def writing(contributor):
    """The browser of the contributor."""
    return browser_of(contributor)


@pytest.fixture
def reviewing(editor):
    """The browser of the editor."""
    return browser_of(editor)
