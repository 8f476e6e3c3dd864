"""Reads rows of BACI (CEPII): reconciled trade without a reporter, in thousand dollars and tonnes."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from kzafrica.statements.amounts import DECIMAL_PLACES
from trade.choices import Flow, Valuation
from trade.parsing import Parser, Reading, Row, SliceKey, Tally, refuse_malformed
from trade.reading import FileFault, Table

# From which year the editions of the Harmonized System were in force: HS 1988/92 to HS 2022.
IN_FORCE_SINCE = {"H0": 1988, "H1": 1996, "H2": 2002, "H3": 2007, "H4": 2012, "H5": 2017, "H6": 2022}
# Values in thousand dollars and weights in tonnes stand for units by three places.
THOUSANDS = 3
EXPORT, FOB = Flow.EXPORT.value, Valuation.FOB.value


class Baci(Parser):
    """BACI: exporter, importer, subheading, thousand dollars FOB, tonnes; reconciled, so without a reporter.

    Its rows are kept as exports of the exporter.
    """

    places = DECIMAL_PLACES + THOUSANDS

    def __init__(self, table: Table, reading: Reading, tally: Tally) -> None:
        super().__init__(table, reading, tally)
        self.slice_of, self.code_of = self.cells_of("year", "reporter"), self.cells_of("year", "hs")
        self.others_of = self.cells_of("partner", "value", "net_weight")

    def parse(self, cells: list[str], line: int) -> Row | None:
        partner, value, weight = self.others_of(cells)
        return (
            self.slices[self.slice_of(cells)],
            self.areas[partner],
            EXPORT,
            self.codes[self.code_of(cells)],
            self.number(value.strip()),
            FOB,
            None,
            self.number(weight.strip()),
            0,
            None,
            "",
            0,
            line,
        )

    def read_code(self, written: tuple[str, str]) -> str:
        year, text = written
        code = text.strip()
        if not code.isdecimal() or not 5 <= len(code) <= 6:
            raise FileFault(_("“%s” is not a subheading: six digits.") % text[:20])
        code = code.zfill(6)
        refuse_malformed(code)
        self.tally.codes.add((self.edition_of(year), code))
        return code

    def read_slice(self, written: tuple[str, str]) -> int:
        year, reporter = written
        key = SliceKey(self.code_of_area(reporter), self.read_year(year), 0, self.edition_of(year))
        return self.tally.number_of(key)

    def edition_of(self, year: str) -> str:
        if self.reading.edition:
            return self.reading.edition
        edition = in_force_in(self.read_year(year))
        sentence = _(
            "BACI does not say its edition: %(edition)s, in force in %(year)s, was taken. Say another with --edition."
        )
        self.tally.note(sentence % {"edition": edition, "year": year.strip()})
        return edition

    def checks(self, fields: dict[str, str]) -> list[Callable]:
        return [
            lambda: self.areas[fields["reporter"]],
            lambda: self.areas[fields["partner"]],
            lambda: self.slices[fields["year"], fields["reporter"]],
            lambda: self.codes[fields["year"], fields["hs"]],
            *self.number_checks(fields, ("value", "net_weight")),
        ]


def in_force_in(year: int) -> str:
    """The edition in force in a year."""
    return max((edition for edition, since in IN_FORCE_SINCE.items() if since <= year), default="H0")
