"""What an edition is made of: tables, their columns, and what a reader must know of each.

The shell names the tables in ``settings.EDITION_TABLES``. A table of records comes from a resource of the API: its
document is a line of JSON, and laid out flat it is a row. Lists within the document become tables of their own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from kzafrica.linked_data import LICENCE, LICENCE_ADDRESS


class Kind(StrEnum):
    """What stands in a column; the words are those of Frictionless Table Schema."""

    TEXT = "string"
    WHOLE = "integer"
    # A decimal as text, exact to its last digit.
    DECIMAL = "number"
    YES_NO = "boolean"
    DAY = "date"
    MOMENT = "datetime"


@dataclass(frozen=True)
class Column:
    """A column: how its cell is read from a row, what it means, and what may stand in it.

    ``codes`` are the allowed values with their words; ``refers`` names the table that has the value as its ``id``.
    """

    name: str
    kind: Kind
    read: Callable[[dict], Any]
    about: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    refers: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Licence:
    """Terms under which a table may be used; ``name`` as Frictionless names licences."""

    name: str
    title: str
    path: str


OUR_LICENCE = Licence("CC-BY-4.0", LICENCE, LICENCE_ADDRESS)


@dataclass(frozen=True)
class Credit:
    """Where a table comes from, if not from us alone."""

    title: str
    path: str = ""


@dataclass(frozen=True)
class Table:
    """A table of an edition. ``key`` are the columns that tell its rows apart, in the order of the rows."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    licences: tuple[Licence, ...] = (OUR_LICENCE,)
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True)
class RecordTable:
    """A resource of the API as tables.

    ``apart`` are lists that other tables have; they stand in JSON alone. ``of_the_day`` are members that depend on the
    day on which one reads; they are left out. ``keyed`` are lists of short documents by the member that tells one from
    another. ``prepare`` gives the rows of a batch what their documents need, as in downloads.py; ``keeps`` says of a
    document whether it belongs into an edition.
    """

    name: str
    viewset: type
    apart: tuple[str, ...] = ()
    of_the_day: tuple[str, ...] = ()
    keyed: Mapping[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ("id",)
    prepare: Callable[[list], object] | None = None
    keeps: Callable[[dict], bool] | None = None
    licences: tuple[Licence, ...] = (OUR_LICENCE,)
    credits: tuple[Credit, ...] = ()

    @property
    def about(self) -> str:
        """The words of the API documentation, in one paragraph."""
        return (self.viewset.__doc__ or "").strip().partition("\n\n")[0].replace("\n    ", " ")


@dataclass(frozen=True)
class ComputedTable:
    """Rows that are worked out rather than recorded; ``rows`` gives those of a day in the order of ``key``."""

    table: Table
    rows: Callable[[date], Iterator[dict]]


def edition_tables() -> list[RecordTable | ComputedTable]:
    """What the shell puts into an edition, in the order in which rows point to rows before them as far as may be."""
    return import_string(settings.EDITION_TABLES)
