"""Reads rows of UN Comtrade, as it is now and as it was before 2022.

- Partner 0 is the world: a row like others, never added to them.
- Rows by second partner, customs procedure or mode of transport repeat parts of their total and are left out.
- Flows other than imports, exports, re-imports and re-exports are parts of these and are left out.
- A quantity without a unit is missing, and so is a weight of zero beside it; a missing number is never zero.
- What is estimated is told by its own columns; the older flag is used where there are none.
"""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from trade.choices import Flow, Valuation
from trade.parsing import Known, Parser, Reading, Row, SliceKey, Tally, refuse_malformed
from trade.reading import FileFault, Table

EDITIONS = tuple(f"H{number}" for number in range(7))
OTHER_SYSTEMS = {"S": "SITC", "B": "BEC", "E": "EBOPS"}
FLOWS = {flow.value: flow.value for flow in Flow}
# Other flows, such as domestic exports (DX) or imports for processing (MIP), are counted within imports and exports.
OTHER_FLOW = re.compile("[A-Z]{1,4}")
LEGACY_FLOWS = {"1": "M", "2": "X", "3": "RX", "4": "RM"}
ARRIVING = {Flow.IMPORT.value, Flow.RE_IMPORT.value}
CIF, FOB = Valuation.CIF.value, Valuation.FOB.value

SLICE_FIELDS = ("type", "frequency", "year", "month", "period", "reporter", "edition", "is_original")
HEAD_FIELDS = ("second_partner", "procedure", "supply", "transport", "flow", *SLICE_FIELDS)
MEASURE_FIELDS = ("unit_code", "unit", "is_weight_estimated", "is_quantity_estimated", "flag")
# Why rows are left out.
BY_PARTNER = gettext_noop("by second partner, a part of the row for all of them")
BY_PROCEDURE = gettext_noop("by customs procedure or mode of transport, a part of the row for all of them")
WITHIN = gettext_noop("of a flow that imports or exports contain")

ALL_PARTNERS = ALL_MODES = {"", "0"}
ALL_PROCEDURES = {"", "0", "C00"}
NO_UNIT = {"", "-1", "N/A"}
# "No Quantity" before 2022.
NO_UNIT_LEGACY = {*NO_UNIT, "1"}
YES = {"True", "true", "TRUE", "1"}
NO = {"False", "false", "FALSE", "0", ""}
# The older flag of UN Comtrade: 2 quantity, 4 net weight, 6 both estimated.
QUANTITY_FLAGS, WEIGHT_FLAGS = {"2", "6"}, {"4", "6"}
ALL_YEAR = {"", "0", "52"}
UNITS = {
    "2": "m²", "3": "1000 kWh", "4": "m", "5": "u", "6": "2u", "7": "l", "8": "kg", "9": "1000u", "10": "pack",
    "11": "12u", "12": "m³", "13": "carat", "14": "km", "15": "g", "16": "hive", "17": "1000 m³", "18": "TJ",
    "19": "bbl", "20": "1000 l", "21": "1000 kg", "22": "kWh", "23": "l alc 100%", "24": "head", "25": "kg net eda",
    "26": "kg C5H14ClNO", "27": "kg P2O5", "28": "kg H2O2", "29": "kg met.am.", "30": "kg N", "31": "kg KOH",
    "32": "kg K2O", "33": "kg NaOH", "34": "kg 90% sdt", "35": "kg U", "36": "ct/l", "37": "Bq", "38": "g F/S",
    "39": "GRT", "40": "GT", "41": "ce/el",
}  # fmt: skip


