"""What every type of page weighs and how soon it shows: ``make weigh`` writes the table into docs/page-weight.md.

With --check it writes nothing, compares what can be compared between machines (bytes, requests, queries) with the
table, and ends with status 1 where they have moved. The site runs in a database of its own with the initial dataset.
"""

import argparse
import gzip
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from bench.answers import serving
from bench.databases import ROOT, Sqlite, environment, manage
from tests.browser.pages.page_types import PAGE_TYPES, PageType
from tests.browser.pages.weights import size_of

TABLE = ROOT / "docs" / "page-weight.md"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE = {"width": 390, "height": 844}
# A slow phone as Lighthouse imitates one: "slow 4G", and a processor that takes four times as long.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1_638_400 / 8, "uploadThroughput": 750_000 / 8}
SLOWER_BY = 4
# As much may change without a word: a tenth, and a kilobyte of a small page.
TOLERATED, TOLERATED_BYTES = 0.1, 1_000

WATCH = """(() => {
    window.shown = {lcp: 0, cls: 0};
    new PerformanceObserver(list => list.getEntries().forEach(row => { shown.lcp = row.startTime; }))
        .observe({type: "largest-contentful-paint", buffered: true});
    new PerformanceObserver(list => list.getEntries().forEach(row => { shown.cls += row.value; }))
        .observe({type: "layout-shift", buffered: true});
})()"""

HEAD = """# What pages weigh

Written by `make weigh`, which `python -m bench.pages --check` compares with what the pages are now. One type of page
in a line, in English and with the initial dataset.

- **Bytes** are what a first visit transfers: the page compressed with Brotli (quality 5, as a proxy does it while one
  waits), styles, scripts and pictures drawn as text with Brotli (quality 11, once for all), fonts as they are.
- **Requests** are all of them, the page included. **Queries** are those of the page in a process that is warm.
- **Largest paint** and **layout shift** are of Chromium {version} on a machine of ours that imitates a slow phone, 390
  pixels wide: “slow 4G” (1.6 Mbit/s, 150 ms) and a processor {slower} times as slow, nothing in its cache. They say
  what is slower than what, and are not compared between machines.

| Page | Bytes | of which HTML | Requests | Queries | Largest paint, ms | Layout shift |
|---|---:|---:|---:|---:|---:|---:|
"""


def application(environ, start_response):
    """The site behind what compresses pages, as a proxy does before it."""
    from kzafrica.wsgi import application as site

    said = {}

    def remember(status, headers, exc_info=None):
        said.update(status=status, headers=headers)
        return lambda _words: None

    answer = site(environ, remember)
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    headers = [row for row in said["headers"] if row[0].lower() != "content-length"]
    kinds = {name.lower(): value for name, value in headers}
    if "content-encoding" not in kinds and kinds.get("content-type", "").startswith("text/html"):
        body = gzip.compress(body, 6)
        headers.append(("Content-Encoding", "gzip"))
    start_response(said["status"], [*headers, ("Content-Length", str(len(body)))])
    return [body]


@dataclass(frozen=True)
class Weight:
    name: str
    size: int
    html: int
    requests: int
    queries: int
    lcp: int = 0
    cls: float = 0

    def __str__(self) -> str:
        return (
            f"| {self.name} | {self.size:,} | {self.html:,} | {self.requests} | {self.queries} | {self.lcp:,} "
            f"| {self.cls:.3f} |"
        )

    def moved_from(self, kept: "Weight | None") -> str:
        """What is not as it was kept, in words; empty where all is."""
        if kept is None:
            return f"{self.name} is not in the table."
        most = max(kept.size * TOLERATED, TOLERATED_BYTES)
        told = []
        if abs(self.size - kept.size) > most:
            told.append(f"{self.size:,} bytes instead of {kept.size:,}")
        if self.requests != kept.requests:
            told.append(f"{self.requests} requests instead of {kept.requests}")
        if self.queries != kept.queries:
            told.append(f"{self.queries} queries instead of {kept.queries}")
        return f"{self.name}: {', '.join(told)}." if told else ""


