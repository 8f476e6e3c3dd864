"""A question and its answer: what is found, how many of each type, and what was searched instead of a misspelling."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from kzafrica.search.engines import Engine, Found, Scope
from kzafrica.search.index import catch_up, engine, searchables
from kzafrica.search.marking import Marked, marked, snippet
from kzafrica.search.models import IndexedDocument, IndexedPassage
from kzafrica.search.query import Clause, Query, read_query, word_clause
from kzafrica.search.spelling import vocabulary


@dataclass(frozen=True)
class Question:
    """What a reader asks. ``is_exact``: no other spelling is tried where nothing is found."""

    words: str = ""
    type: str = ""
    country: str = ""
    year: int | None = None
    language: str = ""
    is_exact: bool = False

    @property
    def scope(self) -> Scope:
        period = (date(self.year, 1, 1), date(self.year, 12, 31)) if self.year else None
        return Scope(self.type, self.country, period, self.language)


@dataclass(frozen=True)
class Result:
    """A document as it is shown: in the reader's language where it has that, else in another."""

    document: IndexedDocument
    language: str
    title: Marked
    snippet: Marked
    snippet_language: str


@dataclass
class Answer:
    """``query`` is what was searched; ``asked`` what was meant to be, if that found nothing and is spelt otherwise."""

    query: Query
    asked: Query | None = None
    results: list[Result] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    total: int = 0
    # Words and how many documents have each, where all of them together find nothing.
    alone: list[tuple[str, int]] = field(default_factory=list)
    # How many there would be without the filters, where these leave nothing.
    unfiltered: int = 0

    @property
    def is_corrected(self) -> bool:
        return self.asked is not None


def find(question: Question, *, offset: int = 0, limit: int = 20, reader_language: str = "en") -> Answer:
    """Everything public that holds all words of the question, best first. Raises EngineFailure."""
    progress = catch_up()
    query = read_query(question.words)
    if not query.clauses:
        return Answer(query)
    used = engine()
    found = used.search(query, question.scope, offset=offset, limit=limit)
    answer = Answer(query)
    if not found.counts:
        answer.unfiltered = total_of(used.search(query, Scope()))
        if not answer.unfiltered:
            found, answer = _otherwise_spelt(question, answer, used, progress.mark, offset=offset, limit=limit)
    answer.counts = {type_: found.counts[type_] for type_ in searchables() if found.counts.get(type_)}
    answer.total = answer.counts.get(question.type, 0) if question.type else sum(answer.counts.values())
    answer.results = _results(found, answer.query, reader_language, question.language)
    return answer


def total_of(found: Found) -> int:
    return sum(found.counts.values())


def _otherwise_spelt(
    question: Question, answer: Answer, used: Engine, mark: str, *, offset: int, limit: int
) -> tuple[Found, Answer]:
    """What the nearest spelling of unknown words finds; if that is nothing too, which words are there alone."""
    query = answer.query
    present = [total_of(used.search(replace(query, clauses=(clause,)), Scope())) for clause in query.clauses]
    if not question.is_exact:
        known = vocabulary(mark)
        clauses = [
            clause if count or clause.is_phrase else _respelt(clause, known.nearest(clause.written))
            for clause, count in zip(query.clauses, present, strict=True)
        ]
        if tuple(clauses) != query.clauses:
            other = read_query(" ".join(clause.written for clause in clauses))
            meant = Query(tuple(clauses), other.plain)
            found = used.search(meant, question.scope, offset=offset, limit=limit)
            if found.counts:
                return found, Answer(meant, asked=query)
    pairs = zip(query.clauses, present, strict=True)
    answer.alone = [(clause.written, count) for clause, count in pairs if count and len(query.clauses) > 1]
    return Found(), answer


def _respelt(clause: Clause, word: str) -> Clause:
    return word_clause(word, is_last=False) if word else clause


def _results(found: Found, query: Query, reader_language: str, only_language: str) -> list[Result]:
    if not found.rows:
        return []
    shown = reduce(or_, (Q(type=type_, record_id=record_id) for type_, record_id in found.rows))
    documents = {(document.type, document.record_id): document for document in IndexedDocument.objects.filter(shown)}
    passages: dict[int, dict[str, IndexedPassage]] = {}
    for passage in IndexedPassage.objects.filter(document__in=documents.values()).defer("words"):
        passages.setdefault(passage.document_id, {})[passage.language] = passage
    rows = [documents[row] for row in found.rows if row in documents]
    return [_result(row, passages[row.pk], query, only_language or reader_language) for row in rows]


def _result(document: IndexedDocument, passages: dict[str, IndexedPassage], query: Query, language: str) -> Result:
    """The title in the reader's language, and the words that tell best why it was found."""
    order = sorted(passages, key=lambda code: (code != language, code != "en", code))
    titled = next((passages[code] for code in order if passages[code].title), passages[order[0]])
    title = marked(titled.title, query, titled.language)
    told = [(snippet(passages[code].body, query, code), code) for code in order if passages[code].body]
    # Other names are shown where the text does not tell why.
    names = (document.aliases.replace("\n", " · "), "")
    named = (snippet(names[0], query, ""), "")
    best = max([*told, named], key=lambda found: found[0].kinds, default=named)
    if not best[0].kinds:
        # Nothing shows why: what it is says more than what is said about its sources.
        best = next(((snippet(passages[code].body.splitlines()[0], query, code), code) for _said, code in told), named)
    return Result(document, titled.language, title, best[0], best[1])
