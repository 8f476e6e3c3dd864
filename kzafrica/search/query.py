"""A question as every back end understands it: clauses that must all hold, each met by any of its terms."""

import re
from dataclasses import dataclass

from kzafrica.search.words import asked_stems, halves, is_empty, legible, plain, words_of

# Between quotation marks of any language; a mark without its fellow says nothing.
_QUOTED = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”|„([^“”]*)[“”]')
SHORTEST_BEGINNING = 2


@dataclass(frozen=True)
class Term:
    """A word or stem as it stands in the index, or what it begins with."""

    text: str
    is_beginning: bool = False

    @property
    def is_stem(self) -> bool:
        return "=" in self.text


@dataclass(frozen=True)
class Clause:
    """One word of a question and the terms that meet it, or words in that order: then each is a word as it stands."""

    written: str
    terms: tuple[Term, ...]
    is_phrase: bool = False


@dataclass(frozen=True)
class Query:
    """All clauses must hold. ``plain`` is the question as the names in the index are compared with it."""

    clauses: tuple[Clause, ...]
    plain: str

    @property
    def text(self) -> str:
        return " ".join(f"“{clause.written}”" if clause.is_phrase else clause.written for clause in self.clauses)


def read_query(text: str) -> Query:
    """What a reader has written, whatever it holds: signs that are no words mean nothing, no word is an operator."""
    text = legible(text)
    phrases = [next(filter(None, match), "") for match in _QUOTED.findall(text)]
    words = [match[0] for match in words_of(_QUOTED.sub(" ", text))]
    words = [word for word in words if plain(word)]
    told = [word for word in words if not is_empty(word)]
    asked = told or words
    clauses = [clause for phrase in phrases if (clause := phrase_clause(phrase))]
    clauses += [word_clause(word, is_last=word is asked[-1]) for word in asked]
    return Query(tuple(dict.fromkeys(clauses)), " ".join(plain(word) for word in words))


def phrase_clause(phrase: str) -> Clause | None:
    terms = tuple(Term(word) for match in words_of(phrase) if (word := plain(match[0])))
    return Clause(" ".join(phrase.split()), terms, is_phrase=True) if terms else None


def word_clause(word: str, *, is_last: bool) -> Clause:
    """The word as it stands, or the beginning of one if it is the last; its stems; what follows an elided article."""
    bare = plain(word)
    terms = [Term(bare, is_last and len(bare) >= SHORTEST_BEGINNING)]
    terms += [Term(text, is_beginning) for text, is_beginning in asked_stems(word)]
    if after := halves(word):
        terms += [Term(plain(after)), *(Term(text, is_beginning) for text, is_beginning in asked_stems(after))]
    return Clause(word, tuple(dict.fromkeys(terms)))
