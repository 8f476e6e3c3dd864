"""Text of an article that names records: which, and which articles name one."""

from collections.abc import Iterator

from django.db import models

from kzafrica.editorial.models import Redirect, Source
from kzafrica.editorial.references import reference_kinds, reference_to
from kzafrica.prose import read_prose, renamed


class ProseField(models.TextField):
    """Markdown with live numbers and with footnotes that cite sources; see ``kzafrica/prose.py``."""


def prose_fields(model: type[models.Model]) -> list[ProseField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, ProseField)]


def name_in_prose(record: models.Model) -> str:
    """``figure/turnover-2024`` or ``source/…``, as a text names the record; empty for what no text can name."""
    if isinstance(record, Source):
        return f"source/{record.key}"
    return reference_to(record) if hasattr(record, "reference_kind") else ""


def named_in_prose(record: models.Model) -> set[str]:
    """Everything that the texts of a record name, in any language, as ``kind/key``."""
    texts = (getattr(record, field.name) for field in prose_fields(type(record)))
    return set().union(*(read_prose(text).names for text in texts if text))


def with_present_names(text: str) -> str:
    """The text with the records that it names by a key they once had under the one that they have now."""
    for name in sorted(read_prose(text).names):
        kind, _slash, key = name.partition("/")
        model = Source if kind == "source" else reference_kinds().get(kind)
        if model is None or model._base_manager.filter(**{model.natural_key_fields[0]: key}).exists():
            continue
        redirect = Redirect.objects.of(model, key).first()
        if redirect is not None:
            text = renamed(text, name, f"{kind}/{redirect.target_key}")
    return text


def naming_in_prose(queryset: models.QuerySet, record: models.Model) -> Iterator[models.Model]:
    """Those of the rows whose texts name the record; not those that only quote its name."""
    name = name_in_prose(record)
    fields = prose_fields(queryset.model)
    if not name or not fields:
        return
    condition = models.Q()
    for field in fields:
        condition |= models.Q(**{f"{field.name}__contains": name})
    for row in queryset.filter(condition):
        if name in named_in_prose(row):
            yield row


def rename_in_prose(record: models.Model, old_key: str) -> list[models.Model]:
    """Let every text that names a renamed record name it as it is called now; gives the rows that did."""
    new = name_in_prose(record)
    if not new:
        return []
    old = f"{new.partition('/')[0]}/{old_key}"
    changed = []
    for model in record._meta.apps.get_models():
        for field in prose_fields(model):
            for row in model._base_manager.filter(**{f"{field.name}__contains": old}):
                text = renamed(getattr(row, field.name), old, new)
                if text != getattr(row, field.name):
                    model._base_manager.filter(pk=row.pk).update(**{field.name: text})
                    changed.append(row)
    rows = list({(type(row), row.pk): row for row in changed}.values())
    for row in rows:
        row.refresh_from_db()
        row.name_changed(old, new)
    return rows
