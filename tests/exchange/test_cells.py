"""No cell is a formula, and every text comes back as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzafrica.workshop.exchange.cells import LONGEST_CELL, harmless, pieces_of, restored

awkward = st.text(
    st.sampled_from("'=+-@;\t\r\n a1\\u_x005F,\"") | st.characters(exclude_categories=["Cs"]), max_size=30
)


@given(text=awkward)
def test_every_text_comes_back_from_its_cell(text):
    assert restored(harmless(text)) == text


@given(text=awkward)
def test_no_cell_begins_like_a_formula(text):
    cell = harmless(text)

    assert not re.match(r"[=+\-@\t\r]", cell) or re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", cell)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("'=1", "''=1"),
        # The apostrophe of a name is none of ours.
        ("'Abd al-Rahman", "'Abd al-Rahman"),
        ("-31.97", "-31.97"),
        ("+7", "+7"),
        ("-1+1", "'-1+1"),
        # Where semicolons part cells, this would be two.
        ("Visit;=1+1", "Visit;'=1+1"),
        ("Visit\n=1+1", "Visit\n'=1+1"),
        ("bell \x07", "bell \\u0007"),
        ("_x0041_", "\\u005Fx0041_"),
    ],
)
def test_a_text_stands_in_its_cell_as(text, cell):
    assert harmless(text) == cell
    assert restored(cell) == text


def test_a_long_text_is_cut_into_pieces_that_make_it_whole_again():
    text = "ab" * LONGEST_CELL

    assert [len(piece) for piece in pieces_of(text)] == [LONGEST_CELL, LONGEST_CELL]
    assert "".join(pieces_of(text)) == text
