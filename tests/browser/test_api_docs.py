"""The documentation of the API works under the policy of the site, with nothing from elsewhere, on any screen."""

import pytest

from tests.factories import make_event


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_an_operation_can_be_tried(page, transactional_db, width):
    make_event(title="State visit", slug="state-visit")
    elsewhere = []
    page.on("request", lambda request: elsewhere.append(request.url) if "localhost" not in request.url else None)
    page.set_viewport_size({"width": width, "height": 900})

    page.goto("/api/docs/#/events")
    page.get_by_text("What may change, and what may not").wait_for(timeout=60_000)
    operation = page.locator("#operations-events-get_event")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_placeholder("key").fill("state-visit")
    operation.get_by_role("button", name="Execute").click()
    operation.get_by_text("Response body").wait_for()

    assert '"id": "state-visit"' in operation.locator(".live-responses-table").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [address for address in elsewhere if not address.startswith("data:")] == []
