"""Pointers to records of several kinds, kept as ``kind/key``: ``country/COD``, ``event/astana-forum-2025``.

A model that others may point to this way declares ``reference_kind``, and ``named_by`` if its name needs other rows.
Codes rather than numbers: the same text stands in the database, in files, in filters and in the API.
"""

from collections import defaultdict

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kzafrica.filtering import nearest


def reference_kinds() -> dict[str, type[models.Model]]:
    """Every kind that can be pointed to, with its model."""
    return {
        model.reference_kind: model
        for model in apps.get_models()
        if isinstance(getattr(model, "reference_kind", None), str)
    }


def reference_to(record: models.Model | None) -> str:
    """``country/COD`` for a record; empty for none."""
    return f"{record.reference_kind}/{record.key}" if record is not None else ""


def resolve_reference(text: str, allowed: tuple[str, ...] = ()) -> models.Model:
    """The record that ``kind/key`` names. Raises ValidationError with a sentence for an unknown kind or key."""
    kinds = reference_kinds()
    allowed = allowed or tuple(sorted(kinds))
    kind, _slash, key = text.partition("/")
    if kind not in allowed or not key:
        raise ValidationError(
            _("“%(text)s” does not name a record: write kind/key with a kind of %(kinds)s, for example country/COD.")
            % {"text": text, "kinds": ", ".join(allowed)}
        )
    try:
        return record_of(kinds[kind], key)
    except ObjectDoesNotExist:
        raise ValidationError(no_such_record(kinds[kind], key)) from None


def record_of(model: type[models.Model], key: str) -> models.Model:
    """The record of that key, or of an address that once was its. Raises ObjectDoesNotExist."""
    try:
        return model.objects.get_by_natural_key(key)
    except ObjectDoesNotExist:
        redirect = apps.get_model("editorial", "Redirect").objects.of(model, key).first()
        if redirect is None:
            raise
        return model.objects.get_by_natural_key(redirect.target_key)


def no_such_record(model: type[models.Model], key: str) -> str:
    """The sentence about a key that no record has, with one that is right."""
    (key_field, *_rest) = model.natural_key_fields
    known = list(model.objects.order_by(key_field).values_list(key_field, flat=True))
    sentence = _("There is no %(record)s “%(key)s”.") % {"record": model._meta.verbose_name, "key": key}
    if near := nearest(key, known):
        return sentence + " " + _("Did you mean “%s”?") % near
    return sentence + (" " + _("Write the key of one, such as “%s”.") % known[0] if known else "")


class ReferencedRecord:
    """``figure.subject_record``: the record that ``figure.subject`` names, or None. Can be prefetched."""

    def __init__(self, field: "ReferenceField") -> None:
        self.field = field
        self.cache_name = f"{field.name}_record"

    @cached_property
    def kinds(self) -> dict[str, type[models.Model]]:
        return reference_kinds()

    def is_cached(self, instance: models.Model) -> bool:
        cached = instance._state.fields_cache.get(self.cache_name)
        return cached is not None and cached[0] == getattr(instance, self.field.name)

    def __get__(self, instance: models.Model | None, owner: type[models.Model]):
        if instance is None:
            return self
        if not self.is_cached(instance):
            self._fill([instance])
        return instance._state.fields_cache[self.cache_name][1]

    def get_prefetch_querysets(self, instances, querysets=None):
        """Called by ``prefetch_related``: one query for each kind met, for every reference of the rows at once."""
        self._fill(instances, everything=True)
        found = {}
        for instance in instances:
            text, record = instance._state.fields_cache[self.cache_name]
            if record is not None:
                found[text] = record
        name = self.field.name
        # Django matches rows by these two functions. The cache is filled: the result only feeds further lookups.
        return (
            list(found.values()),
            reference_to,
            lambda row: getattr(row, name),
            True,
            f"{self.cache_name}_prefetched",
            False,
        )

    def _fill(self, instances, *, everything: bool = False) -> None:
        """Cache the named records on the instances: those of this field, or of all reference fields of the model."""
        names = [self.field.name]
        if everything:
            names = [field.name for field in instances[0]._meta.fields if isinstance(field, ReferenceField)]
        wanted = defaultdict(set)
        for instance in instances:
            for name in names:
                kind, _slash, key = getattr(instance, name).partition("/")
                if kind:
                    wanted[kind].add(key)
        found = {}
        for kind, keys in wanted.items():
            model = self.kinds.get(kind)
            if model is None:
                continue
            (key_field, *_rest) = model.natural_key_fields
            named_by = getattr(model, "named_by", ())
            for record in model.objects.select_related(*named_by).filter(**{f"{key_field}__in": keys}):
                found[f"{kind}/{record.key}"] = record
        for instance in instances:
            for name in names:
                text = getattr(instance, name)
                instance._state.fields_cache[f"{name}_record"] = (text, found.get(text))


class ReferenceField(models.CharField):
    """Holds ``kind/key``; ``<name>_record`` is the record it names. ``kinds`` limits what it may point to."""

    def __init__(self, *args, kinds: tuple[str, ...] = (), **options) -> None:
        self.kinds = kinds
        options.setdefault("max_length", 160)
        super().__init__(*args, **options)

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        if self.kinds:
            options["kinds"] = self.kinds
        return name, path, args, options

    def contribute_to_class(self, cls, name, private_only=False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            setattr(cls, f"{name}_record", ReferencedRecord(self))

    def validate(self, value, model_instance) -> None:
        super().validate(value, model_instance)
        if value:
            resolve_reference(value, self.kinds)
