"""Imprecise dates: an EDTF expression (ISO 8601-2:2019) with its earliest and latest day.

Accepted, each alone or as an end of an interval `a/b`, each with or without a mark ? (uncertain), ~ (about)
or % (both) behind it:

    2025-09-10  2025-09  2025                      day, month, year 0001 to 9999
    2025-21 to 2025-24                             spring, summer, autumn, winter
    2025-33 to 2025-36,  2025-40  2025-41          quarters, halves of the year
    202X  20XX                                     decade, century: a year in it
    2025-09-XX  2025-XX-XX  2025-XX                a day of the month, a day or a month of the year

An interval may be open (`2005/..`, `../2020-12`) or have an end that nobody knows (`2005/`, `/2020-12`).

Where EDTF leaves the choice to its users: spring is 1 March to 31 May, and so on by three months, so that winter
2025-24 is 1 December 2025 to the end of February 2026. A mark never widens the bounds. An open or unknown end is
no bound.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, total_ordering

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kzafrica.date_words import Form, Gap, Term, say

EXAMPLES = _(
    "Write for example 2025-09-10, 2025-09, 2025, 2025-21 (spring 2025), 2025-40 (first half), "
    "2014~ (about) or 2005/.. (since)."
)

_TERM = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<part>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[?~%]?)"
)

# Control characters, which a page cannot quote.
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f]")

# What the second number of a date says when it is no month (ISO 8601-2, sub-year groupings), and its place there.
_PARTS_OF_YEAR = {
    "21": (Form.SEASON, 1),
    "22": (Form.SEASON, 2),
    "23": (Form.SEASON, 3),
    "24": (Form.WINTER, 4),
    "33": (Form.QUARTER, 1),
    "34": (Form.QUARTER, 2),
    "35": (Form.QUARTER, 3),
    "36": (Form.QUARTER, 4),
    "40": (Form.HALF, 1),
    "41": (Form.HALF, 2),
}

_MISPLACED_X = _('"%(text)s" is not a date: X stands for a whole day or month, or for the last digits of a lone year.')

# What people write instead, and what to tell them. The first that fits is told, and the last fits all.
_MISTAKES = (
    (r"^$", _("An empty text is not a date.")),
    (r"[][{},]", _('"%(text)s" is not a date: sets of dates are not kept here.')),
    (r"\.{2}|…", _('"%(text)s" is not a date: two dots stand alone on their side of a slash, where a date is open.')),
    (
        r"[0-9]-?W[0-9]{2}",
        _('"%(text)s" is not a date: write a week as its first and last day, 2025-09-08/2025-09-14.'),
    ),
    (r"[0-9]T[0-9]|[0-9]:[0-9]", _('"%(text)s" is not a date: it has a time of day, which is not kept here.')),
    (r"[0-9X-]x", _('"%(text)s" is not a date: an unknown digit is a capital X.')),
    (r"[?~%].*[?~%]", _('"%(text)s" is not a date: it has two marks, and %% alone says both about and uncertain.')),
    (r"[?~%].", _('"%(text)s" is not a date: a mark ?, ~ or %% stands behind the whole date.')),
    (r"^[0-9]{1,2}[.-][0-9]{1,2}[.-][0-9]{2,4}$", _('"%(text)s" is not a date: year, month, day is the order.')),
    (r"^[0-9]{4}\.[0-9.]+$|^[0-9]{5,}$", _('"%(text)s" is not a date: hyphens join year, month and day.')),
    (
        r"^[0-9]{1,3}(-[0-9]+)*$",
        _('"%(text)s" is not a date: it starts with four digits of a year, and so does an end.'),
    ),
    (r"^[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?$", _('"%(text)s" is not a date: month and day have two digits each.')),
    (r"[0-9-]X|^X", _MISPLACED_X),
    (r"[^\W\d_]{2}", _('"%(text)s" is not a date: words are not read here, only numbers and signs.')),
    (r"\s", _('"%(text)s" is not a date: no blank stands inside one.')),
    (r"[–—]", _('"%(text)s" is not a date: a slash joins the two ends of an interval.')),
    (r"", _('"%(text)s" is not a date: it has none of the forms that are read here.')),
)


class DateError(ValueError):
    """The text is no date, or the period none. `str()` gives whole sentences for an editor, in the active language:

    they quote the text, say what is wrong with it, and give an example of what would be right.
    """

    def __init__(self, sentence: str | Promise, values: dict[str, str], advice: str | Promise = EXAMPLES) -> None:
        super().__init__(sentence, values, advice)
        self.sentence, self.values, self.advice = sentence, values, advice

    @property
    def sentence_alone(self) -> str:
        """What is wrong, without the example; for those who have a better one."""
        shown = {name: _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", value) for name, value in self.values.items()}
        quoted = {name: value if len(value) <= 60 else f"{value[:59]}…" for name, value in shown.items()}
        return str(self.sentence % quoted)

    def __str__(self) -> str:
        return f"{self.sentence_alone} {self.advice}"


@total_ordering
@dataclass(frozen=True, slots=True)
class ImpreciseDate:
    """A date as precise as its source. Made by `parse`; two are equal if they are written the same.

    `earliest` and `latest` are its first and last possible day, None where an end is open or unknown.
    """

    edtf: str
    earliest: date | None = field(compare=False)
    latest: date | None = field(compare=False)
    start: Term | Gap = field(compare=False, repr=False)
    end: Term | Gap = field(compare=False, repr=False)

    @staticmethod
    def parse(text: str) -> "ImpreciseDate":
        """The date that a text writes in a form listed at the head of this module; blanks around it are dropped.

        Raises DateError for anything else, also for days that do not exist and intervals that end before they start.
        """
        return _read(text.strip())

    @property
    def order(self) -> int:
        """A key that sorts by earliest, then by latest day; a missing bound comes before any day. 0 is no date."""
        return _as_number(self.earliest) * 10**8 + _as_number(self.latest)

    @property
    def is_day(self) -> bool:
        """Whether it is one single day, marked or not."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def is_exact(self) -> bool:
        """Whether it is one certain day, or runs from one to another: nothing marked, open or longer than a day."""
        ends = (self.start, self.end)
        return all(isinstance(term, Term) and term.form is Form.DAY and not term.mark for term in ends)

    @property
    def is_approximate(self) -> bool:
        """Whether it or an end of it is marked ~ or %: about."""
        return any(isinstance(term, Term) and term.is_approximate for term in (self.start, self.end))

    @property
    def is_uncertain(self) -> bool:
        """Whether it or an end of it is marked ? or %: the source, or our reading of it, is in doubt."""
        return any(isinstance(term, Term) and term.is_uncertain for term in (self.start, self.end))

    def text(self, language: str | None = None) -> str:
        """The date in words, as "late 2023", in the given or else the active language; in English if it has none."""
        return say(self.start, self.end, language or get_language())

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Whether this date may fall into the period from start to end, both days included.

        None leaves the period open on its side, as a missing bound leaves the date. Raises DateError if the period
        ends before it starts. The lookup `__overlaps` of ImpreciseDateField asks the same of the database.
        """
        refuse_backward_period(start, end)
        return (start is None or self.latest is None or self.latest >= start) and (
            end is None or self.earliest is None or self.earliest <= end
        )

    def is_certainly_before(self, other: "ImpreciseDate") -> bool:
        """Whether its latest day precedes the other's earliest. With either bound missing nothing is certain."""
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, ImpreciseDate):
            return NotImplemented
        return (self.order, self.edtf) < (other.order, other.edtf)

    def __str__(self) -> str:
        return self.edtf


