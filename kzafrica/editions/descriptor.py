"""``datapackage.json``: the CSV files of an edition as a Frictionless tabular data package (v1)."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from kzafrica.editions.tables import OUR_LICENCE, Column, Kind, Licence, Table
from kzafrica.editions.writing import DATA

CHUNK = 1 << 20
# Moments as the API writes them: with a fraction of a second and the offset of UTC.
FORMATS = {Kind.MOMENT: "any"}


def checksum(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            found.update(piece)
    return found.hexdigest()


def field_of(column: Column, table: Table) -> dict:
    field = {"name": column.name, "type": str(column.kind), "description": column.about}
    if column.kind in FORMATS:
        field["format"] = FORMATS[column.kind]
    if column.unit:
        field["unit"] = column.unit
    constraints: dict = {}
    if column.name in table.key:
        constraints["required"] = True
    if column.codes:
        constraints["enum"] = [int(code) for code in column.codes] if column.kind is Kind.WHOLE else list(column.codes)
    return field | ({"constraints": constraints} if constraints else {})


def schema_of(table: Table, names: set[str]) -> dict:
    keys = [
        {"fields": [column.name], "reference": {"resource": column.refers, "fields": ["id"]}}
        for column in table.columns
        if column.refers in names
    ]
    return {
        "fields": [field_of(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": keys,
    }


def licence_document(licence: Licence) -> dict:
    return {name: value for name, value in vars(licence).items() if value}


def resource_of(table: Table, folder: Path, names: set[str]) -> dict:
    path = folder / DATA / f"{table.name}.csv"
    return {
        "name": table.name,
        "path": f"{DATA}/{table.name}.csv",
        "profile": "tabular-data-resource",
        "title": table.name.replace("_", " ").capitalize(),
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": path.stat().st_size,
        "hash": f"sha256:{checksum(path)}",
        "licenses": [licence_document(each) for each in table.licences],
        "sources": [{name: value for name, value in vars(each).items() if value} for each in table.credits],
        "schema": schema_of(table, names),
    }


def package_of(tables: Iterable[Table], folder: Path, *, site: str, revision: int, created: str, notes: str) -> dict:
    tables = list(tables)
    names = {table.name for table in tables}
    return {
        "profile": "tabular-data-package",
        "name": "kz-africa",
        "title": "KZ-Africa",
        "description": "The open record of relations between Kazakhstan and the states of Africa. " + notes,
        "homepage": f"{site}/",
        "version": str(revision),
        "created": created,
        "licenses": [licence_document(OUR_LICENCE)],
        "contributors": [{"title": "KZ-Africa", "path": f"{site}/", "role": "publisher"}],
        "sources": [{"title": "Each record names its sources: see citations and sources", "path": f"{site}/sources/"}],
        "resources": [resource_of(table, folder, names) for table in tables],
    }


def write_package(folder: Path, package: dict) -> None:
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")
