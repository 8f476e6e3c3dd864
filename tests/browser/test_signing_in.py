"""Signing in with a second factor and an expired login, in a real browser and by keyboard."""

from base64 import b32decode

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from events.models import Event
from tests.accounts import PASSWORD, Authenticator, give_device, make_person, stop_clock
from tests.browser.keyboard import settle
from tests.factories import make_country

pytestmark = pytest.mark.browser
PHONE, DESKTOP = 390, 1280


# How Chromium reports a page that answers what was sent without a login: no fault of the page.
NOT_ALLOWED = "Failed to load resource: the server responded with a status of 403 (Forbidden)"


@pytest.fixture(autouse=True)
def second_factor_on(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    return stop_clock(monkeypatch)


@pytest.fixture
def page(chromium, live_server):
    """As for other tests, but a page may answer that nobody is signed in."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": DESKTOP, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert [complaint for complaint in complaints if complaint != NOT_ALLOWED] == []


@pytest.fixture
def editor(transactional_db):
    return make_person("editor", "bolat")


def type_in(page, *words: str) -> None:
    """Type by keyboard, from the field that has the focus on to the next ones, and press Enter."""
    settle(page)
    for number, word in enumerate(words):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(word)
    page.keyboard.press("Enter")


def fits(page, width: int) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_an_editor_sets_up_a_second_factor_and_signs_in_with_it_by_keyboard(page, editor, clock, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/events/event/")
    type_in(page, "bolat", PASSWORD)
    page.wait_for_url("**/admin/second-factor/set-up/**")
    picture = page.get_by_role("img", name="The secret as a QR code").bounding_box()
    device = Authenticator(b32decode(page.locator(".secret code").inner_text().replace(" ", "")))
    set_up_fits = fits(page, width)

    page.get_by_label("Code", exact=False).last.focus()
    type_in(page, device.code())
    codes = page.locator(".recovery-codes code")
    codes.first.wait_for()
    count, codes_fit = codes.count(), fits(page, width)
    page.get_by_role("link", name="go on").press("Enter")
    page.wait_for_url("**/admin/events/event/")
    page.get_by_role("button", name="Log out").press("Enter")
    page.wait_for_url("**/admin/logout/")
    clock.half_a_minute_later()
    page.goto("/admin/")
    type_in(page, "bolat", PASSWORD, device.code())
    page.wait_for_url("**/admin/")

    assert picture["width"] == picture["height"] > 150
    assert count == 10
    assert set_up_fits
    assert codes_fit
    assert page.get_by_role("link", name="Second factor").is_visible()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_what_was_typed_survives_an_expired_login(page, editor, clock, width):
    device = give_device(editor)
    make_country("COD")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/events/event/add/")
    type_in(page, "bolat", PASSWORD, device.code())
    page.wait_for_url("**/admin/events/event/add/")
    page.get_by_label("Title", exact=False).first.fill("Visit to “Kinshasa” & <Goma>")
    page.locator("#id_slug").fill("kinshasa")
    page.locator("#id_date").fill("2025-09")
    page.locator("#id_summary_en").fill("First line\nsecond line, “соғыс”")
    page.locator("#id_kind").select_option("meeting")
    page.locator("#id_level").select_option("minister")
    Session.objects.all().delete()
    clock.half_a_minute_later()

    page.locator("input[name=_save]").first.press("Enter")
    page.get_by_text("You were signed out meanwhile").wait_for()
    sign_in_fits = fits(page, width)
    type_in(page, "bolat", PASSWORD, device.code())
    button = page.get_by_role("button", name="Back to your form")
    button.wait_for()
    kept_fits = fits(page, width)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_text("Nothing is saved yet: look it through and save.").wait_for()
    saved_before = Event.objects.exists()
    summary = page.locator("#id_summary_en").input_value()
    page.locator("input[name=_save]").first.press("Enter")
    page.wait_for_url("**/admin/events/event/")

    assert sign_in_fits
    assert kept_fits
    assert not saved_before
    assert summary == "First line\nsecond line, “соғыс”"
    event = Event.objects.get()
    assert event.title_en == "Visit to “Kinshasa” & <Goma>"
    assert event.summary_en.replace("\r\n", "\n") == summary
