"""Search in OpenSearch: the same terms in fields that are split at blanks and by nothing else."""

import json
from collections.abc import Iterable
from itertools import islice

from django.utils.timezone import localdate

from kzafrica.search.engines import (
    EXACT_FACTOR,
    FIELDS,
    RECENT_FACTOR,
    STEM_WEIGHTS,
    WORD_WEIGHTS,
    EngineFailure,
    Entry,
    Found,
    Scope,
)
from kzafrica.search.engines.rest_client import RestClient
from kzafrica.search.models import IndexedPassage
from kzafrica.search.query import Clause, Query, Term

AT_ONCE = 500
MOST_TYPES = 60
# Up to so many documents of a type are counted exactly; OpenSearch knows no more.
EXACT_COUNTS = 40_000

_TEXT = {"type": "text", "analyzer": "whitespace", "index_options": "positions"}
_KEYWORD = {"type": "keyword"}
INDEX = {
    "settings": {"index": {"number_of_shards": 1}},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            **{name: _TEXT for field in FIELDS for name in (field, f"{field}_stems")},
            "document": _KEYWORD,
            "type": _KEYWORD,
            "record_id": {"type": "long"},
            "key": _KEYWORD,
            "language": _KEYWORD,
            "countries": _KEYWORD,
            "names": _KEYWORD,
            "spans": {"type": "date_range", "format": "yyyy-MM-dd"},
            "year": {"type": "integer"},
            "weight": {"type": "float"},
        },
    },
}


class OpenSearchEngine:
    """Each passage is a document of the index, under a name that stays; documents are collapsed when they are found."""

    def __init__(self, url: str) -> None:
        self.client = RestClient(url)
        self.name = f"opensearch {self.client.host}:{self.client.port}/{self.client.index}"[:200]

    def clear(self) -> None:
        self.client.ask("DELETE", "", allowed=(404,))
        self.client.ask("PUT", "", INDEX)

    def add(self, entries: Iterable[Entry]) -> None:
        self._bulk([{"index": {"_id": name_of(entry.passage)}}, document_of(entry)] for entry in entries)

    def remove(self, passages: Iterable[IndexedPassage]) -> None:
        self._bulk([{"delete": {"_id": name_of(passage)}}] for passage in passages)

    def _bulk(self, actions: Iterable[list[dict]]) -> None:
        actions = iter(actions)
        while some := list(islice(actions, AT_ONCE)):
            lines = [json.dumps(line) for action in some for line in action]
            # Readers find what is new with their next request.
            answer = self.client.ask("POST", "/_bulk?refresh=true", ("\n".join(lines) + "\n").encode())
            failed = [result["error"] for row in answer["items"] for result in row.values() if result.get("error")]
            if failed:
                raise EngineFailure(f"OpenSearch did not take {len(failed)} passages: {failed[0]}")

    def search(self, query: Query, scope: Scope, *, offset: int = 0, limit: int = 0) -> Found:
        asked = {
            "from": offset,
            "size": limit,
            "_source": ["type", "record_id"],
            "track_total_hits": False,
            "query": scored(query, scope),
            "collapse": {"field": "document"},
            "sort": ["_score", {"type": "asc"}, {"key": "asc"}],
            "aggs": {
                "types": {
                    "terms": {"field": "type", "size": MOST_TYPES},
                    "aggs": {"documents": {"cardinality": {"field": "document", "precision_threshold": EXACT_COUNTS}}},
                }
            },
        }
        if scope.type:
            asked["post_filter"] = {"term": {"type": scope.type}}
        answer = self.client.ask("POST", "/_search", asked)
        rows = [(hit["_source"]["type"], hit["_source"]["record_id"]) for hit in answer["hits"]["hits"]]
        counts = {row["key"]: row["documents"]["value"] for row in answer["aggregations"]["types"]["buckets"]}
        return Found(rows, counts)


def name_of(passage: IndexedPassage) -> str:
    document = passage.document
    return f"{document.type}.{document.record_id}.{passage.language}"


def document_of(entry: Entry) -> dict:
    passage, document = entry.passage, entry.passage.document
    fields = {
        name: " ".join(terms)
        for field, (words, stems) in zip(FIELDS, entry.fields, strict=True)
        for name, terms in ((field, words), (f"{field}_stems", stems))
    }
    spans = [
        {name: day.isoformat() for name, day in (("gte", span.earliest), ("lte", span.latest)) if day}
        for span in document.spans.all()
    ]
    return fields | {
        "document": f"{document.type}.{document.record_id}",
        "type": document.type,
        "record_id": document.record_id,
        "key": document.key,
        "language": passage.language,
        "countries": document.countries.split(),
        "names": [name for name in document.plain_names.split("\n") if name],
        "spans": spans,
        "year": document.year,
        "weight": document.weight,
    }


def scored(query: Query, scope: Scope) -> dict:
    """The clauses within the scope, the score multiplied as the database does it."""
    return {
        "function_score": {
            "query": {"bool": {"must": [asked(clause) for clause in query.clauses], "filter": filters(scope)}},
            "functions": [
                {"field_value_factor": {"field": "weight", "missing": 1}},
                {"filter": {"term": {"names": query.plain}}, "weight": EXACT_FACTOR},
                {"filter": {"range": {"year": {"gte": localdate().year - 1}}}, "weight": RECENT_FACTOR},
            ],
            "score_mode": "multiply",
            "boost_mode": "multiply",
        }
    }


def asked(clause: Clause) -> dict:
    if clause.is_phrase:
        words = " ".join(term.text for term in clause.terms)
        met = [
            {"match_phrase": {name: {"query": words, "boost": weight}}}
            for name, weight in zip(FIELDS, WORD_WEIGHTS, strict=True)
        ]
    else:
        met = [question for term in clause.terms for question in in_every_field(term)]
    return {"bool": {"should": met, "minimum_should_match": 1}}


def in_every_field(term: Term) -> Iterable[dict]:
    kind = "prefix" if term.is_beginning else "term"
    for name, word_weight, stem_weight in zip(FIELDS, WORD_WEIGHTS, STEM_WEIGHTS, strict=True):
        if not term.is_stem:
            yield {kind: {name: {"value": term.text, "boost": word_weight}}}
        # The halves of words stand among the stems.
        yield {kind: {f"{name}_stems": {"value": term.text, "boost": stem_weight}}}


def filters(scope: Scope) -> list[dict]:
    found: list[dict] = []
    if scope.country:
        found.append({"term": {"countries": scope.country}})
    if scope.language:
        found.append({"term": {"language": scope.language}})
    if scope.period:
        start, end = scope.period
        period = {"gte": start.isoformat(), "lte": end.isoformat(), "relation": "intersects"}
        found.append({"range": {"spans": period}})
    return found
