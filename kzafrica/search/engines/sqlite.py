"""Search in SQLite by FTS5, whose table stands beside the passages and is made by the second migration."""

from collections.abc import Iterable

from django.db import connection

from kzafrica.search.engines import FIELDS, STEM_WEIGHTS, WORD_WEIGHTS, Entry
from kzafrica.search.engines.database import CHUNK, DatabaseEngine
from kzafrica.search.models import IndexedPassage
from kzafrica.search.query import Clause, Query

COLUMNS = [column for name in FIELDS for column in (name, f"{name}_stems")]
WEIGHTS = [weight for pair in zip(WORD_WEIGHTS, STEM_WEIGHTS, strict=True) for weight in pair]


class SqliteEngine(DatabaseEngine):
    met = "SELECT rowid AS id FROM search_terms WHERE search_terms MATCH %s"
    hits = (
        f"SELECT rowid AS id, -bm25(search_terms, {', '.join(map(str, WEIGHTS))}) AS rank "
        "FROM search_terms WHERE search_terms MATCH %s"
    )

    def add(self, entries: Iterable[Entry]) -> None:
        marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
        with connection.cursor() as cursor:
            cursor.executemany(
                # A test that empties the tables of models leaves this one as it was.
                f"INSERT OR REPLACE INTO search_terms (rowid, {', '.join(COLUMNS)}) VALUES ({marks})",
                [
                    [passage.pk, *(" ".join(terms) for field in fields for terms in (field.words, field.stems))]
                    for passage, fields in entries
                ],
            )

    def remove(self, passages: Iterable[IndexedPassage]) -> None:
        numbers = [passage.pk for passage in passages]
        with connection.cursor() as cursor:
            for start in range(0, len(numbers), CHUNK):
                some = numbers[start : start + CHUNK]
                cursor.execute(f"DELETE FROM search_terms WHERE rowid IN ({', '.join(['%s'] * len(some))})", some)

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_terms")

    def match(self, query: Query) -> str:
        return " AND ".join(f"({self.clause(clause)})" for clause in query.clauses)

    def clause(self, clause: Clause) -> str:
        if clause.is_phrase:
            words = " ".join(term.text for term in clause.terms)
            return f'{{{" ".join(FIELDS)}}} : "{words}"'
        return " OR ".join(f'"{term.text}"{" *" if term.is_beginning else ""}' for term in clause.terms)
