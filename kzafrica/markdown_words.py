"""Pieces of Markdown (CommonMark) in which no text of a record can make up structure. Knows no model."""

import re
from collections.abc import Iterable

# What begins a code, an emphasis, a link, an entity, a tag, a cell, a heading or a formula, wherever it stands.
MEANING = re.compile(r"[\\`*_\[\]<>&|~#$^{}]")
# What many programs turn into links by themselves.
LINKED = re.compile(r"(?<=[A-Za-z])(?=://)|(?<=www)(?=\.)|(?=@)", re.I)
# What begins a list or a rule where it is the first of a line.
LEADING = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")
BEGUN = r"\1\\"
NOT_IN_ADDRESSES = {letter: f"%{ord(letter):02X}" for letter in " ()<>[]\\\"'`|*"}


def words(text: object) -> str:
    """The text on one line, each of its signs as itself; to stand within a line."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", str(text)).split())
    return LINKED.sub(r"\\", MEANING.sub(lambda sign: f"\\{sign[0]}", line))


def paragraph(text: object) -> str:
    """The same as a line of its own."""
    return LEADING.sub(BEGUN, words(text))


def in_address(address: str) -> str:
    return "".join(NOT_IN_ADDRESSES.get(sign, sign) for sign in "".join(address.split()))


def bare_link(address: str) -> str:
    """An address that is its own text; as words where it is none of the web."""
    return f"<{in_address(address)}>" if re.match(r"https?://", address) else words(address)


def link(text: object, address: str) -> str:
    """``[text](address)``; the text alone where there is no address of the web."""
    if not re.match(r"https?://", address):
        return words(text)
    return f"[{words(text)}]({in_address(address)})"


def code(text: object) -> str:
    """A code such as a date as EDTF, between backquotes, which none of ours holds."""
    return f"`{' '.join(str(text).split()).replace('`', '')}`"


def heading(level: int, text: object) -> str:
    return f"{'#' * level} {words(text)}"


def point(content: str, depth: int = 0) -> str:
    """A line of a list, of pieces that are Markdown already."""
    # An empty one below a line would make a heading of that line.
    return f"{'  ' * depth}- {LEADING.sub(BEGUN, content) or '–'}"


def fact(label: object, content: str, depth: int = 0) -> str:
    return point(f"**{words(label)}:** {content}", depth)


def document(blocks: Iterable[str | Iterable[str]]) -> str:
    """Paragraphs, headings and lists with a blank line between them; a list is several lines."""
    joined = (block if isinstance(block, str) else "\n".join(block) for block in blocks)
    return "\n\n".join(filter(None, joined)) + "\n"
