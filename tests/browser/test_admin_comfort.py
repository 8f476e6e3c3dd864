"""The workshop by keyboard and on a phone, under the strict policy: dates, references, rows, languages, previews."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from events.models import Event
from kzafrica.editorial import proposals
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.statements.models import Figure
from kzafrica.transliteration import slug_of
from tests.admin import address_of
from tests.browser.keyboard import next_page, settle
from tests.factories import (
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_person,
    make_source,
    make_user,
)

pytestmark = pytest.mark.browser
PHONE, DESKTOP = 390, 1280
# The names of fields and buttons whose end is beyond the screen, or beyond a frame that hides it.
STICKS_OUT = """[...document.querySelectorAll(
    '#content input, #content select, #content textarea, .related-widget-wrapper-link, .submit-row > *')]
    .filter(e => e.offsetParent && e.offsetWidth > 1 && !e.closest('.results'))
    .filter(e => {
        const frames = [];
        for (let frame = e.parentElement; frame; frame = frame.parentElement) {
            if (frame === document.body || getComputedStyle(frame).overflowX !== 'visible') frames.push(frame);
        }
        return frames.some(frame => e.getBoundingClientRect().right > frame.getBoundingClientRect().right + 0.5);
    }).map(e => e.name || e.className)"""
# The names of what takes the focus under the row that saves.
IS_BEHIND = """() => {
    const row = document.querySelector('.submit-row'), focused = document.activeElement;
    const [bar, place] = [row.getBoundingClientRect(), focused.getBoundingClientRect()];
    const isBeside = place.right <= bar.left || place.bottom <= bar.top + 1 || place.top >= bar.bottom;
    return row.contains(focused) || isBeside ? null : focused.name || focused.className;
}"""


@pytest.fixture
def desk(page, transactional_db, live_server):
    """The page of a signed-in editor."""
    client = Client()
    client.force_login(make_user("editor", "bolat"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return page


@pytest.fixture
def draft(desk):
    kenya = make_country("KEN")
    return make_event(
        title="Visit of a delegation with a very long name of its own",
        status=Status.DRAFT,
        date="2023-10~/2023-12~",
        participations=[{"country": kenya}, {"person": make_person(name="Jane Doe"), "country": kenya}],
        outcomes=[{"kind": "topic", "text": "Transport and logistics on the Caspian Sea and beyond it"}] * 3,
    )


def focused(page) -> str:
    return page.evaluate("document.activeElement.name || document.activeElement.className")


LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһієїґ"
TITLES = [
    "Қасым-Жомарт Тоқаев",
    "ЕРЛАН ИДРИСОВ",
    "Объезд ежа",
    "Visit of João",
    *(f"{one}{one} е{one}е" for one in LETTERS),
]


def test_an_address_is_made_from_a_title_in_cyrillic_as_the_server_makes_it(desk):
    desk.goto(address_of("add", Event))

    made = desk.evaluate("titles => titles.map((title) => URLify(title, 100, false))", TITLES)

    assert made == [slug_of(title, 100) for title in TITLES]
    desk.locator("#id_title_en").fill("Қасым-Жомарт Тоқаев")
    desk.locator("#id_title_en").press("End")
    assert desk.locator("#id_slug").input_value() == "qasym-zhomart-toqayev"


class TestDates:
    def test_are_said_back_while_one_types_and_nothing_typed_is_changed(self, desk, draft):
        desk.goto(address_of("change", draft))
        line, typed = desk.locator("#id_date_words"), desk.locator("#id_date")
        expect(line).to_have_text("late 2023 (October–December 2023): 1 October 2023 to 31 December 2023")

        typed.fill("10.09.2025")

        expect(line).to_contain_text("Did you mean 2025-09-10 (10 September 2025)?")
        assert typed.input_value() == "10.09.2025"

    def test_the_offer_is_taken_by_keyboard(self, desk, draft):
        desk.goto(address_of("change", draft))

        desk.locator("#id_date").fill("September 2025")
        expect(desk.get_by_role("button", name="Write 2025-09")).to_be_visible()
        desk.keyboard.press("Tab")
        desk.keyboard.press("Enter")

        assert desk.locator("#id_date").input_value() == "2025-09"
        expect(desk.locator("#id_date_words")).to_have_text("September 2025: 1 September 2025 to 30 September 2025")
        assert focused(desk) == "date"

    def test_in_a_row_that_was_added_are_said_back_too(self, desk, draft):
        desk.goto(address_of("change", draft))

        desk.get_by_role("button", name="Add another Announcement").focus()
        desk.keyboard.press("Enter")
        desk.locator("[name=announcements-0-planned]").fill("2025-21")

        expect(desk.locator("#id_announcements-0-planned_words")).to_contain_text("spring 2025")
        assert "id_announcements-0-planned_words" in desk.locator("[name=announcements-0-planned]").get_attribute(
            "aria-describedby"
        )


class TestReferences:
    def test_are_chosen_by_name_and_keyboard(self, desk):
        make_country("KEN", name_ru="Кения")
        figure = make_figure(status=Status.DRAFT)
        desk.goto(address_of("change", figure))

        desk.locator("[name=subject]").fill("")
        desk.locator("[name=subject]").press_sequentially("кени")
        expect(desk.locator(".reference-options").first.get_by_role("option")).to_have_count(1)
        assert desk.locator("[name=subject]").get_attribute("aria-expanded") == "true"
        desk.keyboard.press("Enter")

        assert desk.locator("[name=subject]").input_value() == "country/KEN"
        expect(desk.locator("#id_subject_words")).to_have_text("Kenya (KEN) – country")
        desk.keyboard.press("Control+s")
        desk.wait_for_url("**/statements/figure/")
        assert Figure.objects.get().subject == "country/KEN"

    def test_what_is_not_there_is_said(self, desk):
        desk.goto(address_of("change", make_figure(status=Status.DRAFT)))

        desk.locator("[name=subject]").fill("Atlantis")

        expect(desk.locator("#id_subject_words")).to_have_text("Nothing is called so.")
        desk.keyboard.press("Escape")
        assert desk.locator("[name=subject]").input_value() == "Atlantis"


class TestKeyboard:
    def test_a_form_is_saved_by_its_keys(self, desk, draft):
        desk.goto(address_of("change", draft))

        desk.locator("[name=venue]").fill("Akorda")
        with next_page(desk):
            desk.keyboard.press("Control+Enter")
        assert Event.objects.get().venue == "Akorda"
        assert desk.url.endswith("/change/")

        desk.locator("[name=venue]").fill("Palace")
        desk.keyboard.press("Control+s")
        desk.wait_for_url("**/events/event/")
        assert Event.objects.get().venue == "Palace"

    @pytest.mark.parametrize("name", ["proposal", "step", "delete"])
    def test_keys_that_save_decide_nothing(self, desk, draft, name):
        public = make_event(venue="Palace")
        proposal = proposals.propose(public, content_of(public) | {"venue": "Akorda"}, by=make_user("contributor"))
        places = {"proposal": ("change", proposal), "step": ("step", draft, "submit"), "delete": ("delete", draft)}
        desk.goto(address_of(*places[name]))
        asked = []
        desk.on("request", lambda request: asked.append(request.method))

        desk.locator("#content form[method=post] [type=submit]").first.focus()
        for key in ("Control+s", "Control+Enter"):
            desk.keyboard.press(key)
            settle(desk)

        assert "POST" not in asked

    def test_a_new_row_takes_the_focus(self, desk, draft):
        desk.goto(address_of("change", draft))

        desk.get_by_role("button", name="Add another Outcome").focus()
        desk.keyboard.press("Enter")
        assert focused(desk) == "outcomes-3-kind"

        desk.get_by_role("button", name="Add another Citation").focus()
        desk.keyboard.press("Enter")
        assert "select2-selection" in focused(desk)

    def test_a_key_is_chosen_without_a_mouse(self, desk, draft):
        make_source(title="Decree 17")
        desk.goto(address_of("change", draft))
        desk.get_by_role("button", name="Add another Citation").focus()
        desk.keyboard.press("Enter")

        desk.keyboard.press("Enter")
        desk.keyboard.type("decree")
        expect(desk.locator(".select2-results__option--highlighted")).to_contain_text("Decree 17")
        desk.keyboard.press("Enter")

        expect(desk.locator(".select2-selection__rendered", has_text="Decree 17")).to_be_visible()

    def test_a_list_of_records_takes_what_is_typed_on_it(self, desk, draft):
        make_source(title="Decree 17")
        desk.goto(address_of("change", draft))
        desk.get_by_role("button", name="Add another Citation").focus()
        desk.keyboard.press("Enter")

        desk.keyboard.type("decree")

        assert desk.evaluate("document.activeElement.value") == "decree"
        expect(desk.locator(".select2-results__option--highlighted")).to_contain_text("Decree 17")

    def test_the_first_key_leads_to_the_content_and_focus_is_seen(self, desk, draft):
        desk.goto(address_of("change", draft))
        settle(desk)

        desk.keyboard.press("Tab")
        assert "skip-to-content-link" in focused(desk)
        desk.keyboard.press("Enter")
        desk.keyboard.press("Tab")

        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert desk.evaluate(outline) == "solid"

    def test_a_step_begins_at_its_note_and_a_proposal_at_what_would_change(self, desk, draft):
        public = make_event(venue="Palace")
        proposal = proposals.propose(public, content_of(public) | {"venue": "Akorda"}, by=make_user("contributor"))

        desk.goto(address_of("step", draft, "submit"))
        settle(desk)
        assert focused(desk) == "note"

        desk.goto(address_of("change", proposal))
        settle(desk)
        assert focused(desk) == "proposal"
        with next_page(desk):
            desk.get_by_role("button", name="Reject").press("Enter")
        assert focused(desk) == "note"

    def test_what_says_otherwise_is_folded_until_something_stands_there(self, desk):
        source = make_source()
        citations = [source, {"source": source, "field": "date", "stated": "2024", "reason": "A misprint."}]
        event = make_event(status=Status.DRAFT, citations=citations)

        desk.goto(address_of("change", event))

        rows = desk.locator(".inline-related:not(.empty-form)", has=desk.locator("[name$=-as_printed]"))
        expect(rows).to_have_count(2)
        expect(rows.nth(0).locator("[name$=-stated]")).to_be_hidden()
        expect(rows.nth(1).locator("[name$=-stated]")).to_be_visible()


def test_the_language_is_chosen_in_the_head(desk):
    desk.goto("/admin/")

    with next_page(desk):
        desk.locator(".language-choice").get_by_role("button", name="ru").press("Enter")

    assert desk.locator("html").get_attribute("lang") == "ru"
    desk.goto("/")
    assert desk.locator("html").get_attribute("lang") == "en"


def test_a_form_half_filled_in_comes_along_into_another_language(desk):
    story = "/admin/from-source/?address=A: B&records=event"
    for address, name in ((address_of("add", Event), "title_en"), (story, "s-title")):
        desk.goto(address)
        for code, typed in (("kk", ""), ("ru", "Talks"), ("en", "")):
            if typed:
                desk.locator(f"[name={name}]").fill(typed)
            with next_page(desk):
                desk.locator(".language-choice").get_by_role("button", name=code).press("Enter")
            assert desk.locator("html").get_attribute("lang") == code
            # What nobody has typed in comes as it would have come.
            assert desk.locator("#content [role=alert], .messagelist").count() == (code != "kk")

        assert desk.locator(f"[name={name}]").input_value() == "Talks"
        expect(desk.get_by_text("The language has changed. Nothing of what you typed is saved yet.")).to_be_visible()
    assert not Event.objects.exists()


def test_a_draft_is_looked_at_as_readers_will_see_it(desk, draft):
    desk.goto(address_of("change", draft))

    with desk.context.expect_page() as opening:
        desk.get_by_role("link", name="Preview").press("Enter")
    shown = opening.value
    shown.wait_for_load_state()

    assert re.search(r"/preview/[^/]+/$", shown.url)
    expect(shown.get_by_role("note")).to_contain_text("This link works until")
    expect(shown.get_by_role("heading", level=1)).to_have_text(draft.title)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize(
    "name", ["index", "list", "add", "change", "public", "mission", "figure", "source", "proposal", "step", "history"]
)
def test_page_fits_the_screen_and_the_policy(desk, draft, name, width):
    public = make_event(title="Konsultatsiya" * 8, venue="Palace")
    proposal = proposals.propose(public, content_of(public) | {"venue": "Akorda" * 20}, by=make_user("contributor"))
    opened = [{"kind": "opened", "date": "2014-12-23"}]
    addresses = {
        "index": lambda: "/admin/",
        "list": lambda: address_of("changelist", Event),
        "add": lambda: address_of("add", Event),
        "change": lambda: address_of("change", draft),
        "public": lambda: address_of("change", public),
        "mission": lambda: address_of("change", make_mission(milestones=opened)),
        "figure": lambda: address_of("change", make_figure()),
        "source": lambda: address_of("change", make_source(url="https://example.org/" + "a" * 150)),
        "proposal": lambda: address_of("change", proposal),
        "step": lambda: address_of("step", draft, "submit"),
        "history": lambda: address_of("history", public),
    }
    desk.set_viewport_size({"width": width, "height": 900})

    answer = desk.goto(addresses[name]())

    assert answer.status == 200
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    # Wide things scroll in frames of their own; the column of the content is not wider than the screen.
    assert desk.evaluate("document.querySelector('#content').getBoundingClientRect().right") <= width
    assert desk.evaluate(STICKS_OUT) == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_what_has_the_focus_stands_clear_of_the_row_that_saves(desk, draft, width):
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(address_of("change", draft))

    behind = []
    desk.locator("#content .object-tools a").first.focus()
    for _ in range(60):
        desk.keyboard.press("Tab")
        behind.append(desk.evaluate(IS_BEHIND))

    assert set(behind) == {None}


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_list_shows_the_status_and_the_citations_of_a_record(desk, draft, width):
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(address_of("changelist", Event))

    frame, *cells, title, box = (
        desk.locator(f".results{part}").bounding_box()
        for part in ("", " tbody .field-status", " tbody .field-citation_count", " tbody th", " tbody input")
    )

    for cell in cells:
        assert cell["x"] + cell["width"] <= frame["x"] + frame["width"]
    assert box["x"] + box["width"] <= title["x"]


def test_all_that_stands_in_the_row_that_saves_is_of_one_height(desk, draft):
    desk.goto(address_of("change", draft))

    heights = desk.locator(".submit-row > *").evaluate_all("all => all.map(one => [one.className, one.offsetHeight])")

    assert "deletelink" in dict(heights)
    assert len({height for _name, height in heights}) == 1, heights
