"""The order of names in each language: a key that every database sorts alike. Knows no model.

What sorts by code point puts É, Ә, Қ and Ё last, and PostgreSQL and SQLite agree on nothing better. So a
name is kept with its key for each language: digits alone, which no collation orders otherwise than by their value.

The rules are those of the Unicode collation algorithm with the tailorings of CLDR, for the letters of four alphabets:
blanks and hyphens before digits, digits before letters, the script of the language before the other; accents and the
dots of ё in Russian decide only between names that are otherwise the same; case, apostrophes and other signs do not
decide. Any other script comes after, by code point.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

LATIN = "abcdefghijklmnopqrstuvwxyz"
KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
# Russian has no place for the letters of Kazakh: each stands behind the one it is made of. Ё is е with an accent.
RUSSIAN = "аәбвгғдежзиійкқлмнңоөпрстуүұфхһцчшщъыьэюя"
ALPHABETS = {"en": LATIN + RUSSIAN, "fr": LATIN + RUSSIAN, "kk": KAZAKH + LATIN, "ru": RUSSIAN + LATIN}

# Letters of Latin that no normal form of Unicode takes apart.
_WRITTEN_AS = str.maketrans({"œ": "oe", "æ": "ae", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
# In the order of their weights; all others weigh as much as the last.
_ACCENTS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0328\u0327\u0304"
_BLANKS = frozenset(" \u00a0\u202f-\u2010\u2011\u2012\u2013\u2014/")
_DIGITS = "0123456789"

# Two digits each: what ends a level, a blank, then digits and letters; what follows the last is another script.
END, BLANK, FIRST, OTHER = "00", "01", 2, "99"
PLAIN = 1
# Longer names share their place with what begins like them; the lists then go by the next key.
KEY_LENGTH = 160


@cache
def _places(language: str) -> dict[str, str]:
    letters = _DIGITS + ALPHABETS.get(language, ALPHABETS["en"])
    return {letter: f"{place:02}" for place, letter in enumerate(letters, FIRST)}


# A page of a list and the loading of a dataset ask for the same names again.
@lru_cache(maxsize=8192)
def sort_key(text: str, language: str = "en") -> str:
    """Digits that sort as the text does in the language: at most 160, empty for a text without letters and digits."""
    weights: list[str] = []
    accents: list[int] = []
    for weight, accent in _weighed(text, _places(language)):
        if accent:
            accents[-1:] = [accent] if accents else []
        elif weight != BLANK or (weights and weights[-1] != BLANK):
            weights.append(weight)
            accents.append(PLAIN)
    if weights and weights[-1] == BLANK:
        weights.pop()
        accents.pop()
    while accents and accents[-1] == PLAIN:
        accents.pop()
    key = "".join(weights)
    return (key + END + "".join(f"{accent:02}" for accent in accents) if accents else key)[:KEY_LENGTH]


def _weighed(text: str, places: dict[str, str]) -> Iterator[tuple[str, int]]:
    """The weight of each letter, digit and blank, and of each accent, which has none, its rank."""
    for letter in unicodedata.normalize("NFC", text.casefold().translate(_WRITTEN_AS)):
        for part in (letter,) if letter in places else unicodedata.normalize("NFKD", letter).casefold():
            if part in places:
                yield places[part], 0
            elif part in _BLANKS:
                yield BLANK, 0
            elif unicodedata.category(part)[0] == "M":
                yield "", (_ACCENTS.find(part) + 1 or len(_ACCENTS) + 1) + PLAIN
            elif part.isalnum():
                yield f"{OTHER}{ord(part):07}", 0
