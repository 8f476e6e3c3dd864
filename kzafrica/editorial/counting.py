"""How many records of each kind rest on how many sources, counted by the database in one query for all kinds."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from kzafrica.editorial.choices import OFFICIAL_KINDS

# Of the rows of the inner query one stands for each citation of a record or of a part of it.
COUNT = """
SELECT kind_number, sources, is_official, is_disputed, COUNT(*) FROM (
    SELECT kind_number, record_number,
        COUNT(DISTINCT CASE WHEN has_stated = 0 THEN source_number END) AS sources,
        MAX(CASE WHEN has_stated = 0 THEN from_official ELSE 0 END) AS is_official,
        MAX(has_stated) AS is_disputed
    FROM ({citations}) AS citations GROUP BY kind_number, record_number
) AS records GROUP BY kind_number, sources, is_official, is_disputed
"""


class Tally(NamedTuple):
    """So many records have so many different sources that support them or a part of them.

    ``is_official``: one of these is official. ``is_disputed``: another source states something else.
    """

    sources: int
    is_official: bool
    is_disputed: bool
    records: int


def tallies_of(kinds: Mapping[str, QuerySet]) -> dict[str, list[Tally]]:
    """By the name of each kind: how many of its records rest on how many sources, of those that have any citation."""
    names = list(kinds)
    parts = [rows for number, name in enumerate(names) for rows in _citations_of(number, kinds[name])]
    found: dict[str, list[Tally]] = {name: [] for name in names}
    if not parts:
        return found
    first, *others = parts
    sql, values = first.union(*others, all=True).query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(citations=sql), values)
        for number, sources, is_official, is_disputed, records in cursor.fetchall():
            found[names[number]].append(Tally(sources, bool(is_official), bool(is_disputed), records))
    return found


def _citations_of(number: int, records: QuerySet) -> list[QuerySet]:
    """A query for the record itself, and for each kind of its parts that a source can be cited for."""
    return [
        records.order_by()
        .filter(**{f"{path}citations__isnull": False})
        .annotate(
            kind_number=Value(number, IntegerField()),
            record_number=F("pk"),
            source_number=F(f"{path}citations__source"),
            has_stated=_flag(When(**{f"{path}citations__stated": "", "then": Value(0)}), otherwise=1),
            from_official=_flag(
                When(**{f"{path}citations__source__kind__in": OFFICIAL_KINDS, "then": Value(1)}), otherwise=0
            ),
        )
        .values_list("kind_number", "record_number", "source_number", "has_stated", "from_official")
        for path in ("", *(f"{path}__" for path in records.model.cited_part_paths()))
    ]


def _flag(when: When, *, otherwise: int) -> Case:
    return Case(when, default=Value(otherwise), output_field=IntegerField())
