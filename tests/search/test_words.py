"""The terms of texts and questions: what makes two forms of a word one, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzafrica.search.documents import Named, terms_of
from kzafrica.search.engines.postgres import PostgresEngine
from kzafrica.search.engines.sqlite import SqliteEngine
from kzafrica.search.marking import LENGTH, marked, snippet
from kzafrica.search.query import read_query
from kzafrica.search.spelling import letters_apart
from kzafrica.search.words import kazakh_root, plain_text

texts = st.text(max_size=60)


def is_found(words: str, text: str, language: str) -> bool:
    return marked(text, read_query(words), language).kinds == len(read_query(words).clauses)


@pytest.mark.parametrize(
    ("words", "text", "language"),
    [
        ("embassy", "Three embassies", "en"),
        ("embassies", "The Embassy", "en"),
        ("посольство", "В посольствах", "ru"),
        ("самолет", "Самолёты", "ru"),
        ("САМОЛЁТ", "самолет", "ru"),
        ("елшіліктер", "Кениядағы елшілігі", "kk"),
        ("елшілігінің", "елшілік ашылды", "kk"),
        ("қазақ", "Қазақстанның", "kk"),
        ("Казакстан", "Қазақстан", "kk"),
        ("Токаев", "Қасым-Жомарт Тоқаев", "kk"),
        ("ambassades", "l’ambassade", "fr"),
        ("l'accord", "des accords", "fr"),
        ("economiques", "économique", "fr"),
        ("nguesso", "Denis Sassou N’Guesso", "en"),
        ("N'Guesso", "Sassou Nguesso", "en"),
        ("Félix", "Felix Tshisekedi", "en"),
        ("felix", "Fe\u0301lix", "en"),
        ("توكاييف", "قاسم توكاييڤ توكاييف", ""),
        ("中国", "关于中国的", ""),
        ("0902", "HS 0902", "en"),
        ("beryll", "beryllium", "en"),
    ],
)
def test_forms_of_one_word_are_found_by_each_other(words, text, language):
    assert is_found(words, text, language)


@pytest.mark.parametrize(
    ("words", "text", "language"),
    [
        ("beryll talks", "beryllium", "en"),
        ("beryl talk", "talks of beryllium", "en"),
        ("Токаев", "Tokayev", "en"),
        ("“visit state”", "state visit", "en"),
        ("“state visit”", "state and visit", "en"),
        ("сауда", "саулық", "kk"),
        ("visit", "visas", "fr"),
    ],
)
def test_other_words_are_not(words, text, language):
    assert not is_found(words, text, language)


@pytest.mark.parametrize("form", ["елшілік", "елшілігі", "елшілігінің", "елшіліктер", "елшіліктерде", "елшіліктің"])
def test_forms_of_a_kazakh_word_begin_with_one_root(form):
    assert kazakh_root(form) == "елшілі"


def test_small_words_are_left_out_of_a_question_that_has_others():
    assert [clause.written for clause in read_query("visits to the Congo").clauses] == ["visits", "Congo"]
    assert [clause.written for clause in read_query("to the").clauses] == ["to", "the"]


@pytest.mark.parametrize("signs", ["", "  ", '"', "«", "* - + ~", "()", "''", "::", "\x00", "\u200d", "\\", "%_"])
def test_signs_that_are_no_words_ask_nothing(signs):
    assert read_query(signs).clauses == ()


@given(texts)
def test_no_text_brings_signs_of_a_query_language_into_a_question(text):
    query = read_query(text)

    for clause in query.clauses:
        for term in clause.terms:
            assert term.text.replace("=", "", 1).isalnum()
    if query.clauses:
        for engine in (SqliteEngine(), PostgresEngine()):
            assert "\x00" not in engine.match(query)


@given(texts, st.sampled_from(["en", "kk", "ru", "fr", ""]))
def test_every_text_is_found_by_its_own_words(text, language):
    query = read_query(text)

    assert marked(text, query, language).kinds == len(query.clauses) or query.text.count("“")


@given(texts)
def test_plain_text_of_plain_text_is_the_same(text):
    assert plain_text(plain_text(text)) == plain_text(text)


@given(texts)
def test_words_of_a_text_are_kept_in_order_and_stems_once(text):
    words, stems = terms_of([Named(text, "en")])

    assert " ".join(words) == plain_text(text)
    assert len(set(stems)) == len(stems)


@given(st.text("ab éш", max_size=900), st.text("ab éш", min_size=1, max_size=8))
def test_snippet_is_short_and_marks_what_was_asked_for(text, words):
    query = read_query(words)
    said = snippet(text, query, "en")

    assert len(said.text) <= LENGTH + 4
    assert "".join(piece.text for piece in said.segments) == said.text
    for start, end in said.marks:
        assert marked(said.text[start:end], query, "en").kinds or query.text.count("“")


def test_snippet_shows_the_part_that_meets_the_most_words():
    text = "visit " * 100 + "the copper of Congo " + "visit " * 100

    said = snippet(text, read_query("copper visit congo"), "en")

    assert "copper of Congo" in said.text
    assert said.text.startswith("… ") and said.text.endswith(" …")


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_letters_apart_is_a_symmetric_distance(one, other):
    apart = letters_apart(one, other, 9)

    assert apart == letters_apart(other, one, 9)
    assert (apart == 0) == (one == other)
    assert abs(len(one) - len(other)) <= apart <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("tokaev", "tokayev", 1), ("kneya", "kenya", 1), ("minning", "mining", 1), ("abc", "xyz", 3)],
)
def test_letters_apart(one, other, apart):
    assert letters_apart(one, other, 3) == apart
