"""People at their browsers, and what they have written."""

import pytest

from kzafrica.editorial import workflow
from tests.admin import browser_of


@pytest.fixture
def reviewing(editor):
    """The browser of the editor."""
    return browser_of(editor)


@pytest.fixture
def writing(contributor):
    """The browser of the contributor."""
    return browser_of(contributor)


@pytest.fixture
def written_by():
    """``written_by(user, make_event, title="…")``: a draft in a revision of that person, as its form makes it."""

    def write(user, maker, **fields):
        with workflow.one_revision(by=user, note="Edited in the admin"):
            return maker(**{"status": "draft", **fields})

    return write
