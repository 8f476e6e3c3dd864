"""What a misspelt word may have meant: the nearest of the words that the index itself holds."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

from kzafrica.search.models import IndexedPassage
from kzafrica.search.words import plain

# How many letters may be wrong, missing, doubled or swapped in a word of that length.
SHORTEST, LONG = 4, 8


@dataclass(frozen=True)
class Vocabulary:
    """Words by their plain form, as most texts write them, and the plain forms by the pairs of letters in them."""

    written: dict[str, str]
    frequency: Counter
    by_pair: dict[str, set[str]]

    def nearest(self, word: str) -> str:
        """The word that was most likely meant, as it is written; empty where none is near."""
        asked = plain(word)
        if len(asked) < SHORTEST:
            return ""
        allowed = 2 if len(asked) >= LONG else 1
        shared = Counter(found for pair in pairs(asked) for found in self.by_pair.get(pair, ()))
        # Each wrong letter spoils three pairs at most.
        least = len(pairs(asked)) - 3 * allowed
        near = [
            (distance, -self.frequency[found], found)
            for found, count in shared.items()
            if count >= least
            and abs(len(found) - len(asked)) <= allowed
            and 0 < (distance := letters_apart(asked, found, allowed)) <= allowed
        ]
        return self.written[min(near)[2]] if near else ""


def pairs(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[at : at + 2] for at in range(len(padded) - 1)}


@lru_cache(maxsize=2)
def vocabulary(mark: str) -> Vocabulary:
    """The words of the index as it stands under that mark; read once for each process and mark."""
    surfaces: Counter = Counter()
    for words in IndexedPassage.objects.order_by().values_list("words", flat=True).iterator(chunk_size=2000):
        surfaces.update(words.split())
    written: dict[str, str] = {}
    frequency: Counter = Counter()
    by_pair: dict[str, set[str]] = defaultdict(set)
    # The commonest way to write a word comes first.
    for surface, count in sorted(surfaces.items(), key=lambda item: (-item[1], item[0])):
        bare = plain(surface)
        written.setdefault(bare, surface)
        frequency[bare] += count
        for pair in pairs(bare):
            by_pair[pair].add(bare)
    return Vocabulary(written, frequency, dict(by_pair))


def letters_apart(one: str, other: str, allowed: int) -> int:
    """How many letters to put in, take out, change or swap with a neighbour; more than allowed is not told apart.

    The distance of optimal string alignment (Damerau 1964, restricted).
    """
    before, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, facing in enumerate(other, 1):
            cost = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (letter != facing))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == facing:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > allowed:
            return allowed + 1
        before, last = last, line
    return last[-1]
