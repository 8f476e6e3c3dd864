"""Words in Cyrillic letters written in Latin ones, and what of them stands in an address. Knows no model.

The letters are those of BGN/PCGN (Russian 1947, Kazakh 1979, Ukrainian 1965 where it adds some), without accents and
signs for the soft and the hard sign, which no address keeps: Мухтар Тлеуберди is Mukhtar Tleuberdi.
"""

import re
import unicodedata

from django.utils.text import slugify

from kzafrica.folding import fold

_RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya",
}  # fmt: skip
_KAZAKH = {"ә": "a", "ғ": "gh", "қ": "q", "ң": "ng", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i"}
_UKRAINIAN = {"є": "ye", "ї": "yi", "ґ": "g"}
_SMALL = _RUSSIAN | _KAZAKH | _UKRAINIAN
_TABLE = str.maketrans(_SMALL | {letter.upper(): latin.capitalize() for letter, latin in _SMALL.items()})
# Where е begins a syllable it is ye: Ерлан is Yerlan, Токаев is Tokayev.
_YE = re.compile(r"(?<![^\W\d_])[Ее]|(?<=[аеёиоуыэюяйъьәөұүі])[Ее]", re.IGNORECASE)
_CAPITALS = re.compile(r"[^\W\d_]{2,}")


def in_latin(text: str) -> str:
    """The text with its Cyrillic letters in Latin ones; other scripts and all signs stay as they are.

    "Қасым-Жомарт Тоқаев" is "Qasym-Zhomart Toqayev"; a word in capitals stays in capitals.
    """
    return _CAPITALS.sub(_word_in_latin, unicodedata.normalize("NFC", text)).translate(_TABLE)


def _word_in_latin(found: re.Match) -> str:
    word = _YE.sub(lambda letter: "Ye" if letter[0] == "Е" else "ye", found[0]).translate(_TABLE)
    return word.upper() if found[0].isupper() else word


def slug_of(text: str, most: int) -> str:
    """The words of a title in small Latin letters with hyphens, at most so many; empty where none has any."""
    return slugify(fold(in_latin(text)))[:most].rstrip("-")