def refuse_backward_period(start: date | None, end: date | None) -> None:
    """Raise DateError if a period ends before it starts: nothing could overlap it, and nobody would learn why."""
    if start is not None and end is not None and end < start:
        raise DateError(
            _('"%(text)s" is not a period: its end lies before its start.'),
            {"text": f"{start}/{end}"},
            _("Give the earlier day first."),
        )


# Lists show the same few thousand dates over and over, and to read one anew takes thirty times a look into a table.
@lru_cache(maxsize=8192)
def _read(text: str) -> ImpreciseDate:
    ends = text.split("/")
    if len(ends) == 1:
        term = _read_term(text, within=text)
        return ImpreciseDate(text, *_bounds(term), term, term)
    if len(ends) > 2:
        raise DateError(
            _('"%(text)s" is not a date: an interval has one slash, and a day has hyphens.'), {"text": text}
        )
    start, end = (Gap(written) if written in ("", "..") else _read_term(written, within=text) for written in ends)
    earliest = None if isinstance(start, Gap) else _bounds(start)[0]
    latest = None if isinstance(end, Gap) else _bounds(end)[1]
    if earliest is None and latest is None:
        raise DateError(_('"%(text)s" is not a date: neither its start nor its end is given.'), {"text": text})
    if earliest is not None and latest is not None and latest < earliest:
        raise DateError(
            _('"%(text)s" is not a date: its end lies before its start.'),
            {"text": text},
            _("Write the earlier date first, for example 2013/2014."),
        )
    return ImpreciseDate(text, earliest, latest, start, end)


