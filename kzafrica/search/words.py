"""Words as they are found: the terms of a text, and what stands for a word that is asked for. Knows no model.

Every back end is given these terms and none has a grammar of its own, so that all of them find the same. A term is a
word without case and accents, or a stem behind the language it was taken in: ``embassies`` and ``en=embassi``.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

from kzafrica.folding import fold

# Moves when the same text would give other terms: an index made by another rule is made anew.
RULE = "1"
SNOWBALL = {"en": "english", "fr": "french", "ru": "russian"}
LONGEST_WORD = 60

_APOSTROPHES = "'’ʼ‘"
# Each sign of Chinese stands for a word. No marks and no joiners are left when this is asked.
_WORD = re.compile(rf"[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+(?:[{_APOSTROPHES}][^\W_]+)*")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_LATIN = re.compile("[a-zß-ɏ]")
# Letters of Kazakh that a Russian keyboard lacks, and what is typed for them.
_KAZAKH = str.maketrans("әғқңөұүһі", "агкноуухи")
# Words that are left out of a question which has others: they stand in nearly every text of their language.
_ENGLISH = "a an and at by for from in is of on or the to was were with"
_FRENCH = "au aux de des du en et la le les par pour sur un une"
_RUSSIAN = "в во и из к на о об от по с со у для"
_KAZAKH_SMALL = "мен бен пен және үшін туралы"
_EMPTY_WORDS = frozenset(f"{_ENGLISH} {_FRENCH} {_RUSSIAN} {_KAZAKH_SMALL}".split())
# What French writes before a vowel; the word behind it is looked for alone.
_BEFORE_VOWELS = "l d j m n s t c qu jusqu lorsqu puisqu quoiqu"
_ELIDED = frozenset(_BEFORE_VOWELS.split())
# Endings of Kazakh: number, possession, case. Longest first.
_OF_NUMBER = "лар лер дар дер тар тер"
_OF_POSSESSION = "сы сі ы і ымыз іміз"
_OF_CASE = (
    "ның нің дың дің тың тің ға ге қа ке на не ны ні ды ді ты ті н "
    "да де та те нда нде дан ден тан тен нан нен мен бен пен"
)
_KAZAKH_ENDINGS = sorted(f"{_OF_NUMBER} {_OF_POSSESSION} {_OF_CASE}".split(), key=len, reverse=True)
_KAZAKH_SHORTEST_ROOT = 4
_UNSEEN = {"Mn", "Cf", "Cc"}
_of_thread = threading.local()


class _Legible(dict):
    """For ``str.translate``: nothing for a sign that is not seen, itself for any other; each is looked up once."""

    def __missing__(self, code: int) -> int | None:
        is_seen = chr(code) in "\n\t" or unicodedata.category(chr(code)) not in _UNSEEN
        self[code] = code if is_seen else None
        return self[code]


_legible = _Legible()


def words_of(text: str) -> Iterator[re.Match]:
    """The words of a text where they stand in it. Call with what ``legible`` gives, so that places fit."""
    return _WORD.finditer(text)


def legible(text: str) -> str:
    """The text composed (NFC), without the vowel signs of Arabic, invisible joiners and NUL."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text).translate(_legible)


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """The word without case, accents and apostrophes, and with the letters of a Russian keyboard."""
    return fold(word).replace(" ", "").translate(_KAZAKH)[:LONGEST_WORD]


def plain_text(text: str) -> str:
    """All words of a text like that, with single blanks."""
    return " ".join(filter(None, (plain(match[0]) for match in words_of(legible(text)))))


def halves(word: str) -> str:
    """``accord`` for ``l’accord``; empty for a word that nothing elided stands before."""
    before, _apostrophe, after = re.sub(f"[{_APOSTROPHES}]", "'", word.lower()).rpartition("'")
    return after if before.rpartition("'")[2] in _ELIDED else ""


def stem(word: str, language: str) -> str:
    """``en=embassi``: the stem of a word in small letters by the rules of Snowball, as a term."""
    stemmers = _of_thread.__dict__
    if language not in stemmers:
        # A stemmer keeps the word it works on in itself, and requests run side by side.
        stemmers[language] = snowballstemmer.stemmer(SNOWBALL[language])
    return f"{language}={plain(stemmers[language].stemWord(word.replace('ё', 'е')))}"


def kazakh_root(word: str) -> str:
    """What the forms of a Kazakh word begin with: ``елшіл`` of ``елшілігінің``, ``елшілік`` and ``елшіліктер``."""
    root = word
    while ending := next(
        (end for end in _KAZAKH_ENDINGS if root.endswith(end) and len(root) - len(end) >= _KAZAKH_SHORTEST_ROOT), ""
    ):
        root = root.removesuffix(ending)
    # Before an ending, the last sound changes: елшілік, елшілігі.
    return root[:-1] if root[-1:] in "гғкқбп" and len(root) > _KAZAKH_SHORTEST_ROOT else root


def stems_of(word: str, language: str) -> tuple[str, ...]:
    """The stems under which a word of a text in that language is found; empty language: whatever its script allows."""
    word = word.lower()
    if _CYRILLIC.search(word):
        in_kazakh = f"kk={plain(word)}"
        if language == "kk":
            return (in_kazakh,)
        return (stem(word, "ru"),) if language else (stem(word, "ru"), in_kazakh)
    if _LATIN.search(word):
        return (stem(word, "fr" if language == "fr" else "en"),)
    return ()


@lru_cache(maxsize=65536)
def terms_of_word(word: str, language: str) -> tuple[str, tuple[str, ...]]:
    """A word of a text as it stands in the index, and what else stands there for it: its stems, and its second half."""
    bare = plain(word)
    if not bare:
        return "", ()
    after = halves(word)
    behind = (plain(after), *stems_of(after, language)) if after else ()
    return bare, tuple(dict.fromkeys((*stems_of(word, language), *behind)))


def is_empty(word: str) -> bool:
    return word.lower() in _EMPTY_WORDS


def asked_stems(word: str) -> tuple[tuple[str, bool], ...]:
    """The stems that a word of a question may mean, whatever language it is in, and whether more may follow each."""
    word = word.lower()
    if _CYRILLIC.search(word):
        root = plain(kazakh_root(word))
        return (stem(word, "ru"), False), (f"kk={root}", len(root) > 2)
    if not _LATIN.search(word):
        return ()
    stems = [stem(word, "en"), stem(word, "fr")]
    # By the rules of the other language little may be left: "visit" is "vis" in French, and so is "visas".
    return tuple((term, False) for term in stems if len(term.partition("=")[2]) >= min(4, len(plain(word)) - 1))
