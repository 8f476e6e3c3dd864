"""Which records name which: by key, by list, by reference, in a part, in a text, or as a source."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from kzafrica.editorial.content import content_fields
from kzafrica.editorial.models import Source
from kzafrica.editorial.prose import named_in_prose, naming_in_prose, rename_in_prose
from kzafrica.editorial.publishable import Citable, Keyed, PublishableModel, part_paths
from kzafrica.editorial.references import ReferenceField, reference_kinds, reference_to


class InTheWay(ValidationError):
    """A refusal because of other ``records``, which have to be changed first; they stand in its sentence."""

    def __init__(self, sentence: str, record: models.Model, records: Iterable[models.Model]) -> None:
        self.records = sorted(dict.fromkeys(records), key=str)
        titles = list(dict.fromkeys(map(str, self.records)))
        others = ", ".join(titles[:10]) + ("…" if len(titles) > 10 else "")
        super().__init__(sentence % {"record": record, "naming": others, "hidden": others})


def records_named_by(record: models.Model) -> Iterator[PublishableModel]:
    """The records that a record and its parts point to, read anew; not the sources they cite."""
    for field in content_fields(type(record)):
        if isinstance(field, ReferenceField):
            yield from _named_by_reference(getattr(record, field.name))
        elif field.is_relation and issubclass(field.related_model, PublishableModel):
            linked = getattr(record, field.name)
            yield from linked.all() if field.many_to_many else filter(None, [linked])
    for reference in sorted(named_in_prose(record)):
        yield from _named_by_reference(reference)
    for name in getattr(record, "part_names", ()):
        for part in getattr(record, name).all():
            yield from records_named_by(part)


def references_to_nothing(record: models.Model) -> Iterator[str]:
    """The references, ``kind/key``, of a record and its parts that name no record which is there."""
    for field in content_fields(type(record)):
        if isinstance(field, ReferenceField) and (text := getattr(record, field.name)):
            kind, _slash, key = text.partition("/")
            model = reference_kinds().get(kind)
            if model is None or not model._base_manager.filter(**{model.natural_key_fields[0]: key}).exists():
                yield text
    for name in getattr(record, "part_names", ()):
        for part in getattr(record, name).all():
            yield from references_to_nothing(part)


def _named_by_reference(text: str) -> Iterator[PublishableModel]:
    kind, _slash, key = text.partition("/")
    model = reference_kinds().get(kind)
    if model is not None and issubclass(model, PublishableModel):
        yield from model.objects.filter(slug=key)


def public_records_naming(record: PublishableModel) -> list[PublishableModel]:
    """The other public records that point to a record or cite it, themselves or in a part."""
    return [other for other in records_naming(record) if isinstance(other, PublishableModel) and other.is_public]


def records_naming(record: PublishableModel) -> list[Keyed]:
    """The other records and reference data that point to a record or cite it, themselves or in a part."""
    found: list[Keyed] = []
    for model in apps.get_models():
        if issubclass(model, Keyed) and (condition := _names(model, record)):
            naming = model._base_manager.filter(pk__in=model._base_manager.filter(condition).values("pk"))
            found += [other for other in naming if other != record]
        if issubclass(model, Keyed):
            found += [other for other in naming_in_prose(model._base_manager, record) if other not in (record, *found)]
    return found


def _names(model: type[models.Model], record: PublishableModel) -> Q:
    """The condition under which a row of the model names the record; an empty one if it never can."""
    condition = Q()
    reference = reference_to(record) if hasattr(record, "reference_kind") else ""
    for prefix, owner in [("", model), *((f"{path}__", part) for path, part in part_paths(model))]:
        for field in content_fields(owner):
            if isinstance(field, ReferenceField) and reference:
                condition |= Q(**{prefix + field.name: reference})
            elif field.is_relation and field.related_model is type(record):
                condition |= Q(**{prefix + field.name: record})
        if isinstance(record, Source) and issubclass(owner, Citable):
            condition |= Q(**{f"{prefix}citations__source": record})
    return condition


def rename_references(record: models.Model, old_key: str) -> list[models.Model]:
    """Let every reference to a renamed record follow it; gives the rows that hold one. Call inside a transaction."""
    renamed = rename_in_prose(record, old_key)
    if not hasattr(record, "reference_kind"):
        return renamed
    old = f"{record.reference_kind}/{old_key}"
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, ReferenceField):
                rows = list(model._base_manager.filter(**{field.name: old}))
                model._base_manager.filter(**{field.name: old}).update(**{field.name: reference_to(record)})
                renamed += rows
    for row in renamed:
        row.refresh_from_db()
    return renamed
