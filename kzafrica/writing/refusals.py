"""Why nothing was written: a status, a sentence, and the members it is about."""

from collections.abc import Iterable

from rest_framework.exceptions import APIException

from kzafrica.filtering import MOST_FAULTS
from kzafrica.writing.reading import Fault


class Refusal(APIException):
    """Nothing is written; becomes a problem document with ``errors`` and the members in ``extra``."""

    def __init__(self, status: int, sentence: str, faults: Iterable[Fault] = (), **extra) -> None:
        super().__init__(sentence)
        self.status_code = status
        self.errors = [fault.as_error() for fault in faults][:MOST_FAULTS]
        self.extra = extra


def of_faults(faults: list[Fault]) -> Refusal:
    """A 400 for what was sent; its sentence is that of the first fault."""
    return Refusal(400, faults[0].sentence, faults)


def of_member(status: int, member: str, sentence: str, near: str | None = None, **extra) -> Refusal:
    return Refusal(status, sentence, [Fault(member, sentence, near)], **extra)
