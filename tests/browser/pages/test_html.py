"""The markup of every page in every language, as the Nu checker of the W3C reads it."""

import pytest

from tests.browser.pages.html_checker import faults_of
from tests.browser.pages.page_types import HALVES
from tests.browser.pages.visits import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_checker_finds_a_fault_where_one_is(tmp_path):
    (tmp_path / "page.html").write_text("<!doctype html><html lang=en><title>A page</title><p><table></p>")

    assert faults_of(tmp_path)


@pytest.mark.parametrize("half", HALVES)
def test_no_page_has_a_fault_in_any_language(read, tmp_path, half):
    for page_type in HALVES[half]:
        for code in LANGUAGES:
            (tmp_path / f"{page_type.name}.{code}.html").write_text(read(page_type, code)[1], encoding="utf-8")

    assert faults_of(tmp_path) == []
