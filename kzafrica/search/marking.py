"""Where in a text the words of a question stand, and the part of a long text that shows most of them."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from kzafrica.search.query import Query
from kzafrica.search.words import legible, plain, terms_of_word, words_of

LENGTH = 240
# How far a cut looks for a blank.
SLACK = 24


class Segment(NamedTuple):
    """A piece of a text, and whether it is what was asked for."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class Marked:
    """A text with the places, from and up to, of what was asked for; ``met`` says which clauses each of them meets."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    met: tuple[frozenset[int], ...] = ()

    @property
    def kinds(self) -> int:
        """How many clauses are met somewhere."""
        return len(frozenset().union(*self.met))

    @property
    def segments(self) -> list[Segment]:
        """The whole text in pieces, for a template that marks some of them."""
        pieces, place = [], 0
        for start, end in self.marks:
            pieces += [Segment(self.text[place:start], False), Segment(self.text[start:end], True)]
            place = end
        return [piece for piece in [*pieces, Segment(self.text[place:], False)] if piece.text]


def marked(text: str, query: Query, language: str = "") -> Marked:
    """The text with every word marked that meets a clause."""
    text = legible(text)
    words = [(match.start(), match.end(), match[0]) for match in words_of(text)]
    met: dict[int, set[int]] = {}
    for number, clause in enumerate(query.clauses):
        for at in _phrase(words, clause) if clause.is_phrase else _single(words, clause, language):
            met.setdefault(at, set()).add(number)
    marks = tuple((words[at][0], words[at][1]) for at in sorted(met))
    return Marked(text, marks, tuple(frozenset(met[at]) for at in sorted(met)))


def _single(words, clause, language: str):
    whole = {term.text for term in clause.terms if not term.is_beginning}
    beginnings = tuple(term.text for term in clause.terms if term.is_beginning)
    for at, (_start, _end, word) in enumerate(words):
        bare, others = terms_of_word(word, language)
        terms = {bare, *others}
        if terms & whole or (beginnings and any(term.startswith(beginnings) for term in terms)):
            yield at


def _phrase(words, clause):
    asked = [term.text for term in clause.terms]
    said = [plain(word) for _start, _end, word in words]
    for at in range(len(said) - len(asked) + 1):
        if said[at : at + len(asked)] == asked:
            yield from range(at, at + len(asked))


def snippet(text: str, query: Query, language: str = "") -> Marked:
    """The text itself if it is short; else the part in which most of what was asked for stands, cut between words."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    whole = marked(" · ".join(filter(None, lines)), query, language)
    text = whole.text
    if len(text) <= LENGTH:
        return whole
    start = _best_start(whole)
    end = min(len(text), start + LENGTH)
    if start and (blank := text.find(" ", start, start + SLACK)) >= 0:
        start = blank + 1
    if end < len(text) and (blank := text.rfind(" ", end - SLACK, end)) >= 0:
        end = blank
    before, after = "… " if start else "", " …" if end < len(text) else ""
    pairs = zip(whole.marks, whole.met, strict=True)
    inside = [(mark, met) for mark, met in pairs if mark[0] >= start and mark[1] <= end]
    shift = len(before) - start
    moved = tuple((left + shift, right + shift) for (left, right), _met in inside)
    return Marked(before + text[start:end] + after, moved, tuple(met for _mark, met in inside))


def _best_start(whole: Marked) -> int:
    """Where the first part begins that meets the most clauses."""
    places = [start for start, _end in whole.marks]
    if not places:
        return 0
    reach = LENGTH - 4 * SLACK
    met = [
        frozenset().union(
            *(kinds for place, kinds in zip(places, whole.met, strict=True) if 0 <= place - start < reach)
        )
        for start in places
    ]
    most = max(len(kinds) for kinds in met)
    first = next(start for start, kinds in zip(places, met, strict=True) if len(kinds) == most)
    return max(0, min(first - 2 * SLACK, len(whole.text) - LENGTH))


_MARKDOWN = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`#>|]+|^\s*[-+]\s", re.M)


def without_markdown(text: str) -> str:
    """The words of a text written in Markdown."""
    return _MARKDOWN.sub(lambda match: match[1] or " ", text)
