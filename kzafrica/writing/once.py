"""A request that is sent again is answered again, and written once: the Idempotency-Key of the IETF draft.

Kept is what was written. A refusal has written nothing, so that the same key may come again with a better document.
"""

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kzafrica.delivery.models import ApiKey
from kzafrica.writing.models import KeptAnswer
from kzafrica.writing.refusals import Refusal

KEPT_FOR = timedelta(hours=48)
# Longer than any server lets one request run; after it a request that died has no claim any more.
CLAIMED_FOR = timedelta(minutes=2)
# A string of RFC 8941 in quotation marks, or the same signs without them.
QUOTED = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"')
BARE = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x7e]+")
LONGEST = 255


@dataclass(frozen=True)
class Answer:
    """What a request that wrote something gets, and gets again."""

    code: int
    document: dict
    location: str
    is_replayed: bool = False


def name_in(header: str | None) -> str:
    """The Idempotency-Key of a request. Raises Refusal with 400 where it has none or one that cannot be read."""
    text = (header or "").strip()
    if not text:
        sentence = _(
            "Send an Idempotency-Key, such as a new UUID for each record: then what is sent twice, since an answer was "
            "lost, is written once."
        )
        raise Refusal(400, sentence)
    quoted = QUOTED.fullmatch(text)
    name = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else text
    if not name or len(name) > LONGEST or not (quoted or BARE.fullmatch(text)):
        sentence = _("This Idempotency-Key cannot be read: it is one word of at most %s letters, such as a UUID.")
        raise Refusal(400, sentence % LONGEST)
    return name


def fingerprint_of(method: str, path: str, document) -> str:
    """Stands for a request: another document, wherever its blanks are and in whatever order, has another one."""
    said = json.dumps([method, path, document], sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def written_once(key: ApiKey, name: str, fingerprint: str, write: Callable[[], Answer]) -> Answer:
    """Write and keep the answer, in one transaction, or give the answer that is kept.

    Raises Refusal: 422 where the Idempotency-Key came with another request, 409 while the first one is being written.
    """
    kept = _kept_or_claimed(key, name, fingerprint)
    if kept.code is not None:
        return Answer(kept.code, json.loads(kept.body), kept.location, is_replayed=True)
    try:
        with transaction.atomic():
            answer = write()
            _finish(kept, answer)
    except BaseException:
        # Nothing is written: whoever mends the document may send it under the same name.
        # Where that cannot be noted now, the claim runs out, and what went wrong first is told.
        with suppress(DatabaseError):
            KeptAnswer.objects.filter(pk=kept.pk, claim=kept.claim).delete()
        raise
    return answer


def _finish(kept: KeptAnswer, answer: Answer) -> None:
    """Keep the answer with what was written; neither stays where another request has taken over meanwhile."""
    body = json.dumps(answer.document, ensure_ascii=False)
    mine = KeptAnswer.objects.filter(pk=kept.pk, claim=kept.claim)
    finished = {"code": answer.code, "body": body, "location": answer.location}
    if not mine.update(claim=None, claimed_until=None, **finished):
        raise _being_written()


def _kept_or_claimed(key: ApiKey, name: str, fingerprint: str) -> KeptAnswer:
    now = timezone.now()
    KeptAnswer.objects.filter(key=key, name=name, begun_at__lt=now - KEPT_FOR, claim=None).delete()
    claim = {"claim": uuid4(), "claimed_until": now + CLAIMED_FOR}
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(key=key, name=name, fingerprint=fingerprint, begun_at=now, **claim)
    except IntegrityError:
        pass
    kept = KeptAnswer.objects.filter(key=key, name=name).first()
    if kept is None:
        raise _being_written()  # The first one was refused in this moment.
    if kept.fingerprint != fingerprint:
        sentence = _("This Idempotency-Key came with another request: take a new one for each thing that you write.")
        raise Refusal(422, sentence)
    if kept.code is None:
        _take_over(kept, claim, now)
    return kept


def _take_over(kept: KeptAnswer, claim: dict, now: datetime) -> None:
    """Go on with what a request began that died. Raises Refusal while it may be alive."""
    dead = KeptAnswer.objects.filter(pk=kept.pk, code=None, claim=kept.claim, claimed_until__lt=now)
    if not dead.update(**claim):
        raise _being_written()
    kept.claim = claim["claim"]


def _being_written() -> Refusal:
    sentence = _("The same request is being answered at this moment: send it again in a few seconds.")
    refusal = Refusal(409, sentence)
    refusal.wait = 5
    return refusal


def forget_answers(now: datetime) -> int:
    """Delete the answers that are kept no longer; how many."""
    return KeptAnswer.objects.filter(begun_at__lt=now - KEPT_FOR).delete()[0]
