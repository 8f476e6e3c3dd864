"""A file as a table: its header and the lines below it, each with the number a spreadsheet counts it by."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kzafrica.filtering import nearest
from kzafrica.workshop.exchange.layout import RECORD, Layout

MIB = 1024**2
LARGEST_UPLOAD = 20 * MIB
MOST_LINES = 100_000
MOST_RECORDS = 10_000
# What would change is tried for the preview and read once more when it is imported: at most a minute or so of each.
MOST_CHANGES = 5_000
MOST_CHANGED_LINES = 20_000


class Unreadable(Exception):
    """The file cannot be imported at all; each of ``sentences`` says what, where, and what would be right."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Table:
    """The columns of a file and its lines: number and cells by column, empty cells left out."""

    columns: frozenset[str]
    rows: list[tuple[int, dict[str, str]]]


def table_of(layout: Layout, lines: Iterable[tuple[int, list[str]]]) -> Table:
    """The lines under the names of their columns, empty lines left out. Raises Unreadable."""
    lines = iter(lines)
    number, header = next(lines, (0, []))
    if not any(cell.strip() for cell in header):
        raise Unreadable(
            _("The first line is empty: the names of the columns belong there, “record” among them.")
            if number
            else _("The file is empty: export one to see what belongs into it.")
        )
    names = _names(layout, header)
    rows: list[tuple[int, dict[str, str]]] = []
    for number, cells in lines:
        filled = {position: cell for position, cell in enumerate(cells) if cell}
        if not any(cell.strip() for cell in filled.values()):
            continue
        if len(rows) == MOST_LINES:
            raise Unreadable(_("The file has more than %s lines: divide it.") % f"{MOST_LINES:,}")
        if beyond := [position for position in filled if position >= len(names) or not names[position]]:
            sentence = _("Line %(line)s has something in column %(column)s, which has no name in the first line.")
            raise Unreadable(sentence % {"line": number, "column": column_letters(beyond[0])})
        rows.append((number, {names[position]: cell for position, cell in filled.items()}))
    if not rows:
        raise Unreadable(_("The file has a first line with the names of columns, and no line below it."))
    return Table(frozenset(names) - {""}, rows)


def _names(layout: Layout, header: list[str]) -> list[str]:
    names = [" ".join(cell.split()).casefold() for cell in header]
    faults = []
    for position, name in enumerate(names):
        details = {"name": name, "column": column_letters(position), "record": layout.model._meta.verbose_name}
        if not name:
            continue
        if name not in layout.columns:
            near = nearest(name, layout.columns)
            hint = _("Did you mean “%s”?") % near if near else _("The columns are %s.") % ", ".join(layout.columns)
            faults.append(
                _("Column %(column)s: no “%(name)s” is known of this type (%(record)s).") % details + " " + hint
            )
        elif name in names[:position]:
            details["first"] = column_letters(names.index(name))
            faults.append(_("Column %(column)s is “%(name)s”, and so is column %(first)s: keep one.") % details)
    if RECORD not in names:
        missing = _(
            "No column is called “record”: it says which record a line is of. The first line names the columns."
        )
        faults.insert(0, missing)
    if faults:
        raise Unreadable(*faults[:20])
    return names


def column_letters(position: int) -> str:
    """A, B, … Z, AA, …: what a spreadsheet calls the column at that position."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
