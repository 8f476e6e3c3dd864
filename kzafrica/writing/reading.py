"""Reads a written document into plain content, the form that files and proposals have, and says where it cannot."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

from kzafrica.filtering import MOST_FAULTS, nearest
from kzafrica.workshop.texts import CONTROLS, LONGEST_BODY, LONGEST_TEXT
from kzafrica.writing.members import (
    CITATIONS,
    Form,
    Member,
    Shape,
    citable_members,
    citation_shape,
    cited_column,
    shape_of,
)
from kzafrica.writing.strict_json import Number

MOST_ROWS = 1_000


@dataclass(frozen=True)
class Fault:
    """What is wrong, by the dotted name of its member; rows are counted from 0: ``participations.0.country``."""

    where: str
    sentence: str
    nearest: str | None = None

    def as_error(self) -> dict[str, str]:
        error = {"field": self.where, "detail": str(self.sentence)} if self.where else {"detail": str(self.sentence)}
        return error if self.nearest is None else {**error, "nearest": self.nearest}


class Reader:
    """Reads documents of one type of record; ``faults`` gathers what is wrong in them, the first twenty."""

    def __init__(self, model: type[models.Model], also: tuple[str, ...] = ()) -> None:
        self.model, self.also = model, also
        self.faults: list[Fault] = []
        self.row_count = 0

    def fault(self, where: str, sentence: str, near: str | None = None) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(where, sentence, near))

    def content_of(self, document: dict) -> dict:
        """The columns and lists that the document says, empty ones too. Members in ``also`` are the caller's."""
        return self._object(shape_of(self.model), document, "", also=self.also)

    def citations(self, value, where: str) -> list[dict]:
        """Citations of the record itself under another name than ``citations``."""
        member = Member(where, Form.ROWS, (CITATIONS,), rows=citation_shape())
        return self._rows(shape_of(self.model), member, value, where)

    # --- Objects

    def _object(self, shape: Shape, document: dict, where: str, *, also: tuple[str, ...] = (), cited=None) -> dict:
        content: dict = {}
        known = [*shape.members, *also]
        for name, value in document.items():
            member = shape.members.get(name)
            if member is not None:
                self._read(shape, member, value, where + name, content, cited)
            elif name not in also:
                self._unknown(name, known, where)
        return content

    def _unknown(self, name: str, known: list[str], where: str) -> None:
        near = nearest(name, known)
        hint = _(" Did you mean “%s”?") % near if near else _(" Known are: %s.") % ", ".join(known)
        self.fault((where + name)[:120], _("There is no member “%s” to write here.") % name[:60] + hint, near)

    def _read(self, shape: Shape, member: Member, value, where: str, content: dict, cited) -> None:
        match member.form:
            case Form.WORDS | Form.LINES:
                content |= self._words(member, value, where)
            case Form.PAIR:
                content |= dict(zip(member.columns, self._pair(member, value, where), strict=True))
            case Form.KEYS:
                content[member.column] = sorted(set(self.texts(value, where)))
            case Form.REFERENCES:
                column = member.field.name
                content[member.column] = [{column: text} for text in self.texts(value, where)]
            case Form.ROWS:
                content[member.column] = self._rows(shape, member, value, where)
            case Form.BOOLEAN:
                content[member.column] = self.boolean(value, where)
            case _ if cited is not None and member.name == "field":
                content[member.column] = self._cited(cited, self.text(member, value, where), where)
            case _:
                content[member.column] = self.text(member, value, where)

    # --- Values

    def text(self, member: Member, value, where: str) -> str:
        if value is None:
            return ""
        if isinstance(value, Number) and member.form == Form.NUMBER:
            sentence = _("Write the number as text, “%s” in quotation marks: so no digit is lost on its way.")
            self.fault(where, sentence % value[:40])
        elif isinstance(value, Number):
            self.fault(where, _("Text belongs here, in quotation marks, not a number."))
        elif not isinstance(value, str):
            self.fault(where, self._kind_wanted(member) % {"value": _kind_of(value)})
        else:
            return self._kept(member, value.strip(), where)
        return ""

    def _kept(self, member: Member, text: str, where: str) -> str:
        """The text, held to what forms hold it to: its characters and its length."""
        if found := CONTROLS.search(text):
            details = {"code": f"{ord(found[0]):04X}", "place": found.start() + 1}
            sentence = _("This text has a character that cannot be shown (U+%(code)s, place %(place)d): take it out.")
            self.fault(where, sentence % details)
            return ""
        longest = LONGEST_BODY if member.name == "body" else LONGEST_TEXT
        if isinstance(member.field, models.TextField) and len(text) > longest:
            details = {"n": f"{len(text):,}", "longest": f"{longest:,}"}
            self.fault(where, _("This text has %(n)s characters, and %(longest)s are allowed: shorten it.") % details)
            return ""
        return text

    def _kind_wanted(self, member: Member) -> str:
        match member.form:
            case Form.KEY:
                return _("The key of one record belongs here as text, not %(value)s.")
            case Form.REFERENCE:
                return _("A record belongs here as text, kind/key such as “country/COD”, not %(value)s.")
            case Form.DATE:
                return _("A date belongs here as text, in EDTF such as “2025-09” or “2023-10~”, not %(value)s.")
        return _("Text belongs here, not %(value)s.")

    def boolean(self, value, where: str) -> str:
        if value is None:
            return ""
        if not isinstance(value, bool):
            self.fault(where, _("true or false belongs here, not %s.") % _kind_of(value))
            return ""
        return "true" if value else "false"

    def _words(self, member: Member, value, where: str) -> dict[str, str]:
        """Words in English, or in the languages of an object: ``{"en": "Visit", "ru": "Визит"}``."""
        if not isinstance(value, dict):
            return {member.column_in("en"): self._in_one_language(member, value, where)}
        said = {}
        for language, words in value.items():
            if column := member.column_in(language):
                said[column] = self._in_one_language(member, words, f"{where}.{language}")
            else:
                known = ", ".join(member.languages)
                details = {"language": language[:20], "known": known}
                sentence = _("Words are kept in %(known)s, not in “%(language)s”.")
                self.fault(f"{where}.{language[:20]}", sentence % details)
        return said

    def _in_one_language(self, member: Member, value, where: str) -> str:
        if member.form == Form.LINES and isinstance(value, list):
            return "\n".join(self.texts(value, where))
        return self.text(member, value, where)

    def texts(self, value, where: str) -> list[str]:
        """A list of texts, each of which says something."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(where, _("A list belongs here, such as [“KAZ”, “COD”], not %s.") % _kind_of(value))
            return []
        if not self._has_room(value, where):
            return []
        found = []
        for index, text in enumerate(value):
            if isinstance(text, str) and not isinstance(text, Number) and text.strip():
                found.append(self._kept(Member("", Form.TEXT, ("",)), text.strip(), f"{where}.{index}"))
            else:
                self.fault(f"{where}.{index}", _("Text belongs here, not %s.") % _kind_of(text))
        return found

    def _pair(self, member: Member, value, where: str) -> list[str]:
        texts = self.texts(value, where)
        if value is not None and isinstance(value, list) and len(texts) == len(value) != len(member.columns):
            self.fault(where, _("Two belong here, not %s.") % len(texts))
        return [*texts, "", ""][: len(member.columns)]

    # --- Rows

    def _rows(self, shape: Shape, member: Member, value, where: str) -> list[dict]:
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(where, _("A list of objects belongs here, not %s.") % _kind_of(value))
            return []
        if not self._has_room(value, where):
            return []
        cited = shape.model if member.column == CITATIONS else None
        rows = []
        for index, row in enumerate(value):
            if isinstance(row, dict):
                rows.append(self._object(member.rows, row, f"{where}.{index}.", cited=cited))
            else:
                self.fault(f"{where}.{index}", _("An object belongs here, not %s.") % _kind_of(row))
        if cited is not None:
            self._refuse_said_twice(rows, where)
        return rows

    def _has_room(self, value: list, where: str) -> bool:
        self.row_count += len(value)
        if self.row_count > MOST_ROWS:
            self.fault(where, _("A record has at most %s rows and keys in its lists.") % f"{MOST_ROWS:,}")
            return False
        return True

    def _refuse_said_twice(self, rows: list[dict], where: str) -> None:
        seen = set()
        for index, row in enumerate(rows):
            said = tuple(row.get(name, "") for name in ("source", "field", "stated", "locator"))
            if said in seen:
                sentence = _("This source is already cited for the same field with the same statement.")
                self.fault(f"{where}.{index}", sentence)
            seen.add(said)

    def _cited(self, model: type[models.Model], said: str, where: str) -> str:
        """The column for which a source is cited, by the name of its member."""
        column = cited_column(model, said) if said else ""
        if said and not column:
            self._unknown_cited(said, list(citable_members(model)), where)
        return column

    def _unknown_cited(self, said: str, known: list[str], where: str) -> None:
        near = nearest(said, known)
        hint = _(" Did you mean “%s”?") % near if near else _(" Known are: %s.") % ", ".join(known)
        self.fault(where, _("There is no member “%s” for which a source could be cited.") % said[:60] + hint, near)


def _kind_of(value) -> str:
    """What stands there, in words."""
    if value is None:
        return _("nothing")
    if isinstance(value, bool):
        return _("true or false")
    if isinstance(value, Number):
        return _("a number")
    if isinstance(value, dict):
        return _("an object")
    return _("a list") if isinstance(value, list) else _("text")
