"""What all operations share in the OpenAPI document: problem documents, headers, and the answers that refuse."""

from http import HTTPStatus

PROBLEM_TYPE = "application/problem+json"

PROBLEM = {
    "type": "object",
    "description": "A problem document (RFC 9457): what is wrong, in a sentence, and what would be right.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "about:blank: `title` is all there is."},
        "title": {"type": "string", "description": "The words of the status."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "A sentence for people, in the language of the request."},
        "instance": {"type": "string", "format": "uri-reference", "description": "The path that was asked for."},
        "errors": {
            "type": "array",
            "description": "One by one, what of the request cannot be taken; at most twenty.",
            "items": {"$ref": "#/components/schemas/ProblemError"},
        },
    },
}
PROBLEM_ERROR = {
    "type": "object",
    "required": ["detail"],
    "properties": {
        "parameter": {"type": "string", "description": "The parameter of the address that it is about."},
        "field": {"type": "string", "description": "The member of the body, dotted where it lies deeper."},
        "detail": {"type": "string", "description": "What is wrong with it, and what would be right."},
        "nearest": {"type": "string", "description": "The valid name or value most like the one given."},
    },
}
SCHEMAS = {"Problem": PROBLEM, "ProblemError": PROBLEM_ERROR}


def header(description: str, schema: dict, *, required: bool = True, example=None) -> dict:
    found = {"description": description, "required": required, "schema": schema}
    return found if example is None else {**found, "example": example}


TEXT = {"type": "string"}
WHOLE = {"type": "integer", "minimum": 0}
HEADERS = {
    "RateLimit-Limit": header("Requests that this caller may make in one window.", WHOLE, example=120),
    "RateLimit-Remaining": header("Requests that remain of the window.", WHOLE, example=117),
    "RateLimit-Reset": header("Seconds until the next window begins.", WHOLE, example=42),
    "ETag": header(
        "The version of this answer. Send it back in `If-None-Match`: an unchanged answer is a 304, and costs nothing.",
        {"type": "string", "pattern": '^(W/)?".+"$'},
        example='"3f0c2d9a61b7e8405a9c1d2e3f405162"',
    ),
    "Cache-Control": header("How long a copy may be used unasked.", TEXT, example="public, max-age=0, must-revalidate"),
    "Vary": header("The headers of the request that the answer depends on.", TEXT, example="Accept, Accept-Language"),
    "Content-Language": header("The language of the words: en, kk, ru or fr.", TEXT, example="en"),
    "Location": header("The address that the record has now.", {"type": "string", "format": "uri-reference"}),
    "WWW-Authenticate": header("How a key is sent, and what is wrong with this one.", TEXT),
    "Retry-After": header("Seconds to wait.", {"type": "integer", "minimum": 0}, example=42),
    "Deprecation": header(
        "Since when it, or a parameter that was used, should not be used any more (RFC 9745).",
        {"type": "string", "pattern": "^@[0-9]+$"},
        required=False,
        example="@1798761600",
    ),
    "Sunset": header("After when it may be gone (RFC 8594).", TEXT, required=False),
    "Link": header('Where the reasons are told, with rel="deprecation".', TEXT, required=False),
}
# With every answer of the API.
ALWAYS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Content-Language")
# With what may be kept.
KEPT = ("ETag", "Cache-Control", "Vary")


def headers(*names: str) -> dict:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in (*ALWAYS, *names)}


# Later versions of Python call these by the newer names of RFC 9110.
TITLES = {413: "Content Too Large", 414: "URI Too Long"}


def title_of(status: int) -> str:
    return TITLES.get(status) or HTTPStatus(status).phrase


def example(status: int, detail: str, **errors) -> dict:
    document = {
        "type": "about:blank",
        "title": title_of(status),
        "status": status,
        "detail": detail,
        "instance": "/api/v1/events/",
    }
    return document | errors


def refusal(status: int, description: str, detail: str, *names: str, **errors) -> dict:
    media = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example(status, detail, **errors)}
    return {"description": description, "headers": headers(*names), "content": {PROBLEM_TYPE: media}}


BAD = {
    "parameter": "contry",
    "detail": "There is no parameter “contry”. Did you mean “country”?",
    "nearest": "country",
}
RESPONSES = {
    301: {
        "description": "The record goes by another id now: it was renamed, or merged into another. The query is kept.",
        "headers": headers("Location"),
    },
    304: {"description": "What you hold, by `If-None-Match`, is as it would be sent.", "headers": headers(*KEPT)},
    308: {
        "description": "The record goes by another id now: send the same request there.",
        "headers": headers("Location"),
    },
    400: refusal(
        400,
        "A parameter is unknown, given twice, or has a value that cannot be read. `errors` lists all of them.",
        BAD["detail"],
        errors=[BAD],
    ),
    401: refusal(
        401,
        "The key is unknown, malformed or revoked. Without a key the request would be answered.",
        "The key kza_AbCdEfGh… was revoked on 2026-11-02. Reading needs none.",
        "WWW-Authenticate",
    ),
    403: refusal(403, "The key does not allow this.", "You do not have permission to perform this action."),
    404: refusal(404, "There is nothing at this address, and readers never saw anything.", "There is nothing here."),
    406: refusal(
        406,
        "`Accept` names none of the forms there are.",
        "Could not satisfy the request Accept header.",
    ),
    409: refusal(
        409,
        "The request does not fit what is there by now: another version, something alike, or the same request that is "
        "being answered at this moment. `errors` names the member that it is about.",
        "The record has changed: its version is 391, not 388. Read it again, then send the change.",
        errors=[{"field": "base_version", "detail": "The record has changed: its version is 391, not 388."}],
    ),
    410: refusal(
        410,
        "Readers knew the record and it is gone: withdrawn or deleted. Its id is not used again.",
        "This record was withdrawn on 2 November 2026. Its address is not used again.",
    ),
    411: refusal(411, "The body has no `Content-Length`.", "The request does not say how long it is."),
    412: refusal(
        412,
        "`If-Match` and `If-Unmodified-Since` are not compared: `base_version` is.",
        "If-Match is not compared here: send base_version, the id of the version that you have read.",
    ),
    413: refusal(413, "The body is larger than 2.5 MB.", "What was sent is larger than the 2.5 MB allowed here."),
    414: refusal(
        414,
        "Path and query together are longer than 4,000 letters.",
        "The address is longer than 4000 letters: ask for less at once.",
    ),
    415: refusal(415, "The body is not JSON.", "Unsupported media type “text/plain” in request."),
    422: refusal(
        422,
        "The `Idempotency-Key` came with another request before.",
        "This Idempotency-Key came with another request: take a new one for each thing that you write.",
    ),
    429: refusal(
        429,
        "The limit of this window is used up.",
        "Request was throttled. Expected available in 42 seconds.",
        "Retry-After",
    ),
    503: refusal(503, "What answers this is out of reach for the moment.", "The search does not answer at the moment."),
}


def name_of(status: int) -> str:
    """The name of an answer among the components, such as TooManyRequests."""
    return title_of(status).replace(" ", "")


def reference_to(status: int) -> dict:
    return {"$ref": f"#/components/responses/{name_of(status)}"}
