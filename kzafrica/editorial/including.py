"""Links of documents filled up with the documents they lead to: ``include=recipient,event``, one level deep."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from kzafrica.editorial.serializers import RecordLink
from kzafrica.filtering import MOST_FAULTS, nearest


def links_of(serializer_class: type[serializers.ModelSerializer]) -> dict[str, str]:
    """The members of a document that lead to other records, one or several, each with the resource it leads to."""
    found = {}
    for name, field in serializer_class._declared_fields.items():
        link = field.child if isinstance(field, serializers.ListField) else field
        if isinstance(link, RecordLink) and name in serializer_class.Meta.fields:
            found[name] = link.resource
    return found


def include_parameter(links: Iterable[str]) -> OpenApiParameter:
    about = "Names of members, separated by commas, whose links are filled up with the whole document."
    return names_parameter("include", links, about)


def fields_parameter(members: Iterable[str]) -> OpenApiParameter:
    about = "Names of the members to give, separated by commas; the others are left out, though they are required."
    return names_parameter("fields", members, about)


def names_parameter(name: str, known: Iterable[str], about: str) -> OpenApiParameter:
    items = {"type": "string", "enum": list(known)}
    return OpenApiParameter(name, {"type": "array", "items": items}, style="form", explode=False, description=about)


def names_in(text: str | None) -> list[str]:
    """Names separated by commas, each once."""
    return list(dict.fromkeys(filter(None, (name.strip() for name in (text or "").split(",")))))


def faults_of(names: list[str], links: dict[str, str], fields: list[str]) -> Iterator[tuple]:
    """What cannot be included, as (parameter, sentence, nearest); ``fields`` are those asked for, none for all."""
    wrong = (name for name in names if name not in links or (fields and name not in fields))
    for name in islice(wrong, MOST_FAULTS):
        near = nearest(name.partition(".")[0], links)
        if name in links:
            sentence, near = _("“%s” is to be included and is not among the fields that are asked for.") % name, None
        elif "." in name:
            near = near or next(iter(links))
            details = {"name": name[:60], "near": near}
            sentence = _("“%(name)s” lies too deep: what is included has its own links, as in “%(near)s”.") % details
        else:
            hint = _(" Did you mean “%s”?") % near if near else _(" Known are: %s.") % ", ".join(links)
            sentence = _("“%s” cannot be included.") % name[:60] + hint
        yield ("include", sentence, near)


def fill(rows: list[dict], links: dict[str, str], request: Request) -> None:
    """Put into the links of the rows all members of the documents they lead to.

    The documents are those that their own addresses give. A link to what readers may not see stays as it is.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name, resource in links.items():
            wanted[resource].update(link["id"] for link in _listed(row[name]) if link["url"])
    found = {resource: documents_of(resource, keys, request) for resource, keys in wanted.items() if keys}
    for row in rows:
        for name, resource in links.items():
            filled = [link | found.get(resource, {}).get(link["id"], {}) for link in _listed(row[name])]
            row[name] = filled if isinstance(row[name], list) else next(iter(filled), None)


def _listed(member: dict | list[dict] | None) -> list[dict]:
    if member is None:
        return []
    return member if isinstance(member, list) else [member]


def documents_of(resource: str, keys: set[str], request: Request) -> dict[str, dict]:
    """The documents of a resource by their keys, without those that its own addresses would not give."""
    viewset = resolve(reverse(f"api:{resource}-list")).func.cls
    view = viewset(request=request, detail=True, action="retrieve")
    records = list(view.get_queryset().filter(**{f"{view.lookup_field}__in": keys}))
    prepare = getattr(view, "prepare", None)
    if prepare is not None:
        prepare(records)
    serializer = view.serializer_class(context={"request": request, "is_included": True})
    return {record.key: serializer.to_representation(record) for record in records}
