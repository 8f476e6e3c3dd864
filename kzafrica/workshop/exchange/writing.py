"""Writes records into a file, CSV or a workbook, some hundred at a time."""

import csv
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter
from django.db import models
from django.utils.translation import gettext as _

from kzafrica.editorial.content import content_of, with_content
from kzafrica.workshop.exchange.cells import harmless
from kzafrica.workshop.exchange.guide import guide_to, rules_of
from kzafrica.workshop.exchange.layout import PART, RECORD, Layout
from kzafrica.workshop.exchange.lines import lines_of
from kzafrica.workshop.exchange.workbooks import GUIDE_SHEET

# By it Excel knows that a CSV file is UTF-8.
BYTE_ORDER_MARK = "\ufeff"
RECORDS_AT_ONCE = 250
WIDTHS = {RECORD: 34, PART: 26}
NOT_IN_SHEET_NAMES = str.maketrans("[]:*?/\\'", " " * 8)


def content_in_batches(records: models.QuerySet) -> Iterator[tuple[str, dict]]:
    """Key and content of each record, in the order of the keys; queries grow with batches, not with records."""
    model = records.model
    keys = records.order_by(*model.natural_key_fields).values_list("pk", flat=True)
    # A query may find a record twice, by two of its parts.
    numbers = list(dict.fromkeys(keys))
    for start in range(0, len(numbers), RECORDS_AT_ONCE):
        batch = numbers[start : start + RECORDS_AT_ONCE]
        read = {record.pk: record for record in with_content(model._base_manager.filter(pk__in=batch))}
        for number in batch:
            if number in read:
                yield read[number].key, content_of(read[number])


def cells_of(layout: Layout, records: models.QuerySet) -> Iterator[list[str]]:
    """The header, then every line."""
    yield list(layout.columns)
    for key, content in content_in_batches(records):
        yield from lines_of(layout, key, content)


class _Pieces:
    """What the writer of CSV has just written."""

    def write(self, text: str) -> str:
        return text


def csv_chunks(layout: Layout, records: models.QuerySet) -> Iterator[bytes]:
    """The records as CSV (RFC 4180, UTF-8), line by line."""
    writer = csv.writer(_Pieces())
    yield BYTE_ORDER_MARK.encode()
    for cells in cells_of(layout, records):
        yield writer.writerow(cells).encode()


def workbook(layout: Layout, records: models.QuerySet) -> IO[bytes]:
    """The records as a workbook with a guide behind them, in a file that is gone once it is closed."""
    file = TemporaryFile()  # noqa: SIM115 - the answer reads it and closes it
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        _write_records(book, layout, records)
        _write_guide(book, layout)
    file.seek(0)
    return file


def _write_records(book: xlsxwriter.Workbook, layout: Layout, records: models.QuerySet) -> None:
    name = str(layout.model._meta.verbose_name_plural).translate(NOT_IN_SHEET_NAMES)[:31].strip()
    sheet = book.add_worksheet(name.capitalize())
    # As text, a code such as 002 and a month such as 2025-09 stay what they are when they are typed.
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
    for position, column in enumerate(layout.columns):
        sheet.set_column(position, position, WIDTHS.get(column) or _width(layout, column), text)
    sheet.freeze_panes(1, 2)
    for number, cells in enumerate(cells_of(layout, records)):
        of_record = number == 0 or not cells[1]
        for position, cell in enumerate(cells):
            if cell:
                is_bold = number == 0 or (of_record and position == 0)
                sheet.write_string(number, position, cell, bold if is_bold else text)
    sheet.autofilter(0, 0, number, len(layout.columns) - 1)


def _width(layout: Layout, column: str) -> int:
    fields = [kind.field(column) for kind in layout.kinds_with(column)]
    if any(isinstance(field, models.TextField) for field in fields):
        return 40
    longest = max((field.max_length or 0 for field in fields if not field.is_relation), default=0)
    return max(16 if longest < 80 else 30, len(column) + 3)


def _write_guide(book: xlsxwriter.Workbook, layout: Layout) -> None:
    sheet = book.add_worksheet(GUIDE_SHEET)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for position, width in enumerate((26, 26, 10, 50, 70)):
        sheet.set_column(position, position, width, wrapped)
    plain = book.add_format({})
    rules = rules_of(layout)
    for number, rule in enumerate(rules):
        sheet.write_string(number, 0, harmless(rule), plain)
    start = len(rules) + 1
    for position, title in enumerate(
        (_("Column"), _("In lines of"), _("Needed"), _("How it is written"), _("What it says"))
    ):
        sheet.write_string(start, position, title, bold)
    for number, row in enumerate(guide_to(layout), start=start + 1):
        needed = _("yes") if row.is_needed else ""
        for position, cell in enumerate((row.column, row.kind, needed, row.form, row.meaning)):
            sheet.write_string(number, position, harmless(cell), wrapped)