def _read_term(written: str, *, within: str) -> Term:
    """The one date that is `written`, in a larger text that errors quote."""
    match = _TERM.fullmatch(written)
    if match is None:
        raise DateError(next(told for mistake, told in _MISTAKES if re.search(mistake, written)), {"text": within})
    year, part, day, mark = match.group("year", "part", "day", "mark")
    first_year = int(year.replace("X", "0"))
    if first_year == 0:
        raise DateError(_('"%(text)s" is not a date: years run from 0001 to 9999.'), {"text": within})
    if "X" in year or part in (None, "XX"):
        form = {
            (3, None, None): Form.DECADE,
            (2, None, None): Form.CENTURY,
            (4, None, None): Form.YEAR,
            (4, "XX", None): Form.SOME_MONTH,
            (4, "XX", "XX"): Form.SOME_DAY_OF_YEAR,
        }.get((len(year.rstrip("X")), part, day))
        if form is None:
            raise DateError(_MISPLACED_X, {"text": within})
        return Term(form, first_year, mark=mark)
    if "01" <= part <= "12":
        return _read_month(first_year, int(part), day, mark, within)
    if day is None and part in _PARTS_OF_YEAR:
        form, number = _PARTS_OF_YEAR[part]
        if form is Form.WINTER and first_year == 9999:
            raise DateError(_('"%(text)s" is not a date: that winter ends after the year 9999.'), {"text": within})
        return Term(form, first_year, number, mark=mark)
    raise DateError(_('"%(text)s" is not a date: there is no month %(month)s.'), {"text": within, "month": part})


def _read_month(year: int, month: int, day: str | None, mark: str, within: str) -> Term:
    if day is None:
        return Term(Form.MONTH, year, month, mark=mark)
    if day == "XX":
        return Term(Form.SOME_DAY_OF_MONTH, year, month, mark=mark)
    if not 1 <= int(day) <= monthrange(year, month)[1]:
        raise DateError(
            _('"%(text)s" is not a date: there is no day %(day)s in %(month)s.'),
            {"text": within, "day": day, "month": f"{year:04}-{month:02}"},
        )
    return Term(Form.DAY, year, month, int(day), mark)


def _bounds(term: Term) -> tuple[date, date]:
    """The first and last possible day of a term."""
    year, number = term.year, term.number
    match term.form:
        case Form.DAY:
            day = date(year, number, term.day)
            return day, day
        case Form.MONTH | Form.SOME_DAY_OF_MONTH:
            return _months(year, number, 1)
        case Form.SEASON | Form.WINTER:
            return _months(year, 3 * number, 3)
        case Form.QUARTER:
            return _months(year, 3 * number - 2, 3)
        case Form.HALF:
            return _months(year, 6 * number - 5, 6)
        case Form.DECADE:
            return date(year, 1, 1), date(year + 9, 12, 31)
        case Form.CENTURY:
            return date(year, 1, 1), date(year + 99, 12, 31)
        case _:
            return _months(year, 1, 12)


def _months(year: int, first: int, how_many: int) -> tuple[date, date]:
    last = first + how_many - 1
    last_year, last_month = (year, last) if last <= 12 else (year + 1, last - 12)
    return date(year, first, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def _as_number(day: date | None) -> int:
    return 0 if day is None else day.year * 10_000 + day.month * 100 + day.day
