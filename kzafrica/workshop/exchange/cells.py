"""One cell of a file: what it is written as, so that a spreadsheet neither runs nor spoils it, and back.

For every text, ``restored(harmless(text)) == text``.
"""

import re

# What a spreadsheet takes for a formula, even in a cell that was text in the file (OWASP, CSV injection). In a locale
# that parts cells by semicolons, as here, a cell also begins behind a semicolon or a line break inside a text.
AT_RISK = re.compile(r"(?:^|(?<=[;\t\r\n]))(?='*[=+\-@＝＋－＠])|^(?='*[\t\r])")
MARKED = re.compile(r"(?:^|(?<=[;\t\r\n]))'(?='*[=+\-@＝＋－＠])|^'(?='*[\t\r])")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# What XML 1.0 cannot hold, what a workbook takes for its own way of writing that, and what would be taken for ours.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|\\(?=u[0-9A-F]{4})")
WRITTEN = re.compile(r"\\u([0-9A-F]{4})")
# What no database keeps.
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")

# A cell of a workbook holds 32,767 units of UTF-16, of which a character may take two.
LONGEST_CELL = 16_000


def harmless(text: str) -> str:
    """The text as it stands in a cell: with an apostrophe before what would be a formula; numbers as they are."""
    if NUMBER.fullmatch(text):
        return text
    return AT_RISK.sub("'", UNWRITABLE.sub(lambda found: f"\\u{ord(found[0]):04X}", text))


def restored(cell: str) -> str:
    """What a cell stands for."""
    return WRITTEN.sub(lambda found: chr(int(found[1], 16)), MARKED.sub("", cell))


def pieces_of(text: str) -> list[str]:
    """The text in pieces that each fit into a cell."""
    return [text[start : start + LONGEST_CELL] for start in range(0, len(text), LONGEST_CELL)] or [""]
