"""Search in PostgreSQL by a tsvector of our own terms, which the second migration puts beside the passages.

Both the vectors and the questions are written out term by term, so that no configuration of the server decides.
"""

from collections.abc import Iterable

from django.db import connection

from kzafrica.search.documents import Terms
from kzafrica.search.engines import WORD_WEIGHTS, Entry
from kzafrica.search.engines.database import CHUNK, DatabaseEngine
from kzafrica.search.query import Clause, Query

LABELS = "ABCD"
# Between fields, so that no phrase reaches from one into the next; PostgreSQL knows no place beyond the last.
GAP, LAST_PLACE, MOST_PLACES = 50, 16383, 250
# As ts_rank takes them: D, C, B, A.
WEIGHTS = "{" + ", ".join(f"{weight / max(WORD_WEIGHTS):g}" for weight in reversed(WORD_WEIGHTS)) + "}"


class PostgresEngine(DatabaseEngine):
    met = "SELECT id FROM search_indexedpassage WHERE terms @@ CAST(%s AS tsquery)"
    hits = (
        f"SELECT passage.id, ts_rank('{WEIGHTS}', passage.terms, asked)::float8 AS rank "
        "FROM search_indexedpassage passage, CAST(%s AS tsquery) asked WHERE passage.terms @@ asked"
    )

    def add(self, entries: Iterable[Entry]) -> None:
        rows = [(vector(fields), passage.pk) for passage, fields in entries]
        with connection.cursor() as cursor:
            for start in range(0, len(rows), CHUNK):
                cursor.executemany(
                    "UPDATE search_indexedpassage SET terms = CAST(%s AS tsvector) WHERE id = %s",
                    rows[start : start + CHUNK],
                )

    def match(self, query: Query) -> str:
        return " & ".join(f"({self.clause(clause)})" for clause in query.clauses)

    def clause(self, clause: Clause) -> str:
        if clause.is_phrase:
            return " <-> ".join(f"'{term.text}'" for term in clause.terms)
        return " | ".join(f"'{term.text}'{':*' if term.is_beginning else ''}" for term in clause.terms)


def vector(fields: tuple[Terms, ...]) -> str:
    """``'embassies':1A 'en=embassi':101A``: words at their places, stems where they stand next to nothing."""
    places: dict[str, list[str]] = {}
    place = 1
    for label, (words, stems) in zip(LABELS, fields, strict=True):
        for word in words:
            places.setdefault(word, []).append(f"{min(place, LAST_PLACE)}{label}")
            place += 1
        place += GAP
        for stem in stems:
            places.setdefault(stem, []).append(f"{min(place, LAST_PLACE)}{label}")
        place += GAP
    return " ".join(f"'{term}':{','.join(where[:MOST_PLACES])}" for term, where in places.items())