def kept_table() -> dict[str, Weight]:
    rows = re.findall(r"^\| ([a-z-]+) \| ([\d,]+) \| ([\d,]+) \| (\d+) \| (\d+) \|", TABLE.read_text(), flags=re.M)
    return {row[0]: Weight(row[0], *(int(number.replace(",", "")) for number in row[1:])) for row in rows}


class Reader:
    """Somebody with a phone who has never been here before."""

    def __init__(self, browser: Browser, site: str, *, is_slow: bool) -> None:
        self.browser, self.site, self.is_slow = browser, site, is_slow

    @contextmanager
    def opened(self, address: str) -> Iterator[tuple[list[Response], Page]]:
        """The page once nothing more comes, and all that came."""
        context = self.browser.new_context(viewport=PHONE, base_url=self.site)
        page, answers = context.new_page(), []
        page.on("response", lambda answer: answers.append(answer))
        page.add_init_script(WATCH)
        if self.is_slow:
            session = context.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", NETWORK)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_BY})
        page.goto(address, wait_until="networkidle")
        yield answers, page
        context.close()

    def address_of(self, page_type: PageType) -> str:
        if not page_type.link:
            return page_type.address
        with self.opened(page_type.address) as (_answers, page):
            return page.locator(page_type.link).first.get_attribute("href")


def weigh(reader: Reader, queries_of: Callable[[str], int], page_type: PageType) -> Weight:
    address = reader.address_of(page_type)
    # What the process keeps of the record is there after somebody else has asked.
    somebody = reader.browser.new_context(base_url=reader.site)
    somebody.request.get(address)
    somebody.close()
    with reader.opened(address) as (answers, page):
        sizes = [size_of(answer) for answer in answers]
        shown = page.evaluate("shown") if reader.is_slow else {"lcp": 0, "cls": 0}
    return Weight(
        page_type.name, sum(sizes), sizes[0], len(sizes), queries_of(address), round(shown["lcp"]), shown["cls"]
    )


def counter(url: str) -> Callable[[str], int]:
    """How many queries a page takes, asked of a process of ours that has answered it before."""
    os.environ |= environment(url) | {"DJANGO_SETTINGS_MODULE": "kzafrica.settings", "ALLOWED_HOSTS": "*"}
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    def count(address: str) -> int:
        client = Client()
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    return count


def measured(*, is_slow: bool) -> tuple[list[Weight], str]:
    """Every type of page, and the version of the browser."""
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    with tempfile.TemporaryDirectory(prefix="kzafrica-pages-") as folder, sync_playwright() as playwright:
        url = Sqlite(Path(folder)).create("pages")
        for command in (
            ("migrate", "-v0"),
            ("load_dataset", "-v0"),
            ("rebuild_search",),
            ("collectstatic", "--noinput", "-v0"),
        ):
            manage(url, *command)
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        with ThreadPoolExecutor(1) as apart, serving("bench.pages:application", url) as client:
            # Django answers no questions to a thread with an event loop, which Playwright has in this one.
            count = apart.submit(counter, url).result()
            reader = Reader(browser, f"http://127.0.0.1:{client.connection.port}", is_slow=is_slow)
            weights = []
            for page_type in PAGE_TYPES:
                if page_type.is_in_dataset:
                    weights.append(weigh(reader, lambda address: apart.submit(count, address).result(), page_type))
                    print(weights[-1], flush=True)
        version = browser.version.split(".")[0]
        browser.close()
    return weights, version


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        weights, version = measured(is_slow=True)
        rows = "".join(f"{weight}\n" for weight in weights)
        TABLE.write_text(HEAD.format(version=version, slower=SLOWER_BY) + rows, encoding="utf-8")
        return 0
    kept = kept_table()
    weights, _version = measured(is_slow=False)
    moved = [words for weight in weights if (words := weight.moved_from(kept.get(weight.name)))]
    print("\n".join(moved) or "Nothing has moved.")
    return 1 if moved else 0


if __name__ == "__main__":
    raise SystemExit(main())