class Comtrade(Parser):
    """UN Comtrade as it is now and as it was before 2022."""

    def __init__(self, table: Table, reading: Reading, tally: Tally) -> None:
        super().__init__(table, reading, tally)
        self.no_unit = NO_UNIT_LEGACY if self.form.is_legacy else NO_UNIT
        self.reporter = ""
        self.heads, self.flows = Known(self.read_head), Known(self.read_flow)
        self.measures = Known(self.read_measures)
        self.head_of, self.code_of = self.cells_of(*HEAD_FIELDS), self.cells_of("edition", "hs")
        self.measures_of = self.cells_of(*MEASURE_FIELDS)
        self.others_of = self.cells_of("partner", "quantity", "net_weight", "cif", "fob", "value")

    def parse(self, cells: list[str], line: int) -> Row | None:
        part, flow = self.heads[self.head_of(cells)]
        if part is None:
            self.tally.left_out[_(flow)] += 1
            return None
        partner, quantity, weight, cif, fob, value = self.others_of(cells)
        number = self.number
        value_usd, net_weight, fob_value, amount = number(value), number(weight), None, None
        # The primary value is CIF for imports and FOB for exports unless the other alone is given (UN Comtrade; IMTS
        # 2010, chapter IV). A FOB value of zero beside an import is a missing one.
        if flow in ARRIVING:
            valuation, fob_value = CIF, number(fob) or None
            if value_usd and fob_value == value_usd and not number(cif):
                valuation, fob_value = FOB, None
        else:
            valuation = CIF if cif == value and fob != value and value else FOB
        unit, is_weight_estimated, is_quantity_estimated = self.measures[self.measures_of(cells)]
        if unit is None:
            unit, net_weight = "", net_weight or None
        else:
            amount = net_weight if quantity == weight else number(quantity)
        return (
            part,
            self.areas[partner],
            flow,
            self.codes[self.code_of(cells)],
            value_usd,
            valuation,
            fob_value,
            net_weight,
            0 if net_weight is None else is_weight_estimated,
            amount,
            unit,
            0 if amount is None else is_quantity_estimated,
            line,
        )

    def read_head(self, written: tuple[str, ...]) -> tuple[int | None, str]:
        """The slice and the flow of a row; no slice and the reason for one that is left out."""
        second_partner, procedure, supply, transport, flow_text, *period = written
        if second_partner not in ALL_PARTNERS:
            return None, BY_PARTNER
        if procedure not in ALL_PROCEDURES or transport not in ALL_MODES or supply not in ALL_MODES:
            return None, BY_PROCEDURE
        flow = self.flows[flow_text]
        return (self.slices[tuple(period)], flow) if flow else (None, WITHIN)

    def read_measures(self, written: tuple[str, ...]) -> tuple[str | None, int, int]:
        """The unit of the quantity, None where there is none; whether the weight and the quantity are estimated."""
        code, unit, weight_mark, quantity_mark, flag = written
        has_none = code in self.no_unit
        return (
            None if has_none else UNITS.get(code) or unit.strip()[:20],
            read_estimated(weight_mark, flag in WEIGHT_FLAGS),
            read_estimated(quantity_mark, flag in QUANTITY_FLAGS),
        )

    def read_flow(self, text: str) -> str:
        code = text.strip()
        if self.form.is_legacy:
            if code in LEGACY_FLOWS:
                return LEGACY_FLOWS[code]
            raise FileFault(_("“%s” is not a flow: 1 import, 2 export, 3 re-export, 4 re-import.") % text[:20])
        if code in FLOWS:
            return FLOWS[code]
        if OTHER_FLOW.fullmatch(code):
            return ""
        raise FileFault(_("“%s” is not a flow: M import, X export, RM re-import, RX re-export.") % text[:20])

    def read_code(self, written: tuple[str, str]) -> str:
        edition, text = written
        code = text.strip()
        if code == "TOTAL":
            return ""
        refuse_malformed(code)
        self.tally.codes.add((edition.strip(), code))
        return code

    def read_slice(self, written: tuple[str, ...]) -> int:
        kind, frequency, year, month, period, reporter, edition, is_original = written
        if kind not in ("C", ""):
            raise FileFault(_("“%s” is not trade in goods (C): services have no place here.") % kind[:20])
        if frequency not in ("A", "M", ""):
            raise FileFault(_("“%s” is not a frequency that is kept: A for years, M for months.") % frequency[:20])
        key = SliceKey(
            self.code_of_area(reporter),
            self.read_year(year or period[:4]),
            self.read_month(frequency, month, period),
            read_edition(edition),
        )
        if period[:4].isdecimal() and int(period[:4]) != key.year:
            details = {"year": key.year, "period": period[:20]}
            raise FileFault(_("the year says %(year)s and the period %(period)s.") % details)
        if is_original and is_original in NO:
            self.tally.converted.add(key)
        self.refuse_others(key)
        return self.tally.number_of(key)

    def read_month(self, frequency: str, month: str, period: str) -> int:
        text = month or (period[4:] if len(period) == 6 else "")
        if frequency == "A" or (text in ALL_YEAR and frequency != "M"):
            return 0
        if not text.isdecimal() or not 1 <= int(text) <= 12:
            raise FileFault(_("“%s” is not a month: 1 to 12, or 52 for a whole year.") % text[:20])
        if len(period) == 6 and period[4:].isdecimal() and int(period[4:]) != int(text):
            raise FileFault(
                _("the month says %(month)s and the period %(period)s.") % {"month": text, "period": period}
            )
        return int(text)

    def refuse_others(self, key: SliceKey) -> None:
        """A bulk file is of one reporter, and its name says of which, of which period and edition."""
        only = self.reading.only
        if only and key != only:
            sentence = _(
                "the name of the file says reporter %(reporter)s, %(year)s, %(edition)s, and this row is of others."
            )
            raise FileFault(sentence % only._asdict())
        if self.form.declares_one_reporter:
            self.reporter = self.reporter or key.reporter
            if key.reporter != self.reporter:
                sentence = _("a bulk file is of one reporter: this row is of %(other)s, those before it of %(first)s.")
                raise FileFault(sentence % {"other": key.reporter, "first": self.reporter})

    def checks(self, fields: dict[str, str]) -> list[Callable]:
        numbers = [name for name in ("value", "cif", "fob", "net_weight", "quantity") if name in self.form.columns]
        return [
            lambda: self.flows[fields["flow"]],
            lambda: self.areas[fields["reporter"]],
            lambda: self.areas[fields["partner"]],
            lambda: self.slices[tuple(fields[name] for name in SLICE_FIELDS)],
            lambda: self.codes[fields["edition"], fields["hs"]],
            lambda: read_estimated(fields["is_weight_estimated"]),
            lambda: read_estimated(fields["is_quantity_estimated"]),
            *self.number_checks(fields, numbers),
        ]


def read_estimated(mark: str, is_flagged: bool = False) -> int:
    """1 for what is estimated by its own column or by the older flag, else 0. Raises FileFault for another word."""
    if mark not in YES | NO:
        raise FileFault(_("“%s” is neither true nor false.") % mark[:20])
    return int(mark in YES or is_flagged)


def read_edition(text: str) -> str:
    """H0 to H6. Raises FileFault naming another system where the code is of one."""
    edition = text.strip().upper()
    if edition in EDITIONS:
        return edition
    other = OTHER_SYSTEMS.get(edition[:1])
    hint = _(" It is %s, and only codes of the Harmonized System are kept.") % other if other else ""
    raise FileFault(_("“%s” is not an edition of the Harmonized System: H0 to H6.") % text[:20] + hint)
