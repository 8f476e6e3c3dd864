"""Contents that were written a while ago, with the keys that records have now in place of those they had then."""

from collections.abc import Callable

from django.db import models

from kzafrica.editorial.content import content_fields
from kzafrica.editorial.models import Redirect, Source
from kzafrica.editorial.prose import ProseField, with_present_names
from kzafrica.editorial.references import ReferenceField, reference_kinds

KeyOf = Callable[[type[models.Model], str], str]


def with_present_keys(model: type[models.Model], content: dict) -> dict:
    """The content of a record or part of that model; a key that no record has or had stays as it is.

    Asks twice for each kind of record that is named, however many are.
    """
    named: dict[type[models.Model], set[str]] = {}

    def note(kind: type[models.Model], key: str) -> str:
        named.setdefault(kind, set()).add(key)
        return key

    _rewritten(model, content, note, str)
    present = {kind: _present(kind, keys) for kind, keys in named.items()}
    return _rewritten(model, content, lambda kind, key: present[kind].get(key, key), with_present_names)


def _rewritten(model: type[models.Model], content: dict, key_of: KeyOf, text_of: Callable[[str], str]) -> dict:
    """The content with each key of another record, and each text that may name some, as the functions give it."""
    written = dict(content)
    for field in content_fields(model):
        value = written.get(field.name, "")
        if not value:
            continue
        if field.is_relation and isinstance(value, list):
            written[field.name] = sorted({key_of(field.related_model, key) for key in value})
        elif field.is_relation:
            written[field.name] = key_of(field.related_model, value)
        elif isinstance(field, ReferenceField):
            kind, _slash, key = value.partition("/")
            known = reference_kinds().get(kind)
            written[field.name] = f"{kind}/{key_of(known, key)}" if known is not None else value
        elif isinstance(field, ProseField):
            written[field.name] = text_of(value)
    for name in getattr(model, "part_names", ()):
        if rows := written.get(name):
            part = model._meta.get_field(name).related_model
            written[name] = [_rewritten(part, row, key_of, text_of) for row in rows]
    if rows := written.get("citations"):
        written["citations"] = [{**row, "source": key_of(Source, row["source"])} for row in rows]
    return written


def _present(model: type[models.Model], keys: set[str]) -> dict[str, str]:
    """By the keys that lead elsewhere, those where they lead."""
    led = Redirect.objects.filter(record_type=model._meta.label_lower, old_key__in=keys)
    targets = dict(led.values_list("old_key", "target_key"))
    if not targets:
        return {}
    # Reference data may have a key again that another row once had.
    name = model.natural_key_fields[0]
    there = set(model._base_manager.filter(**{f"{name}__in": targets}).values_list(name, flat=True))
    return {old: target for old, target in targets.items() if old not in there}
