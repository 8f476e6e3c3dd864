"""API keys: made, found in a request, taken back. A key raises the rate of its holder and opens nothing to read.

One that is tied to an account also writes in its name, see ``kzafrica/writing/``.
"""

import hashlib
import re
import secrets
from datetime import timedelta

from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kzafrica.delivery.models import ApiKey
from kzafrica.locking import is_locked

MARK = "kza_"
# 32 random bytes: so many letters that nobody finds them by trying, so that a fast hash keeps them.
TOKEN = re.compile(MARK + "[A-Za-z0-9_-]{43}")
# The beginning, by which its holder and we speak of a key; the 35 letters that remain are as hard to find.
SHOWN = len(MARK) + 8

USE_NOTED_EVERY = timedelta(hours=1)
# While others hold the database, such as a load, nobody is kept waiting for a note of use more often than this.
PAUSE_AFTER_LOCK_SECONDS = 60
_LOCKED = "api-key-use-locked"


class BadKey(Exception):
    """A key was sent that cannot be taken; says in a sentence why."""


def issue(key: ApiKey) -> str:
    """Save a new key and return its token. Only a hash of it is kept, so that this is the one time it can be shown."""
    token = MARK + secrets.token_urlsafe(32)
    key.prefix, key.digest = token[:SHOWN], digest_of(token)
    key.save()
    return token


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def revoke(key: ApiKey) -> bool:
    """End a key, from its next request on and for good; whether it was still good."""
    return bool(ApiKey.objects.filter(pk=key.pk).good().update(revoked_at=timezone.now()))


def key_of(request: HttpRequest) -> ApiKey | None:
    """The key that a request was sent with, None where it has none. Raises BadKey.

    ``Authorization: Bearer kza_…``, or ``Api-Key: kza_…`` where a proxy in front uses the other header for itself.
    """
    token = _token_in(request)
    if token is None:
        return None
    if not TOKEN.fullmatch(token):
        raise BadKey(
            _(
                "This is not a key of ours: send it whole as “Authorization: Bearer kza_…” or as “Api-Key: kza_…”, "
                "or send none, since reading needs none."
            )
        )
    key = ApiKey.objects.filter(digest=digest_of(token)).first()
    if key is None:
        raise BadKey(_("There is no key %s…: see whether it is written right. Reading needs none.") % token[:SHOWN])
    if key.revoked_at:
        details = {"key": key.prefix, "day": timezone.localdate(key.revoked_at).isoformat()}
        raise BadKey(_("The key %(key)s… was revoked on %(day)s. Reading needs none.") % details)
    return key


def _token_in(request: HttpRequest) -> str | None:
    if own := request.headers.get("Api-Key", "").strip():
        return own
    scheme, _blank, token = request.headers.get("Authorization", "").strip().partition(" ")
    if not scheme:
        return None
    if scheme.lower() == "bearer":
        return token.strip()
    # What else stands there is for a proxy in front, unless it is a key that was written down wrongly.
    return "" if MARK in f"{scheme} {token}" else None


def note_use(key: ApiKey) -> None:
    """Keep that a key is in use, to the hour; nothing is written about what it is used for."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    if (key.last_used_at and now - key.last_used_at < USE_NOTED_EVERY) or cache.get(_LOCKED):
        return
    try:
        ApiKey.objects.filter(pk=key.pk).not_used_since(now - USE_NOTED_EVERY).update(last_used_at=now)
    except OperationalError as refusal:
        if not is_locked(refusal):
            raise
        cache.set(_LOCKED, True, PAUSE_AFTER_LOCK_SECONDS)
