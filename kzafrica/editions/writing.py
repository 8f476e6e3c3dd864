"""The tables of an edition as files: records as CSV and JSON lines, their lists and citations as CSV, all in SQLite."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from itertools import islice
from pathlib import Path

from kzafrica.editions.database import Database
from kzafrica.editions.documents import documents
from kzafrica.editions.layout import KEYS, Layout, Reading, citation_columns, key_column
from kzafrica.editions.meanings import meaning_of
from kzafrica.editions.tables import Column, ComputedTable, Kind, RecordTable, Table
from kzafrica.pictures import inert
from kzafrica.rest import JSONRenderer
from kzafrica.tabular import words

DATA = "data"
AT_ONCE = 200


class CsvFile:
    """A table as CSV (RFC 4180), its header written at once."""

    def __init__(self, folder: Path, table: Table, held: ExitStack) -> None:
        self.table = table
        path = folder / DATA / f"{table.name}.csv"
        self.writer = csv.writer(held.enter_context(path.open("w", encoding="utf-8", newline="")))
        self.writer.writerow(column.name for column in table.columns)

    def add(self, rows: Iterable[dict]) -> None:
        for row in rows:
            self.writer.writerow(csv_cell(column, row) for column in self.table.columns)


def csv_cell(column: Column, row: dict) -> str:
    """One cell. Words that a spreadsheet would run get an apostrophe; a number never does, since none is a formula."""
    cell = words(column.read(row))
    return inert(cell) if column.kind is Kind.TEXT else cell


def citations_table(reading: Reading) -> Table:
    """Who says what, of all records: the table and key of the record before the columns of a citation."""
    keys = (
        key_column("record_table", 0, "The table that has the record."),
        key_column("record_id", 1, "Its key there."),
        key_column("position", 2, meaning_of("position", ""), kind=Kind.WHOLE),
    )
    columns = (*keys, *citation_columns(reading))
    about = "What sources say about records: one row for each source, record or part of it, and field."
    return Table("citations", about, columns, tuple(column.name for column in keys))


class Records:
    """Writes every table of records; ``tables`` are those that were written, in their order."""

    def __init__(self, folder: Path, database: Database, day: date) -> None:
        self.folder, self.database, self.day = folder, database, day
        self.tables: list[Table] = []
        self.render = JSONRenderer().render

    def write(self, specs: Iterable[RecordTable | ComputedTable]) -> None:
        specs = list(specs)
        reading = Reading(tables_by_resource(specs))
        with ExitStack() as held:
            citations = self._begun(citations_table(reading), held)
            for spec in specs:
                if isinstance(spec, ComputedTable):
                    self._write_computed(spec)
                else:
                    self._write_records(reading.layout(spec), citations)
        self.tables.append(citations.table)

    def _begun(self, table: Table, held: ExitStack) -> CsvFile:
        self.database.create(table)
        return CsvFile(self.folder, table, held)

    def _write_computed(self, spec: ComputedTable) -> None:
        with ExitStack() as held:
            file = self._begun(spec.table, held)
            rows = spec.rows(self.day)
            while batch := list(islice(rows, AT_ONCE)):
                file.add(batch)
                self.database.add(spec.table, batch)
        self.tables.append(spec.table)

    def _write_records(self, layout: Layout, citations: CsvFile) -> None:
        with ExitStack() as held:
            file = self._begun(layout.table, held)
            lists = [(self._begun(nested.table, held), nested) for nested in layout.nested]
            lines = held.enter_context((self.folder / DATA / f"{layout.table.name}.jsonl").open("wb"))
            rows = documents(layout.spec, self.day)
            while batch := list(islice(rows, AT_ONCE)):
                lines.writelines(self.render(document) + b"\n" for document in batch)
                self._add(file, batch)
                for list_file, nested in lists:
                    self._add(list_file, [row for each in batch for row in nested.rows(each, each["id"])])
                if layout.cites:
                    self._add(citations, [row for each in batch for row in citation_rows(layout.table.name, each)])
        self.tables += [layout.table, *(nested.table for nested in layout.nested)]

    def _add(self, file: CsvFile, rows: list[dict]) -> None:
        file.add(rows)
        self.database.add(file.table, rows)


def citation_rows(table: str, document: dict) -> Iterator[dict]:
    for position, citation in enumerate(document["citations"], start=1):
        yield {**citation, KEYS: (table, document["id"], position)}


def tables_by_resource(specs: Iterable[RecordTable | ComputedTable]) -> dict[str, str]:
    """By the name of a resource the table whose rows its links point to by ``id`` alone."""
    return {
        spec.viewset.serializer_class.Meta.resource: spec.name
        for spec in specs
        if isinstance(spec, RecordTable)
        and spec.key == ("id",)
        and hasattr(spec.viewset.serializer_class.Meta, "resource")
    }
