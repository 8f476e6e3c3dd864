"""A real browser before a real server: Debian's Chromium, driven by Playwright. Run with ``pytest -m browser``."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

# Playwright runs an event loop in the thread of the test; the database is still asked by one thread at a time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        pytest.fail(f"No Chromium on PATH under the names {', '.join(CHROMIUM_NAMES)}.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, live_server):
    """Pages of the running site at desktop width, each in a browser of its own.

    The test fails if a script fails or the policy is violated; an answer that refuses something is no failure.
    """
    contexts, complaints = [], []

    def complain(words: str) -> None:
        if "Failed to load resource" not in words:
            complaints.append(words)

    def open_page():
        contexts.append(chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900}))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complain(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complain(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture(scope="session")
def artefacts(tmp_path_factory) -> Path:
    """Where pictures of what was seen are kept: the folder named by ARTEFACTS, or one of pytest's own."""
    folder = Path(os.environ.get("ARTEFACTS") or tmp_path_factory.mktemp("artefacts"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def page(chromium, live_server):
    """A page of the running site at desktop width; the test fails if a script fails or the policy is violated."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints, complaints
