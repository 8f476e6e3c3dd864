"""Dashboards of trade in a real browser: charts under the strict policy, on a phone, files that arrive."""

import pytest

from tests.dashboards.rows import report
from tests.factories import make_bloc, make_commodity, make_country, make_figure

pytestmark = pytest.mark.browser
PHONE, DESKTOP = 390, 1280


@pytest.fixture
def trade(transactional_db):
    """Three years of two reports, a stated turnover and one that is computed."""
    make_country("KAZ")
    africa = make_bloc()
    make_commodity("25", description="Salt; sulphur; earths, stone; plastering materials, lime and cement")
    for year in (2021, 2022, 2023):
        rows = [("ZAF", "X", "", "123456789.01"), ("ZAF", "X", "25", "123456789.01"), ("ZAF", "M", "", "987654321")]
        report("KAZ", year, [*rows, ("KEN", "X", "", "5000")])
        report("ZAF", year, [("KAZ", "M", "", "130000000")])
    make_figure(subject="country/KAZ", counterpart=africa, period="2023", printed="$783 million")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("address", ["/trade/", "/trade/countries/zaf/", "/trade/commodities/25/", "/trade/flows/"])
def test_page_fits_the_screen_and_the_policy(page, trade, address, width):
    page.set_viewport_size({"width": width, "height": 900})

    answer = page.goto(address)

    assert answer.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_columns_are_drawn_with_their_colours_and_read_by_their_name(page, trade):
    page.goto("/trade/countries/zaf/")

    chart = page.get_by_role("img", name="Trade by year, from rows of trade statistics")
    box = chart.bounding_box()

    assert box["width"] > 400
    assert box["height"] > 150
    fills = chart.locator("rect").evaluate_all("marks => marks.map(mark => getComputedStyle(mark).fill)")
    assert len(set(fills)) >= 2


def test_picture_is_downloaded_by_its_link(page, trade):
    page.goto("/trade/countries/zaf/")

    with page.expect_download() as waiting:
        page.get_by_role("link", name="PNG of Trade by year, from rows of trade statistics").click()

    assert waiting.value.suggested_filename == "kazakhstan-zaf-trade.png"
