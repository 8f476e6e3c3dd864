"""The texts of an edition: README, CODEBOOK, LICENCES and SOURCES, in plain English."""

from collections.abc import Iterable, Iterator
from datetime import date

from kzafrica.editions.flows import table_of_database
from kzafrica.editions.tables import Kind, Table
from kzafrica.editorial.models import Source
from trade.models import Release

KIND_WORDS = {
    Kind.TEXT: "text",
    Kind.WHOLE: "whole number",
    Kind.DECIMAL: "decimal, exact",
    Kind.YES_NO: "true or false (in SQLite 1 or 0)",
    Kind.DAY: "day, ISO 8601",
    Kind.MOMENT: "moment, ISO 8601",
}
ATTRIBUTIONS = """\
Our own data: "KZ-Africa, CC BY 4.0", with the permanent address of the record.
Contains data from GeoNames (https://www.geonames.org/), licensed under CC BY 4.0
(https://creativecommons.org/licenses/by/4.0/). Coordinates are rounded to five decimal places.
Names of countries and areas: Unicode CLDR. Copyright (c) Unicode, Inc. Distributed under the Unicode License v3
(https://www.unicode.org/license.txt).
Country codes and regions, and descriptions of the Harmonized System 2022: ODC-PDDL 1.0
(https://opendatacommons.org/licenses/pddl/1-0/).
Documents belong to their publishers: what stands here of them is bibliographic data, and at most the words of a date, a
number or a name as printed. Rows of trade statistics keep the terms of their source; SOURCES.txt has them.
"""


def readme(tables: Iterable[Table], *, site: str, revision: int, day: date, has_parquet: bool) -> str:
    names = "\n".join(f"  {table.name:34} {table.about}" for table in tables)
    parquet = (
        "data/flows.parquet        rows of trade statistics as Parquet, decimals as decimals"
        if has_parquet
        else "(no Parquet: the machine that made this edition has no pyarrow; flows.csv has the same rows)"
    )
    return f"""\
KZ-AFRICA, THE WHOLE RECORD

The open record of relations between Kazakhstan and the states of Africa: {site}/
Content revision {revision}, last changed on {day.isoformat()} (Almaty).

How to cite
  KZ-Africa, content revision {revision}, {day.isoformat()}, {site}/data/. CC BY 4.0.
  For one record, cite its own address, which is in the column html_url.

Files
  data/*.csv                every table, UTF-8, RFC 4180
  data/*.jsonl              every record, one a line, exactly as the API gives it
  kz-africa.sqlite          all tables in one SQLite file, with keys and views
  {parquet}
  datapackage.json          the CSV files as a Frictionless tabular data package: types, keys, licences
  CODEBOOK.txt              every column: type, unit, meaning, allowed codes
  LICENCES.txt              terms of each table
  SOURCES.txt               the documents and files behind the record
  CHECKSUMS                 SHA-256 of every other file: sha256sum -c CHECKSUMS

How to read the tables
  An empty cell is empty: not known, or not applicable. 0 stands only where the record says 0.
  Numbers are exact decimals. Read them as text or decimals, not as binary fractions.
  A date has four columns: EDTF (ISO 8601-2), earliest day, latest day, words. A year is not 1 January.
  A list of a record is a table of its own, named after both: rows carry the key of the record and their position.
  Who says what is in citations: the record, the source, the field, and what the source states where it differs.
  In CSV, text that a spreadsheet would run as a formula begins with an apostrophe ('=, '+, '-, '@), and line ends
  within a text are blanks. JSON lines and SQLite have every text exactly as it is.
  In SQLite, decimals are text; of rows of trade statistics they are whole ten-thousandths (columns ending in _e4), so
  that sums are exact. Foreign keys hold: PRAGMA foreign_key_check finds nothing.
  Only what is public is here. What depends on the day of reading is left out, or as of {day.isoformat()}.
  The same content revision gives the same files, byte for byte.

Tables
{names}
"""


def codebook(tables: Iterable[Table]) -> str:
    return "\n".join(_codebook_lines(tables)) + "\n"


def _codebook_lines(tables: Iterable[Table]) -> Iterator[str]:
    yield "CODEBOOK"
    for table in tables:
        yield from ("", f"== {table.name}", table.about, f"Key: {', '.join(table.key)}")
        in_database = table_of_database(table) if table.name == "flows" else table
        for column, stored in zip(table.columns, in_database.columns, strict=True):
            unit = f"; unit: {column.unit}" if column.unit else ""
            yield from ("", f"{column.name} ({KIND_WORDS[column.kind]}{unit})", f"  {' '.join(column.about.split())}")
            if column.refers:
                yield f"  Refers to {column.refers}.id."
            if stored.name != column.name:
                yield f"  In SQLite: {stored.name}, whole ten-thousandths."
            yield from (f"  {code}: {label}" if label else f"  {code}" for code, label in column.codes.items())


def licences(tables: Iterable[Table]) -> str:
    return "\n".join(_licence_lines(tables)) + "\n"


def _licence_lines(tables: Iterable[Table]) -> Iterator[str]:
    yield from ("LICENCES", "")
    for table in tables:
        terms = "; ".join(f"{each.title} {each.path}".strip() for each in table.licences)
        origin = "; ".join(f"{each.title} {each.path}".strip() for each in table.credits)
        yield f"{table.name}: {terms}" + (f" (from: {origin})" if origin else "")
    yield from ("", "Attributions", "", ATTRIBUTIONS)


def sources(site: str) -> Iterator[str]:
    """Line by line: every public document, then every release of trade statistics with its files and terms."""
    yield "SOURCES\n\nDocuments\n\n"
    for source in Source.objects.published().order_by("slug").iterator():
        said = [source.title, source.publisher, source.published.edtf if source.published else "", source.url]
        yield f"{source.slug}: {'. '.join(' '.join(each.split()) for each in said if each)}\n"
        if source.rights:
            yield f"  Rights: {' '.join(source.rights.split())}\n"
    yield "\nReleases of trade statistics\n\n"
    for release in Release.objects.published().select_related("source").prefetch_related("files").order_by("slug"):
        yield f"{release.slug}: {release.title}. Source: {release.source.slug}. {site}{release.get_absolute_url()}\n"
        yield f"  Rights: {' '.join((release.source.rights or 'not stated by the source').split())}\n"
        for file in release.files.all():
            yield f"  File: {file.name}, SHA-256 {file.checksum}\n"
