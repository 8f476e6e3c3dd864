"""Dates in words: what `ImpreciseDate.text()` says in English, Kazakh, Russian and French.

The months are CLDR's, through Babel. Everything else stands in one table per language, so that a speaker can
check a language by reading one block. In a table
- a term is written once per grammatical case it is needed in; "plain" stands in for a case that is not given,
- a bar sets off the part that names the year, which a range says only once ("29 May – 2 June 2025"),
- a phrase names the case of its date and places {about} and {mark}, the note that the date is uncertain.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from babel.dates import get_month_names


class Form(StrEnum):
    """The kinds of date that EDTF can write and this site keeps."""

    DAY = "2025-09-10"
    MONTH = "2025-09"
    YEAR = "2025"
    SEASON = "2025-21"
    WINTER = "2025-24"  # apart from the other seasons, because it lies in two years
    QUARTER = "2025-33"
    HALF = "2025-40"
    DECADE = "202X"
    CENTURY = "20XX"
    SOME_DAY_OF_MONTH = "2025-09-XX"
    SOME_DAY_OF_YEAR = "2025-XX-XX"
    SOME_MONTH = "2025-XX"


class Gap(StrEnum):
    """An end of an interval where no date stands."""

    OPEN = ".."
    UNKNOWN = ""


class Term(NamedTuple):
    """One date as EDTF writes it: a whole expression, or one end of an interval.

    `number` counts months, seasons, quarters or halves of the year from 1; a decade or century has its first year;
    `mark` is ?, ~, % or nothing.
    """

    form: Form
    year: int
    number: int = 0
    day: int = 0
    mark: str = ""

    @property
    def is_approximate(self) -> bool:
        return self.mark in ("~", "%")

    @property
    def is_uncertain(self) -> bool:
        return self.mark in ("?", "%")


Cases = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Language:
    """How one language says a term alone, a range of two, and a date with no beginning or no end."""

    code: str
    terms: Mapping[Form, Cases]
    names: Mapping[Form, Cases]
    phrases: Mapping[str, tuple[str, str]]
    parts_of_year: Mapping[tuple[int, int], str]
    years: str
    about: str
    uncertain: str
    first_day: str = "1"
    year_comes_first: bool = False
    spelling: tuple[tuple[str, str], ...] = ()


EARLY, MIDDLE, LATE = (1, 3), (4, 9), (10, 12)


def inflected(template: str, **cases: str) -> Cases:
    """The template in each case, with the words of that case in place of the star."""
    return {case: template.replace("*", words) for case, words in cases.items()}


ENGLISH = Language(
    code="en",
    terms={
        Form.DAY: {"plain": "{day} {month}| {year}"},
        Form.MONTH: {"plain": "{month}| {year}"},
        Form.YEAR: {"plain": "{year}"},
        Form.SEASON: {"plain": "{name}| {year}"},
        Form.WINTER: {"plain": "winter {year}–{next_year}"},
        Form.QUARTER: inflected("*{name} quarter| of {year}", plain="", definite="the "),
        Form.HALF: inflected("*{name} half| of {year}", plain="", definite="the "),
        Form.DECADE: inflected("*{year}s", plain="", definite="the "),
        Form.CENTURY: inflected("*years {year}–{last_year}", plain="", definite="the "),
        Form.SOME_DAY_OF_MONTH: {"plain": "a day in {month}| {year}"},
        Form.SOME_DAY_OF_YEAR: {"plain": "a day in {year}"},
        Form.SOME_MONTH: {"plain": "a month in {year}"},
    },
    names={
        Form.SEASON: {"plain": "spring, summer, autumn"},
        Form.QUARTER: {"plain": "first, second, third, fourth"},
        Form.HALF: {"plain": "first, second"},
    },
    phrases={
        "alone, about": ("definite", "{about}{date}{mark}"),
        "in a range, about": ("definite", "{about}{date}{mark}"),
        "since": ("definite", "since {about}{date}{mark}"),
        "until": ("definite", "until {about}{date}{mark}"),
        "by": ("definite", "by {about}{date}{mark}"),
        "from": ("definite", "from {about}{date}{mark}, end unknown"),
    },
    parts_of_year={EARLY: "early {year}", MIDDLE: "mid-{year}", LATE: "late {year}"},
    years="{year}",
    about="about ",
    uncertain=" (uncertain)",
)

KAZAKH = Language(
    code="kk",
    # Endings hang on жыл, ай, күн and the like, never on a month or a number, so that vowel harmony is settled here.
    terms={
        Form.DAY: inflected("{year} жылғы |{day} {month}*", plain="", ablative=" күнінен", dative=" күніне"),
        Form.MONTH: inflected("{year} жылғы |{month}*", plain="", ablative=" айынан", dative=" айына"),
        Form.YEAR: inflected("{year} *", plain="жыл", ablative="жылдан", dative="жылға"),
        Form.SEASON: {"plain": "{year} жылдың |{name}"},
        Form.WINTER: inflected("{year}–{next_year} жылдардың *", plain="қысы", ablative="қысынан", dative="қысына"),
        Form.QUARTER: inflected("{year} жылдың |{name} *", plain="тоқсаны", ablative="тоқсанынан", dative="тоқсанына"),
        Form.HALF: inflected("{year} жылдың |{name} *", plain="жартысы", ablative="жартысынан", dative="жартысына"),
        Form.DECADE: inflected("{year}-*", plain="жылдар", ablative="жылдардан", dative="жылдарға"),
        Form.CENTURY: inflected("{year}–{last_year} *", plain="жылдар", ablative="жылдардан", dative="жылдарға"),
        Form.SOME_DAY_OF_MONTH: inflected(
            "{year} жылғы |{month} айының бір *", plain="күні", ablative="күнінен", dative="күніне"
        ),
        Form.SOME_DAY_OF_YEAR: inflected("{year} жылдың бір *", plain="күні", ablative="күнінен", dative="күніне"),
        Form.SOME_MONTH: inflected("{year} жылдың бір *", plain="айы", ablative="айынан", dative="айына"),
    },
    names={
        Form.SEASON: {
            "plain": "көктемі, жазы, күзі",
            "ablative": "көктемінен, жазынан, күзінен",
            "dative": "көктеміне, жазына, күзіне",
        },
        Form.QUARTER: {"plain": "бірінші, екінші, үшінші, төртінші"},
        Form.HALF: {"plain": "бірінші, екінші"},
    },
    phrases={
        "alone, about": ("plain", "{about}{date}{mark}"),
        "in a range, about": ("plain", "{about}{date}{mark}"),
        "since": ("ablative", "{about}{date} бері{mark}"),
        "until": ("dative", "{about}{date} дейін{mark}"),
        "by": ("ablative", "{about}{date} кешіктірмей{mark}"),
        "from": ("ablative", "{about}{date} бастап{mark}, соңы белгісіз"),
    },
    parts_of_year={EARLY: "{year} жылдың басы", MIDDLE: "{year} жылдың ортасы", LATE: "{year} жылдың соңы"},
    years="{year} жылдар",
    about="шамамен ",
    uncertain=" (анық емес)",
    year_comes_first=True,
)

RUSSIAN = Language(
    code="ru",
    terms={
        Form.DAY: {"plain": "{day} {genitive_month}| {year} года"},
        Form.MONTH: inflected("{*month}| {year} года", plain="", genitive="genitive_"),
        Form.YEAR: inflected("{year} *", plain="год", genitive="года"),
        Form.SEASON: {"plain": "{name}| {year} года"},
        Form.WINTER: inflected("* {year}–{next_year} годов", plain="зима", genitive="зимы"),
        Form.QUARTER: inflected("{name} *| {year} года", plain="квартал", genitive="квартала"),
        Form.HALF: inflected("{name} *| {year} года", plain="половина", genitive="половины"),
        Form.DECADE: inflected("{year}-*", plain="е годы", genitive="х годов"),
        Form.CENTURY: inflected("{year}–{last_year} *", plain="годы", genitive="годов"),
        Form.SOME_DAY_OF_MONTH: inflected("* из дней {genitive_month}| {year} года", plain="один", genitive="одного"),
        Form.SOME_DAY_OF_YEAR: inflected("* из дней {year} года", plain="один", genitive="одного"),
        Form.SOME_MONTH: inflected("* из месяцев {year} года", plain="один", genitive="одного"),
    },
    names={
        Form.SEASON: {"plain": "весна, лето, осень", "genitive": "весны, лета, осени"},
        Form.QUARTER: {
            "plain": "первый, второй, третий, четвёртый",
            "genitive": "первого, второго, третьего, четвёртого",
        },
        Form.HALF: {"plain": "первая, вторая", "genitive": "первой, второй"},
    },
    phrases={
        "alone, about": ("genitive", "около {date}{mark}"),
        "in a range, about": ("plain", "{about}{date}{mark}"),
        "since": ("genitive", "{about}с {date}{mark}"),
        "until": ("genitive", "{about}до {date}{mark}"),
        "by": ("genitive", "{about}не позднее {date}{mark}"),
        "from": ("genitive", "{about}с {date}{mark}, окончание неизвестно"),
    },
    parts_of_year={EARLY: "начало {year} года", MIDDLE: "середина {year} года", LATE: "конец {year} года"},
    years="{year} годы",
    about="примерно ",
    uncertain=" (предположительно)",
    spelling=(("с втор", "со втор"), ("с 2 ", "со 2 ")),
)

FRENCH = Language(
    code="fr",
    # "le" carries the article, "au" follows "jusqu'", "dans" follows "au plus tard".
    terms={
        Form.DAY: inflected("*{day} {month}| {year}", plain="", le="le ", au="au ", dans="le "),
        Form.MONTH: inflected("*{month}| {year}", plain="", au="en ", dans="en "),
        Form.YEAR: inflected("*{year}", plain="", au="en ", dans="en "),
        Form.SEASON: {"plain": "{name}| {year}"},
        Form.WINTER: inflected("*hiver {year}–{next_year}", plain="", le="l'", au="à l'", dans="à l'"),
        Form.QUARTER: inflected("*{name} trimestre| {year}", plain="", le="le ", au="au ", dans="au "),
        Form.HALF: inflected("*{name} semestre| {year}", plain="", le="le ", au="au ", dans="au "),
        Form.DECADE: inflected("*années {year}", plain="", le="les ", au="aux ", dans="dans les "),
        Form.CENTURY: inflected("*années {year}–{last_year}", plain="", le="les ", au="aux ", dans="dans les "),
        Form.SOME_DAY_OF_MONTH: inflected("*un jour de {month}| {year}", plain="", au="à "),
        Form.SOME_DAY_OF_YEAR: inflected("*un jour de {year}", plain="", au="à "),
        Form.SOME_MONTH: inflected("*un mois de {year}", plain="", au="à ", dans="dans "),
    },
    names={
        Form.SEASON: {
            "plain": "printemps, été, automne",
            "le": "le printemps, l'été, l'automne",
            "au": "au printemps, à l'été, à l'automne",
            "dans": "au printemps, à l'été, à l'automne",
        },
        Form.QUARTER: {"plain": "premier, deuxième, troisième, quatrième"},
        Form.HALF: {"plain": "premier, second"},
    },
    phrases={
        "alone, about": ("le", "vers {date}{mark}"),
        "in a range, about": ("plain", "{date}{about}{mark}"),
        "since": ("le", "depuis {date}{about}{mark}"),
        "until": ("au", "jusqu'{date}{about}{mark}"),
        "by": ("dans", "au plus tard {date}{about}{mark}"),
        "from": ("le", "dès {date}{about}{mark}, fin inconnue"),
    },
    parts_of_year={EARLY: "début {year}", MIDDLE: "mi-{year}", LATE: "fin {year}"},
    years="{year}",
    about=" environ",
    uncertain=" (incertain)",
    first_day="1er",
    spelling=(("de a", "d'a"), ("de o", "d'o")),
)

LANGUAGES = {language.code: language for language in (ENGLISH, KAZAKH, RUSSIAN, FRENCH)}

# What varies in a compact range: "9–10 September 2025", "October–December 2023", "first–second quarter of 2025".
VARIES = {
    Form.DAY: "day",
    Form.MONTH: "month",
    Form.SEASON: "name",
    Form.QUARTER: "name",
    Form.HALF: "name",
    Form.YEAR: "year",
}


# The same few thousand dates stand in all lists; to put one into words takes 50 microseconds.
@lru_cache(maxsize=8192)
def say(start: Term | Gap, end: Term | Gap, language: str | None) -> str:
    """The words for a date from `start` to `end`, which are equal where the date is not an interval.

    `language` is a code such as "kk" or "fr-BE"; None and a language without a table give English.
    """
    code = (language or "").replace("_", "-").partition("-")[0].lower()
    words = LANGUAGES.get(code, ENGLISH)
    text = _say(words, start, end)
    for uncontracted, contracted in words.spelling:
        text = text.replace(uncontracted, contracted)
    return text


def _say(words: Language, start: Term | Gap, end: Term | Gap) -> str:
    if isinstance(start, Gap):
        return _phrase(words, "until" if start is Gap.OPEN else "by", end)
    if isinstance(end, Gap):
        return _phrase(words, "since" if end is Gap.OPEN else "from", start)
    if start == end:
        return _phrase(words, "alone", start)
    if part := _part_of_year(words, start, end):
        return part
    if _varies_in_one_word(start, end):
        return _phrase(words, "in a range", start, through=end)
    once = _says_year_once(words, start, end)
    return " – ".join(
        (
            _phrase(words, "in a range", start, without_year=once and not words.year_comes_first),
            _phrase(words, "in a range", end, without_year=once and words.year_comes_first),
        )
    )


def _part_of_year(words: Language, start: Term, end: Term) -> str | None:
    """Early, mid- or late in a year, which by our convention are written as three or six months marked ~."""
    if not is_part_of_year(start, end):
        return None
    return words.parts_of_year[start.number, end.number].format(year=start.year)


def is_part_of_year(start: Term | Gap, end: Term | Gap) -> bool:
    """Whether the date is early, mid- or late in a year, so that its words leave open which months are meant."""
    if isinstance(start, Gap) or isinstance(end, Gap) or start.form is not Form.MONTH or end.form is not Form.MONTH:
        return False
    is_about = start.mark == end.mark == "~"
    return is_about and start.year == end.year and (start.number, end.number) in (EARLY, MIDDLE, LATE)


def _varies_in_one_word(start: Term, end: Term) -> bool:
    if start.form is not end.form or start.mark != end.mark or start.form not in VARIES:
        return False
    if start.form is Form.YEAR:
        return True
    return start.year == end.year and (start.form is not Form.DAY or start.number == end.number)


def _says_year_once(words: Language, start: Term, end: Term) -> bool:
    # "about 29 May – 2 June 2025" would not tell whether both days are about: where marks differ, years are repeated.
    if start.is_uncertain or end.is_uncertain or (start.form is end.form and start.mark != end.mark):
        return False
    year_of_start, year_of_end = (_parted(words.terms[term.form]["plain"])[1] for term in (start, end))
    return start.year == end.year and year_of_start == year_of_end != ""


def _phrase(
    words: Language, phrase: str, term: Term, *, through: Term | None = None, without_year: bool = False
) -> str:
    key = f"{phrase}, about" if term.is_approximate and f"{phrase}, about" in words.phrases else phrase
    case, template = words.phrases.get(key, ("plain", "{date}{mark}"))
    return template.format(
        date=_date(words, term, case, through, without_year),
        about=words.about if term.is_approximate else "",
        mark=words.uncertain if term.is_uncertain else "",
    )


def _date(words: Language, term: Term, case: str, through: Term | None, without_year: bool) -> str:
    values = _values(words, term, case)
    template = _in_case(words.terms[term.form], case)
    if through is not None:
        varies = VARIES[term.form]
        values[varies] = f"{values[varies]}–{_values(words, through, case)[varies]}"
        if term.form is Form.YEAR:
            template = words.years
    if without_year:
        template, _ = _parted(template)
    return template.replace("|", "").format(**values)


def _parted(template: str) -> tuple[str, str]:
    """The template without the part that names the year, and that part; empty if the bar does not set it off."""
    if "|" not in template:
        return template, ""
    first, second = template.split("|")
    return (second, first) if "{year}" in first else (first, second)


def _values(words: Language, term: Term, case: str) -> dict[str, str]:
    values = {
        "year": str(term.year),
        "next_year": str(term.year + 1),
        "last_year": str(term.year + 99),
        "day": words.first_day if term.day == 1 else str(term.day),
    }
    if term.form in words.names:
        values["name"] = _in_case(words.names[term.form], case).split(", ")[term.number - 1]
    elif term.number:
        # CLDR calls the month inside a date "format" (in Russian its genitive) and the month by itself "stand-alone".
        # In Kazakh the latter has a capital, as at the head of a calendar.
        plain = "format" if words.code == "kk" else "stand-alone"
        values["month"] = get_month_names("wide", plain, words.code)[term.number]
        values["genitive_month"] = get_month_names("wide", "format", words.code)[term.number]
    return values


def _in_case(cases: Cases, case: str) -> str:
    return cases.get(case, cases["plain"])
