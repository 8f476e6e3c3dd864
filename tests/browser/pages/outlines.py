"""What a page is made of, without its facts: landmarks, headings, tables, pictures and controls with their names."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page

SNAPSHOTS = Path(__file__).parent.parent / "snapshots"
# Set to 1 it writes what the pages are made of now; the difference is then read before it is committed.
WRITE_SNAPSHOTS = os.environ.get("WRITE_SNAPSHOTS") == "1"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = re.compile(rf"\d{{1,2}} (?:{MONTHS}) \d{{4}}|\d{{4}}-\d\d-\d\d")
NUMBER = re.compile(r"\d+(?:[.,\s]\d+)*")

PARTS = """() => {
    const words = text => (text || "").replace(/\\s+/g, " ").trim();
    const named = box => words(box.getAttribute("aria-label")
        || (box.getAttribute("aria-labelledby") || "").split(" ")
            .map(id => document.getElementById(id)?.textContent).join(" ")
        || box.querySelector(":scope > title")?.textContent);
    const landmarks = "header, nav, main, footer, aside, form, section[aria-label], section[aria-labelledby]";
    const others = "h1, h2, h3, h4, caption, summary, label, button, [role=img], input, select, textarea";
    return [...document.querySelectorAll(`${landmarks}, ${others}`)].map(box => {
        const tag = box.localName, fieldName = box.getAttribute("name");
        if (box.type === "hidden") return "";
        if (["input", "select", "textarea"].includes(tag)) return `${tag} ${fieldName || ""}`;
        if (box.matches(landmarks)) return `${tag} ${named(box)}`;
        if (tag === "button") return `${tag} ${words(box.textContent) || named(box)}`;
        return `${tag} ${box.getAttribute("role") === "img" ? named(box) : words(box.textContent)}`;
    }).filter(Boolean).map(line => line.trim().slice(0, 120));
}"""
TEXT = """() => [...document.querySelectorAll("p, li, th, td, dt, dd, h1, h2, h3, figcaption")]
    .map(box => box.textContent.replace(/\\s+/g, " ").trim())"""


def outline_of(page: Page) -> list[str]:
    """A line for each part, in order, with # for days and numbers, which change by themselves."""
    lines = [NUMBER.sub("#", DAY.sub("#", line)) for line in page.evaluate(PARTS)]
    # Long lists of one make are one line.
    return [line for line, before in zip(lines, [None, *lines], strict=False) if line != before]


def text_of(page: Page) -> list[str]:
    """What stands in paragraphs, lists and tables, hidden or not."""
    return page.evaluate(TEXT)


def kept(name: str, outline: list[str]) -> list[str]:
    path = SNAPSHOTS / f"{name}.txt"
    if WRITE_SNAPSHOTS:
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(outline) + "\n", encoding="utf-8")
    return path.read_text(encoding="utf-8").splitlines()
