"""Contents that were written a while ago, with the keys that records have now in place of those they had then."""

from django.db import models

from kzafrica.editorial.content import content_fields
from kzafrica.editorial.models import Redirect, Source
from kzafrica.editorial.prose import ProseField, with_present_names
from kzafrica.editorial.references import ReferenceField, reference_kinds


def with_present_keys(model: type[models.Model], content: dict) -> dict:
    """The content of a record or part of that model; a key that no record has or had stays as it is."""
    present = dict(content)
    for field in content_fields(model):
        value = present.get(field.name, "")
        if not value:
            continue
        if field.is_relation and isinstance(value, list):
            present[field.name] = sorted({_present(field.related_model, key) for key in value})
        elif field.is_relation:
            present[field.name] = _present(field.related_model, value)
        elif isinstance(field, ReferenceField):
            kind, _slash, key = value.partition("/")
            known = reference_kinds().get(kind)
            present[field.name] = f"{kind}/{_present(known, key)}" if known is not None else value
        elif isinstance(field, ProseField):
            present[field.name] = with_present_names(value)
    for name in getattr(model, "part_names", ()):
        if rows := present.get(name):
            part = model._meta.get_field(name).related_model
            present[name] = [with_present_keys(part, row) for row in rows]
    if rows := present.get("citations"):
        present["citations"] = [{**row, "source": _present(Source, row["source"])} for row in rows]
    return present


def _present(model: type[models.Model], key: str) -> str:
    redirect = Redirect.objects.of(model, key).first()
    # Reference data may have a key again that another row once had.
    is_there = redirect is not None and model._base_manager.filter(**{model.natural_key_fields[0]: key}).exists()
    return key if redirect is None or is_there else redirect.target_key
