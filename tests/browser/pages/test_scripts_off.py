"""Every type of page with scripts switched off: as it was kept, and with all that scripts would show."""

import pytest

from tests.browser.pages.outlines import kept, outline_of, text_of
from tests.browser.pages.page_types import PAGE_TYPES
from tests.browser.pages.visits import opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=str)
def test_nothing_is_missing_without_scripts(without_scripts, phone, page_type):
    assert opened(without_scripts, page_type, "en").status == page_type.status
    outline, text = outline_of(without_scripts), text_of(without_scripts)
    opened(phone, page_type, "en")

    assert outline == kept(page_type.name, outline)
    assert set(outline) - set(outline_of(phone)) == set()
    assert [line for line in text if line not in set(text_of(phone))] == []
