"""Reads a whole record back from plain data, the form that ``content_of`` writes, and reports every fault in it."""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from kzafrica.editorial.content import (
    CITATION_FIELDS,
    ContentError,
    Fault,
    citation_content,
    completed,
    content_fields,
    content_of,
)
from kzafrica.editorial.models import Citation
from kzafrica.editorial.prose import ProseField, with_present_names
from kzafrica.editorial.publishable import Citable, Whole
from kzafrica.editorial.references import (
    ReferenceField,
    no_such_record,
    record_of,
    reference_kinds,
    reference_to,
    resolve_reference,
)

BOOLEANS = {"true": True, "false": False}


def apply_content(record: models.Model, content: dict) -> None:
    """Make the record, its parts and citations what the content says; save all of it.

    Call inside a transaction. Raises ContentError with every fault found; the caller rolls back.
    """
    reader = _Reader()
    reader.read(record, content)
    if reader.faults:
        raise ContentError(reader.faults)


def read_columns(record: models.Model, content: dict) -> list[Fault]:
    """Make the columns of the record what the content says, without saving it; gives every fault found.

    For records that are saved many at once and have neither parts nor citations.
    """
    reader = _Reader()
    reader.fill(record, content)
    return reader.faults


class _Reader:
    """Reads content into a record, collecting faults on the way."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, where: str, sentence: str, value=None, missing: str = "") -> None:
        line, path = getattr(value, "line", None), getattr(value, "path", None)
        self.faults.append(Fault(where, str(sentence), line, path, missing))

    def read(self, record: models.Model, content: dict, where: str = "") -> None:
        """Fill the fields, save, then the many-to-many, parts and citations."""
        model = type(record)
        is_new = record._state.adding
        many = self.fill(record, content, where)
        if not self._save(record):
            return
        for name, related in many.items():
            if related or not is_new:
                getattr(record, name).set(related)
        for name in getattr(model, "part_names", ()):
            if not is_new or name in content:
                self._read_parts(record, name, content.get(name, []), where + name, is_new=is_new)
            else:
                self._check_parts(record, name, [], [], where + name)
        if issubclass(model, Citable) and (not is_new or "citations" in content):
            self._read_citations(record, content.get("citations", []), where, is_new=is_new)

    def fill(self, record: models.Model, content: dict, where: str = "") -> dict[str, list]:
        """Fill and check the columns; gives what belongs into the many-to-many fields once the record is saved."""
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
                self._set(record, field, value, where + name, content)
        self._check(record, content, where, since=before)
        return many

    def _refuse_unknown(self, model: type[models.Model], content: dict, known: set[str], where: str) -> None:
        known = known | ({"citations"} if issubclass(model, Citable) else set())
        sentence = _("“%(name)s” is not a field here (%(record)s): use one of %(known)s.")
        for name in content:
            if name not in known:
                details = {"name": name, "record": model._meta.verbose_name, "known": ", ".join(sorted(known))}
                line_of = content[name] if hasattr(content[name], "line") else content
                self.fault(where + name, sentence % details, line_of)

    def _set(self, record: models.Model, field: models.Field, value, where: str, content: dict) -> None:
        """Give the field its value, or a stand-in for one that is reported, so that the rest can be read."""
        setattr(record, field.attname, _emptied(field))
        if not isinstance(value, str):
            self.fault(where, _("One value belongs here, not a list or a mapping."), value)
        elif value == "":
            if field.is_relation and not field.null:
                needed = _("This is needed (%s): write the key of one.") % field.related_model._meta.verbose_name
                self.fault(where, needed, content)
        elif field.is_relation:
            setattr(record, field.name, self._related(field.related_model, value, where))
        elif isinstance(field, ReferenceField):
            setattr(record, field.attname, self._reference(field, value, where))
        elif isinstance(field, models.BooleanField) and value not in BOOLEANS:
            self.fault(where, _("“%s” is neither true nor false.") % value, value)
        else:
            self._set_plain(record, field, value, where)

    def _set_plain(self, record: models.Model, field: models.Field, value: str, where: str) -> None:
        try:
            read = BOOLEANS[value] if isinstance(field, models.BooleanField) else field.to_python(str(value))
        except ValidationError as error:
            self.fault(where, " ".join(error.messages), value)
            return
        choices = [choice for choice, _label in field.flatchoices]
        if choices and read not in choices:
            known = ", ".join(str(choice) for choice in choices if choice != "")
            self.fault(where, _("“%(value)s” is not one of %(known)s.") % {"value": value, "known": known}, value)
            return
        if isinstance(field, ProseField):
            # As for a key or a reference: what was called otherwise when this was written is meant all the same.
            read = with_present_names(read)
        setattr(record, field.attname, read)

    def _related(self, model: type[models.Model], key: str, where: str) -> models.Model | None:
        try:
            return record_of(model, str(key))
        except (ObjectDoesNotExist, ValueError, TypeError):
            missing = f"{model._meta.label_lower}/{key}"
            self.fault(where, no_such_record(model, str(key)), key, missing)
            return None

    def _related_list(self, field: models.Field, keys, where: str) -> list[models.Model]:
        if not isinstance(keys, list):
            self.fault(where, _("A list of keys belongs here, such as [COD, KEN]."), keys)
            return []
        model = field.related_model
        found = [self._related(model, key, f"{where}[{index}]") for index, key in enumerate(keys, start=1)]
        return [related for related in found if related is not None]

    def _reference(self, field: ReferenceField, text: str, where: str) -> str:
        try:
            return reference_to(resolve_reference(str(text), field.kinds))
        except ValidationError as error:
            kind, _slash, key = text.partition("/")
            model = reference_kinds().get(kind)
            self.fault(where, " ".join(error.messages), text, f"{model._meta.label_lower}/{key}" if model else "")
            return ""

    def _check(self, record: models.Model, content: dict, where: str, *, since: int) -> None:
        """Report what is wrong with the record as a whole, save for the fields that are reported already."""
        reported = {fault.where.removeprefix(where) for fault in self.faults[since:]}
        try:
            _validate(record, reported)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                place = where + (name if name != "__all__" else "")
                for message in messages if name not in reported else []:
                    self.fault(place.rstrip("."), message, content.get(name, content))

    def _save(self, record: models.Model) -> bool:
        """Save the record so that its parts can be read; after a fault all of it will be rolled back."""
        if not self.faults:
            record.save()
            return True
        try:
            with transaction.atomic():
                record.save()
        except (DatabaseError, ValueError):
            return False
        return True

    def _read_parts(self, record: models.Model, name: str, contents, where: str, *, is_new: bool) -> None:
        relation = type(record)._meta.get_field(name)
        model, owner = relation.related_model, relation.field.name
        if not isinstance(contents, list):
            self.fault(where, _("A list of mappings belongs here."), contents)
            return
        kept, changed, left = _matched(model, [] if is_new else list(getattr(record, name).all()), contents)
        # Before the others are read: what takes the place of a row may be just like it.
        for part in left:
            part.delete()
        parts: list[models.Model] = []
        for index, content in enumerate(contents):
            place = f"{where}[{index + 1}]."
            if not isinstance(content, dict):
                self.fault(place.rstrip("."), _("A mapping of fields belongs here."), content)
                continue
            part = kept.get(index) or changed.get(index) or model()
            parts.append(part)
            setattr(part, owner, record)
            if index in kept and part.position == index:
                # Its row stays as it is; what its record says beside it, and below, may have changed.
                self._check(part, content, place, since=len(self.faults))
                self._check_below(part, content, place)
                continue
            part.position = index
            self.read(part, content, place)
        self._check_parts(record, name, parts, contents, where)

    def _check_below(self, part: models.Model, content: dict, where: str) -> None:
        for field, sentence in part.faults_below() if isinstance(part, Whole) else ():
            self.fault(f"{where}{field or ''}".rstrip("."), sentence, content)

    def _check_parts(self, record: models.Model, name: str, parts: list, contents: list, where: str) -> None:
        """What is wrong between the parts, once all of them are read."""
        for part, field, sentence in record.faults_between(name, parts) if isinstance(record, Whole) else ():
            if part is None:
                self.fault(where, sentence, contents)
            else:
                content = contents[part.position]
                self.fault(f"{where}[{part.position + 1}].{field}", sentence, content.get(field, content))

    def _read_citations(self, record: models.Model, contents, where: str, *, is_new: bool) -> None:
        place = f"{where}citations"
        if not isinstance(contents, list):
            self.fault(place, _("A list of citations belongs here."), contents)
            return
        rows = {} if is_new else {_statement(citation): citation for citation in record.citations.all()}
        if not is_new and [citation_content(citation) for citation in record.citations.all()] == contents:
            return
        # A statement that stays keeps its row, so that forms opened before still find it.
        kept = [rows.pop(_statement_said(content), None) for content in contents]
        for index, content in enumerate(contents):
            # One that says where else in the same source the same field stands is changed, not another.
            if kept[index] is None and (said := _statement_said(content)):
                kept[index] = rows.pop(next((row for row in rows if row[:2] == said[:2]), None), None)
        for citation in rows.values():
            citation.delete()
        for index, content in enumerate(contents):
            spot = f"{place}[{index + 1}]"
            if isinstance(content, dict):
                citation = kept[index] or Citation(target=record)
                citation.position = index
                self._read_citation(citation, content, spot)
            else:
                self.fault(spot, _("A mapping of fields belongs here."), content)

    def _read_citation(self, citation: Citation, content: dict, where: str) -> None:
        before = len(self.faults)
        for name in CITATION_FIELDS:
            setattr(citation, name, Citation._meta.get_field(name).get_default())
        for name, value in content.items():
            if name == "source" and isinstance(value, str):
                citation.source = self._related(
                    Citation._meta.get_field("source").related_model, value, f"{where}.source"
                )
            elif name in CITATION_FIELDS and isinstance(value, str):
                setattr(citation, name, str(value))
            else:
                sentence = _("“%(name)s” is not a field of a citation: use one of %(known)s.")
                details = {"name": name, "known": ", ".join(("source", *CITATION_FIELDS))}
                self.fault(f"{where}.{name}", sentence % details, value)
        if not content.get("source"):
            self.fault(where, _("A citation names its source."), content)
        self._check(citation, content, f"{where}.", since=before)
        if len(self.faults) == before:
            citation.save()


def _statement(citation: Citation) -> tuple[str, ...]:
    """What tells a citation of a record apart from its others."""
    return (citation.source.slug, citation.field, citation.stated, citation.locator)


def _statement_said(content) -> tuple[str, ...] | None:
    """The same of a citation that is not read yet."""
    if not isinstance(content, dict):
        return None
    return tuple(str(content.get(name, "")) for name in ("source", "field", "stated", "locator"))


def _matched(model: type[models.Model], rows: list[models.Model], contents: list) -> tuple[dict, dict, list]:
    """The row of each content by its index, one that says the same or one that it changes, and the rows left over.

    A part that says the same keeps its row, so that its number stays the same from load to load. One that says
    something else takes the row most like it, and none that is another part: what calendars know a part by stays with
    its row.
    """
    said = {row.pk: content_of(row) for row in rows}
    wanted = {index: completed(model, content) for index, content in enumerate(contents) if isinstance(content, dict)}
    kept, changed = {}, {}
    for index, content in wanted.items():
        same = next((row for row in rows if said[row.pk] == content), None)
        if same is not None:
            rows.remove(same)
            kept[index] = same
    pairs = [
        (_likeness(said[row.pk], content), index, row)
        for index, content in wanted.items()
        for row in rows
        if index not in kept and _may_be_one(model, said[row.pk], content)
    ]
    # The pairs most alike come first, so that a part found earlier in time does not take the row of the one behind it.
    for _alike, index, row in sorted(pairs, key=lambda pair: -pair[0]):
        if index not in changed and row in rows:
            rows.remove(row)
            changed[index] = row
    return kept, changed, rows


def _may_be_one(model: type[models.Model], one: dict, other: dict) -> bool:
    """Whether two contents may be of one part; one that does not say what tells such parts apart may be any."""
    names = getattr(model, "told_apart_by", ())
    told, other_told = ({name: content[name] for name in names if name in content} for content in (one, other))
    return told == other_told or not told or not other_told


def _likeness(one: dict, other: dict) -> int:
    """How many fields two contents say alike; the first of equals is taken."""
    return sum(other.get(name) == value for name, value in one.items())


def _validate(record: models.Model, reported: set[str]) -> None:
    """``full_clean()`` but for what is reported already and for related rows, just read from the database."""
    errors: dict = {}
    read = {field.name for field in record._meta.fields if field.is_relation}
    read |= {
        field.name for field in record._meta.fields if isinstance(field, ReferenceField) and getattr(record, field.name)
    }
    for check in (
        lambda: record.clean_fields(exclude=read | reported),
        record.clean,
        lambda: record.validate_unique(exclude=reported),
        lambda: record.validate_constraints(exclude=reported),
    ):
        try:
            check()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


def _emptied(field: models.Field):
    """What an absent value means for a field."""
    if field.null or field.is_relation:
        return None
    if field.has_default():
        return field.get_default()
    return "" if field.empty_strings_allowed else None
