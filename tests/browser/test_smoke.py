import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
def test_home_opens_and_fits_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 900})

    answer = page.goto("/")

    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_sign_in_form_opens_under_the_strict_policy(page):
    answer = page.goto("/admin/")

    assert answer.status == 200
    assert page.locator("input[name=username]").is_visible()
