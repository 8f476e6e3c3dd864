"""What readers see instead of EDTF, in four languages."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kzafrica.date_words import LANGUAGES, Form
from kzafrica.dates import ImpreciseDate
from tests.dates import strategies

WORDS = {
    # Days, months, years and parts of a year.
    "2025-09-10": (
        "10 September 2025",
        "2025 жылғы 10 қыркүйек",
        "10 сентября 2025 года",
        "10 septembre 2025",
    ),
    "2025-09-01": ("1 September 2025", "2025 жылғы 1 қыркүйек", "1 сентября 2025 года", "1er septembre 2025"),
    "2025-09": ("September 2025", "2025 жылғы қыркүйек", "сентябрь 2025 года", "septembre 2025"),
    "2025": ("2025", "2025 жыл", "2025 год", "2025"),
    "2025-21": ("spring 2025", "2025 жылдың көктемі", "весна 2025 года", "printemps 2025"),
    "2025-24": ("winter 2025–2026", "2025–2026 жылдардың қысы", "зима 2025–2026 годов", "hiver 2025–2026"),
    "2025-33": (
        "first quarter of 2025",
        "2025 жылдың бірінші тоқсаны",
        "первый квартал 2025 года",
        "premier trimestre 2025",
    ),
    "2025-40": (
        "first half of 2025",
        "2025 жылдың бірінші жартысы",
        "первая половина 2025 года",
        "premier semestre 2025",
    ),
    # Digits left unspecified.
    "202X": ("2020s", "2020-жылдар", "2020-е годы", "années 2020"),
    "20XX": ("years 2000–2099", "2000–2099 жылдар", "2000–2099 годы", "années 2000–2099"),
    "2025-04-XX": (
        "a day in April 2025",
        "2025 жылғы сәуір айының бір күні",
        "один из дней апреля 2025 года",
        "un jour d'avril 2025",
    ),
    "2025-XX": ("a month in 2025", "2025 жылдың бір айы", "один из месяцев 2025 года", "un mois de 2025"),
    "2025-XX-XX": ("a day in 2025", "2025 жылдың бір күні", "один из дней 2025 года", "un jour de 2025"),
    # Marks.
    "2014~": ("about 2014", "шамамен 2014 жыл", "около 2014 года", "vers 2014"),
    "2015?": ("2015 (uncertain)", "2015 жыл (анық емес)", "2015 год (предположительно)", "2015 (incertain)"),
    "2014%": (
        "about 2014 (uncertain)",
        "шамамен 2014 жыл (анық емес)",
        "около 2014 года (предположительно)",
        "vers 2014 (incertain)",
    ),
    "2025-05-28~": (
        "about 28 May 2025",
        "шамамен 2025 жылғы 28 мамыр",
        "около 28 мая 2025 года",
        "vers le 28 mai 2025",
    ),
    "2025-40~": (
        "about the first half of 2025",
        "шамамен 2025 жылдың бірінші жартысы",
        "около первой половины 2025 года",
        "vers le premier semestre 2025",
    ),
    # Intervals, which say once what both ends share.
    "2025-09-09/2025-09-10": (
        "9–10 September 2025",
        "2025 жылғы 9–10 қыркүйек",
        "9–10 сентября 2025 года",
        "9–10 septembre 2025",
    ),
    "2025-05-29/2025-06-02": (
        "29 May – 2 June 2025",
        "2025 жылғы 29 мамыр – 2 маусым",
        "29 мая – 2 июня 2025 года",
        "29 mai – 2 juin 2025",
    ),
    "2024-12-31/2025-01-02": (
        "31 December 2024 – 2 January 2025",
        "2024 жылғы 31 желтоқсан – 2025 жылғы 2 қаңтар",
        "31 декабря 2024 года – 2 января 2025 года",
        "31 décembre 2024 – 2 janvier 2025",
    ),
    "2023-10/2023-12": (
        "October–December 2023",
        "2023 жылғы қазан–желтоқсан",
        "октябрь–декабрь 2023 года",
        "octobre–décembre 2023",
    ),
    "2013/2014": ("2013–2014", "2013–2014 жылдар", "2013–2014 годы", "2013–2014"),
    "2025-21/2025-22": (
        "spring–summer 2025",
        "2025 жылдың көктемі–жазы",
        "весна–лето 2025 года",
        "printemps–été 2025",
    ),
    "2025-33/2025-05": (
        "first quarter of 2025 – May 2025",
        "2025 жылдың бірінші тоқсаны – 2025 жылғы мамыр",
        "первый квартал – май 2025 года",
        "premier trimestre – mai 2025",
    ),
    "2025-02~/2025-03-04": (
        "about February – 4 March 2025",
        "шамамен 2025 жылғы ақпан – 4 наурыз",
        "примерно февраль – 4 марта 2025 года",
        "février environ – 4 mars 2025",
    ),
    # Where only one of two days is about, the other says its year too.
    "2025-05-29~/2025-06-02": (
        "about 29 May 2025 – 2 June 2025",
        "шамамен 2025 жылғы 29 мамыр – 2025 жылғы 2 маусым",
        "примерно 29 мая 2025 года – 2 июня 2025 года",
        "29 mai 2025 environ – 2 juin 2025",
    ),
    "2023-11-28~/2023-11-29~": (
        "about 28–29 November 2023",
        "шамамен 2023 жылғы 28–29 қараша",
        "примерно 28–29 ноября 2023 года",
        "28–29 novembre 2023 environ",
    ),
    "2025-09-10/2025-09-10": (
        "10 September 2025",
        "2025 жылғы 10 қыркүйек",
        "10 сентября 2025 года",
        "10 septembre 2025",
    ),
    # What by our convention is early, mid- and late in a year.
    "2023-01~/2023-03~": ("early 2023", "2023 жылдың басы", "начало 2023 года", "début 2023"),
    "2023-04~/2023-09~": ("mid-2023", "2023 жылдың ортасы", "середина 2023 года", "mi-2023"),
    "2023-10~/2023-12~": ("late 2023", "2023 жылдың соңы", "конец 2023 года", "fin 2023"),
    # Since, until, by, from: open ends and unknown ones.
    "2005/..": ("since 2005", "2005 жылдан бері", "с 2005 года", "depuis 2005"),
    "2025-05/..": ("since May 2025", "2025 жылғы мамыр айынан бері", "с мая 2025 года", "depuis mai 2025"),
    "2025-06-02/..": (
        "since 2 June 2025",
        "2025 жылғы 2 маусым күнінен бері",
        "со 2 июня 2025 года",
        "depuis le 2 juin 2025",
    ),
    "2025-21/..": (
        "since spring 2025",
        "2025 жылдың көктемінен бері",
        "с весны 2025 года",
        "depuis le printemps 2025",
    ),
    "2025-34/..": (
        "since the second quarter of 2025",
        "2025 жылдың екінші тоқсанынан бері",
        "со второго квартала 2025 года",
        "depuis le deuxième trimestre 2025",
    ),
    "2025-06~/..": (
        "since about June 2025",
        "шамамен 2025 жылғы маусым айынан бері",
        "примерно с июня 2025 года",
        "depuis juin 2025 environ",
    ),
    "../2020-12": (
        "until December 2020",
        "2020 жылғы желтоқсан айына дейін",
        "до декабря 2020 года",
        "jusqu'en décembre 2020",
    ),
    "../2025-09-10": (
        "until 10 September 2025",
        "2025 жылғы 10 қыркүйек күніне дейін",
        "до 10 сентября 2025 года",
        "jusqu'au 10 septembre 2025",
    ),
    "../202X": ("until the 2020s", "2020-жылдарға дейін", "до 2020-х годов", "jusqu'aux années 2020"),
    "/2020-12": (
        "by December 2020",
        "2020 жылғы желтоқсан айынан кешіктірмей",
        "не позднее декабря 2020 года",
        "au plus tard en décembre 2020",
    ),
    "/2025-09-10": (
        "by 10 September 2025",
        "2025 жылғы 10 қыркүйек күнінен кешіктірмей",
        "не позднее 10 сентября 2025 года",
        "au plus tard le 10 septembre 2025",
    ),
    "2005/": (
        "from 2005, end unknown",
        "2005 жылдан бастап, соңы белгісіз",
        "с 2005 года, окончание неизвестно",
        "dès 2005, fin inconnue",
    ),
    "2005?/": (
        "from 2005 (uncertain), end unknown",
        "2005 жылдан бастап (анық емес), соңы белгісіз",
        "с 2005 года (предположительно), окончание неизвестно",
        "dès 2005 (incertain), fin inconnue",
    ),
}


@pytest.mark.parametrize(("text", "words"), WORDS.items())
def test_a_date_is_said_in_four_languages(text, words):
    moment = ImpreciseDate.parse(text)

    assert tuple(moment.text(language) for language in ("en", "kk", "ru", "fr")) == words


@pytest.mark.parametrize("language", LANGUAGES)
@given(moment=strategies.imprecise_dates)
def test_every_date_has_words_without_holes(language, moment):
    words = moment.text(language)

    assert words == words.strip() != ""
    assert not set("{}|*") & set(words)
    assert "None" not in words and "  " not in words


@pytest.mark.parametrize("language", LANGUAGES)
@given(one=strategies.imprecise_dates, other=strategies.imprecise_dates)
def test_dates_of_different_days_are_never_said_alike(language, one, other):
    if one.text(language) == other.text(language):
        assert (one.earliest, one.latest) == (other.earliest, other.latest)


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    pair=strategies.pairs_in_one_year(),
    one=st.tuples(strategies.MARKS, strategies.MARKS),
    other=st.tuples(strategies.MARKS, strategies.MARKS),
)
def test_words_tell_which_end_of_an_interval_is_marked(language, pair, one, other):
    start, end = sorted((text.rstrip("?~%") for text in pair), key=lambda text: ImpreciseDate.parse(text).order)

    words = [ImpreciseDate.parse(f"{start}{marks[0]}/{end}{marks[1]}").text(language) for marks in (one, other)]

    assert (words[0] == words[1]) == (one == other)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("gap", ["{}/..", "../{}", "{}/", "/{}"])
def test_no_form_is_said_the_same_alone_and_with_an_open_end(language, form, gap):
    alone, with_gap = ImpreciseDate.parse(form.value), ImpreciseDate.parse(gap.format(form.value))

    assert alone.text(language) != with_gap.text(language)


def test_words_follow_the_active_language():
    moment = ImpreciseDate.parse("2023-10~/2023-12~")

    with translation.override("fr"):
        assert moment.text() == "fin 2023"
        assert moment.text("ru") == "конец 2023 года"


@pytest.mark.parametrize(
    ("language", "words"), [("fr-BE", "vers 2014"), ("RU", "около 2014 года"), ("kk_KZ", "шамамен 2014 жыл")]
)
def test_a_language_may_name_its_country(language, words):
    assert ImpreciseDate.parse("2014~").text(language) == words


def test_a_language_without_words_of_its_own_is_answered_in_english():
    assert ImpreciseDate.parse("2014~").text("pt") == "about 2014"

    with translation.override(None):
        assert ImpreciseDate.parse("2014~").text() == "about 2014"
