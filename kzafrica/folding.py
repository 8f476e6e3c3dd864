"""Words as they are looked for: without case, accents, apostrophes and the choices of a keyboard. Knows no model."""

import unicodedata
from functools import lru_cache

# Letters that no normal form of Unicode takes apart, beside those that a reader types for them.
_TYPED_FOR = {
    # Latin letters with a stroke, Turkish ı, and letters made of two.
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
    # The Persian and Urdu keys for letters of Arabic, alef without its sign, final forms that are often left out.
    "ی": "ي", "ى": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ة": "ه", "ٱ": "ا", "ـ": "",
}  # fmt: skip
# Written in the middle of a name or left out: N’Guesso, N'Guesso, Nguesso; al-Qur’an by ʾ and ʿ.
_APOSTROPHES = "'’‘‛ʼʻʾʿˈ`´′ʹ"
_TABLE = str.maketrans(_TYPED_FOR | dict.fromkeys(_APOSTROPHES, ""))


# The same few thousand names are folded again for each search.
@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The text in small letters without accents, vowel signs and apostrophes; what is no letter or digit is a blank.

    "Félix TSHISEKEDI" and "felix tshisekedi" become one, and so do ё and е, أ and ا, hyphen and blank. Folding twice
    changes nothing. Letters are not transliterated: "Токаев" and "Tokayev" stay two names.
    """
    plain = _without_marks(_without_marks(text.translate(_TABLE)).casefold()).translate(_TABLE)
    return " ".join("".join(letter if letter.isalnum() else _blank_for(letter) for letter in plain).split())


def _without_marks(text: str) -> str:
    """The text taken apart (NFKD) without its combining marks: accents, the dots of ё, the hamza of أ, vowel signs."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if unicodedata.category(letter)[0] != "M")


def _blank_for(letter: str) -> str:
    # Invisible signs, such as the joiners inside Persian words, part nothing.
    return "" if unicodedata.category(letter) == "Cf" else " "
