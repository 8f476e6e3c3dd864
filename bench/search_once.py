"""Searches in a database of its own: ``python -m bench.search_once DOCUMENTS``, which prints what it took as JSON.

Documents are sentences of the Harmonized System put together at random, always the same. The bound is a scan of the
same rows by LIKE, once for the count and once for the first twenty, by the bare driver.
"""

import json
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator
from functools import partial
from statistics import median
from types import SimpleNamespace

import django

QUESTIONS = (
    "uranium",
    "raw hides",
    "coffee roasted",
    "machinery parts",
    "electric",
    "yarn cotton weight",
    "“of a kind used”",
    "vehicles diesel engine",
)
TURNS = 5
ON_A_PAGE = 20
ASKED = 40


class Sentences:
    """Documents of one kind, as a section would give them."""

    type, record_type, resource, label, labels = "sentence", "bench.sentence", "", "Sentence", "Sentences"
    weight, is_loaded_in_bulk = 1.0, False

    def __init__(self, count: int) -> None:
        from kzafrica.reference.models import Commodity

        lines = list(Commodity.objects.exclude(description="").order_by("code").values_list("description", flat=True))
        chosen = random.Random(1)  # noqa: S311 (no secret)
        self.bodies = [". ".join(chosen.choices(lines, k=4)) for _number in range(count)]

    def state(self) -> str:
        return ""

    def all_ids(self) -> set[int]:
        return set(range(len(self.bodies)))

    def documents(self, record_ids: Iterable[int] | None = None) -> Iterator:
        from kzafrica.search.documents import Document, Passage

        for number in sorted(record_ids) if record_ids is not None else range(len(self.bodies)):
            title, _point, body = self.bodies[number].partition(". ")
            yield Document(number, f"s{number}", f"/s/{number}/", {"en": Passage(title, body)})


def main(count: int) -> dict:
    os.environ["DJANGO_SETTINGS_MODULE"] = "kzafrica.settings"
    django.setup()
    from kzafrica.search import finding, index

    sentences = Sentences(count)
    index.searchables.cache_clear()
    index.searchables = lambda: {sentences.type: sentences}
    finding.searchables = index.searchables
    took = SimpleNamespace(rebuild=timed(index.rebuild), ours=[], whole=[], bound=[])
    for words in QUESTIONS:
        # By turns, so that a busy minute meets all of them.
        ways = (partial(look, words), partial(finding.find, finding.Question(words)), partial(scan, words))
        rows = [[timed(way) for way in ways] for _turn in range(TURNS)]
        for kept, times in zip((took.ours, took.whole, took.bound), zip(*rows, strict=True), strict=True):
            kept.append(median(times))
    nothing = median(timed(index.catch_up) for _turn in range(ASKED))
    return {
        "rebuild": took.rebuild,
        "search": sum(took.ours) / len(QUESTIONS),
        "answer": sum(took.whole) / len(QUESTIONS),
        "scan": sum(took.bound) / len(QUESTIONS),
        "nothing_changed": nothing,
        "one_changed": median(timed(lambda: one_change(index, sentences)) for _turn in range(TURNS)),
    }


def timed(do) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def look(words: str) -> None:
    """Counts by type and the first twenty, best first: what the bound finds too, in no order."""
    from kzafrica.search.engines import Scope
    from kzafrica.search.index import engine
    from kzafrica.search.query import read_query

    engine().search(read_query(words), Scope(), limit=ON_A_PAGE)


def scan(words: str) -> None:
    from django.db import connection

    asked = [f"%{word.strip('“”')}%" for word in words.split()]
    like = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
    found = " AND ".join([f"(title {like} %s OR body {like} %s)"] * len(asked))
    values = [value for word in asked for value in (word, word)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM search_indexedpassage WHERE {found}", values)
        cursor.execute(f"SELECT title, body FROM search_indexedpassage WHERE {found} LIMIT {ON_A_PAGE}", values)
        cursor.fetchall()


def one_change(index, sentences: Sentences) -> None:
    """What a request costs after one record was published: it is read anew and everything else is left alone."""
    from django.db import transaction

    with transaction.atomic():
        used = index.engine()
        old = index.IndexedDocument.objects.filter(type=sentences.type, record_id=7)
        index._replace(sentences, old, sentences.documents([7]), used)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
