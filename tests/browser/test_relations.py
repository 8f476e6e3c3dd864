"""Events, missions and pairs in a real browser: by keyboard, on a phone, under the strict policy."""

import pytest

from tests.factories import make_agreement, make_bloc, make_country, make_event, make_mission, make_place

pytestmark = pytest.mark.browser
PHONE, DESKTOP = 390, 1280


@pytest.fixture
def pair(transactional_db):
    """Kazakhstan and Kenya with an embassy that closed and opened again, visits of every precision, an agreement."""
    kazakhstan, kenya = make_country("KAZ"), make_country("KEN")
    make_bloc(members=[kenya])
    milestones = [
        {"kind": "opened", "date": "1994-04"},
        {"kind": "closed", "date": "1999-06-30"},
        {"kind": "opened", "date": "2010-21"},
    ]
    make_mission(title="Embassy in Nairobi", sending=kazakhstan, receiving=kenya, milestones=milestones)
    for date in ("2012-05-09", "2015", "2019-03/2019-04", "2005/.."):
        make_event(kind="visit", date=date, host=kazakhstan, participations=[{"country": kenya}])
    make_event(title="Talks to come", kind="visit", occurrence="announced", date="2030", host=kenya,
               participations=[{"country": kazakhstan}])  # fmt: skip
    make_agreement(parties=[{"country": kenya}], stages=[{"kind": "announced", "date": "2018~"}])


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize(
    "address",
    [
        "/events/?country=KEN&visit=received",
        "/missions/?on=1997-01-01",
        "/countries/ken/",
        "/countries/ken/time/",
        "/countries/reciprocity/",
        "/countries/africa/",
        "/promises/",
    ],
)
def test_page_fits_the_screen_and_the_policy(page, pair, address, width):
    page.set_viewport_size({"width": width, "height": 900})

    answer = page.goto(address)

    assert answer.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "address", ["/countries/ken/time/", "/countries/ken/", "/countries/reciprocity/", "/events/", "/missions/", "/"]
)
def test_an_unbroken_title_of_a_hundred_letters_does_not_widen_a_phone(page, pair, address):
    kenya, title = make_country("KEN"), "Konsultatsiya" * 8
    make_event(title=title, kind="visit", date="2026-01", host=kenya, place=make_place(title),
               participations=[{"country": make_country("KAZ")}])  # fmt: skip
    make_mission(title=title, receiving=kenya, milestones=[{"kind": "opened", "date": "2020"}])
    page.set_viewport_size({"width": PHONE, "height": 900})

    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_a_strand_of_the_axis_is_chosen_by_keyboard(page, pair):
    page.goto("/countries/ken/time/")
    chart = page.get_by_role("img").first
    assert chart.is_visible()

    page.locator("main").get_by_role("link", name="Agreements").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/time/?strand=agreement*")

    assert page.locator(".axis li").count() == 1


def test_another_day_of_the_network_is_asked_for_by_keyboard(page, pair):
    page.goto("/missions/")
    assert page.get_by_role("heading", level=1).inner_text().startswith("1 embassy")

    page.get_by_label("The network on another day").fill("2005-01-01")
    page.keyboard.press("Enter")
    page.wait_for_url("**/missions/?on=2005-01-01")

    assert page.get_by_role("heading", level=1).inner_text().startswith("0 embassies")
