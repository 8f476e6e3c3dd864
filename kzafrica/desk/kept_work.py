"""What somebody typed into a form of the admin and sent when the login had expired.

It travels in the pages themselves, from the form to the page for signing in and back: nothing of it is written into
the database, into an address or into the session. It comes back to the form to be looked at, never to be saved unseen.
"""

import json
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme

from kzafrica.workshop.resuming import RESUME

CARRIED = "_kept"
ADDRESS = "next"
# Marks of one request, which the next one has of its own.
NOT_CARRIED = ("csrfmiddlewaretoken", RESUME, CARRIED)


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address from outside leads nowhere but to this site."""
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def can_show_typed(request: HttpRequest, address: str) -> bool:
    """Whether a form of the admin stands at that address of ours which can show what was typed without saving it."""
    if not is_ours(request, address) or not address.startswith(reverse("admin:index")):
        return False
    try:
        return getattr(resolve(urlsplit(address).path).func, "shows_typed", False)
    except (Resolver404, ValueError):
        return False


def _shown(text: object) -> str:
    """Text from outside without the halves of characters, which no page can carry."""
    return str(text).encode("utf-8", "ignore").decode()


@dataclass(frozen=True)
class KeptWork:
    """The fields of a form as they were sent, the address of the form, and the names of files, which cannot be kept."""

    address: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = field(default=())

    @classmethod
    def sent_in(cls, request: HttpRequest) -> "KeptWork | None":
        """What was typed into the form that this request sends; None where its address cannot show it again."""
        address = request.get_full_path()
        if request.method != "POST" or not can_show_typed(request, address):
            return None
        fields = tuple(
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_CARRIED and "password" not in name
            for value in values
        )
        files = tuple(file.name for _name, files in request.FILES.lists() for file in files)
        return cls(address, fields, files) if fields else None

    @classmethod
    def carried_by(cls, request: HttpRequest) -> "KeptWork | None":
        """What a page for signing in carries along; None where it carries nothing that could be shown again."""
        if request.method != "POST" or CARRIED not in request.POST:
            return None
        address = request.POST.get(ADDRESS, "")
        try:
            stated = json.loads(request.POST[CARRIED])
            fields = tuple((_shown(name), _shown(value)) for name, value in stated["fields"])
            files = tuple(_shown(name) for name in stated["files"])
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        return cls(address, fields, files) if can_show_typed(request, address) else None

    @cached_property
    def as_text(self) -> str:
        return json.dumps({"fields": self.fields, "files": self.files}, ensure_ascii=False, separators=(",", ":"))
