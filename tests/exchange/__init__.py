"""What the tests of import and export share: records as files, and files as what they would do."""

import csv
import io

import xlsxwriter
from django.db import models
from django.test import Client

from kzafrica.workshop.exchange.importing import Importer, Report, opened, sealed
from kzafrica.workshop.exchange.layout import layout_of
from kzafrica.workshop.exchange.outcomes import Preview
from kzafrica.workshop.exchange.previewing import Previewer
from kzafrica.workshop.exchange.reading import read_table
from kzafrica.workshop.exchange.writing import csv_chunks, workbook
from tests.admin import address_of

ENDINGS = ("csv", "xlsx")


def exported(model: type[models.Model], ending: str) -> bytes:
    """All records of the type as a file."""
    records = model._base_manager.all()
    if ending == "csv":
        return b"".join(csv_chunks(layout_of(model), records))
    with workbook(layout_of(model), records) as file:
        return file.read()


def previewed(model: type[models.Model], content: bytes, ending: str = "csv", **may) -> Preview:
    may = {"may_add": True, "may_change": lambda record: True, **may}
    table = read_table(layout_of(model), f"file.{ending}", content)
    return Previewer(layout_of(model), **may).preview(table)


def imported(model: type[models.Model], preview: Preview, by) -> Report:
    """What the second step does, by way of the sealed form that a browser sends back."""
    plan = opened(sealed(preview, model, by=by), model, by=by)
    importer = Importer(model, by=by, note="", may_add=True, may_change=lambda record: True)
    return importer.run(plan)


def outcomes_of(preview: Preview) -> dict[str, str]:
    return {entry.key: entry.outcome.value for entry in preview.entries}


def sentences_of(preview: Preview) -> list[str]:
    """Every fault: line, column and sentence."""
    mistakes = [*preview.astray, *(mistake for entry in preview.entries for mistake in entry.mistakes)]
    return [f"{mistake.line} {mistake.column}: {mistake.sentence}" for mistake in mistakes]


def csv_of(*rows: dict[str, str], columns: list[str] | None = None) -> bytes:
    """A file as a person writes it: each row names what it fills in."""
    columns = columns or list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def workbook_of(rows: list[list], **formats) -> bytes:
    """A workbook with these values, whatever Excel would have made of them."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def send(client: Client, model: type[models.Model], content: bytes, name: str = "file.csv"):
    """Choose a file on the import page and press the button."""
    file = io.BytesIO(content)
    file.name = name
    return client.post(address_of("import", model), {"file": file})


def go_on(client: Client, model: type[models.Model], preview, **fields):
    """Press the button of the preview."""
    return client.post(address_of("import", model), {"sealed": preview.context["sealed"], **fields})
