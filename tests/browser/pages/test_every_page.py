"""Every type of page for everyone: in four languages, light and dark, narrow and wide, by keyboard, without scripts."""

import pytest

from tests.browser.pages.outlines import kept, outline_of, text_of
from tests.browser.pages.page_types import PAGE_TYPES
from tests.browser.pages.visits import LANGUAGES, languages_of, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# All that scripts add to a page: what copies a text, and what moves a map.
ADDED_BY_SCRIPTS = {"button Copy", "button Zoom in", "button Zoom out", "button The whole map"}
every_page = pytest.mark.parametrize("page_type", PAGE_TYPES, ids=str)


@every_page
def test_answers_as_it_should_in_every_language(read, page_type):
    assert {code: read(page_type, code)[0] for code in LANGUAGES} == dict.fromkeys(LANGUAGES, page_type.status)


@every_page
def test_axe_finds_nothing_in_any_language_light_or_dark(visited, page_type):
    broken = {words: code for code in languages_of(page_type) for words in visited(page_type, code).broken_rules}

    assert broken == {}


@every_page
def test_nothing_scrolls_sideways_at_320_pixels(visited, page_type):
    widths = {code: visited(page_type, code).width_at_320 for code in languages_of(page_type)}

    assert {code: width for code, width in widths.items() if width > 320} == {}


@every_page
def test_wider_spacing_of_text_cuts_nothing_off(visited, page_type):
    languages = languages_of(page_type)

    assert {code: visited(page_type, code).cut_off for code in languages} == {code: [] for code in languages}


@every_page
def test_nothing_moves_for_those_who_asked_for_less_motion(visited, page_type):
    assert visited(page_type, "en").moving == 0


@every_page
def test_the_focus_is_seen_at_every_stop(visited, page_type):
    assert visited(page_type, "en").unseen_stops == []


@every_page
def test_nothing_is_missing_without_scripts_which_add_but_a_few_controls(visited, without_scripts, page_type):
    assert opened(without_scripts, page_type, "en").status == page_type.status
    outline, text = outline_of(without_scripts), text_of(without_scripts)
    with_scripts = visited(page_type, "en")

    assert outline == kept(page_type.name, outline)
    assert set(outline) - set(with_scripts.outline) == set()
    assert [line for line in text if line not in with_scripts.text] == []
    assert set(with_scripts.outline) - set(outline) <= ADDED_BY_SCRIPTS
    assert with_scripts.text - set(text) == set()
