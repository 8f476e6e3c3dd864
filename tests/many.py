"""Many records of a kind at once: what a test needs two hundred of is made once and copied in bulk.

A record takes some forty queries to write, cite and publish, and a page with two hundred of everything only reads them.
"""

import copy
import re
from collections.abc import Callable, Iterable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.base import ModelState

from kzafrica.editorial.models import Citation
from kzafrica.editorial.references import ReferenceField, reference_to
from kzafrica.editorial.roles import EDITED_APPS, NOT_EDITED
from kzafrica.reference.models import Area, Bloc, Commodity, Country
from tests.known_countries import FREE_CODES, FREE_NUMBERS, OWN_CODES

NUMBERED = re.compile(r"\d+$")
# Goods, blocs and areas are those that there are; copies name the same ones.
SHARED = (Area, Bloc, Commodity, Citation)
Vary = Callable[[models.Model, int], None]


def make_many(make: Callable[[int], object], numbers: Iterable[int], vary: Vary | None = None) -> None:
    """Call ``make`` with the first number, then copy for each other number all that came of it.

    Copies name and cite each other as the originals do, under slugs and codes of their own; ``vary`` changes what else
    has to differ. They are as public as the originals, without steps, changes and versions of their own.
    """
    first, *others = numbers
    kinds = _in_order()
    before = {kind: kind.objects.aggregate(last=models.Max("pk"))["last"] or 0 for kind in kinds}
    make(first)
    # What each key and each reference has become, for every number.
    keys: dict[tuple, int] = {}
    references: dict[tuple, str] = {}
    for kind in kinds:
        originals = list(kind.objects.filter(pk__gt=before[kind]).order_by("pk"))
        copies, serial = [], kind.objects.count()
        for number in others:
            for original in originals:
                copies.append(_copy(original, number, keys, references))
                _set_apart(copies[-1], serial + len(copies))
                if vary:
                    vary(copies[-1], number)
        kind.objects.bulk_create(copies, batch_size=400)
        pairs = ((number, original) for number in others for original in originals)
        for (number, original), made in zip(pairs, copies, strict=True):
            keys[kind, original.pk, number] = made.pk
            if hasattr(original, "reference_kind"):
                references[reference_to(original), number] = reference_to(made)


def _in_order() -> list[type[models.Model]]:
    """Every kind of row that readers see, tables between two kinds included, after all that it points to."""
    ours = [
        model
        for app in EDITED_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.model_name not in NOT_EDITED and model not in SHARED
    ]
    ordered: list = []

    def put(model) -> None:
        if model in ordered or model not in ours:
            return
        for field in model._meta.concrete_fields:
            if field.remote_field and field.related_model is not model:
                put(field.related_model)
        ordered.append(model)

    for model in ours:
        put(model)
    return [*ordered, Citation]


def _copy(original: models.Model, number: int, keys: dict, references: dict) -> models.Model:
    """The same row again, which points to the copies of that number where there are such."""
    made = copy.copy(original)
    made._state = ModelState()
    made.pk = None
    for field in original._meta.concrete_fields:
        value = getattr(original, field.attname)
        if field.remote_field and (field.related_model, value, number) in keys:
            setattr(made, field.attname, keys[field.related_model, value, number])
        elif isinstance(field, ReferenceField) and (value, number) in references:
            setattr(made, field.attname, references[value, number])
    if isinstance(original, Citation):
        target = ContentType.objects.get_for_id(original.content_type_id).model_class()
        made.object_id = keys.get((target, original.object_id, number), original.object_id)
    return made


def _set_apart(made: models.Model, serial: int) -> None:
    if isinstance(made, Country):
        made.alpha3, made.alpha2, made.m49 = (codes[serial] for codes in (OWN_CODES, FREE_CODES, FREE_NUMBERS))
        made.name_en = (
            NUMBERED.sub(str(serial), made.name_en) if NUMBERED.search(made.name_en) else f"State {made.alpha3}"
        )
    elif hasattr(made, "slug"):
        made.slug = f"{NUMBERED.sub('', made.slug).rstrip('-')}-{serial}"
