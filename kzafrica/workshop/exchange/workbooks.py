"""Reads a workbook (XLSX). Nothing is handed to its reader that has not been unpacked and measured here.

A workbook is an archive of XML: a file of a few kilobytes may unpack to gigabytes, and one cell at the far corner makes
a reader reserve a sheet of seventeen thousand million cells.
"""

import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from posixpath import join, normpath
from xml.parsers import expat

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum, load_workbook

from kzafrica.workshop.exchange.layout import RECORD
from kzafrica.workshop.exchange.tables import MIB, Unreadable, column_letters

WORKBOOK_BEGINS = b"PK\x03\x04"
LARGEST_UNPACKED = 120 * MIB
MOST_MEMBERS = 1_000
# Of all sheets, each from its first cell to the last one that holds something.
MOST_CELLS = 8_000_000
# Of the texts that cells share: an empty one takes six bytes of XML and many more in memory.
MOST_TEXTS = 2_000_000
GUIDE_SHEET = "Guide"
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# Formats that a workbook may name by number without telling them, of those that show no day (ECMA-376, 18.8.30).
BUILT_IN_FORMATS = {"17": "mmm-yy"}
# Of a format: words in quotation marks, single characters, widths, locales and colours.
NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|general', re.IGNORECASE)
MIDNIGHT = time()


