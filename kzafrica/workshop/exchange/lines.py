"""The plain form of a record as lines of a table, and back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kzafrica.filtering import nearest
from kzafrica.workshop.exchange.cells import UNKEEPABLE, harmless, pieces_of, restored
from kzafrica.workshop.exchange.layout import PART, RECORD, Layout, LineKind
from kzafrica.workshop.exchange.tables import Table

# Marks a line that goes on with texts too long for one cell.
MORE = "more"
STEP = re.compile(r"([a-z_]+) ([1-9][0-9]{0,5})")
# What spreadsheets make of a long number in CSV.
ROUNDED = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+")
# What spreadsheets make of true and false in CSV, by the language they are used in.
SPREADSHEET_FLAGS = {
    **dict.fromkeys(("TRUE", "ИСТИНА", "VRAI"), "true"),
    **dict.fromkeys(("FALSE", "ЛОЖЬ", "FAUX"), "false"),
}
BETWEEN_KEYS = re.compile(r"[\s,;]+")

Place = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Mistake:
    """What is wrong in a file, and where; line 1 is the header."""

    sentence: str
    line: int | None = None
    column: str = ""


class Cell(str):
    """A value with the line it stands in."""

    line: int | None = None


class Said(dict):
    """What the lines of a record or part say."""

    line: int | None = None


class Parts(list):
    line: int | None = None


@dataclass
class FileRecord:
    """One record of a file: its key, what its lines say, and what is wrong with them."""

    key: str
    line: int
    last_line: int = 0
    line_count: int = 0
    content: Said = field(default_factory=Said)
    # Whether a line is of a part: then the lines say all parts and citations, else these are left alone.
    has_parts: bool = False
    mistakes: list[Mistake] = field(default_factory=list)


# --- From content to lines


def lines_of(layout: Layout, key: str, content: dict) -> Iterator[list[str]]:
    """The cells of each line of a record, in the order of the columns, as they are written into a file."""
    yield from _lines_of(layout, key, content, (), "")


def _lines_of(layout: Layout, key: str, content: dict, path: tuple[str, ...], label: str) -> Iterator[list[str]]:
    kind = layout.kinds[path]
    said = {column: pieces_of(_text(content[name])) for column, name in kind.columns.items() if name in content}
    for number in range(max(map(len, said.values()), default=1)):
        part = f"{label} {MORE} {number + 1}".strip() if number else label
        cells = {column: pieces[number] for column, pieces in said.items() if number < len(pieces)}
        yield [harmless(text) for text in (key, part, *(cells.get(column, "") for column in layout.columns[2:]))]
    for name in layout.below(path):
        for number, below in enumerate(content.get(name, ()), start=1):
            yield from _lines_of(layout, key, below, (*path, name), f"{label} {name} {number}".strip())


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else " ".join(value)


# --- From lines to content


def records_of(layout: Layout, table: Table) -> tuple[list[FileRecord], list[Mistake]]:
    """The records of a table in the order they stand there, and what is wrong with lines that are of none."""
    found: dict[str, FileRecord] = {}
    lines: dict[str, dict[tuple[Place, int], _Line]] = {}
    astray: list[Mistake] = []
    for number, cells in table.rows:
        key = restored(cells.pop(RECORD, "")).strip()
        if not key:
            astray.append(Mistake(_("The line does not say which record it is of: write its key."), number, RECORD))
            continue
        record = found.setdefault(key, FileRecord(key, number))
        record.last_line = max(record.last_line, number)
        record.line_count += 1
        place, more, mistake = _place_of(layout, cells.pop(PART, ""), number)
        if mistake:
            record.mistakes.append(mistake)
            continue
        kept = lines.setdefault(key, {})
        if (place, more) in kept:
            record.mistakes.append(_said_twice(kept[place, more].number, number, _label(place)))
            continue
        kept[place, more] = _Line(number, cells)
    for key, record in found.items():
        _put_together(layout, record, lines.get(key, {}))
    return list(found.values()), astray


@dataclass
class _Line:
    number: int
    cells: dict[str, str]


def _said_twice(first: int, second: int, label: str) -> Mistake:
    what = _("the record itself") if not label else f"“{label}”"
    sentence = _("This line is of %(what)s, and so is line %(first)s: give each its own key or number.")
    return Mistake(sentence % {"what": what, "first": first}, second, PART)


def _label(place: Place) -> str:
    return " ".join(f"{name} {number}" for name, number in place)


def _place_of(layout: Layout, cell: str, line: int) -> tuple[Place, int, Mistake | None]:
    """Which part a cell names, and which of its lines this is."""
    words = " ".join(restored(cell).casefold().split())
    steps = STEP.findall(words)
    if " ".join(f"{name} {number}" for name, number in steps) != words:
        example = " ".join(f"{name} 1" for name in max(layout.kinds, key=len)) or MORE
        sentence = _("“%(cell)s” does not say which part this is: write names with numbers, such as “%(example)s”.")
        return (), 1, Mistake(sentence % {"cell": cell, "example": example}, line, PART)
    more = 1
    if steps and steps[-1][0] == MORE:
        more = int(steps.pop()[1])
    path: tuple[str, ...] = ()
    for name, _number in steps:
        known = layout.below(path)
        if name not in known:
            return (), 1, Mistake(_no_such_part(layout.kinds[path], name, known), line, PART)
        path = (*path, name)
    return tuple((name, int(number)) for name, number in steps), more, None


def _no_such_part(kind: LineKind, name: str, known: list[str]) -> str:
    details = {"name": name, "kind": kind.name, "known": ", ".join(known)}
    if not known:
        return _("There is no “%(name)s”: “%(kind)s” has no parts here.") % details
    sentence = _("There is no “%(name)s” here: “%(kind)s” has %(known)s.") % details
    near = nearest(name, known)
    return sentence + " " + _("Did you mean “%s”?") % near if near else sentence


def _put_together(layout: Layout, record: FileRecord, lines: dict[tuple[Place, int], _Line]) -> None:
    """Read the lines of a record into its content, parts in the order of their numbers."""
    made: dict[Place, Said] = {}
    for (place, more), line in sorted(lines.items(), key=lambda said: (len(said[0][0]), said[0])):
        path = tuple(name for name, _number in place)
        record.has_parts = record.has_parts or bool(place)
        if more > 1 and (place, more - 1) not in lines:
            sentence = _("The line goes on with one that is not there: “%s”.")
            before = f"{_label(place)} {MORE} {more - 1}" if more > 2 else _label(place) or RECORD
            record.mistakes.append(Mistake(sentence % before.strip(), line.number, PART))
            continue
        said = made.get(place)
        if said is None:
            said = made[place] = Said()
            said.line = line.number
            # That there is no line of the record itself is said once, below.
            if place and not _put_below(made, place, said) and len(place) > 1:
                sentence = _("There is no line for “%s”, to which this one belongs.")
                record.mistakes.append(Mistake(sentence % _label(place[:-1]), line.number, PART))
        _read_cells(layout, layout.kinds[path], line, said, record)
    _part_keys(layout, made)
    if () in made:
        record.content, record.line = made[()], made[()].line or record.line
    else:
        sentence = _("No line is of the record itself: add one with “%s” under “record” and nothing under “part”.")
        record.mistakes.append(Mistake(sentence % record.key, record.line, PART))


def _put_below(made: dict[Place, Said], place: Place, said: Said) -> bool:
    owner = made.get(place[:-1])
    if owner is None:
        return False
    rows = owner.setdefault(place[-1][0], Parts())
    rows.line = rows.line or said.line
    rows.append(said)
    return True


def _read_cells(layout: Layout, kind: LineKind, line: _Line, said: Said, record: FileRecord) -> None:
    for column, cell in line.cells.items():
        text = restored(cell)
        if UNKEEPABLE.search(text):
            sentence = _("The cell holds a character that cannot be kept: take it out.")
            record.mistakes.append(Mistake(sentence, line.number, column))
        elif column not in kind.columns:
            of = ", ".join(f"“{other.name}”" for other in layout.kinds_with(column))
            sentence = _("Nothing belongs here: the line is of “%(kind)s”, and the column is for %(of)s.")
            record.mistakes.append(Mistake(sentence % {"kind": kind.name, "of": of}, line.number, column))
        elif kind.columns[column] in kind.numbers and ROUNDED.fullmatch(text.strip()):
            sentence = _(
                "“%s” is a number that a spreadsheet has shortened, and digits may be lost: write all of them."
            )
            record.mistakes.append(Mistake(sentence % text.strip(), line.number, column))
        else:
            name = kind.columns[column]
            value = Cell(said.get(name, "") + _as_written(kind, name, text))
            value.line = getattr(said.get(name), "line", None) or line.number
            said[name] = value


def _as_written(kind: LineKind, name: str, text: str) -> str:
    """What a field is to be read from: the cell without what a spreadsheet or a slip has added."""
    if name in kind.words:
        return text
    text = text.strip()
    return SPREADSHEET_FLAGS.get(text.upper(), text) if name in kind.flags else text


def _part_keys(layout: Layout, made: dict[Place, Said]) -> None:
    """Make lists of the cells with several keys, sorted and each once, as content has them."""
    for place, said in made.items():
        for name in layout.kinds[tuple(name for name, _number in place)].many & said.keys():
            keys = sorted({key for key in BETWEEN_KEYS.split(said[name]) if key})
            said[name] = _listed(keys, said[name].line)


def _listed(keys: list[str], line: int | None) -> Parts:
    listed = Parts()
    listed.line = line
    for key in keys:
        cell = Cell(key)
        cell.line = line
        listed.append(cell)
    return listed
