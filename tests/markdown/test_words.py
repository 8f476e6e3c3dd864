"""Markdown that people cannot break out of: whatever they have written is read back as they wrote it."""

import re

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kzafrica.markdown_words import bare_link, code, document, fact, heading, link, paragraph, point

# With what many programs add to CommonMark, and with HTML let through.
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
signs = st.text(st.sampled_from(list("ab 1.)-+*=_~`[](){}<>!#&|\\:/@\n\t\"'$^")) | st.characters(), max_size=40)
breaking = [
    "# a",
    "- a",
    "1. a",
    "1) a",
    "---",
    "===",
    "> a",
    "```",
    "![a](b)",
    "[a](b)",
    "<b>a</b>",
    "&lt;",
    "| a | b |",
]


def plain(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())


def read(markdown: str) -> tuple[list[str], str]:
    """The structure of a document, and its words."""
    kinds, said = [], []
    for token in READER.parse(markdown):
        kinds.append(token.type)
        for inner in token.children or ():
            if inner.type not in ("text", "text_special"):
                kinds.append(inner.type)
            said.append(inner.content if inner.type != "code_inline" else "")
    return kinds, "".join(said)


def every_breaking(test):
    for text in [
        *breaking,
        "https://example.org",
        "www.example.org",
        "a@example.org",
        "a\\",
        "a #",
        "~~a~~",
        "[^1]: a",
    ]:
        test = example(text)(test)
    return test


@every_breaking
@given(signs)
def test_a_paragraph_is_read_back_as_it_was_written(text):
    kinds, said = read(document([paragraph(text)]))

    assert set(kinds) <= {"paragraph_open", "inline", "paragraph_close"}
    assert said == plain(text)


@every_breaking
@given(signs)
def test_a_heading_stays_a_heading(text):
    kinds, said = read(document([heading(2, text)]))

    assert kinds == ["heading_open", "inline", "heading_close"]
    assert said == plain(text)


@every_breaking
@given(signs)
def test_a_line_of_a_list_stays_one_line(text):
    kinds, said = read(document([[fact(text, "known"), point(paragraph(text), 1)]]))

    assert kinds.count("list_item_open") == 2
    assert not {"heading_open", "html_inline", "html_block", "image", "fence", "hr", "table_open"} & set(kinds)
    assert "link_open" not in kinds
    assert said.endswith(plain(text) or "–")


@every_breaking
@given(signs)
def test_the_text_of_a_link_leads_nowhere_else(text):
    kinds, said = read(document([link(f"a{text}", "https://example.org/a_(b)?x=<y>&z=1")]))

    assert kinds.count("link_open") == 1
    assert said == plain(f"a{text}")
    (opened,) = [
        inner for token in READER.parse(link("a", "https://example.org/(b)")) for inner in token.children or ()
    ][:1]
    assert opened.attrs["href"] == "https://example.org/%28b%29"


def test_an_address_that_is_none_of_the_web_is_only_words():
    for address in ("javascript:alert(1)", "data:text/html,x", ""):
        assert "link_open" not in read(link("a", address))[0]
        assert "link_open" not in read(bare_link(address))[0]


def test_a_code_ends_where_it_ends():
    assert read(code("2025-09~`<b>"))[0].count("code_inline") == 1
