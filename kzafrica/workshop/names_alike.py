"""Whether two names may be of one person or body: in any order, under any of their forms, with a slip of the pen."""

from collections import defaultdict
from difflib import SequenceMatcher

from django.db.models import QuerySet

from kzafrica.folding import fold
from kzafrica.translation import translated_names

# Tshisekedi and Tshisekédi are folded into one; Tokayev and Tokaev are this much alike.
ALIKE = 0.87


def names_said(said: dict) -> list[str]:
    """Every form of the name in the content of a person or body, folded."""
    forms = [said.get(name, "") for name in translated_names("name")]
    forms += [row.get("text", "") for row in said.get("name_forms", ())]
    return list(dict.fromkeys(folded for name in forms if (folded := fold(name))))


def called_alike(said: dict, others: QuerySet) -> list:
    """The records that have one of the names said, or one much like it; one query for the names, one for the rows.

    Letters are compared within a script: ``Токаев`` is found where it is kept as a form of the name.
    """
    wanted = names_said(said)
    known: dict[int, list[str]] = defaultdict(list)
    if wanted:
        for pk, *written in others.order_by().values_list("pk", *others.model.objects.all().name_columns):
            known[pk] += [fold(name) for name in written if name]
    found = [pk for pk, names in known.items() if any(are_alike(one, other) for one in wanted for other in names)]
    return list(others.filter(pk__in=found))


def are_alike(one: str, other: str) -> bool:
    """For folded names: the same words, the words of one within the other, or nearly the same letters.

    An initial stands for a word that begins with it, where another word, likely the surname, stands in both.
    """
    words, other_words = set(one.split()), set(other.split())
    fewer = min(words, other_words, key=len)
    if words == other_words or (len(fewer) > 1 and words & other_words == fewer):
        return True
    if _initials(words) != _initials(other_words):
        return _agree(fewer, other_words if fewer is words else words)
    return _nearly_the_same(" ".join(sorted(words)), " ".join(sorted(other_words)))


def _initials(words: set[str]) -> set[str]:
    return {word for word in words if len(word) == 1}


def _agree(fewer: set[str], more: set[str]) -> bool:
    """Whether each of fewer words has one of its own among more: itself, nearly itself, or its initial."""
    left = set(more)
    likened = 0
    initials = []
    for word in sorted(fewer, key=lambda word: (len(word) == 1, word not in more, word)):
        same = word if word in left else next((own for own in sorted(left) if _nearly_the_same(word, own)), None)
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
