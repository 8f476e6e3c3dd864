"""The address of a document as people copy it, and the sources that are already known by it."""

import re
from collections import Counter
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.db.models import Q

from kzafrica.editorial.models import Source
from kzafrica.filtering import is_tracking

_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
# 2025/09/10, 2025-09-10, 2025/09: how papers write the day of a story into its address.
_DAY_IN_PATH = re.compile(r"(?:^|[/_-])(20\d\d)[/-](0[1-9]|1[0-2])(?:[/-](0[1-9]|[12]\d|3[01]))?(?=[/_.-]|$)")
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def is_address(text: str) -> bool:
    """Whether the text is the address of a document rather than a citation of it."""
    return bool(_ADDRESS.fullmatch(text.strip()))


def with_scheme(text: str) -> str:
    """The address as a link; https where it was copied without."""
    text = text.strip()
    return text if "://" in text else f"https://{text}"


def bare_address(text: str) -> str:
    """What two copies of one address have in common.

    The scheme, ``www.``, a slash at the end, the fragment and the parameters that mailers and networks add are left
    out; the others are sorted, since their order says nothing.
    """
    parts = urlsplit(with_scheme(text))
    asked = sorted((name, value) for name, value in parse_qsl(parts.query, True) if not is_tracking(name.lower()))
    return host_of(text) + unquote(parts.path).rstrip("/") + (f"?{urlencode(asked)}" if asked else "")


def host_of(text: str) -> str:
    """The host of an address, without ``www.`` and the port that goes without saying; empty where there is none."""
    parts = urlsplit(with_scheme(text))
    host = parts.netloc.lower().rpartition("@")[2]
    return host.removesuffix(DEFAULT_PORTS.get(parts.scheme.lower(), "")).removeprefix("www.")


def sources_at(text: str) -> list[Source]:
    """The sources that have this address, or have their archived copy at it; those withdrawn are left out."""
    wanted, host = bare_address(text), host_of(text)
    near = Source.objects.at_hand().filter(Q(url__icontains=host) | Q(archived_url__icontains=host)) if host else ()
    return [
        source
        for source in near
        if any(address and bare_address(address) == wanted for address in (source.url, source.archived_url))
    ]


def sources_cited_as(text: str) -> list[Source]:
    """The sources that a citation names: by their key, by title, or as ``publisher: title``.

    One that was withdrawn is named by its key alone.
    """
    text = " ".join(text.split())
    at_hand = Source.objects.at_hand()
    named = Source.objects.filter(slug=text.lower()) | at_hand.filter(title__iexact=text)
    if named or ":" not in text:
        return list(named)
    publisher, _colon, title = (part.strip() for part in text.partition(":"))
    return list(at_hand.filter(publisher__iexact=publisher, title__iexact=title))


def guessed_from(text: str) -> dict[str, str]:
    """What is likely true of a new source at this address, for an editor to look through.

    Publisher, kind and language are those of most known sources of the same host, the date is read from the path.
    """
    guessed: dict[str, str] = {"kind": "news", "language": "en"}
    host = host_of(text)
    known = [source for source in Source.objects.filter(url__icontains=host) if host_of(source.url) == host]
    if known:
        for name in ("publisher", "kind", "language"):
            guessed[name] = Counter(getattr(source, name) for source in known).most_common(1)[0][0]
    if day := _DAY_IN_PATH.search(urlsplit(with_scheme(text)).path):
        guessed["published"] = "-".join(filter(None, day.groups()))
    return guessed
