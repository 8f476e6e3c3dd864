"""What a form says back of a date that is being typed: what was understood, or what may have been meant.

Guesses are offered, never taken: nothing here changes what was typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from babel.dates import get_month_names
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kzafrica.date_words import EARLY, LATE, MIDDLE, is_part_of_year, say
from kzafrica.dates import DateError, ImpreciseDate
from kzafrica.folding import fold

# Longer than any date, shorter than a pasted page.
LONGEST = 100

_NUMBERS = (
    # With dots the day comes first wherever people write so; with other signs it is read if only one way is left.
    (re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"), False),
    (re.compile(r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})"), True),
    (re.compile(r"(?P<year>\d{4})[./-](?P<month>\d{1,2})[./-](?P<day>\d{1,2})"), False),
    (re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"), False),
    (re.compile(r"(?P<month>\d{1,2})[./-](?P<year>\d{4})"), False),
    (re.compile(r"(?P<year>\d{4})[./-](?P<month>\d{1,2})"), False),
)

_SPELLED = {
    "season": {
        1: "spring весна весны весной весну printemps көктем көктемі көктемде көктемінде",
        2: "summer лето лета летом ete жаз жазы жазда жазында",
        3: "autumn fall осень осени осенью automne күз күзі күзде күзінде",
        4: "winter зима зимы зимой зиму hiver қыс қысы қыста қысында",
    },
    "part": {
        EARLY: "early beginning start начало начале debut басы басында",
        MIDDLE: "mid middle середина середине mi milieu ортасы ортасында",
        LATE: "late end конец конце fin соңы соңында аяғы",
    },
    "which": {
        1: "first 1st первый первая первом первой premier 1er бірінші i",
        2: "second 2nd второй вторая втором deuxieme second екінші ii",
        3: "third 3rd третий третьем troisieme үшінші iii",
        4: "fourth 4th четвертый четвертом quatrieme төртінші iv",
    },
    "span": {
        "quarter": "quarter квартал квартале квартала trimestre тоқсан тоқсаны тоқсанында",
        "half": "half половина половине половины полугодие полугодии semestre жарты жартысы жартысында жартыжылдық",
    },
    "frame": {
        "about": "about around circa approximately около примерно vers environ шамамен",
        "since": "since from с со depuis бері",
        "until": "until till до по jusqu jusque дейін",
    },
    "filler": {
        "": "of the in on year a an в во на году года год г к le la l en de du d au annee annees an жылы жылғы жыл "
        "жылдың жылдан жылға ж күні айы айында айының ай months month",
    },
}


def understood(written: ImpreciseDate) -> str:
    """The date in words with the days it may be: "late 2023 (October–December 2023): 1 October 2023 to …"."""
    words = written.text()
    if is_part_of_year(written.start, written.end):
        months = say(written.start._replace(mark=""), written.end._replace(mark=""), get_language())
        words = f"{words} ({months})"
    if written.is_day:
        return words if written.is_exact else _("%(words)s: one day") % {"words": words}
    days = {name: _in_words(day) for name, day in (("first", written.earliest), ("last", written.latest)) if day}
    if written.earliest is None:
        return _("%(words)s: %(last)s at the latest") % {"words": words, **days}
    if written.latest is None:
        return _("%(words)s: %(first)s at the earliest") % {"words": words, **days}
    return _("%(words)s: %(first)s to %(last)s") % {"words": words, **days}


def suggestion_for(text: str) -> ImpreciseDate | None:
    """The date that was probably meant by a text that is none; None where that would be a wild guess."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    for guess in _guesses(text):
        try:
            return ImpreciseDate.parse(guess)
        except DateError:
            continue
    return None


def _in_words(day: date) -> str:
    return ImpreciseDate.parse(day.isoformat()).text()


