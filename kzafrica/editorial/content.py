"""A whole record as plain data: fields, parts and citations as text, lists and mappings, with keys instead of numbers.

The same form stands in the files of the dataset, in proposed changes and in their comparison. ``content_of`` writes it,
``apply_content`` reads it back and reports every fault it finds rather than the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from kzafrica.editorial.models import Citation
from kzafrica.editorial.publishable import Citable, part_paths

BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True)
class Fault:
    """What is wrong, where in the record, and the line of the file if the value came from one."""

    where: str
    sentence: str
    line: int | None = None


class ContentError(Exception):
    """The content cannot be kept; ``faults`` says why, one sentence each."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.sentence for fault in faults))
        self.faults = faults


def content_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """The columns and many-to-many fields an editor fills in; not the bookkeeping, not the key to the owner."""
    left_out = {"position", *owner_fields(model)}
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if field.editable and not field.primary_key and field.name not in left_out:
            yield field


def owner_fields(model: type[models.Model]) -> list[str]:
    """The keys by which a part belongs to its record; most parts have one, a record has none."""
    return [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.related_name in getattr(field.remote_field.model, "part_names", ())
    ]


def owner_field(model: type[models.Model]) -> str:
    return next(iter(owner_fields(model)), "")


def owner_of(part: models.Model) -> models.Model | None:
    """The record or part that a part belongs to; None for a record."""
    owners = (getattr(part, name) for name in owner_fields(type(part)))
    return next((owner for owner in owners if owner is not None), None)


def content_of(record: models.Model) -> dict:
    """The record, its parts and citations; empty fields left out."""
    content = {}
    for field in content_fields(type(record)):
        value = _as_plain(record, field)
        if value not in ("", []):
            content[field.name] = value
    for name in getattr(record, "part_names", ()):
        parts = [content_of(part) for part in getattr(record, name).all()]
        if parts:
            content[name] = parts
    if isinstance(record, Citable):
        citations = [_citation_content(citation) for citation in record.citations.all()]
        if citations:
            content["citations"] = citations
    return content


def completed(model: type[models.Model], content: dict) -> dict:
    """Content as ``content_of`` would give it back: defaults filled in, lists of keys sorted, empty values left out."""
    full = {name: value for name, value in content.items() if value not in ("", [])}
    for field in content_fields(model):
        if field.many_to_many and field.name in full:
            full[field.name] = sorted(full[field.name])
        elif field.name not in full and field.has_default() and not field.many_to_many:
            default = _plain_value(field.get_default())
            if default:
                full[field.name] = default
    for name in getattr(model, "part_names", ()):
        part = model._meta.get_field(name).related_model
        if name in full:
            full[name] = [completed(part, row) if isinstance(row, dict) else row for row in full[name]]
    return full


def with_content(queryset: models.QuerySet) -> models.QuerySet:
    """The queryset with everything that ``content_of`` reads, in a number of queries that does not grow."""
    model = queryset.model
    one, many = [], []
    for field in content_fields(model):
        if field.is_relation:
            (many if field.many_to_many else one).append(field.name)
    if issubclass(model, Citable):
        many.append("citations__source")
    for path, part in part_paths(model):
        many.append(path)
        many += [f"{path}__{field.name}" for field in content_fields(part) if field.is_relation]
        if issubclass(part, Citable):
            many.append(f"{path}__citations__source")
    return queryset.select_related(*one).prefetch_related(*many)


def _as_plain(record: models.Model, field: models.Field):
    if field.many_to_many:
        return sorted(_key(related) for related in getattr(record, field.name).all())
    if field.is_relation:
        related = getattr(record, field.name)
        return _key(related) if related is not None else ""
    return _plain_value(getattr(record, field.attname))


