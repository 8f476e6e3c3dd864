"""Hand-checked tables of where a fact must stand, and how an answer of the site is searched for it.

The tables are kept apart from the files of the dataset and were written from what the documents say. A page must show
every text of ``page_has``, whole words in the reader's own typography. A document of the API must hold every entry of
``api_has``: ``key=value`` for exactly that value under that key, at any depth; otherwise words of any of its texts.
"""

import csv
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TABLES = Path(__file__).parent.parent / "expectations"


@dataclass(frozen=True)
class Expectation:
    """What must be found of one fact, and where."""

    fact: str
    page: str
    api: str
    page_has: tuple[str, ...]
    api_has: tuple[str, ...]

    def __str__(self) -> str:
        return self.fact


def expectations(table: str) -> list[Expectation]:
    with (TABLES / table).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [
        Expectation(fact, page, api, tuple(page_has.split("|")), tuple(api_has.split("|")))
        for fact, page, api, page_has, api_has in rows
    ]


def page_text(content: str) -> str:
    """What a reader sees in the main part of a page: no tags, entities read, white space folded."""
    main = re.search(r"<main\b.*?</main>", content, re.DOTALL)
    assert main, "The page has no main part."
    return folded(html.unescape(re.sub(r"<[^>]+>", " ", main.group())))


def folded(text: str) -> str:
    return " ".join(text.split())


def holds_words(text: str, words: str) -> bool:
    """Whether the words stand in the text whole: “6” is not in “2016”."""
    return re.search(rf"(?<!\w){re.escape(folded(words))}(?!\w)", text) is not None


def missing_from_page(content: str, wanted: tuple[str, ...]) -> list[str]:
    text = page_text(content)
    return [words for words in wanted if not holds_words(text, words)]


def missing_from_document(document: dict, wanted: tuple[str, ...]) -> list[str]:
    pairs = set(_pairs(document))
    texts = [folded(value) for _key, value in pairs]
    missing = []
    for entry in wanted:
        key, is_pair, value = entry.partition("=")
        is_found = (key, value) in pairs if is_pair else any(holds_words(text, entry) for text in texts)
        if not is_found:
            missing.append(entry)
    return missing


WORDS_OF_JSON = {None: "null", True: "true", False: "false"}


def _pairs(value, key: str = "") -> Iterator[tuple[str, str]]:
    """Every plain value of a document with the key it stands under; values of a list stand under its key."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _pairs(child, name)
    elif isinstance(value, list):
        for child in value:
            yield from _pairs(child, key)
    elif isinstance(value, str):
        yield key, value
    else:
        yield (
            key,
            WORDS_OF_JSON.get(value, str(value))
            if not isinstance(value, int) or isinstance(value, bool)
            else str(value),
        )
