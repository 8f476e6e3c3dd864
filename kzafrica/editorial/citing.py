"""The citations of many records and their parts in one query, however many kinds of parts there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q


def load_citations(records: Iterable[models.Model]) -> list[models.Model]:
    """Fill ``citations`` of every record, and of every part fetched with it, with their sources, in one query.

    Parts that were not fetched are left alone. Returns the citations, in no order.
    """
    by_model: dict[type[models.Model], dict[int, list[models.Model]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        for cited in _with_fetched_parts(record):
            by_model[type(cited)][cited.pk].append(cited)
    if not by_model:
        return []
    types = {ContentType.objects.get_for_model(model).pk: model for model in by_model}
    condition = Q()
    for type_id, model in types.items():
        condition |= Q(content_type=type_id, object_id__in=list(by_model[model]))
    citation_model = next(iter(by_model))._meta.get_field("citations").related_model
    citations = list(citation_model.objects.filter(condition).select_related("source"))
    found: dict[tuple, list[models.Model]] = defaultdict(list)
    for citation in citations:
        found[types[citation.content_type_id], citation.object_id].append(citation)
    for model, instances in by_model.items():
        for pk, same in instances.items():
            for cited in same:
                _fill(cited, found[model, pk])
    return citations


def _with_fetched_parts(record: models.Model) -> Iterator[models.Model]:
    """What can be cited among a record and the parts, at any depth, that ``prefetch_related`` has brought with it."""
    if hasattr(record, "citations"):
        yield record
    fetched = getattr(record, "_prefetched_objects_cache", {})
    for name in getattr(record, "part_names", ()):
        if name in fetched:
            for part in getattr(record, name).all():
                yield from _with_fetched_parts(part)


def _fill(cited: models.Model, citations: list[models.Model]) -> None:
    # What Django itself does at the end of a prefetch.
    queryset = cited.citations.get_queryset()
    queryset._result_cache = citations
    queryset._prefetch_done = True
    if not hasattr(cited, "_prefetched_objects_cache"):
        cited._prefetched_objects_cache = {}
    cited._prefetched_objects_cache["citations"] = queryset


class LoadedCitations:
    """``prefetch_related("loaded_citations")`` does ``load_citations()`` for the rows of a queryset.

    Name it after the parts: it fills those that are fetched by then.
    """

    def __get__(self, instance: models.Model | None, owner: type[models.Model]):
        return self if instance is None else None

    def is_cached(self, instance: models.Model) -> bool:
        return "citations" in getattr(instance, "_prefetched_objects_cache", {})

    def get_prefetch_querysets(self, instances, querysets=None):
        load_citations(instances)
        # The caches are filled; nothing is left for Django to match.
        return [], lambda citation: None, lambda instance: instance.pk, True, "loaded_citations", False
