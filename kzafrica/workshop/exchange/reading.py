"""Reads what an editor sends, CSV or a workbook, into lines of text; what it is not called, it is not taken for."""

import csv
import io
from collections.abc import Iterator
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kzafrica.workshop.exchange.layout import RECORD, Layout
from kzafrica.workshop.exchange.tables import LARGEST_UPLOAD, MIB, Table, Unreadable, table_of
from kzafrica.workshop.exchange.workbooks import WORKBOOK_BEGINS, lines_of_workbook

CSV_ENDINGS, WORKBOOK_ENDING = (".csv", ".txt", ".tsv"), ".xlsx"
DELIMITERS = ",;\t"
# How files begin that are neither text nor a workbook, and what people call them.
SIGNATURES = {
    b"%PDF": gettext_lazy("a PDF document"),
    bytes.fromhex("D0CF11E0A1B11AE1"): gettext_lazy("an old Excel file (.xls), or a workbook with a password"),
    b"\x89PNG": gettext_lazy("a picture"),
    b"\xff\xd8\xff": gettext_lazy("a picture"),
    b"GIF8": gettext_lazy("a picture"),
    b"\x1f\x8b": gettext_lazy("a compressed file (gzip)"),
    b"Rar!": gettext_lazy("a compressed file (RAR)"),
    b"7z\xbc\xaf": gettext_lazy("a compressed file (7z)"),
    b"{\\rtf": gettext_lazy("a text document (RTF)"),
    b"SQLite format 3": gettext_lazy("a database"),
}
PAGE_BEGINS = (b"<!doctype", b"<html", b"<?xml", b"<table")
UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_table(layout: Layout, name: str, content: bytes) -> Table:
    """The table in a file of that name. Raises Unreadable with a sentence that says what would be right."""
    ending = PurePath(name).suffix.lower()
    if not content:
        raise Unreadable(_("“%s” is empty: nothing stands in it.") % name)
    if len(content) > LARGEST_UPLOAD:
        raise Unreadable(
            _("“%(name)s” has more than %(n)s MB: divide it.") % {"name": name, "n": LARGEST_UPLOAD // MIB}
        )
    if ending not in (*CSV_ENDINGS, WORKBOOK_ENDING):
        raise Unreadable(_refusal_of_ending(name, ending))
    begins_as_workbook = content.startswith(WORKBOOK_BEGINS)
    if (what := _kind_of(content)) or begins_as_workbook != (ending == WORKBOOK_ENDING):
        raise Unreadable(_refusal_of_content(name, ending, what, begins_as_workbook))
    lines = lines_of_workbook(name, content) if begins_as_workbook else lines_of_csv(layout, name, content)
    return table_of(layout, lines)


def _refusal_of_ending(name: str, ending: str) -> str:
    if ending in (".xls", ".xlsm", ".xlsb", ".ods"):
        sentence = _("“%(name)s” is of a kind that is not read (%(ending)s): save it as XLSX, “Excel Workbook”.")
    else:
        sentence = _("“%(name)s” is neither CSV nor XLSX: choose a file whose name ends in .csv or .xlsx.")
    return sentence % {"name": name, "ending": ending}


def _kind_of(content: bytes) -> str:
    """What the file is by its first bytes, where that is neither text nor a workbook."""
    if content[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(PAGE_BEGINS):
        return _("a web page or XML")
    return next((str(what) for begins, what in SIGNATURES.items() if content.startswith(begins)), "")


def _refusal_of_content(name: str, ending: str, what: str, is_zip: bool) -> str:
    details = {"name": name, "what": what or (_("a workbook or another ZIP file") if is_zip else _("something else"))}
    if ending == WORKBOOK_ENDING:
        return _("“%(name)s” is called XLSX and is %(what)s: save it as XLSX, “Excel Workbook”.") % details
    return _("“%(name)s” is called CSV and is %(what)s: save it as “CSV UTF-8”, or as XLSX under that name.") % details


# --- CSV


def lines_of_csv(layout: Layout, name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The lines of a CSV file with their numbers as a spreadsheet counts them: one for each record of RFC 4180."""
    text = _decoded(name, content)
    delimiter, text, begins = _delimiter_of(layout, text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = begins
    try:
        for number, cells in enumerate(reader, start=begins):
            yield number, cells
    except csv.Error as error:
        if "field limit" in str(error):
            sentence = _(
                "“%(name)s” has a cell of more than %(most)s characters behind line %(line)s: let the text go on in a "
                "line whose part ends in “more 2”."
            )
            details = {"name": name, "line": number, "most": f"{csv.field_size_limit():,}"}
            raise Unreadable(sentence % details) from None
        sentence = _(
            "“%(name)s” cannot be read behind line %(line)s: a quotation mark is not closed or not doubled "
            "(%(error)s). A cell with a quotation mark, a line break or the delimiter is enclosed in quotation marks."
        )
        raise Unreadable(sentence % {"name": name, "line": number, "error": error}) from None


def _decoded(name: str, content: bytes) -> str:
    encoding = UTF_16.get(content[:2], "utf-8-sig")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        sentence = _("“%(name)s” is not UTF-8 text (line %(line)s): save it as “CSV UTF-8”, or as XLSX.")
        raise Unreadable(sentence % {"name": name, "line": line}) from None
    for line, row in enumerate(text.split("\n"), start=1):
        if any(character < " " and character not in "\t\r" for character in row):
            sentence = _("“%(name)s” is not text (line %(line)s holds control characters): save it as “CSV UTF-8”.")
            raise Unreadable(sentence % {"name": name, "line": line})
    return text


def _delimiter_of(layout: Layout, text: str) -> tuple[str, str, int]:
    """By what the cells are parted, the text to read, and the number of its first line."""
    first, _end, rest = text.partition("\n")
    first = first.rstrip("\r")
    # A line of its own by which Excel is told.
    if first.lower().startswith("sep=") and len(first) == 5 and first[4] in DELIMITERS:
        return first[4], rest, 2

    def known(delimiter: str) -> int:
        names = [cell.strip().strip('"').casefold() for cell in first.split(delimiter)]
        return sum(name in layout.columns for name in names) + (RECORD in names)

    return max(DELIMITERS, key=known), text, 1
