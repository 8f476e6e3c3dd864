"""The content revision that a request reads, asked of the database once. Knows no model."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_held: ContextVar[int | None] = ContextVar("content_revision", default=None)


@contextmanager
def holding(number: int) -> Iterator[None]:
    """Let everything within take this for the content revision. For requests that change nothing."""
    token = _held.set(number)
    try:
        yield
    finally:
        _held.reset(token)


def held_revision() -> int | None:
    return _held.get()
