"""People at their browsers."""

import pytest

from tests.admin import browser_of


@pytest.fixture
def writing(contributor):
    """The browser of the contributor."""
    return browser_of(contributor)


@pytest.fixture
def reviewing(editor):
    """The browser of the editor."""
    return browser_of(editor)
