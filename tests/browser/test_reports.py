"""A reader reports an error and reads an earlier version: without scripts, on a phone and at a desk."""

import pytest

from kzafrica.editorial.models import ErrorReport
from tests.factories import make_event
from tests.versions import change_public

pytestmark = pytest.mark.browser


@pytest.fixture
def event(transactional_db):
    event = make_event(slug="visit", title="Visit", venue="Akorda")
    change_public(event, venue="Palace", reason="It was in the palace.")
    return event


@pytest.mark.parametrize("width", [390, 1280])
def test_an_error_is_reported_without_scripts_and_cookies(chromium, live_server, event, width):
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto("/events/visit/")
    page.click("footer >> text=Report an error on this page")
    page.fill("textarea", "It was in the hall.")
    page.fill("[name=email]", "nobody")
    page.click("button:has-text('Send the report')")

    assert page.input_value("textarea") == "It was in the hall."
    page.fill("[name=email]", "")
    page.click("button:has-text('Send the report')")

    assert page.inner_text("h1") == "Thank you"
    assert context.cookies() == []
    context.close()
    assert ErrorReport.objects.get().record == event


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "address", ["/corrections/", "/events/visit/", "/history/event/visit/", "/report/?page=/events/visit/"]
)
def test_nothing_is_wider_than_the_screen(new_page, event, address, width):
    page = new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
