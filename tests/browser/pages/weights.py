"""What comes to a reader over the network, as a server with a proxy before it sends it."""

import brotli
from playwright.sync_api import Response

AS_TEXT = ("text/", "application/javascript", "application/json", "image/svg")


def size_of(answer: Response) -> int:
    """What an answer weighs on its way."""
    if answer.status in {204, 304}:
        return 0
    body, kind = answer.body(), answer.headers.get("content-type", "")
    if not kind.startswith(AS_TEXT):
        return len(body)
    return len(brotli.compress(body, quality=11 if "/static/" in answer.url else 5))
