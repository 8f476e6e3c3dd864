"""Records as JSON-LD in the API: what the head of a record's page says of it, with a context of our own."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.db import models
from django.http import HttpRequest
from django.urls import reverse

from kzafrica.editorial.describing import fragment_of
from kzafrica.editorial.evidence import evidence_of
from kzafrica.editorial.models import Source
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.references import reference_to
from kzafrica.editorial.reuse import facts_of, last_version, sources_of
from kzafrica.linked_context import typed
from kzafrica.linked_data import Description, PageFacts, item_node, page_node, told
from kzafrica.rest import JSONRenderer

Describe = Callable[[models.Model], Description]


class LinkedDataRenderer(JSONRenderer):
    """Offered by the viewsets that can describe their records."""

    media_type = "application/ld+json"
    format = "jsonld"
    # In the OpenAPI document, in place of the members of the JSON document.
    answer_schema = {
        "type": "object",
        "required": ["@context"],
        "properties": {"@context": {"type": "string", "format": "uri"}},
        "description": "JSON-LD 1.1 in the words of schema.org; every term is in the context that `@context` names.",
    }


def linked_record(request: HttpRequest, record: models.Model, describe: Describe) -> dict:
    """One record: its page, and what that is about. Costs one query more than the record itself, for its version."""
    description = describe(record)
    is_cited = isinstance(record, PublishableModel) and not isinstance(record, Source)
    page = facts_of(
        request,
        record,
        fragment_of(record),
        version=last_version(record),
        sources=sources_of(evidence_of(record)) if is_cited else (),
    )
    page = with_pictures_that_exist(record, page)
    nodes = [page_node(description, page), linked_item(record, description, page)]
    return linked_document(request, {"@graph": nodes})


def linked_list(request: HttpRequest, records: Iterable[models.Model], describe: Describe, links: dict) -> dict:
    """A page of a list as a collection of what its rows are about; ``links`` are ``next`` and ``previous``."""
    rows = []
    for record in records:
        page = with_pictures_that_exist(record, facts_of(request, record, fragment_of(record)))
        rows.append(linked_item(record, describe(record), page))
    address = request.build_absolute_uri()
    return linked_document(request, {"@id": address, "@type": "Collection", **links, "hasPart": rows})


def linked_item(record: models.Model, description: Description, page: PageFacts) -> dict:
    """What a record is about, with its name among ours, and its date as EDTF, which loses nothing."""
    name = reference_to(record) if hasattr(record, "reference_kind") else record.key
    own = {"identifier": name, "edtf": description.date.edtf if description.date else None}
    return own | item_node(description, page)


def with_pictures_that_exist(record: models.Model, page: PageFacts) -> PageFacts:
    return page if isinstance(record, PublishableModel) else replace(page, image="")


def linked_document(request: HttpRequest, content: dict) -> dict:
    context = request.build_absolute_uri(reverse("api:context"))
    return {"@context": context, **typed(told(content, request.build_absolute_uri("/")))}
