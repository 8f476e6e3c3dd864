"""Whether two names may be of one person or body: in any order, script and form, with a slip of the pen."""

import re
from collections import defaultdict
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product
from operator import eq

from django.db.models import QuerySet

from kzafrica.folding import fold
from kzafrica.translation import translated_names
from kzafrica.transliteration import in_latin

# Tshisekedi and Tshisekédi are folded into one; Tokayev and Tokaev are this much alike.
ALIKE = 0.87

# William is Уильям and Wade Вад, Lourenço is Лоренсу and Costa Коста, Georges is Жорж and Geingob Гейнгоб.
_READ_IN_TWO_WAYS = (("w", "u", "v"), ("c(?![heiyk])", "k", "s"), ("g(?=[ei])", "g", "j"))
# Letters that stand for one sound, in the order in which they are read.
_ONE_SOUND = [
    (re.compile(written), sound)
    for written, sound in (
        ("(?<=[^aeiouy])e$", ""),  # Alassane is Алассан.
        ("ao$", "an"),  # João is Жуан.
        ("dzh|zh|dj", "j"),
        ("c(?=[eiy])", "s"),
        ("shch|t?s?ch|t?sh", "c"),
        ("kh", "h"),
        ("ph", "f"),
        ("x", "ks"),
        ("ck|q", "k"),
        ("[ou]+", "u"),
        ("[eiy]+", "i"),
        ("(?<=[^aiu])h|(?<=.)h(?![aiu])", ""),
        (r"(.)\1+", r"\1"),
    )
]


def names_said(said: dict) -> list[str]:
    """Every form of the name in the content of a person or body, folded."""
    forms = [said.get(name, "") for name in translated_names("name")]
    forms += [row.get("text", "") for row in said.get("name_forms", ())]
    return list(dict.fromkeys(folded for name in forms if (folded := fold(name))))


def called_alike(said: dict, others: QuerySet) -> list:
    """The records that have one of the names said, or one much like it; one query for the names, one for the rows."""
    wanted = names_said(said)
    known: dict[int, list[str]] = defaultdict(list)
    if wanted:
        for pk, *written in others.order_by().values_list("pk", *others.model.objects.all().name_columns):
            known[pk] += [fold(name) for name in written if name]
    found = [pk for pk, names in known.items() if any(are_alike(one, other) for one, other in product(wanted, names))]
    return list(others.filter(pk__in=found))


def are_alike(one: str, other: str) -> bool:
    """For folded names: the same words, the words of one within the other, or nearly the same letters.

    An initial stands for a word that begins with it, where another word, likely the surname, stands in both. Across
    scripts and spellings the same sounds are needed: Жуан Лоренсу is João Lourenço, Qasym is Kassym.
    """
    if _words_alike(one, other, _nearly_the_same):
        return True
    return any(_words_alike(*sounds, eq) for sounds in product(sounds_of(one), sounds_of(other)))


def _words_alike(one: str, other: str, is_same: Callable[[str, str], bool]) -> bool:
    words, other_words = set(one.split()), set(other.split())
    fewer = min(words, other_words, key=len)
    if words == other_words or (len(fewer) > 1 and words & other_words == fewer):
        return True
    if _initials(words) != _initials(other_words):
        return _agree(fewer, other_words if fewer is words else words, is_same)
    return is_same(" ".join(sorted(words)), " ".join(sorted(other_words)))


# The same few thousand names are read again for each search.
@lru_cache(maxsize=16384)
def sounds_of(name: str) -> tuple[str, ...]:
    """A folded name as it may be spoken, in whatever letters: ``tokayev`` and ``токаев`` are ``tukaiv``."""
    ways = [in_latin(name)]
    for written, *read in _READ_IN_TWO_WAYS:
        ways = [re.sub(written, sound, way) for way in ways for sound in read]
    return tuple(dict.fromkeys(" ".join(map(_sound, way.split(), name.split())) for way in ways))


def _sound(word: str, written: str) -> str:
    for letters, sound in _ONE_SOUND:
        word = letters.sub(sound, word)
    # Я. stays an initial.
    return word[:1] if len(written) == 1 else word


def _initials(words: set[str]) -> set[str]:
    return {word for word in words if len(word) == 1}


def _agree(fewer: set[str], more: set[str], is_same: Callable[[str, str], bool]) -> bool:
    """Whether each of fewer words has one of its own among more: itself, one that passes for it, or its initial."""
    left = set(more)
    likened = 0
    initials = []
    for word in sorted(fewer, key=lambda word: (len(word) == 1, word not in more, word)):
        same = word if word in left else next((own for own in sorted(left) if is_same(word, own)), None)
        if same is None:
            initials.append(word)
        else:
            left.remove(same)
            likened += len(word) > 1
    for word in initials:
        begun = [own for own in sorted(left) if 1 in (len(word), len(own)) and word[0] == own[0]]
        if not begun:
            return False
        left.remove(begun[0])
    return likened > 0


def _nearly_the_same(one: str, other: str) -> bool:
    if len(one) < 6 or abs(len(one) - len(other)) > 4:
        return False
    matcher = SequenceMatcher(None, one, other)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
