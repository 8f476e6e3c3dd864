"""What is looked for as if it were the same: letters in any case, with and without accents, marks and apostrophes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzafrica.folding import fold

# The letters of the scripts in which names of this record are written.
LATIN, CYRILLIC, ARABIC = (0x41, 0x17F), (0x400, 0x52F), (0x620, 0x6D3)
names = st.one_of(
    st.text(st.characters(min_codepoint=first, max_codepoint=last, categories=("L", "Zs", "Pd")), max_size=40)
    for first, last in (LATIN, CYRILLIC, ARABIC)
)
accents = st.lists(st.characters(min_codepoint=0x300, max_codepoint=0x33F), max_size=3).map("".join)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(names)
def test_case_makes_no_difference(name):
    assert fold(name.upper()) == fold(name.lower()) == fold(name)


@given(names, st.lists(accents, min_size=40, max_size=40))
def test_accents_make_no_difference(name, marks):
    # A mark over a blank is a sign of its own, not an accent.
    marked = "".join(letter + mark if letter.isalpha() else letter for letter, mark in zip(name, marks, strict=False))

    assert fold(marked) == fold(name)


@given(names)
def test_how_accents_are_encoded_makes_no_difference(name):
    assert fold(unicodedata.normalize("NFC", name)) == fold(unicodedata.normalize("NFD", name)) == fold(name)


@given(st.text(max_size=60))
def test_what_is_left_is_words_of_letters_and_digits(text):
    assert all(word.isalnum() for word in fold(text).split())
    assert fold(text) == " ".join(fold(text).split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ТОКАЕВ", "токаев"),
        ("Félix", "Felix"),
        ("TRAORÉ", "traore"),
        ("Sassou N’Guesso", "sassou n'guesso"),
        ("N’Guesso", "Nguesso"),
        ("Королёв", "королев"),
        ("Kasım Cömert", "kasim comert"),
        ("Sassou-Nguesso", "Sassou Nguesso"),
        ("Ooni Ogunwusi – Ojaja II", "ooni ogunwusi ojaja ii"),
        ("Гвинея‑Бисау", "гвинея бисау"),
        ("أومارو", "اومارو"),
        ("إمبالو", "امبالو"),
        ("سریک", "سريك"),
        ("خَيْرات", "خيرات"),
        ("ﻗﺎﺳﻢ", "قاسم"),
        ("Ærø Łódź", "aero lodz"),
    ],
)
def test_these_are_one_name(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Токаев", "Тоқаев"), ("Токаев", "Tokayev"), ("Kagame", "Kagamé II")])
def test_these_are_not(one, other):
    assert fold(one) != fold(other)
