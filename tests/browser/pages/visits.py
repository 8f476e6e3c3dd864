"""One visit of a page and what can be said of it: rules of axe, width, text that is cut off, focus, movement."""

from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, Response

from tests.browser.pages.page_types import PageType

NARROW, PHONE = {"width": 320, "height": 640}, {"width": 390, "height": 844}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_STOPS = 25
# Rules that read colours, which alone can differ between light and dark.
OF_COLOURS = ["color-contrast", "link-in-text-block"]

# What is read of a page again in another language: of long tables and lists the first rows, which show their make.
FIRST_ROWS = {"exclude": [["tbody tr:nth-child(n+5)"], ["main li:nth-child(n+5)"]]}

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
    return {
        name: at.tagName + "." + at.className + " " + (at.textContent || at.name || "").trim().slice(0, 40),
        isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
            && ((style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none"),
    };
}"""


@dataclass
class Visit:
    status: int
    html: str
    # (impact, rule and where) of what axe found in light, and of colours in dark.
    broken_rules: list[tuple[str, str]] = field(default_factory=list)
    width_at_320: int = 0
    cut_off: list[str] = field(default_factory=list)
    moving: int = 0


def visit(page: Page, page_type: PageType, language: str) -> Visit:
    """Open the page once and look at it from every side; it is as it was opened afterwards."""
    answer = opened(page, page_type, language)
    found = Visit(answer.status, answer.text())
    page.evaluate(AXE_SCRIPT)
    where = None if language == "en" else FIRST_ROWS
    found.broken_rules += _broken(page, "light", where, {"runOnly": {"type": "tag", "values": TAGS}})
    page.emulate_media(color_scheme="dark")
    found.broken_rules += _broken(page, "dark", where, {"runOnly": {"type": "rule", "values": OF_COLOURS}})
    page.emulate_media(color_scheme="light")
    found.moving = page.evaluate(MOVING)
    page.set_viewport_size(NARROW)
    found.width_at_320 = page.evaluate(SCROLLS)
    style = page.add_style_tag(content=SPACING)
    found.cut_off = page.evaluate(CUT_OFF)
    style.evaluate("tag => tag.remove()")
    page.set_viewport_size(PHONE)
    return found


def opened(page: Page, page_type: PageType, language: str) -> Response:
    answer = page.goto(page_type.in_language(language))
    if page_type.link:
        answer = page.goto(page.locator(page_type.link).first.get_attribute("href"))
    return answer


def _broken(page: Page, scheme: str, where: dict | None, options: dict) -> list[tuple[str, str]]:
    return [
        (impact, f"{rule} ({impact}, {scheme}): {' | '.join(places)}")
        for impact, rule, places in page.evaluate(RUN_AXE, [where, options])
    ]


def unseen_stops(page: Page) -> list[str]:
    """The first stops of the tabulator at which no outline shows where one is."""
    unseen = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            break
        if not at["isSeen"]:
            unseen.append(at["name"])
    return unseen
