"""What a text names is what its editor wrote, whatever else stands around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzafrica.prose import Live, read_prose, renamed, without_names

KEYS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
FORMS = st.sampled_from(["", "period"])
LIVE = st.builds(Live, st.just("figure"), KEYS, FORMS)
# Words and signs without a meaning of their own; what has one in Markdown is tried below.
PLAIN = st.text(alphabet="abc дқә ,.;:!?()«»–0123456789", max_size=30)


def named(text: str) -> list[str]:
    return [str(live) for live in read_prose(text).live]


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    prose = read_prose(text)

    assert len(prose.footnotes) >= max((source.footnote for source in prose.sources), default=0)


@given(st.lists(st.tuples(PLAIN, LIVE), max_size=8), PLAIN)
def test_the_numbers_found_are_exactly_those_written(pairs, end):
    text = "x" + "".join(f"{words}x{live}" for words, live in pairs) + end

    assert named(text) == [str(live) for _words, live in pairs]


@given(st.lists(KEYS, min_size=1, max_size=6, unique=True))
def test_the_sources_found_are_exactly_those_of_the_footnotes_in_the_order_of_the_text(keys):
    text = " ".join(f"words[^{key}]" for key in keys)
    notes = "\n".join(f"[^{key}]: source/{key}, page 2." for key in reversed(keys))

    found = read_prose(f"{text} source/not-a-note\n\n{notes}\n").sources

    assert [(source.footnote, source.key) for source in found] == list(enumerate(keys, start=1))


@given(KEYS, KEYS)
def test_a_renamed_record_is_named_by_its_new_name_and_no_other_is_touched(old, new):
    text = f"{{{{figure/{old}}}}} {{{{figure/{old} period}}}} {{{{figure/{old}-more}}}} {{{{figure/more-{old}}}}}"

    after = named(renamed(text, f"figure/{old}", f"figure/{new}"))

    assert after == named(
        f"{{{{figure/{new}}}}} {{{{figure/{new} period}}}} {{{{figure/{old}-more}}}} {{{{figure/more-{old}}}}}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "`{{figure/one}}`",
        "    {{figure/one}}",
        "```\n{{figure/one}}\n```",
        r"\{{figure/one}}",
        "{ {figure/one}}",
    ],
)
def test_what_is_quoted_is_not_named(text):
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "**{{figure/one}}**",
        "# {{figure/one}}",
        "- {{figure/one}}",
        "| a |\n|---|\n| {{figure/one}} |",
        "[{{figure/one}}](/x/)",
    ],
)
def test_a_number_may_stand_wherever_words_may(text):
    assert named(text) == ["{{figure/one}}"]


@pytest.mark.parametrize(
    "text", ["{{turnover}}", "{{figure/}}", "{{Figure one}}", "{{figure/{{figure/one}}}}", "{{figure/one", "{{}}"]
)
def test_braces_that_name_nothing_are_told(text):
    assert read_prose(text).unreadable


def test_footnotes_that_lead_nowhere_are_told():
    prose = read_prose("One[^one], two[^two], three[^three].\n\n[^one]: A.\n[^two]: B.\n[^two]: C.\n[^four]: D.\n")

    assert prose.without_text == ["three"]
    assert prose.defined_twice == ["two"]
    assert prose.never_used == ["four"]


def test_a_footnote_may_stand_in_the_sentence():
    prose = read_prose("Words.^[source/decree-17, article 2]")

    assert [source.key for source in prose.sources] == ["decree-17"]
    assert prose.footnotes == ["source/decree-17, article 2"]


@pytest.mark.parametrize("words", ["https://example.org/source/decree", "resource/decree", "`source/decree`"])
def test_what_only_looks_like_a_source_is_none(words):
    assert read_prose(f"Words.[^1]\n\n[^1]: {words}\n").sources == []


def test_headings_begin_below_the_title_and_have_anchors_of_their_own():
    prose = read_prose("# Trade\n\n###### Trade\n\n## Сауда\n\n## Footnotes\n\n## ?!")

    assert [(heading.level, heading.anchor) for heading in prose.headings] == [
        (2, "trade"),
        (4, "trade-2"),
        (2, "сауда"),
        (2, "footnotes-2"),
        (2, "part"),
    ]


def test_the_words_of_a_text_are_left_without_what_it_names():
    text = "It was {{figure/one}}.[^1] More.^[source/two, page 2]\n\n[^1]: source/three, page 3."

    assert without_names(text).split() == ["It", "was", ".", "More.^[", ",", "page", "2]", ",", "page", "3."]
