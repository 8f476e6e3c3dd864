"""What was sent twice, by a double click or a second press of Enter, is saved once and answered as it was saved."""

import hashlib
import time

from django.http import HttpRequest

SECONDS = 60
_SAVED = "sent_and_saved"


def remember_saved(request: HttpRequest, address: str, count: int) -> dict:
    """Keep where what was sent now is shown. Call within its transaction: the one tells of the other from then on."""
    request.session[_SAVED] = {"sent": _digest(request), "at": time.time(), "address": address, "count": count}
    request.session.save()
    return request.session[_SAVED]


def saved_before(request: HttpRequest) -> dict | None:
    """``address`` and ``count`` of what the very same form saved a moment ago, perhaps while this one was read."""
    if not request.session.session_key:
        return None
    saved = type(request.session)(request.session.session_key).load().get(_SAVED)
    is_same = saved and saved["sent"] == _digest(request) and time.time() - saved["at"] < SECONDS
    return saved if is_same else None


def _digest(request: HttpRequest) -> str:
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return hashlib.sha256(repr(sent).encode("utf-8", "surrogatepass")).hexdigest()
