"""Markdown becomes HTML without anything that its editor could smuggle into the page."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzafrica.analysis.rendering import article_html

TAGS = re.compile(r"</?([a-z0-9]+)")
ALLOWED = {
    "a", "blockquote", "br", "cite", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "section", "span",
    "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


@given(
    st.lists(
        st.sampled_from(
            [
                "<script>",
                "<img src=x onerror=y>",
                "{{figure/",
                "}}",
                "[^1]",
                "[^1]: ",
                "\n\n",
                "](javascript:a)",
                "[",
                "**",
                "`",
                "<b onclick=x>",
                "# ",
                "| a | b |\n|--|--|\n",
                "&lt;",
                "source/x",
                "^[",
                "]",
                "!",
                "> ",
                "- ",
                "    ",
                '"',
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_no_text_makes_a_tag_or_attribute_that_is_not_ours(text):
    html = article_html(text)

    assert set(TAGS.findall(html)) <= ALLOWED
    assert not re.search(r"<[^>]*\s(?:on\w+|style|src)=", html)
    assert not re.search(r'href="(?!https?:|/|#)[^"]*:', html)


@pytest.mark.parametrize(
    "text",
    [
        "[words](javascript:alert(1))",
        "[words](JaVaScRiPt:alert(1))",
        "[words](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "[words][1]\n\n[1]: javascript:alert(1)",
        "[words](vbscript:x)",
    ],
)
def test_an_address_that_runs_something_is_no_address(text):
    assert "href" not in article_html(text)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>bold</b>"])
def test_markup_of_the_editor_is_read_as_words(text):
    html = article_html(text)

    assert "&lt;" in html
    assert set(TAGS.findall(html)) == {"p"}


def test_a_footnote_leads_to_its_text_and_back():
    html = article_html("Words.[^a] And again.[^a]\n\n[^a]: A note.\n")

    assert html.count('href="#note.1"') == 2
    for way_back in ("note.1.back", "note.1.back.2"):
        assert f'id="{way_back}"' in html
        assert f'href="#{way_back}"' in html
    assert 'id="note.1"' in html


def test_every_anchor_in_a_text_is_its_own():
    html = article_html("# Note.1\n\n## Note 1\n\nWords.[^1] More.^[Two]\n\n[^1]: One.\n\n## Note 1\n")

    anchors = re.findall(r'id="([^"]+)"', html)
    assert len(anchors) == len(set(anchors)) == 3 + 2 + 2 + 1


def test_a_name_that_nobody_knows_stays_as_it_is_written():
    assert '<span class="live-unknown">{{figure/nothing}}</span>' in article_html("So {{figure/nothing}}.")


@pytest.mark.parametrize("piece", ["[^1]", "{{figure/one}} ", "[", "**a ", "> ", "`", "| a ", "{{", "^["])
def test_no_heap_of_marks_takes_long_to_read(piece):
    begun = time.process_time()

    article_html(piece * (20_000 // len(piece)))

    # A tenth of what a form takes; what grew with the square of its length would take minutes.
    assert time.process_time() - begun < 5
