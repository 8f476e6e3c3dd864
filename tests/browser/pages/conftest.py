"""The site with the initial dataset before a browser that stays open: one visit of a page answers many questions.

As in tests/with_dataset, a transaction around all tests of this folder holds the dataset, so that the tests here use
``readers_site`` and neither ``transactional_db`` nor ``live_server``.
"""

import pytest
from django.db import connection, transaction
from django.utils import translation
from pytest_django.live_server_helper import LiveServer

from kzafrica.dataset.loading import load_dataset
from kzafrica.editorial.choices import Status
from kzafrica.search.index import catch_up
from tests.browser.pages.visits import PHONE, Visit, languages_of, visit
from tests.factories import make_event, make_release


@pytest.fixture(scope="package")
def readers_site(django_db_setup, django_db_blocker):
    """The address of the running site with the dataset, and with one of each record that the dataset has not."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        pytest.fail("Pages are served out of a transaction, which only a test database in memory shares with a server.")
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        with translation.override("en"):
            report = load_dataset()
            assert not report.faults, report.faults
            make_release(slug="a-release")
            make_event(slug="withdrawn", status=Status.WITHDRAWN)
            # What a test changes is undone after it, an index too.
            catch_up()
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture(scope="package")
def phone(chromium, readers_site):
    """One page that visits all others: the policy is set aside in it, because the checks are scripts of their own."""
    context = chromium.new_context(
        base_url=readers_site, viewport=PHONE, bypass_csp=True, reduced_motion="reduce", color_scheme="light"
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="package")
def without_scripts(chromium, readers_site):
    context = chromium.new_context(base_url=readers_site, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="package")
def visited(phone):
    """What was found on a page in a language; each is visited once."""
    kept: dict[tuple, Visit] = {}

    def look(page_type, language: str) -> Visit:
        if (page_type, language) not in kept:
            kept[page_type, language] = visit(phone, page_type, language)
        return kept[page_type, language]

    return look


@pytest.fixture(scope="package")
def read(phone, visited):
    """The status and the markup of a page in a language; where nobody looks at it, it is asked for alone."""

    def ask(page_type, language: str) -> tuple[int, str]:
        if page_type.link or language in languages_of(page_type):
            visit = visited(page_type, language)
            return visit.status, visit.html
        answer = phone.request.get(page_type.in_language(language))
        return answer.status, answer.text()

    return ask
