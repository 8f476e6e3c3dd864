"""The documents of the API as they go into an edition: all of them, in English, sorted by key, a few at a time."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from rest_framework.request import Request

from kzafrica.editions.tables import RecordTable
from kzafrica.editorial.downloads import documents_of


class RequestOfSite(HttpRequest):
    """A request that nobody made: addresses in documents begin with that of the site."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = urlsplit(address)
        self.method, self.path, self.path_info, self.LANGUAGE_CODE = "GET", "/", "/", "en"

    def _get_scheme(self) -> str:
        return self.address.scheme

    def get_host(self) -> str:
        return self.address.netloc


def site_address() -> str:
    """``https://kz-africa.example``, without a slash at its end; of the first host that is answered, if none is set.

    Raises ImproperlyConfigured where there is neither: an edition is never changed, and its addresses lead somewhere.
    """
    if settings.SITE_ADDRESS:
        return settings.SITE_ADDRESS.rstrip("/")
    named = [host for host in settings.ALLOWED_HOSTS if host.strip(".*")]
    if not named:
        sentence = "SITE_ADDRESS is not set: addresses in an edition need it, such as https://kz-africa.example."
        raise ImproperlyConfigured(sentence)
    host = named[0].lstrip(".")
    return f"https://{host}" if settings.HTTPS else f"http://{host}"


def documents(spec: RecordTable, day: date) -> Iterator[dict]:
    """The documents of a resource by key; what depends on a day is as of that day."""
    viewset = spec.viewset
    lookup = viewset.lookup_field
    rows = viewset.queryset.all().order_by().values_list(lookup, "pk")
    # Sorted here, since databases do not agree on the order of texts.
    keys = list(dict.fromkeys(pk for _key, pk in sorted(set(rows))))
    serializer = viewset.serializer_class(context={"request": Request(RequestOfSite(site_address())), "on": day})
    for document in documents_of(viewset, serializer, keys, spec.prepare):
        for name in spec.of_the_day:
            document.pop(name, None)
        if spec.keeps is None or spec.keeps(document):
            yield document
