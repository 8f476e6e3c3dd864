"""Markdown in which an editor names records: live numbers in braces, sources in footnotes. Knows no model.

``{{figure/turnover-kaz-africa-2024}}`` stands for a number, the same with `` period`` before the second braces for its
period. ``[^1]`` in the text and ``[^1]: source/astana-times-2025-09-africa-foreign-policy-agenda, paragraph 4`` on a
line of its own make a footnote citing a source; ``^[source/…, page 2]`` says both at once. Between backquotes braces
and names stay what they are, as does ``\\{{``.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

IN_BRACES = re.compile(r"\{\{([^{}\n]*)\}\}")
LIVE = re.compile(r"(?P<kind>[a-z]+)/(?P<key>[A-Za-z0-9_./-]+?)(?:\s+(?P<form>[a-z]+))?")
SOURCE = re.compile(r"(?<![\w/.-])source/(?P<key>[A-Za-z0-9_-]*[A-Za-z0-9_])")
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
HIGHEST, LOWEST = 2, 4
# What stands on the page around a text.
ANCHORS_OF_PAGE = ("content", "contents", "footnotes", "figures", "authors", "facts", "evidence", "sources-differ")


@dataclass(frozen=True)
class Live:
    """A number that the text names: ``figure``, its key, and what of it is shown; empty: the number."""

    kind: str
    key: str
    form: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind}/{self.key}"

    def __str__(self) -> str:
        return "{{" + f"{self.name} {self.form}".strip() + "}}"


@dataclass(frozen=True)
class CitedSource:
    """A source that a footnote cites; ``footnote`` is its number in the order of the text."""

    footnote: int
    key: str

    @property
    def name(self) -> str:
        return f"source/{self.key}"


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str


@dataclass
class Prose:
    """A text that has been read: what it names, each in the order of the text, and what is wrong with its form."""

    tokens: list[Token]
    env: dict
    live: list[Live] = field(default_factory=list)
    sources: list[CitedSource] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    # Braces that name nothing, and footnotes by their label.
    unreadable: list[str] = field(default_factory=list)
    without_text: list[str] = field(default_factory=list)
    never_used: list[str] = field(default_factory=list)
    defined_twice: list[str] = field(default_factory=list)

    @property
    def footnotes(self) -> list[str]:
        """The footnotes in the order of the text, as they are written."""
        notes: list[list[str]] = []
        for token in self.tokens:
            if token.type == "footnote_open":
                notes.append([])
            elif token.type == "footnote_block_close":
                break
            elif token.type == "inline" and notes:
                notes[-1].append(token.content)
        return ["\n\n".join(note) for note in notes]

    @property
    def names(self) -> set[str]:
        """Every record that the text names, as ``kind/key``."""
        return {each.name for each in (*self.live, *self.sources)}


def prose_parser() -> MarkdownIt:
    """A parser whose tokens ``live`` and ``source`` carry a Live or a CitedSource as ``meta["names"]``."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.use(footnote_plugin)
    parser.inline.ruler.before("link", "live", _read_live)
    parser.core.ruler.after("block", "labels", _keep_labels)
    parser.core.ruler.push("sources", _read_sources)
    parser.core.ruler.push("headings", _level_headings)
    return parser


def read_prose(text: str) -> Prose:
    """Read a text. Never raises: what cannot be understood is told in the answer and stays as it is written."""
    env: dict = {}
    prose = Prose(PARSER.parse(text, env), env, headings=env.get("headings", []))
    for token in _leaves(prose.tokens):
        if token.type == "live":
            names = token.meta["names"]
            (prose.live if isinstance(names, Live) else prose.unreadable).append(names)
        elif token.type == "source":
            prose.sources.append(token.meta["names"])
        elif token.type == "text":
            prose.without_text += FOOTNOTE.findall(token.content)
            if "{{" in token.content:
                prose.unreadable.append(token.content[token.content.index("{{") :][:60])
    labels = Counter(env.get("labels", ()))
    used = {f":{row['label']}" for row in env.get("footnotes", {}).get("list", {}).values() if "label" in row}
    prose.never_used = [label for label in labels if f":{label}" not in used]
    prose.defined_twice = [label for label, times in labels.items() if times > 1]
    return prose


def renamed(text: str, old: str, new: str) -> str:
    """The text with ``kind/new`` wherever it names ``kind/old``."""
    return re.sub(rf"(?<![\w/.-]){re.escape(old)}(?![\w/-])", lambda _found: new, text)


def without_names(text: str) -> str:
    """The words of a text without what it names and the marks of its footnotes, for search."""
    for names in (IN_BRACES, re.compile(FOOTNOTE.pattern + ":?"), SOURCE):
        text = names.sub(" ", text)
    return text


def _leaves(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.children:
            yield from _leaves(token.children)
        else:
            yield token


def _read_live(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    found = IN_BRACES.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        live = LIVE.fullmatch(found[1].strip())
        token = state.push("live", "", 0)
        token.content = found[0]
        token.meta = {
            "names": Live(live["kind"], live["key"], live["form"] or "") if live else found[0],
            # An address within an address is not HTML.
            "is_in_link": state.linkLevel > 0,
        }
    state.pos = found.end()
    return True


def _keep_labels(state: StateCore) -> None:
    """The labels of all footnotes, before those that nothing leads to are dropped."""
    opened = (token for token in state.tokens if token.type == "footnote_reference_open")
    state.env["labels"] = [token.meta["label"] for token in opened]


def _read_sources(state: StateCore) -> None:
    """Within footnotes, the names of sources become tokens of their own."""
    number = None
    for token in state.tokens:
        if token.type == "footnote_open":
            number = token.meta["id"] + 1
        elif token.type == "footnote_close":
            number = None
        elif token.type == "inline" and number is not None and token.children:
            token.children = [part for child in token.children for part in _with_sources(child, number)]


def _with_sources(token: Token, number: int) -> Iterator[Token]:
    if token.type != "text":
        yield token
        return
    done = 0
    for found in SOURCE.finditer(token.content):
        yield _text(token.content[done : found.start()])
        source = Token("source", "", 0, content=found[0])
        source.meta = {"names": CitedSource(number, found["key"])}
        yield source
        done = found.end()
    yield _text(token.content[done:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _level_headings(state: StateCore) -> None:
    """Headings begin below the title of the page; each has an anchor of its own."""
    headings: list[Heading] = []
    taken = set(ANCHORS_OF_PAGE)
    for token, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "heading_open":
            level = min(max(int(token.tag[1:]), HIGHEST), LOWEST)
            text = "".join(leaf.content for leaf in _leaves([inline]) if leaf.type in {"text", "code_inline"})
            anchor = _free(slugify(text, allow_unicode=True) or "part", taken)
            taken.add(anchor)
            token.attrs["id"] = anchor
            token.tag = f"h{level}"
            headings.append(Heading(level, text.strip(), anchor))
        elif token.type == "heading_close":
            token.tag = f"h{headings[-1].level}"
    # The last token has no successor, and may close a heading.
    if state.tokens and state.tokens[-1].type == "heading_close":
        state.tokens[-1].tag = f"h{headings[-1].level}"
    state.env["headings"] = headings


def _free(anchor: str, taken: set[str]) -> str:
    number, free = 1, anchor
    while free in taken:
        number += 1
        free = f"{anchor}-{number}"
    return free


PARSER = prose_parser()
