"""What a program sends: the content of a record, and what is to be done with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _

from kzafrica.editorial.content import plain_value
from kzafrica.editorial.references import no_such_record
from kzafrica.writing.members import CITATIONS, Form, Member, Shape, shape_of
from kzafrica.writing.reading import Fault, Reader
from kzafrica.writing.refusals import of_faults

SUBMIT, KEEP_BESIDE = "submit", "keep_beside"
BASE_VERSION, NOTE, MORE_CITATIONS = "base_version", "note_for_reviewer", "add_citations"
OF_DRAFTS = (SUBMIT, KEEP_BESIDE)
OF_AMENDMENTS = (SUBMIT, KEEP_BESIDE, BASE_VERSION, MORE_CITATIONS)
OF_PROPOSALS = (BASE_VERSION, NOTE, MORE_CITATIONS)


@dataclass
class Letter:
    """A document that has been read: what the record is to say, and the wishes beside it."""

    model: type[models.Model]
    content: dict
    is_submitted: bool = False
    keep_beside: list[str] = field(default_factory=list)
    base_version: str = ""
    note: str = ""
    # How many citations were there before those of ``add_citations``, None where the document has no such member.
    citations_before: int | None = None
    # Whether an id was to be made from a title, and there was none to make it from.
    lacks_id: bool = False


class _Envelope:
    """Reads the members beside those of the record."""

    def __init__(self, reader: Reader, document: dict) -> None:
        self.reader, self.document = reader, document

    def flag(self, name: str) -> bool:
        return name in self.document and self.reader.boolean(self.document[name], name) == "true"

    def text(self, name: str) -> str:
        return self.reader.text(Member(name, Form.TEXT, (name,)), self.document.get(name), name)

    def keep_beside(self, model: type[models.Model]) -> list[str]:
        """Records of the same kind, each of which is there."""
        named = self.reader.texts(self.document.get(KEEP_BESIDE), KEEP_BESIDE)
        for index, name in enumerate(named):
            kind, _slash, key = name.partition("/")
            if kind != model._meta.model_name:
                details = {"name": name[:120], "kind": model._meta.model_name}
                sentence = _("“%(name)s” is not a record of this kind: write it as %(kind)s/key.") % details
                self.reader.fault(f"{KEEP_BESIDE}.{index}", sentence)
            elif not model.objects.filter(slug=key).exists():
                self.reader.fault(f"{KEEP_BESIDE}.{index}", no_such_record(model, key[:120]))
        return named


def read_draft(model: type[models.Model], document: dict) -> Letter:
    """A new record. Raises Refusal with every fault of its form."""
    reader = Reader(model, OF_DRAFTS)
    envelope = _Envelope(reader, document)
    letter = Letter(model, reader.content_of(document), envelope.flag(SUBMIT), envelope.keep_beside(model))
    _require_sound(reader)
    return letter


def read_change(
    model: type[models.Model], document: dict, old: dict, *, also: tuple[str, ...] = OF_PROPOSALS
) -> Letter:
    """What of a record is to become another; members that are left out stay. Raises Refusal with every fault."""
    reader = Reader(model, also)
    envelope = _Envelope(reader, document)
    letter = Letter(model, reader.content_of(document), envelope.flag(SUBMIT) if SUBMIT in also else False)
    letter.keep_beside = envelope.keep_beside(model) if KEEP_BESIDE in also else []
    letter.base_version, letter.note = envelope.text(BASE_VERSION), envelope.text(NOTE) if NOTE in also else ""
    reader.faults += losses(shape_of(model), old, letter.content)
    if MORE_CITATIONS in document:
        before = letter.content.get(CITATIONS, old.get(CITATIONS, []))
        letter.content[CITATIONS] = [*before, *reader.citations(document[MORE_CITATIONS], MORE_CITATIONS)]
        letter.citations_before = len(before)
    if not reader.faults and not letter.content and not letter.is_submitted:
        reader.fault("", _("The document changes nothing: say at least one member of the record."))
    _require_sound(reader)
    return letter


def _require_sound(reader: Reader) -> None:
    if reader.faults:
        raise of_faults(reader.faults)


def losses(shape: Shape, old: dict, said: dict, where: str = "") -> Iterator[Fault]:
    """What lists of rows would lose unseen: a list takes the place of the old one, and no row of it says a member."""
    for column, rows in said.items():
        member = shape.by_column[column]
        before = old.get(column)
        if member.form != Form.ROWS or not rows or not before:
            continue
        place = where + member.name
        sentence = _(
            "The rows take the place of those that are there, of which some say “%s”: say it in the new rows too, null "
            "for nothing. The content of /api/v1/versions/ has all that is there."
        )
        said_now = {name for row in rows for name in row}
        said_before = (name for row in before for name, value in row.items() if value != _default(member.rows, name))
        for name in dict.fromkeys(name for name in said_before if name not in said_now):
            yield Fault(place, sentence % member.rows.member_of(name))
        for name in said_now:
            below = [each for row in before for each in row.get(name, []) if isinstance(each, dict)]
            new = [each for row in rows for each in row.get(name, []) if isinstance(each, dict)]
            yield from losses(member.rows, {name: below}, {name: new}, f"{place}.") if new else ()


def _default(shape: Shape, column: str) -> str | None:
    """What a row says where it says nothing."""
    member = shape.by_column[column]
    field = shape.model._meta.get_field(column) if member.form != Form.ROWS else None
    return plain_value(field.get_default()) if field is not None and field.has_default() else None
