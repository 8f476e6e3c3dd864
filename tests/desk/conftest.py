"""People at their browsers, and what they have written."""

import pytest

from kzafrica.editorial import workflow


@pytest.fixture
def written_by():
    """``written_by(user, make_event, title="…")``: a draft in a revision of that person, as its form makes it."""

    def write(user, maker, **fields):
        with workflow.one_revision(by=user, note="Edited in the admin"):
            return maker(**{"status": "draft", **fields})

    return write
