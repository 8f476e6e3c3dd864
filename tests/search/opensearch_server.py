"""A server that answers what search asks of OpenSearch, over HTTP and by the documented meaning of each request.

It holds documents in memory and refuses what it does not know, so that a request that OpenSearch would not take as we
mean it does not pass here either: unknown fields under a strict mapping, unknown queries, malformed bulk lines.
"""

import json
from collections import defaultdict
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit


class Refused(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class Index:
    """One index: its mapping and its documents, with words as the whitespace analyzer gives them."""

    def __init__(self, definition: dict) -> None:
        self.properties = definition["mappings"]["properties"]
        assert definition["mappings"]["dynamic"] == "strict"
        self.documents: dict[str, dict] = {}

    def put(self, name: str, document: dict) -> None:
        if unknown := document.keys() - self.properties.keys():
            raise Refused(400, f"strict_dynamic_mapping_exception: {sorted(unknown)}")
        self.documents[name] = document

    def tokens(self, document: dict, field: str) -> list[str]:
        kind = self.properties[field]["type"]
        value = document.get(field, [])
        if kind == "text":
            assert self.properties[field]["analyzer"] == "whitespace"
            return value.split()
        return [str(one) for one in (value if isinstance(value, list) else [value])]

    # --- Queries

    def score(self, query: dict, document: dict) -> float | None:
        """The score of a document under a query; None where it does not match."""
        (kind, body), *others = query.items()
        if others or not hasattr(self, f"by_{kind}"):
            raise Refused(400, f"parsing_exception: unknown query [{kind}]")
        return getattr(self, f"by_{kind}")(body, document)

    def by_bool(self, body: dict, document: dict) -> float | None:
        if unknown := body.keys() - {"must", "filter", "should", "minimum_should_match"}:
            raise Refused(400, f"parsing_exception: {unknown}")
        must = [self.score(query, document) for query in body.get("must", [])]
        kept = [self.score(query, document) for query in body.get("filter", [])]
        should = [score for query in body.get("should", []) if (score := self.score(query, document)) is not None]
        least = body.get("minimum_should_match", 0 if must or kept else 1)
        if None in must or None in kept or len(should) < (least if body.get("should") else 0):
            return None
        return sum(must) + sum(should)

    def by_term(self, body: dict, document: dict) -> float | None:
        ((field, said),) = body.items()
        value, boost = (said["value"], said.get("boost", 1)) if isinstance(said, dict) else (said, 1)
        count = self.tokens(document, field).count(str(value))
        return boost * count / (count + 1) if count else None

    def by_prefix(self, body: dict, document: dict) -> float | None:
        ((field, said),) = body.items()
        found = any(token.startswith(said["value"]) for token in self.tokens(document, field))
        return said.get("boost", 1) if found else None

    def by_match_phrase(self, body: dict, document: dict) -> float | None:
        ((field, said),) = body.items()
        asked, tokens = said["query"].split(), self.tokens(document, field)
        places = range(len(tokens) - len(asked) + 1)
        return said.get("boost", 1) if any(tokens[at : at + len(asked)] == asked for at in places) else None

    def by_range(self, body: dict, document: dict) -> float | None:
        ((field, said),) = body.items()
        low, high = said.get("gte"), said.get("lte")
        if self.properties[field]["type"] == "date_range":
            assert said["relation"] == "intersects"
            spans = document.get(field, [])
            met = any(
                (not span.get("lte") or span["lte"] >= low) and (not span.get("gte") or span["gte"] <= high)
                for span in spans
            )
            return 1.0 if met else None
        value = document.get(field, 0)
        return 1.0 if (low is None or value >= low) and (high is None or value <= high) else None

    def by_function_score(self, body: dict, document: dict) -> float | None:
        assert (body["score_mode"], body["boost_mode"]) == ("multiply", "multiply")
        score = self.score(body["query"], document)
        if score is None:
            return None
        for function in body["functions"]:
            if factor := function.get("field_value_factor"):
                score *= document.get(factor["field"], factor["missing"])
            elif self.score(function["filter"], document) is not None:
                score *= function["weight"]
        return score

    def search(self, asked: dict) -> dict:
        known = {"from", "size", "_source", "track_total_hits", "query", "collapse", "sort", "aggs", "post_filter"}
        if unknown := asked.keys() - known:
            raise Refused(400, f"parsing_exception: {unknown}")
        if asked["from"] + asked["size"] > 10_000:
            raise Refused(400, "illegal_argument_exception: Result window is too large")
        assert asked["sort"] == ["_score", {"type": "asc"}, {"key": "asc"}]
        scored = [(self.score(asked["query"], document), document) for document in self.documents.values()]
        matching = [(score, document) for score, document in scored if score is not None]
        hits = [
            row
            for row in matching
            if "post_filter" not in asked or self.score(asked["post_filter"], row[1]) is not None
        ]
        hits.sort(key=lambda row: (-row[0], row[1]["type"], row[1]["key"]))
        first: dict[str, dict] = {}
        for score, document in hits:
            source = {name: document[name] for name in asked["_source"]}
            first.setdefault(document[asked["collapse"]["field"]], {"_score": score, "_source": source})
        rows = list(first.values())[asked["from"] : asked["from"] + asked["size"]]
        return {"hits": {"hits": rows}, "aggregations": {"types": {"buckets": self.buckets(asked["aggs"], matching)}}}

    def buckets(self, aggs: dict, matching: list) -> list[dict]:
        """Of all that matches the query: a post_filter comes after aggregations."""
        of_type: dict[str, set] = defaultdict(set)
        counted = aggs["types"]["aggs"]["documents"]["cardinality"]["field"]
        for _score, document in matching:
            of_type[document[aggs["types"]["terms"]["field"]]].add(document[counted])
        return [{"key": type_, "documents": {"value": len(names)}} for type_, names in of_type.items()]


class Server(ThreadingHTTPServer):
    """``indexes`` by name; ``fails`` makes it answer as an overloaded one; ``asked`` keeps every request line."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.indexes: dict[str, Index] = {}
        self.asked: list[str] = []
        self.fails = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/records"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *details) -> None:
        pass

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(f"{self.command} {self.path}")
        try:
            if self.server.fails:
                raise Refused(503, "cluster_block_exception")
            status, document = 200, self.act(body)
        except Refused as refused:
            status, document = refused.status, {"error": {"reason": refused.reason}, "status": refused.status}
        payload = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def act(self, body: bytes) -> dict:
        address = urlsplit(self.path)
        name, _slash, action = address.path.strip("/").partition("/")
        match self.command, action:
            case "PUT", "":
                if name in self.server.indexes:
                    raise Refused(400, "resource_already_exists_exception")
                self.server.indexes[name] = Index(json.loads(body))
                return {"acknowledged": True}
            case "DELETE", "":
                if self.server.indexes.pop(name, None) is None:
                    raise Refused(404, "index_not_found_exception")
                return {"acknowledged": True}
        index = self.server.indexes.get(name)
        if index is None:
            raise Refused(404, "index_not_found_exception")
        match self.command, action:
            case "POST", "_search":
                return index.search(json.loads(body))
            case "POST", "_bulk":
                # Without it, what was written is not found before the next refresh, a second later by default.
                assert parse_qs(address.query) == {"refresh": ["true"]}
                return self.bulk(index, body)
        raise Refused(405, f"no handler for {self.command} {self.path}")

    def bulk(self, index: Index, body: bytes) -> dict:
        if not body.endswith(b"\n"):
            raise Refused(400, "The bulk request must be terminated by a newline [\\n]")
        lines = [json.loads(line) for line in body.splitlines()]
        items = []
        while lines:
            ((action, target),) = lines.pop(0).items()
            row = {"_id": target["_id"], "status": 200}
            if action == "delete":
                row["status"] = 200 if index.documents.pop(target["_id"], None) else 404
            else:
                try:
                    index.put(target["_id"], lines.pop(0))
                except Refused as refused:
                    row |= {"status": refused.status, "error": {"reason": refused.reason}}
            items.append({action: row})
        return {"errors": any("error" in row for item in items for row in item.values()), "items": items}


@contextmanager
def serving():
    server = Server()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
