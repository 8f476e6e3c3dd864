"""A reader searches: without scripts, by keyboard with them, on a phone and at a desk."""

import pytest

from tests.factories import make_country, make_event

pytestmark = pytest.mark.browser


@pytest.fixture
def talks(transactional_db):
    return make_event(
        slug="talks", title="Talks on beryllium", participations=[{"country": make_country("KEN")}], citations=True
    )


def test_words_are_found_and_narrowed_without_scripts(chromium, live_server, talks):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/")
    page.fill("#content [name=q]", "beryl")
    page.press("#content [name=q]", "Enter")

    assert page.inner_text("mark") == "beryllium"
    page.click(".chips >> text=Events")
    assert page.inner_text(".chip[aria-current]").split() == ["Events", "1"]
    page.click("text=Talks on beryllium")

    assert page.inner_text("h1") == "Talks on beryllium"
    context.close()


def test_key_leads_to_the_field_unless_somebody_types(new_page, talks):
    page = new_page()
    page.goto("/search/?q=beryl")
    page.focus("text=Talks on beryllium")
    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("End")
    page.keyboard.type("/ium")
    assert page.evaluate("document.activeElement.value") == "beryl/ium"


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize(
    "address", ["/search/", "/search/?q=beryl", "/search/?q=beryluim", "/kk/search/?q=xyzzyx+beryl"]
)
def test_nothing_is_wider_than_the_screen(new_page, talks, address, width):
    page = new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
