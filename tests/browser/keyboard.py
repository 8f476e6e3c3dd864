"""A person who works by keyboard alone: every key and every field filled counts as one interaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

FOCUSED = "selector => document.activeElement !== null && document.activeElement.matches(selector)"
NEXT_FRAME = "() => new Promise(drawn => requestAnimationFrame(() => drawn()))"


def settle(page: Page) -> None:
    """Wait until a page that has loaded is drawn for the first time, as a person would.

    Browsers honour autofocus with the first frame, which comes after the load event Playwright waits for: a key pressed
    between the two goes to no field and is lost.
    """
    page.evaluate(NEXT_FRAME)


@contextmanager
def next_page(page: Page) -> Iterator[None]:
    """What is done within leads to another page, which is ready for the keyboard afterwards."""
    with page.expect_navigation():
        yield
    settle(page)


class Keyboard:
    """Moves, types and presses in the page; ``interactions`` is how often a hand was needed."""

    def __init__(self, page: Page, artefacts: Path) -> None:
        self.page, self.artefacts = page, artefacts
        self.interactions = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.interactions += 1

    def fill(self, words: str) -> None:
        """Type over what stands in the field that has the focus."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)
        self.interactions += 1

    def reach(self, selector: str, *, key: str = "Tab", at_most: int = 150) -> None:
        """Press a key until the focus is where it should be."""
        for _ in range(at_most):
            if self.page.evaluate(FOCUSED, selector):
                return
            self.press(key)
        raise AssertionError(f"{at_most} times {key} never led to {selector} on {self.page.url}")

    def follow(self, selector: str) -> None:
        """Reach a link or button and press Enter; the next page is there afterwards."""
        self.reach(selector)
        self.enter()

    def enter(self) -> None:
        """Press Enter where the focus is; the next page is there afterwards."""
        with next_page(self.page):
            self.press("Enter")

    def open(self, address: str) -> None:
        self.page.goto(address)
        settle(self.page)

    def shot(self, name: str) -> None:
        self.page.screenshot(path=self.artefacts / f"{name}.png", full_page=True)

    def sign_in(self, name: str, password: str) -> None:
        self.open("/admin/login/?next=/admin/")
        self.reach("input[name=username]")
        self.fill(name)
        self.reach("input[name=password]")
        self.fill(password)
        self.enter()