def _guesses(text: str) -> Iterator[str]:
    for pattern, may_be_turned in _NUMBERS:
        if match := pattern.fullmatch(re.sub(r"\s*(г\.?|года?|ж\.?)$", "", text)):
            parts = {name: int(number) for name, number in match.groupdict().items()}
            day, month = parts.get("day"), parts["month"]
            if may_be_turned and day <= 12 and month <= 12 and day != month:
                continue
            if may_be_turned and month > 12:
                day, month = month, day
            yield f"{parts['year']:04}-{month:02}" + (f"-{day:02}" if day else "")
    if match := re.fullmatch(r"(\d{3})0\s?[-’']?(?:s|е|х|ые|х годов|е годы|-е годы)", text):
        yield f"{match[1]}X"
    read = _Read.of(text)
    if read is not None and (guess := read.edtf()):
        yield guess


@dataclass
class _Read:
    """The words of a text by what each of them says; a text with a word that says nothing here is not read."""

    years: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    said: dict = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "_Read | None":
        read = cls()
        tokens = fold(text).split()
        for token in tokens:
            if not read.take(token):
                return None
        return read

    def take(self, token: str) -> bool:
        if re.fullmatch(r"\d{4}", token):
            self.years.append(int(token))
        elif match := re.fullmatch(r"(\d{1,2})(st|nd|rd|th|er|го|е)?", token):
            self.days.append(int(match[1]))
            if match[2]:
                self.said.setdefault("which", int(match[1]))
        elif match := re.fullmatch(r"(q|h|t|s)([1-4])", token):
            self.said |= {"span": "half" if match[1] in "hs" else "quarter", "which": int(match[2])}
        elif (month := _month_of(token)) is not None:
            self.months.append(month)
        elif token in _words():
            about, meaning = _words()[token]
            self.said[about] = meaning
        else:
            return False
        return True

    def edtf(self) -> str:
        written = self._framed_or_plain()
        frame = self.said.get("frame")
        if not written or frame is None or "/" in written:
            return written
        return {"about": f"{written}~", "since": f"{written}/..", "until": f"../{written}"}[frame]

    def _framed_or_plain(self) -> str:
        if len(self.years) == 2 and not self.months and not self.days:
            return f"{self.years[0]:04}/{self.years[1]:04}"
        if len(self.years) != 1:
            return ""
        year = f"{self.years[0]:04}"
        if self.months:
            return self._with_months(year)
        if "span" in self.said:
            number = self.said.get("which") or (self.days[0] if len(self.days) == 1 else 0)
            first, most = (33, 4) if self.said["span"] == "quarter" else (40, 2)
            return f"{year}-{first + number - 1}" if 1 <= number <= most else ""
        if self.days:
            return ""
        if "season" in self.said:
            return f"{year}-{20 + self.said['season']}"
        if "part" in self.said:
            first, last = self.said["part"]
            return f"{year}-{first:02}~/{year}-{last:02}~"
        return year

    def _with_months(self, year: str) -> str:
        months, days = self.months, self.days
        if len(months) == 1 and len(days) <= 2:
            written = [f"{year}-{months[0]:02}-{day:02}" for day in days] or [f"{year}-{months[0]:02}"]
        elif len(months) == 2 and len(days) == 2:
            written = [f"{year}-{month:02}-{day:02}" for month, day in zip(months, days, strict=True)]
        elif len(months) == 2 and not days:
            written = [f"{year}-{month:02}" for month in months]
        else:
            return ""
        return "/".join(written)


@cache
def _words() -> dict[str, tuple]:
    return {
        fold(word): (about, meaning)
        for about, meanings in _SPELLED.items()
        for meaning, words in meanings.items()
        for word in words.split()
    }


@cache
def _months() -> dict[str, int]:
    """Every form of every name of a month, whole and short."""
    found = {"mae": 5, "мае": 5, "sept": 9, "сент": 9, "қырк": 9}
    for code in ("en", "kk", "ru", "fr"):
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, form, code).items():
                    found[fold(name)] = number
    return found


def _month_of(token: str) -> int | None:
    """The month whose name a word is, or whose stem it has: сентябре, қыркүйекте."""
    if token in _months():
        return _months()[token]
    stems = {number for name, number in _months().items() if len(name) > 4 and token.startswith(name[:-1])}
    return stems.pop() if len(stems) == 1 and len(token) <= 16 else None
