"""Documents of the API as the rows of a table: what its columns are, and the table as CSV and as a workbook.

A column is known before any row is. Of a date there are four: EDTF, earliest and latest day, words. Of a country and of
another record there are two: the code or key, and the name. A list stands in one cell, parted by semicolons.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from kzafrica.pictures import inert

SEPARATOR = "; "
LONGEST_CELL = 32_767  # of a workbook
YES_NO = {True: "true", False: "false"}
# What stands for a row of a document in a cell, by the first member that it has.
NAMED_BY = ("edtf", "iso3", "name", "text")


@dataclass(frozen=True)
class Column:
    """A column, and how its cell is read from the document of a row."""

    name: str
    read: Callable[[dict], Any]


def words(value: Any) -> str:
    """A value of a document in one cell; empty for what is not there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, dict):
        named = next((value[name] for name in NAMED_BY if value.get(name)), None)
        # A date, a country or a record goes by its name; anything else is told member by member.
        is_simple = named is not None and not any(isinstance(member, dict | list) for member in value.values())
        return words(named) if is_simple else ", ".join(filter(None, (words(member) for member in value.values())))
    if isinstance(value, list | tuple):
        return SEPARATOR.join(filter(None, (words(row) for row in value)))
    return " ".join(str(value).split())


def member(name: str) -> Column:
    return Column(name, lambda row: words(row.get(name)))


def date_columns(name: str) -> list[Column]:
    """The four columns of an imprecise date, all empty where there is none."""

    def reader(part: str) -> Callable[[dict], str]:
        return lambda row: words((row.get(name) or {}).get(part))

    parts = {"edtf": "edtf", "earliest": "earliest", "latest": "latest", "words": "text"}
    return [Column(f"{name}_{ending}", reader(part)) for ending, part in parts.items()]


def keyed_columns(name: str, key: str) -> list[Column]:
    """The key and the name of another record, or of several, one behind the other in the same order."""

    def reader(part: str) -> Callable[[dict], str]:
        def read(row: dict) -> str:
            value = row.get(name)
            rows = value if isinstance(value, list) else [value]
            return SEPARATOR.join(words(each.get(part)) for each in rows if each)

        return read

    return [Column(f"{name}_{key}", reader(key)), Column(f"{name}_name", reader("name"))]


def cells(columns: Iterable[Column], row: dict) -> list[str]:
    """The row, each cell such that no program for spreadsheets takes it for a formula."""
    return [inert(str(column.read(row))) for column in columns]


def csv_pieces(columns: list[Column], rows: Iterable[dict]) -> Iterator[bytes]:
    """The table as CSV (RFC 4180), row by row, its header at once."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for line in _lines(columns, rows):
        writer.writerow(line)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def _lines(columns: list[Column], rows: Iterable[dict]) -> Iterator[list[str]]:
    yield [column.name for column in columns]
    for row in rows:
        yield cells(columns, row)


def workbook(columns: list[Column], rows: Iterable[dict], notes: Iterable[str], title: str) -> IO[bytes]:
    """The table behind a sheet that says what it is, in a file that is gone once it is closed; memory is constant."""
    file = TemporaryFile()  # noqa: SIM115 - the answer reads it and closes it
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        about = book.add_worksheet("README")
        about.set_column(0, 0, 110)
        for number, line in enumerate(notes):
            about.write_string(number, 0, inert(line))
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for number, line in enumerate(_lines(columns, rows)):
            for position, text in enumerate(line):
                sheet.write_string(number, position, text[:LONGEST_CELL], *([] if number else [bold]))
    file.seek(0)
    return file
