"""Rows of trade statistics as files: what their columns are, and the rows as CSV (RFC 4180), in constant memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trade.catalogue import AreaInfo, Catalogue, PartInfo
from trade.rows import TOTAL, Selection, all_rows, batches, decimal_text

# What a spreadsheet takes for a formula, even in a cell that was text in the file (OWASP, CSV injection).
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
TO_BE_QUOTED = frozenset(',"\r\n')
LINE_END = "\r\n"


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    # Numbers that are whole in any row.
    WHOLE = "whole"
    # Decimals with up to four places.
    DECIMAL = "decimal"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Column:
    """A column of every file, and what a reader must know of it."""

    name: str
    kind: Kind
    explained: Promise


COLUMNS = (
    Column("release", Kind.TEXT, _("Release the row came in with, as in its address; each is named below.")),
    Column("source", Kind.TEXT, _("Source of that release, as in its address.")),
    Column("perspective", Kind.TEXT, _("as_reported, or reconciled from the reports of both sides.")),
    Column("reporter_code", Kind.TEXT, _("Whose statistics these are, as UN Comtrade numbers areas.")),
    Column("reporter_iso3", Kind.TEXT, _("ISO 3166-1 alpha-3 code of the reporter; empty where it is no country.")),
    Column("reporter", Kind.TEXT, _("Name of the reporter; of reconciled data the exporter.")),
    Column("partner_code", Kind.TEXT, _("With whom it traded, numbered likewise; 0 is the world.")),
    Column("partner_iso3", Kind.TEXT, _("ISO 3166-1 alpha-3 code of the partner; empty where it is no country.")),
    Column("partner", Kind.TEXT, _("Name of the partner. Never add the world to its parts.")),
    Column("flow", Kind.TEXT, _("M import, X export, RM re-import, RX re-export; re-exports are within exports.")),
    Column("year", Kind.WHOLE, _("Calendar year.")),
    Column("month", Kind.WHOLE, _("1 to 12; empty for a whole year.")),
    Column("edition", Kind.TEXT, _("Edition of the Harmonized System: H0 (1988/92) to H6 (2022).")),
    Column("is_current", Kind.YES_NO, _("Whether no newer release of the source replaces the row.")),
    Column(
        "hs", Kind.TEXT, _("Good: 2, 4 or 6 digits, or TOTAL for all goods. Add up one level alone.")
    ),
    Column("value_usd", Kind.DECIMAL, _("Value in US dollars of its time. Empty is missing, which is not 0.")),
    Column("valuation", Kind.TEXT, _("cif with insurance and freight, fob without; empty where it is not said.")),
    Column("fob_value_usd", Kind.DECIMAL, _("Of an import that is given FOB beside CIF, in US dollars.")),
    Column("net_weight_kg", Kind.DECIMAL, _("Net weight in kilograms. Empty is missing.")),
    Column("is_weight_estimated", Kind.YES_NO, _("Whether the source marks the weight as its own estimate.")),
    Column("quantity", Kind.DECIMAL, _("In the unit of the next column. Empty is missing.")),
    Column("quantity_unit", Kind.TEXT, _("Unit of the quantity, as the source names it.")),
    Column("is_quantity_estimated", Kind.YES_NO, _("Whether the source marks the quantity as its own estimate.")),
    Column("line", Kind.WHOLE, _("Where the row stands, counted through the files of its release.")),
)  # fmt: skip


@dataclass(frozen=True)
class Export:
    """Rows that were asked for, and all that their file has to say of how they came about."""

    selection: Selection
    known: Catalogue
    # What was asked for, in words; the address of the page that shows it; the address of the site.
    asked: tuple[str, ...]
    address: str
    site: str
    revision: int
    day: date


class Cells(dict):
    """What is written for a key, made when it is met first: slices, areas and units come again in every row."""

    def __init__(self, make: Callable) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key):
        made = self[key] = self.make(key)
        return made


def slice_cells(part: PartInfo, known: Catalogue) -> tuple:
    """What a slice says in each of its rows, in two runs of columns: before the partner and behind the flow."""
    before = (part.release, part.source, part.perspective, *area_cells(known.areas[part.reporter]))
    return before, (part.year, part.month or None, part.edition, part.is_current)


def area_cells(area: AreaInfo) -> tuple:
    return area.code, area.iso3, area.name


def harmless(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text


def rows_of_cells(export: Export) -> Iterator[tuple]:
    """What stands in the columns of each row: decimals in whole ten-thousandths, None for what is missing."""
    known = export.known
    slices = Cells(lambda pk: slice_cells(known.slices[pk], known))
    partners = Cells(lambda pk: area_cells(known.areas[pk]))
    for row in all_rows(export.selection):
        _id, part, partner, flow, hs, value, valuation, fob, weight, weight_is, amount, unit, amount_is, line = row
        before, behind = slices[part]
        good = (hs or TOTAL, value, valuation or None, fob)
        measured = (weight, bool(weight_is), amount, unit or None, bool(amount_is), line)
        yield (*before, *partners[partner], flow, *behind, *good, *measured)


# --- CSV

YES_NO = {True: "true", False: "false"}


def csv_cell(value: str | float | bool | None) -> str:
    """One cell; a missing value is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES_NO[value]
    if not isinstance(value, str):
        return str(value)
    text = harmless(value)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if TO_BE_QUOTED.intersection(text) else text


def csv_run(values) -> str:
    return ",".join(map(csv_cell, values))


def csv_chunks(export: Export) -> Iterator[bytes]:
    """The file, piece by piece: its header at once, then some hundred rows at a time."""
    yield (csv_run(column.name for column in COLUMNS) + LINE_END).encode()
    known = export.known
    slices = Cells(lambda pk: tuple(csv_run(run) for run in slice_cells(known.slices[pk], known)))
    partners = Cells(lambda pk: csv_run(area_cells(known.areas[pk])))
    units = Cells(csv_cell)
    for rows in batches(export.selection):
        yield "".join(_csv_lines(rows, slices, partners, units)).encode()


def _csv_lines(rows: list[tuple], slices: Cells, partners: Cells, units: Cells) -> Iterator[str]:
    # Every name here is read a million times: what does not change within a slice is put together once.
    number, yes_no = csv_number, YES_NO
    for _id, part, partner, flow, hs, value, valuation, fob, weight, weight_is, amount, unit, amount_is, line in rows:
        before, behind = slices[part]
        yield (
            f"{before},{partners[partner]},{flow},{behind},{hs or TOTAL},{number(value)},{valuation},{number(fob)},"
            f"{number(weight)},{yes_no[weight_is]},{number(amount)},{units[unit]},{yes_no[amount_is]},{line}\r\n"
        )


def csv_number(number: int | None) -> str:
    return decimal_text(number) or ""
