"""Rows of trade statistics as a workbook (XLSX), written to a temporary file row by row."""

from datetime import datetime, time
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from trade.exports import COLUMNS, Export, Kind, harmless, rows_of_cells
from trade.provenance import readme_lines
from trade.rows import SCALE, decimal_text, is_longer_than

# A sheet of a workbook has 1,048,576 lines; the first holds the header.
MOST_ROWS = 2**20 - 1
# A spreadsheet keeps fifteen digits of a number and drops the others without a word.
DIGITS_KEPT = 15
WIDTHS = {"release": 26, "reporter": 24, "partner": 24, "value_usd": 18, "fob_value_usd": 18, "net_weight_kg": 18}


class TooManyRows(Exception):
    """There are more rows than a sheet can hold."""


def workbook(export: Export) -> IO[bytes]:
    """The rows behind a sheet with their provenance, in a file that is gone once it is closed. Raises TooManyRows."""
    if is_longer_than(export.selection, MOST_ROWS):
        raise TooManyRows
    file = TemporaryFile()  # noqa: SIM115 - the answer reads it and closes it
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        # The moment of writing would make two files of the same rows differ.
        book.set_properties({"created": datetime.combine(export.day, time.min), "comments": export.address})
        _write_readme(book, export)
        _write_rows(book, export)
    file.seek(0)
    return file


def _write_readme(book: xlsxwriter.Workbook, export: Export) -> None:
    sheet = book.add_worksheet("README")
    sheet.set_column(0, 0, 110)
    for number, line in enumerate(readme_lines(export)):
        sheet.write_string(number, 0, harmless(line))


def _write_rows(book: xlsxwriter.Workbook, export: Export) -> None:
    sheet = book.add_worksheet(_("Rows"))
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for position, column in enumerate(COLUMNS):
        sheet.set_column(position, position, WIDTHS.get(column.name, 12))
        sheet.write_string(0, position, column.name, bold)
    writers = {
        Kind.TEXT: lambda row, position, value: sheet.write_string(row, position, harmless(value)),
        Kind.WHOLE: sheet.write_number,
        Kind.YES_NO: sheet.write_boolean,
        Kind.DECIMAL: lambda row, position, value: _write_decimal(sheet, row, position, value),
    }
    by_column = [(position, writers[column.kind]) for position, column in enumerate(COLUMNS)]
    for number, cells in enumerate(rows_of_cells(export), start=1):
        if number > MOST_ROWS:
            raise TooManyRows
        for (position, write), value in zip(by_column, cells, strict=True):
            if value is not None:
                write(number, position, value)


def _write_decimal(sheet, row: int, position: int, number: int) -> None:
    """Ten-thousandths as a number where a spreadsheet keeps all its digits, else as text."""
    if len(str(number).rstrip("0")) <= DIGITS_KEPT:
        sheet.write_number(row, position, number / SCALE)
    else:
        sheet.write_string(row, position, decimal_text(number))
