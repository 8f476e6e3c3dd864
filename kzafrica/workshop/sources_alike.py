"""Which sources may be one and the same document."""

from collections.abc import Iterable
from itertools import chain

from django.db.models import QuerySet

from kzafrica.editorial.web_addresses import is_address, sources_at
from kzafrica.workshop.said import Rule


def sources_alike(said: dict, others: QuerySet) -> Iterable:
    """At the same address, however it was copied, or of the same title and publisher."""
    addresses = [said[name] for name in ("url", "archived_url") if is_address(said.get(name, ""))]
    there = [source.pk for source in chain.from_iterable(sources_at(address) for address in addresses)]
    named = others.none()
    if title := said.get("title", "").strip():
        named = others.filter(title__iexact=title, publisher__iexact=said.get("publisher", "").strip())
    return [*others.filter(pk__in=there), *named]


SOURCES = Rule(("url", "archived_url", "title", "publisher"), sources_alike)
