"""What an index holds, without the numbers of its rows: two that hold the same answer the same."""

from django.db import connection

from kzafrica.search.engines.sqlite import COLUMNS
from kzafrica.search.finding import Question, find
from kzafrica.search.models import IndexedDocument


def found(words: str, **asked) -> list[str]:
    """What a question finds, as type/key, in order."""
    answer = find(Question(words, **asked), limit=100)
    return [f"{result.document.type}/{result.document.key}" for result in answer.results]


def content_of_index() -> dict:
    documents = IndexedDocument.objects.prefetch_related("passages", "spans", "drawings")
    terms = terms_of_index()
    return {
        (document.type, document.record_id): {
            "row": (document.key, document.address, document.aliases, document.plain_names, document.countries),
            "when": (document.edtf, document.year, {(span.earliest, span.latest) for span in document.spans.all()}),
            "from": {(row.record_type, row.record_id) for row in document.drawings.all()},
            "words": {
                row.language: (row.title, row.body, row.words, terms.get(row.pk)) for row in document.passages.all()
            },
        }
        for document in documents
    } | {"terms": len(terms)}


def terms_of_index() -> dict[int, tuple]:
    """The terms that the database itself keeps, by passage."""
    if connection.vendor == "postgresql":
        asked = "SELECT id, terms::text FROM search_indexedpassage"
    else:
        asked = f"SELECT rowid, {', '.join(COLUMNS)} FROM search_terms"  # noqa: S608 (our own names)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
