"""Maps in a real browser: by keyboard, by pointer, without scripts."""

import pytest

from tests.browser.keyboard import Keyboard
from tests.factories import make_country, make_mission, make_place

pytestmark = pytest.mark.browser
PHONE, TABLET, DESKTOP = 390, 768, 1280
ZAF = "svg.map a[href='/countries/zaf/']"
SHOWN = "() => document.querySelector('svg.map').getAttribute('viewBox').split(' ').map(Number)"


@pytest.fixture
def africa(transactional_db):
    for alpha3, number in (("KAZ", "398"), ("EGY", "818"), ("ZAF", "710")):
        make_country(alpha3, m49=number)
    cairo = make_place("Cairo", country=make_country("EGY"), latitude="30.06263", longitude="31.24967")
    make_mission(receiving=make_country("EGY"), place=cairo, milestones=[{"kind": "opened", "date": "1993"}])


@pytest.mark.parametrize("width", [PHONE, TABLET, DESKTOP])
@pytest.mark.parametrize("address", ["/countries/map/", "/missions/"])
def test_page_fits_the_screen_and_the_policy(page, africa, address, width):
    page.set_viewport_size({"width": width, "height": 900})

    answer = page.goto(address)

    assert answer.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("svg.map").bounding_box()["width"] > width / 3


def test_keyboard_leads_to_a_state_says_its_value_and_opens_its_page(page, africa, artefacts):
    keyboard = Keyboard(page, artefacts)
    keyboard.open("/countries/map/")

    keyboard.reach(ZAF)

    assert page.locator(".map-tip").inner_text() == "South Africa: none known"
    assert page.evaluate("getComputedStyle(document.activeElement.querySelector('path')).strokeWidth") == "5px"
    keyboard.shot("map-focus")
    keyboard.follow(ZAF)
    assert page.url.endswith("/countries/zaf/")


def test_keyboard_can_skip_the_states(page, africa, artefacts):
    keyboard = Keyboard(page, artefacts)
    keyboard.open("/countries/map/")

    keyboard.reach(".map-skip")
    keyboard.press("Enter")
    keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('.map-below') !== null")


def test_keys_and_buttons_zoom_and_give_the_whole_map_back(page, africa):
    page.goto("/countries/map/")
    page.focus(ZAF)
    whole = page.evaluate(SHOWN)

    page.keyboard.press("+")
    near = page.evaluate(SHOWN)
    page.keyboard.press("0")

    assert near[2] < whole[2]
    assert page.evaluate(SHOWN) == whole
    page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate(SHOWN)[2] < whole[2]
    page.get_by_role("button", name="The whole map").click()
    assert page.evaluate(SHOWN) == whole


def test_a_plain_wheel_scrolls_and_one_with_control_zooms(page, africa):
    page.goto("/countries/map/")
    page.locator(ZAF).hover()
    whole = page.evaluate(SHOWN)

    page.mouse.wheel(0, -100)
    assert page.evaluate(SHOWN) == whole
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")

    page.wait_for_function(f"width => ({SHOWN})()[2] < width", arg=whole[2])


def test_states_have_the_colours_of_their_classes(page, africa):
    page.goto("/countries/map/")

    fills = page.locator("svg.map a path").evaluate_all("paths => paths.map(path => getComputedStyle(path).fill)")

    assert len(set(fills)) == 2


def test_without_scripts_every_state_is_a_link_with_its_title(chromium, live_server, africa):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()

    page.goto("/countries/map/")

    assert page.locator("svg.map a[href='/countries/egy/'] title").text_content() == (
        "Egypt: Kazakhstan has a mission there"
    )
    assert page.locator(".map-zoom").count() == 0
    page.locator(ZAF).click()
    assert page.url.endswith("/countries/zaf/")
    context.close()
