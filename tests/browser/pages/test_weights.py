"""A page loads like a page of text."""

import pytest

from bench.pages import kept_table
from tests.browser.pages.page_types import PAGE_TYPES
from tests.browser.pages.weights import size_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST_BYTES_OF_HOME = 100_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_home_comes_in_under_a_hundred_kilobytes_fonts_included(chromium, readers_site, scheme):
    context = chromium.new_context(base_url=readers_site, color_scheme=scheme)
    page, answers = context.new_page(), []
    page.on("response", lambda answer: answers.append(answer))

    page.goto("/", wait_until="networkidle")
    sizes = {answer.url: size_of(answer) for answer in answers}
    context.close()

    assert any(address.endswith(".css") for address in sizes)
    assert sum(sizes.values()) < MOST_BYTES_OF_HOME, sizes


def test_every_type_of_page_is_in_the_table_of_weights():
    assert set(kept_table()) == {page_type.name for page_type in PAGE_TYPES if page_type.is_in_dataset}
