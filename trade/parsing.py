"""What every reader of trade rows shares: areas, codes and numbers as text becomes them, faults and counts.

A text that occurs again is not read again, which is most of them: so a row costs little more than its numbers. Knows no
database.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from itertools import count
from operator import itemgetter
from typing import NamedTuple

from babel.core import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kzafrica.statements.amounts import DECIMAL_PLACES, SCALE
from trade.layouts import FIELDS, Form
from trade.reading import FileFault, Table

# Faults that are told one by one; the others are counted.
FAULTS_TOLD = 100
# What a signed 64-bit column holds for certain.
MOST_DIGITS = 18
# Of one row, in its unit: several times the trade of the world in a year. Sums of many rows still fit their column.
LARGEST_OF_TRADE = Decimal(10) ** 13

POWERS = tuple(10**places for places in range(MOST_DIGITS))
MISSING = {"", "NA", "N/A", "NULL", "NAN", "NONE", "-"}


class SliceKey(NamedTuple):
    """What a slice of a release is of: the code of its reporter, period and edition; month 0 is the whole year."""

    reporter: str
    year: int
    month: int
    edition: str


# One row as it is stored, in plain integers and text, which databases take the fastest: its slice by its number here,
# whole ten-thousandths, None where a number is missing, 1 and 0 for what is estimated or not.
Row = tuple
ROW_FIELDS = (
    "slice",
    "partner",
    "flow",
    "hs",
    "value_usd",
    "valuation",
    "fob_value_usd",
    "net_weight_kg",
    "is_weight_estimated",
    "quantity",
    "quantity_unit",
    "is_quantity_estimated",
    "line",
)


class Known(dict):
    """What a text was read as the last time; a new one is read, and one that cannot be read raises FileFault."""

    def __init__(self, read: Callable) -> None:
        self.read = read

    def __missing__(self, text):
        value = self[text] = self.read(text)
        return value


@dataclass
class Tally:
    """What was met on the way: faults, rows left out by reason, numbers rounded, codes and slices."""

    faults: list[FileFault] = field(default_factory=list)
    fault_count: int = 0
    row_count: int = 0
    last_line: int = 0
    left_out: Counter = field(default_factory=Counter)
    rounded: int = 0
    slices: dict[SliceKey, int] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)
    converted: set[SliceKey] = field(default_factory=set)
    codes: set[tuple[str, str]] = field(default_factory=set)
    notes: dict[str, None] = field(default_factory=dict)

    def fault(self, sentence: str, line: int | None) -> None:
        self.fault_count += 1
        if len(self.faults) < FAULTS_TOLD:
            self.faults.append(FileFault(sentence, line))

    def note(self, sentence: str) -> None:
        self.notes[sentence] = None

    def number_of(self, key: SliceKey) -> int:
        if key not in self.slices:
            self.slices[key] = next(self.numbers)
        return self.slices[key]

    @property
    def sentences_on_what_was_left_out(self) -> list[str]:
        return [f"{ngettext('%(n)s row', '%(n)s rows', n) % {'n': n}}: {why}" for why, n in self.left_out.items()]


@dataclass(frozen=True)
class Reading:
    """How a file is to be read where it does not say so itself.

    ``edition`` is for BACI, ``locale`` the CLDR locale whose marks numbers are written with (none: digits and a decimal
    point); ``only`` is the one slice that the name of a bulk file declares. Lines are counted on from ``first_line``,
    through all files of a load.
    """

    areas: dict[str, int]
    first_line: int = 0
    edition: str = ""
    locale: str = ""
    only: SliceKey | None = None


class Parser:
    """What both families of layouts share: areas, codes and numbers by what they were read as before.

    A row is read from its cells with one more behind them that is always empty: it stands for columns that a layout
    does not have. ``places`` is by how many places a number is moved to be kept as a whole one.
    """

    places = DECIMAL_PLACES

    def __init__(self, table: Table, reading: Reading, tally: Tally) -> None:
        self.form: Form = table.form
        self.header = table.header
        self.reading, self.tally = reading, tally
        self.areas = Known(self.read_area)
        self.codes = Known(self.read_code)
        self.slices = Known(self.read_slice)
        self.locale = reading.locale
        # What is written with other marks is never read the short way.
        # Longer ones are looked at one by one.
        self.longest_whole = 0 if self.locale else MOST_DIGITS - 1 - self.places
        if self.locale:
            self.decimal_mark, self.group_marks = marks_of(self.locale)
            group, decimal = f"[{re.escape(''.join(self.group_marks))}]", re.escape(self.decimal_mark)
            self.written_so = re.compile(rf"-?([0-9]+|[0-9]{{1,3}}({group}[0-9]{{3}})+)({decimal}[0-9]+)?")

    def cells_of(self, *names: str) -> itemgetter:
        """What takes the cells of these fields out of a row."""
        columns = self.form.columns
        return itemgetter(*(self.header.index(columns[name]) if name in columns else -1 for name in names))

    def read_area(self, text: str) -> int:
        code = text.strip()
        code = code.lstrip("0") or "0" if code else ""
        if code not in self.reading.areas:
            raise FileFault(
                _("“%s” is no area that trade statistics know: use its numeric code, such as 710.") % text[:20]
            )
        return self.reading.areas[code]

    def code_of_area(self, text: str) -> str:
        self.areas[text]
        return text.strip().lstrip("0") or "0"

    def read_year(self, text: str) -> int:
        if not re.fullmatch(r"(19|20)[0-9]{2}", text.strip()):
            raise FileFault(_("“%s” is not a year of trade statistics: four digits.") % text[:20])
        return int(text)

    def number(self, text: str) -> int | None:
        """The number in ten-thousandths of the unit that is kept; None where it is missing."""
        if not text:
            return None
        whole, _point, rest = text.partition(".")
        digits, missing_places = whole + rest, self.places - len(rest)
        if missing_places >= 0 and len(whole) < self.longest_whole and digits.isdecimal() and digits.isascii():
            return int(digits) * POWERS[missing_places]
        return self.unusual_number(text.strip())

    def unusual_number(self, text: str) -> int | None:
        if text.upper() in MISSING:
            return None
        plain = self.without_marks(text)
        try:
            value = Decimal(plain)
        except InvalidOperation:
            hint = ""
            if "," in text and not self.locale:
                hint = _(" Say with --locale whether a comma parts decimals or thousands.")
            raise FileFault(_("“%s” is not a number.") % text[:40] + hint) from None
        if not value.is_finite():
            raise FileFault(_("“%s” is not a number.") % text[:40])
        if value < 0:
            raise FileFault(_("“%s” is negative: trade is not.") % text[:40])
        # The exponent first: a number can have one that no arithmetic goes up to.
        if value and (value.adjusted() > MOST_DIGITS or value.scaleb(self.places) > LARGEST_OF_TRADE * SCALE):
            raise FileFault(_("“%s” is too large to be trade.") % text[:40])
        scaled = value.scaleb(self.places)
        whole = scaled.to_integral_value(ROUND_HALF_EVEN)
        self.tally.rounded += whole != scaled
        return int(whole)

    def without_marks(self, text: str) -> str:
        """The number with a decimal point and no marks between thousands; nothing where it is not written so."""
        if not self.locale:
            return text if text.isascii() and "_" not in text else ""
        if not self.written_so.fullmatch(text):
            return ""
        for mark in self.group_marks:
            text = text.replace(mark, "")
        return text.replace(self.decimal_mark, ".")

    def faults_of(self, cells: list[str]) -> Iterator[str]:
        """Every fault of a row, each said once."""
        said = set()
        for check in self.checks(dict(zip(FIELDS, self.cells_of(*FIELDS)(cells), strict=True))):
            try:
                check()
            except FileFault as fault:
                if fault.sentence not in said:
                    said.add(fault.sentence)
                    yield fault.sentence

    def number_checks(self, fields: dict[str, str], names: Iterable[str]) -> list[Callable]:
        return [lambda name=name: self.number_in(fields, name) for name in names]

    def number_in(self, fields: dict[str, str], name: str) -> None:
        try:
            self.number(fields[name])
        except FileFault as fault:
            raise FileFault(
                _("%(column)s: %(sentence)s") % {"column": self.form.columns[name], "sentence": fault.sentence}
            ) from None


def refuse_malformed(code: str) -> None:
    """Raises FileFault for what cannot be a code of the Harmonized System in any edition."""
    if not code.isascii() or not code.isdigit() or len(code) not in (2, 4, 6):
        hint = ""
        if code.isascii() and code.isdigit() and len(code) in (1, 3, 5):
            hint = _(" Has it lost its leading zero, as 0%s?") % code
        raise FileFault(_("“%s” is not an HS code: two, four or six digits, or TOTAL.") % code[:20] + hint)


def marks_of(locale: str) -> tuple[str, tuple[str, ...]]:
    """The decimal mark and the marks between thousands of a CLDR locale; any blank stands for a blank."""
    group = get_group_symbol(locale)
    return get_decimal_symbol(locale), (" ", "\u00a0", "\u202f") if group.isspace() else (group,)


def known_locale(text: str) -> str:
    """The CLDR locale of that name, in its own spelling. Raises ValueError with a sentence."""
    try:
        return str(Locale.parse(text.strip().replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        raise ValueError(_("“%s” is not a locale of CLDR, such as en or fr.") % text[:20]) from None
