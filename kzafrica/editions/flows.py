"""Rows of trade statistics in an edition: as CSV, in SQLite, and as Parquet where pyarrow is installed."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.urls import reverse
from django.utils.module_loading import import_string

from kzafrica.editions.database import Database
from kzafrica.editions.tables import Column, Credit, Kind, Licence, Table
from kzafrica.editions.writing import DATA
from trade import exports
from trade.catalogue import catalogue
from trade.row_views import HAS_PARQUET
from trade.rows import Selection

NAME = "flows"
KINDS = {
    exports.Kind.TEXT: Kind.TEXT,
    exports.Kind.WHOLE: Kind.WHOLE,
    exports.Kind.DECIMAL: Kind.DECIMAL,
    exports.Kind.YES_NO: Kind.YES_NO,
}
REFERS = {
    "release": "releases",
    "source": "sources",
    "reporter_code": "areas",
    "reporter_iso3": "countries",
    "partner_code": "areas",
    "partner_iso3": "countries",
}
UNITS = {
    "value_usd": "US dollars",
    "fob_value_usd": "US dollars",
    "net_weight_kg": "kilograms",
    "quantity": "as the column “quantity_unit” says",
}
TERMS = Licence("other-closed", "Terms of the source of each release; see SOURCES.txt", "")


def flows_table() -> Table:
    """The columns of the files of rows."""
    columns = tuple(
        Column(
            each.name,
            KINDS[each.kind],
            lambda row: None,
            str(each.explained),
            refers=REFERS.get(each.name, ""),
            unit=UNITS.get(each.name, ""),
        )
        for each in exports.COLUMNS
    )
    about = "Rows of trade statistics of every public release, also those that a newer release has replaced."
    credits = (Credit("The source of each release, named in SOURCES.txt"),)
    return Table(NAME, about, columns, ("release", "line"), (TERMS,), credits)


def table_of_database(table: Table) -> Table:
    """The same with decimals as whole ten-thousandths."""
    return replace(
        table,
        columns=tuple(
            replace(
                column, name=f"{column.name}_e4", kind=Kind.WHOLE, unit=f"{column.unit}, in ten-thousandths".strip(", ")
            )
            if column.kind is Kind.DECIMAL
            else column
            for column in table.columns
        ),
    )


def write_flows(folder: Path, database: Database, site: str, revision: int, day: date) -> Table:
    """Every row of every public release, each time in constant memory."""
    known = catalogue(revision)
    export = exports.Export(
        selection=Selection(tuple(known.slices.values())),
        known=known,
        asked=("all rows of all public releases",),
        address=site + reverse("trade:flow_list"),
        site=site + "/",
        revision=revision,
        day=day,
    )
    with (folder / DATA / f"{NAME}.csv").open("wb") as file:
        file.writelines(exports.csv_chunks(export))
    table = flows_table()
    in_database = table_of_database(table)
    database.create(in_database)
    database.add_cells(in_database, (tuple(map(plain, row)) for row in exports.rows_of_cells(export)))
    if HAS_PARQUET:
        with (
            import_string("trade.parquet.parquet")(export) as whole,
            (folder / DATA / f"{NAME}.parquet").open("wb") as file,
        ):
            shutil.copyfileobj(whole, file)
    return table


def plain(value):
    """A cell as SQLite keeps it."""
    if value == "":
        return None
    return int(value) if isinstance(value, bool) else value