def lines_of_workbook(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The lines of the sheet with records, as text, with their numbers. Raises Unreadable."""
    try:
        measured, members = _measured(name, content)
        book = load_workbook(BytesIO(measured))
        sheet = _sheet_with_records(name, book)
        _refuse_what_is_spoiled(name, members, sheet)
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        sentence = _("“%(name)s” is no workbook that can be read (%(error)s): save it as XLSX, “Excel Workbook”.")
        raise Unreadable(sentence % {"name": name, "error": error}) from None
    for number, row in enumerate(rows, start=1):
        yield number, [text_of(value) for value in row]


def _sheet_with_records(name: str, book: CalamineWorkbook) -> str:
    """The one sheet with a column “record”, else the first that holds anything; hidden sheets are not looked at."""
    sheets = [
        sheet.name
        for sheet in book.sheets_metadata
        if (sheet.typ, sheet.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
        and sheet.name != GUIDE_SHEET
    ]
    headers = {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=1) for sheet in sheets}
    filled = [sheet for sheet, rows in headers.items() if rows]
    of_records = [
        sheet for sheet in filled if RECORD in {text_of(value).strip().casefold() for value in headers[sheet][0]}
    ]
    if not sheets:
        raise Unreadable(_("“%s” has no sheet with records.") % name)
    if len(of_records) > 1:
        details = {"name": name, "sheets": ", ".join(f"“{sheet}”" for sheet in of_records)}
        sentence = _("“%(name)s” has records in several sheets (%(sheets)s): make a file of each.")
        raise Unreadable(sentence % details)
    return next(iter([*of_records, *filled, *sheets]))


def text_of(value) -> str:
    """What a cell says as text, also where a spreadsheet has made it a number, a date or a yes."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return f"{number.to_integral_value() if number == number.to_integral_value() else number.normalize():f}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else ""


def _measured(name: str, content: bytes) -> tuple[bytes, dict[str, "_Sheet"]]:
    """The same archive with what was unpacked and found to be within bounds, and nothing else; what was found in it."""
    found: dict[str, _Sheet] = {}
    packed, left, cells_left = BytesIO(), LARGEST_UNPACKED, MOST_CELLS
    shared: array[int] = array("Q")
    named: array[int] = array("Q")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive, zipfile.ZipFile(packed, "w") as kept:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or "xl/workbook.xml" not in archive.namelist():
                raise Unreadable(_("“%s” is a ZIP file and no workbook: save it as XLSX, “Excel Workbook”.") % name)
            for member in members:
                with archive.open(member) as stream:
                    xml = stream.read(left + 1)
                left -= len(xml)
                if left < 0:
                    raise Unreadable(_too_large(name))
                if sheet := _sheet_in(name, xml):
                    cells_left -= sheet.last_row * sheet.last_column
                    if cells_left < 0:
                        raise Unreadable(_too_far(name, sheet))
                    kept.writestr(member.filename, xml)
                    found[member.filename] = sheet
                    shared += sheet.lengths
                    named += sheet.named
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        sentence = _("“%(name)s” is damaged or has a password (%(error)s): save it anew as XLSX without one.")
        raise Unreadable(sentence % {"name": name, "error": error}) from None
    # A text that many cells share stands in the file once, and in memory once for each of them.
    if sum(shared[number] for number in named if number < len(shared)) > LARGEST_UNPACKED:
        raise Unreadable(_too_large(name))
    return packed.getvalue(), found


def _refuse_what_is_spoiled(name: str, members: dict[str, "_Sheet"], title: str) -> None:
    """Raises Unreadable where a cell of the sheet of that title does not hold what its editor sees in it."""
    relations = members.get("xl/_rels/workbook.xml.rels")
    target = relations.targets.get(members["xl/workbook.xml"].sheets.get(title, ""), "") if relations else ""
    sheet = members.get(normpath(join("/xl", target)).lstrip("/"))
    if sheet is None:
        return
    if sheet.faults:
        sentence = _("“%(name)s”: cell %(cell)s holds the error of a formula (%(error)s): write what belongs there.")
        cell, error = sheet.faults[0]
        raise Unreadable(sentence % {"name": name, "cell": cell, "error": error})
    if sheet.unsolved:
        sentence = _(
            "“%(name)s”: cell %(cell)s holds a formula, and its result is not in the file: open the file in a "
            "spreadsheet program and save it there, or write what belongs there."
        )
        raise Unreadable(sentence % {"name": name, "cell": sheet.unsolved[0]})
    dayless = [style for styles in members.values() for style in styles.dayless_styles()]
    if cell := next((sheet.styled[style] for style in dayless if style in sheet.styled), ""):
        sentence = _(
            "“%(name)s”: cell %(cell)s shows a month or a year and holds a day, which a spreadsheet has added: write "
            "2025-09, or 2025, in a cell of the format “Text”."
        )
        raise Unreadable(sentence % {"name": name, "cell": cell})


def _sheet_in(name: str, xml: bytes) -> "_Sheet | None":
    """What was measured in a member; None for pictures and the like, which are not needed."""
    sheet = _Sheet()
    try:
        sheet.parser.Parse(xml, True)
    except expat.ExpatError:
        return None
    except _HasTooManyTexts:
        raise Unreadable(_too_large(name)) from None
    except _HasDoctype:
        raise Unreadable(_("“%s” declares entities, as no spreadsheet does: save it as XLSX anew.") % name) from None
    return sheet


def _too_large(name: str) -> str:
    return _("“%(name)s” unpacks to more than %(n)s MB: divide it.") % {"name": name, "n": LARGEST_UNPACKED // MIB}


def _too_far(name: str, sheet: "_Sheet") -> str:
    sentence = _("“%(name)s”: the sheet reaches to cell %(cell)s: delete what stands so far away from the rest.")
    return sentence % {"name": name, "cell": f"{column_letters(sheet.last_column - 1)}{sheet.last_row}"}


class _HasDoctype(Exception):
    pass


class _HasTooManyTexts(Exception):
    pass


class _Sheet:
    """Walks through the XML of a sheet: how far cells reach, which hold the error of a formula or a shared text.

    In the member that holds the shared texts it takes their lengths.
    """

    def __init__(self) -> None:
        self.lengths: array[int] = array("Q")
        self.named: array[int] = array("Q")
        self.is_shared = False
        self.last_row = self.last_column = self.row = self.column = 0
        self.faults: list[tuple[str, str]] = []
        self.is_fault, self.said = False, ""
        # Cells with a formula of which no result was saved.
        self.unsolved: list[str] = []
        self.is_formula = self.is_solved = False
        # The first cell with a number of each style, and where styles are told, how each shows a number.
        self.styled: dict[str, str] = {}
        self.style = ""
        self.formats: dict[str, str] = {}
        self.styles: list[str] = []
        self.are_of_cells = False
        # Where the sheets of a workbook are: the mark of each, and the member that a mark stands for.
        self.sheets: dict[str, str] = {}
        self.targets: dict[str, str] = {}
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.refuse

    @property
    def cell(self) -> str:
        return f"{column_letters(self.column - 1)}{self.row}"

    def refuse(self, *_details) -> None:
        raise _HasDoctype

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            if len(self.lengths) == MOST_TEXTS:
                raise _HasTooManyTexts
            self.lengths.append(0)
            self.parser.CharacterDataHandler = self.measure
        elif name == "row":
            given = attributes.get("r", "")
            self.row, self.column = int(given) if given.isdecimal() else self.row + 1, 0
        elif name == "c":
            self.begin_cell(attributes)
        elif name == "f":
            self.is_formula = True
        elif name in ("sheet", "Relationship", "numFmt", "cellXfs", "xf"):
            self.begin_other(name, attributes)
        elif name in ("v", "is"):
            if self.style:
                self.styled.setdefault(self.style, self.cell)
            # Cells that hold nothing are not in the way.
            self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
            if self.is_fault or self.is_shared or self.is_formula:
                self.said = ""
                self.parser.CharacterDataHandler = self.hear

    def begin_other(self, name: str, attributes: dict[str, str]) -> None:
        """What stands in no sheet, but tells of them."""
        if name == "sheet":
            mark = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets[attributes.get("name", "")] = mark
        elif name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")
        elif name == "numFmt":
            self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.are_of_cells = True
        elif self.are_of_cells:
            self.styles.append(attributes.get("numFmtId", ""))

    def dayless_styles(self) -> list[str]:
        """The numbers of the styles that show a date by its month or year alone."""
        formats = BUILT_IN_FORMATS | self.formats
        return [str(number) for number, form in enumerate(self.styles) if is_dayless(formats.get(form, ""))]

    def begin_cell(self, attributes: dict[str, str]) -> None:
        self.column += 1
        if found := CELL.fullmatch(attributes.get("r", "")):
            self.column, self.row = column_number(found[1]), int(found[2])
        kind = attributes.get("t")
        self.is_fault, self.is_shared = kind == "e", kind == "s"
        self.style = attributes.get("s", "") if kind in (None, "n") else ""
        # That a result is text is only known of one that is there, if an empty one.
        self.is_formula, self.is_solved = False, kind == "str"

    def measure(self, text: str) -> None:
        self.lengths[-1] += len(text)

    def hear(self, text: str) -> None:
        self.said += text

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            self.parser.CharacterDataHandler = None
        if name == "cellXfs":
            self.are_of_cells = False
        if name == "c" and self.is_formula and not self.is_solved:
            self.unsolved.append(self.cell)
        if name != "v" or not (self.is_fault or self.is_shared or self.is_formula):
            return
        self.parser.CharacterDataHandler = None
        self.is_solved = self.is_solved or bool(self.said)
        if self.is_fault:
            self.faults.append((self.cell, self.said[:40]))
        elif self.is_shared and re.fullmatch(r"\s*[0-9]{1,9}\s*", self.said):
            self.named.append(int(self.said))
        self.is_fault = self.is_shared = False


def is_dayless(form: str) -> bool:
    """Whether a format of numbers shows a date, and neither its day nor a time."""
    shown = set(NOT_SHOWN.sub("", form.partition(";")[0]).lower())
    return bool(shown & set("ym")) and not shown & set("dhs0#?")


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
