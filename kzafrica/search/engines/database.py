"""What the two databases share: the same rows, filters, counts and order around a different way to match terms."""

from collections.abc import Iterable

from django.db import connection
from django.utils.timezone import localdate

from kzafrica.search.engines import EXACT_FACTOR, RECENT_FACTOR, Found, Scope
from kzafrica.search.models import IndexedPassage
from kzafrica.search.query import Query

CHUNK = 400


class DatabaseEngine:
    """Search within the database. A subclass gives ``met``, the passages that match, and ``hits``, with their rank.

    A higher rank is better. To rank costs more than to find, so that what is only counted is not ranked.
    """

    name = "database"
    met: str
    hits: str

    def match(self, query: Query) -> str:
        """The clauses in the language of the database."""
        raise NotImplementedError

    def remove(self, passages: Iterable[IndexedPassage]) -> None:
        """Nothing, where the terms stand in the row itself."""

    def clear(self) -> None:
        """Nothing, where the terms stand in the row itself."""

    def search(self, query: Query, scope: Scope, *, offset: int = 0, limit: int = 0) -> Found:
        conditions, values = self.conditions(scope)
        found = Found()
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH hits AS MATERIALIZED ({self.met}) "
                "SELECT d.type, COUNT(DISTINCT d.id) FROM hits JOIN search_indexedpassage p ON p.id = hits.id "
                f"JOIN search_indexeddocument d ON d.id = p.document_id WHERE {conditions} GROUP BY d.type",
                [self.match(query), *values],
            )
            found.counts = dict(cursor.fetchall())
            if not limit or not found.counts:
                return found
            of_type, type_values = ("d.type = %s", [scope.type]) if scope.type else ("1 = 1", [])
            cursor.execute(
                f"WITH hits AS MATERIALIZED ({self.hits}) "
                "SELECT d.type, d.record_id FROM hits JOIN search_indexedpassage p ON p.id = hits.id "
                f"JOIN search_indexeddocument d ON d.id = p.document_id WHERE {conditions} AND {of_type} "
                "GROUP BY d.id, d.type, d.record_id, d.key, d.weight, d.plain_names, d.year "
                "ORDER BY MAX(hits.rank) * d.weight * CASE WHEN d.plain_names LIKE %s THEN %s ELSE 1.0 END "
                "* CASE WHEN d.year >= %s THEN %s ELSE 1.0 END DESC, d.type, d.key LIMIT %s OFFSET %s",
                [self.match(query), *values, *type_values, *self.order(query), limit, offset],
            )
            found.rows = [tuple(row) for row in cursor.fetchall()]
        return found

    def conditions(self, scope: Scope) -> tuple[str, list]:
        conditions, values = ["1 = 1"], []
        if scope.country:
            conditions.append("d.countries LIKE %s")
            values.append(f"% {scope.country} %")
        if scope.language:
            conditions.append("p.language = %s")
            values.append(scope.language)
        if scope.period:
            conditions.append(
                "EXISTS (SELECT 1 FROM search_span s WHERE s.document_id = d.id "
                "AND (s.latest IS NULL OR s.latest >= %s) AND (s.earliest IS NULL OR s.earliest <= %s))"
            )
            values += [day.isoformat() if connection.vendor == "sqlite" else day for day in scope.period]
        return " AND ".join(conditions), values

    def order(self, query: Query) -> list:
        # Plain words hold letters, digits and blanks alone: nothing that LIKE reads otherwise.
        return [f"%\n{query.plain}\n%", EXACT_FACTOR, localdate().year - 1, RECENT_FACTOR]