def _plain_value(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _key(record: models.Model) -> str:
    return "/".join(record.natural_key())


def _citation_content(citation: Citation) -> dict:
    content = {"source": citation.source.slug}
    for name in CITATION_FIELDS:
        value = getattr(citation, name)
        if value and not (name == "basis" and value == Citation._meta.get_field("basis").default):
            content[name] = str(value)
    return content


CITATION_FIELDS = ("field", "locator", "as_printed", "stated", "reason", "basis", "note")


class _Reader:
    """Reads content into a record, collecting faults on the way."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, where: str, sentence: str, value=None) -> None:
        self.faults.append(Fault(where, str(sentence), getattr(value, "line", None)))

    def read(self, record: models.Model, content: dict, where: str = "") -> None:
        """Fill the fields, save, then the many-to-many, parts and citations."""
        model = type(record)
        fields = {field.name: field for field in content_fields(model)}
        parts = tuple(getattr(model, "part_names", ()))
        before = len(self.faults)
        self._refuse_unknown(model, content, {*fields, *parts}, where)
        many = {}
        for name, field in fields.items():
            value = content.get(name, [] if field.many_to_many else "")
            if field.many_to_many:
                many[name] = self._related_list(field, value, where + name)
            else:
                self._set(record, field, value, where + name)
        is_new = record._state.adding
        if not self._is_valid(record, content, where, skip=before):
            return
        record.save()
        for name, related in many.items():
            if related or not is_new:
                getattr(record, name).set(related)
        for name in parts:
            if not is_new or name in content:
                self._read_parts(record, name, content.get(name, []), where + name, is_new=is_new)
        if issubclass(model, Citable) and (not is_new or "citations" in content):
            self._read_citations(record, content.get("citations", []), where, is_new=is_new)

    def _refuse_unknown(self, model: type[models.Model], content: dict, known: set[str], where: str) -> None:
        known = known | ({"citations"} if issubclass(model, Citable) else set())
        sentence = _("“%(name)s” is not a field of a %(record)s: use one of %(known)s.")
        for name in content:
            if name not in known:
                details = {"name": name, "record": model._meta.verbose_name, "known": ", ".join(sorted(known))}
                line_of = content[name] if hasattr(content[name], "line") else content
                self.fault(where + name, sentence % details, line_of)

    def _set(self, record: models.Model, field: models.Field, value, where: str) -> None:
        if not isinstance(value, str):
            self.fault(where, _("One value belongs here, not a list or a mapping."), value)
            return
        if field.is_relation:
            related = self._related(field, value, where) if value else None
            if not value and not field.null:
                self.fault(where, _("This is needed: the key of a %s.") % field.related_model._meta.verbose_name)
            setattr(record, field.name, related)
            return
        if value == "":
            setattr(record, field.attname, _emptied(field))
            return
        if isinstance(field, models.BooleanField):
            if value not in BOOLEANS:
                self.fault(where, _("“%s” is neither true nor false.") % value, value)
                return
            setattr(record, field.attname, BOOLEANS[value])
            return
        try:
            setattr(record, field.attname, field.to_python(str(value)))
        except ValidationError as error:
            self.fault(where, " ".join(error.messages), value)
            # A valid stand-in, so that the same fault is not reported once more by full_clean().
            setattr(record, field.attname, _emptied(field))

    def _related(self, field: models.Field, key: str, where: str):
        model = field.remote_field.model
        try:
            return model.objects.get_by_natural_key(*str(key).split("/"))
        except (ObjectDoesNotExist, ValueError, TypeError):
            self.fault(
                where,
                _("There is no %(record)s “%(key)s”.") % {"record": model._meta.verbose_name, "key": key},
                key,
            )
            return None

    def _related_list(self, field: models.Field, keys, where: str) -> list:
        if not isinstance(keys, list):
            self.fault(where, _("A list of keys belongs here, such as [COD, KEN]."), keys)
            return []
        found = [self._related(field, key, f"{where}[{index}]") for index, key in enumerate(keys, start=1)]
        return [related for related in found if related is not None]

    def _is_valid(self, record: models.Model, content: dict, where: str, *, skip: int) -> bool:
        reported = {fault.where for fault in self.faults[skip:]}
        try:
            _validate(record)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                if where + name in reported:
                    continue
                for message in messages:
                    place = where + (name if name != "__all__" else "")
                    self.fault(place.rstrip("."), message, content.get(name, content))
        return len(self.faults) == skip

    def _read_parts(self, record: models.Model, name: str, contents, where: str, *, is_new: bool) -> None:
        relation = type(record)._meta.get_field(name)
        model, owner = relation.related_model, relation.field.name
        if not isinstance(contents, list):
            self.fault(where, _("A list of mappings belongs here."), contents)
            return
        # A part that says the same keeps its row, so that its number stays the same from load to load.
        rows = [] if is_new else getattr(record, name).all()
        existing = {part.pk: (part, content_of(part)) for part in rows}
        kept: dict[int, models.Model] = {}
        for index, content in enumerate(contents):
            for pk, (part, before) in existing.items():
                if pk not in {kept_part.pk for kept_part in kept.values()} and before == content:
                    kept[index] = part
                    break
        spare = [part for pk, (part, _before) in existing.items() if pk not in {part.pk for part in kept.values()}]
        for index, content in enumerate(contents):
            place = f"{where}[{index + 1}]."
            if not isinstance(content, dict):
                self.fault(place.rstrip("."), _("A mapping of fields belongs here."), content)
                continue
            part = kept.get(index)
            if part is not None and part.position == index:
                continue
            part = part or (spare.pop(0) if spare else model())
            setattr(part, owner, record)
            part.position = index
            self.read(part, content, place)
        for part in spare:
            part.delete()

    def _read_citations(self, record: models.Model, contents, where: str, *, is_new: bool) -> None:
        place = f"{where}citations"
        if not isinstance(contents, list):
            self.fault(place, _("A list of citations belongs here."), contents)
            return
        if not is_new:
            if [_citation_content(citation) for citation in record.citations.all()] == contents:
                return
            record.citations.all().delete()
        for index, content in enumerate(contents):
            spot = f"{place}[{index + 1}]"
            if isinstance(content, dict):
                self._read_citation(Citation(target=record, position=index), content, spot)
            else:
                self.fault(spot, _("A mapping of fields belongs here."), content)

    def _read_citation(self, citation: Citation, content: dict, where: str) -> None:
        before = len(self.faults)
        for name, value in content.items():
            if name == "source":
                citation.source = self._related(Citation._meta.get_field("source"), value, f"{where}.source")
            elif name in CITATION_FIELDS and isinstance(value, str):
                setattr(citation, name, str(value))
            else:
                sentence = _("“%(name)s” is not a field of a citation: use one of %(known)s.")
                details = {"name": name, "known": ", ".join(("source", *CITATION_FIELDS))}
                self.fault(f"{where}.{name}", sentence % details, value)
        if "source" not in content:
            self.fault(where, _("A citation names its source."), content)
        if citation.source_id and self._is_valid(citation, content, f"{where}.", skip=before):
            citation.save()


def _validate(record: models.Model) -> None:
    """``full_clean()`` without asking the database again for the related rows that were just read from it."""
    errors: dict = {}
    relations = {field.name for field in record._meta.fields if field.is_relation}
    for check in (
        lambda: record.clean_fields(exclude=relations),
        record.clean,
        record.validate_unique,
        record.validate_constraints,
    ):
        try:
            check()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


def _emptied(field: models.Field):
    """What an absent value means for a field."""
    if field.null:
        return None
    if field.has_default():
        return field.get_default()
    return field.to_python("") if not field.empty_strings_allowed else ""


def apply_content(record: models.Model, content: dict) -> None:
    """Make the record, its parts and citations what the content says; save all of it.

    Call inside a transaction. Raises ContentError with every fault found; the caller rolls back.
    """
    reader = _Reader()
    reader.read(record, content)
    if reader.faults:
        raise ContentError(reader.faults)


@dataclass(frozen=True)
class Difference:
    """One field that two contents of a record say differently."""

    field: str
    old: object
    new: object


def differences(old: dict, new: dict) -> list[Difference]:
    """Field by field, in the order fields are written; parts and citations as whole lists."""
    names = [*old, *(name for name in new if name not in old)]
    return [
        Difference(name, old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    ]
