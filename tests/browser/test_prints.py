"""The brief of a pair on paper."""

import re

import pytest

from tests.factories import make_country
from tests.pages.pairs import fill
from tests.pages.test_size import lengthen_words

pytestmark = pytest.mark.browser

PAPER = {"format": "A4", "margin": dict.fromkeys(("top", "right", "bottom", "left"), "15mm")}


def test_the_brief_of_a_busy_pair_fits_two_pages_in_every_language(page, transactional_db):
    kazakhstan, congo = make_country("KAZ"), make_country("COD", subregion="Middle Africa")
    for number in range(12):
        fill(kazakhstan, congo, number)
    lengthen_words()

    for language in ("", "/kk", "/ru", "/fr"):
        page.goto(f"{language}/countries/cod/brief/")
        printed = page.pdf(**PAPER)

        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= 2, language
