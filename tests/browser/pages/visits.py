"""One visit of a page and what can be said of it: rules of axe, width, text that is cut off, focus, movement."""

import os
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Page, Response

from tests.browser.keyboard import settle
from tests.browser.pages.outlines import outline_of, text_of
from tests.browser.pages.page_types import PAGE_TYPES, PageType

NARROW, PHONE = {"width": 320, "height": 640}, {"width": 390, "height": 844}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_STOPS = 25

# Rules that read colours, which alone can differ between light and dark, and take most of the time.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
# Each page is looked at in English by light and in another language by dark, the next one with each page. EVERY_RULE=1
# looks at all in four languages by both, with all rows of each table, in a quarter of an hour.
EVERY_RULE = os.environ.get("EVERY_RULE") == "1"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
OTHERS = [code for code in LANGUAGES if code != "en"]

# What is read of colours, and of a page again in another language: of long tables and lists the first rows.
FIRST_ROWS = {"exclude": [["tbody tr:nth-child(n+5)"], ["main li:nth-child(n+5)"]]}

STRUCTURE = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {rule: {"enabled": False} for rule in OF_COLOURS}}
COLOURS = {"runOnly": {"type": "rule", "values": OF_COLOURS}}
RUN_AXE = """async ([where, options]) => (await axe.run(where ?? document,
    {...options, resultTypes: ["violations"], preload: false, iframes: false})).violations.map(
    rule => [rule.impact, rule.id, rule.nodes.slice(0, 3).map(node => node.target.join(" ") + ": "
        + node.any.concat(node.all, node.none).map(check => check.message).join("; ").slice(0, 200))])"""

# WCAG 1.4.12: the spacing that a reader may ask for. What overflows a box that hides it is lost.
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(box => {
    const style = getComputedStyle(box);
    if (!["hidden", "clip"].includes(style.overflowX) && !["hidden", "clip"].includes(style.overflowY)) return false;
    if (box.clientWidth < 2 || box.clientHeight < 2 || box.closest("svg")) return false;
    return box.scrollWidth > box.clientWidth + 2 || box.scrollHeight > box.clientHeight + 2;
}).map(box => box.tagName + "." + box.className)"""

SCROLLS = "() => document.documentElement.scrollWidth"
MOVING = "() => document.getAnimations().filter(moving => moving.playState === 'running').length"
FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const style = getComputedStyle(at), box = at.getBoundingClientRect();
    const shape = at.querySelector("path, circle, rect");
    // What is drawn has its outline in its own ink.
    const isInked = at.ownerSVGElement && shape && parseFloat(getComputedStyle(shape).strokeWidth) >= 2;
    return {
        name: at.tagName + "." + at.getAttribute("class") + " " + (at.textContent || at.name || "").trim().slice(0, 40),
        isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
            && (isInked || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1)
                || style.boxShadow !== "none"),
    };
}"""


@dataclass
class Visit:
    status: int
    html: str
    # The parts of the page, and the words in it, with scripts; in English alone.
    outline: list[str] = field(default_factory=list)
    text: set[str] = field(default_factory=set)
    # Stops of the tabulator whose focus is not seen; in English alone.
    unseen_stops: list[str] = field(default_factory=list)
    broken_rules: list[str] = field(default_factory=list)
    width_at_320: int = 0
    cut_off: list[str] = field(default_factory=list)
    moving: int = 0


def visit(page: Page, page_type: PageType, language: str) -> Visit:
    """Open the page once and look at it from every side."""
    answer = opened(page, page_type, language)
    found = Visit(answer.status, answer.text())
    if language == "en":
        found.outline, found.text = outline_of(page), set(text_of(page))
        found.unseen_stops = unseen_stops(page)
    found.moving = page.evaluate(MOVING)
    page.evaluate(AXE_SCRIPT)
    found.broken_rules += _broken(page, "all schemes", STRUCTURE, whole=language == "en" or EVERY_RULE)
    for scheme in ["light", "dark"] if EVERY_RULE else ["light" if language == "en" else "dark"]:
        page.emulate_media(color_scheme=scheme)
        found.broken_rules += _broken(page, scheme, COLOURS, whole=EVERY_RULE)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROW)
    found.width_at_320 = page.evaluate(SCROLLS)
    page.add_style_tag(content=SPACING)
    found.cut_off = page.evaluate(CUT_OFF)
    page.set_viewport_size(PHONE)
    return found


def languages_of(page_type: PageType) -> list[str]:
    """The languages in which a page is looked at; it is read in all of them."""
    return LANGUAGES if EVERY_RULE else ["en", OTHERS[PAGE_TYPES.index(page_type) % len(OTHERS)]]


def opened(page: Page, page_type: PageType, language: str) -> Response:
    answer = page.goto(page_type.in_language(language))
    if page_type.link:
        answer = page.goto(page.locator(page_type.link).first.get_attribute("href"))
    return answer


def _broken(page: Page, scheme: str, rules: dict, *, whole: bool) -> list[str]:
    return [
        f"{rule} ({impact}, {scheme}): {' | '.join(places)}"
        for impact, rule, places in page.evaluate(RUN_AXE, [None if whole else FIRST_ROWS, rules])
    ]


def unseen_stops(page: Page) -> list[str]:
    """The first stops of the tabulator at which no outline shows where one is."""
    settle(page)
    unseen = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            break
        if not at["isSeen"]:
            unseen.append(at["name"])
    page.evaluate("document.activeElement.blur()")
    return unseen
