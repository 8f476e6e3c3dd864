"""How wide words are in the font that our pictures are set in, and where their lines break.

The font is Noto Sans in two weights, with the letters of Latin and Cyrillic alphabets alone. Pages are set in fonts of
the reader's system; their words are about as wide.
"""

import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FAMILY = "Noto Sans"
FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = FONTS / "NotoSans-Regular.ttf", FONTS / "NotoSans-Bold.ttf"

# Windows, Unicode: the table of characters that every font has.
UNICODE_TABLE = (3, 1)
ELLIPSIS = "…"


@dataclass(frozen=True)
class Face:
    """The characters of a font with the number of units that each moves the pen; ``units`` make the size of type."""

    units: int
    advances: dict[str, int]

    def has(self, text: str) -> bool:
        return all(letter in self.advances for letter in text)

    def width(self, text: str, size: int) -> int:
        """In pixels, rounded up; a character that the font lacks is taken to be as wide as an M."""
        widest = self.advances["M"]
        return -(-sum(self.advances.get(letter, widest) for letter in text) * size // self.units)


@cache
def face(path: Path = REGULAR) -> Face:
    """Read from the tables head, hhea, hmtx and cmap of a TrueType font (ISO/IEC 14496-22)."""
    font = path.read_bytes()
    count = struct.unpack_from(">H", font, 4)[0]
    records = [struct.unpack_from(">4sLLL", font, 12 + 16 * number) for number in range(count)]
    start = {tag: offset for tag, _checksum, offset, _length in records}
    units = struct.unpack_from(">H", font, start[b"head"] + 18)[0]
    measured = struct.unpack_from(">H", font, start[b"hhea"] + 34)[0]
    # Each glyph has four bytes there, of which the last two say where it begins.
    advances = struct.unpack_from(">" + "Hxx" * measured, font, start[b"hmtx"])
    glyphs = _glyphs(font, start[b"cmap"])
    return Face(units, {letter: advances[min(glyph, measured - 1)] for letter, glyph in glyphs.items()})


def _glyphs(font: bytes, start: int) -> dict[str, int]:
    """The glyph of every character, from a table of segments (format 4)."""
    count = struct.unpack_from(">H", font, start + 2)[0]
    tables = [struct.unpack_from(">HHL", font, start + 4 + 8 * number) for number in range(count)]
    at = start + next(offset for *key, offset in tables if tuple(key) == UNICODE_TABLE)
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2

    def column(number: int, form: str = "H") -> tuple[int, ...]:
        # Between the first column and the second stands a word of padding.
        return struct.unpack_from(f">{segments}{form}", font, at + 14 + number * 2 * segments + (2 if number else 0))

    glyphs = {}
    for number, (end, first, delta, indirect) in enumerate(
        zip(column(0), column(1), column(2), column(3), strict=True)
    ):
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if indirect:
                place = at + 16 + 6 * segments + 2 * number + indirect + 2 * (code - first)
                glyph = struct.unpack_from(">H", font, place)[0]
            if glyph:
                glyphs[chr(code)] = (glyph + delta) % 0x10000
    return {letter: glyph for letter, glyph in glyphs.items() if glyph}


def wrapped(text: str, width: int, size: int, *, path: Path = REGULAR, most: int | None = None) -> list[str]:
    """The text in lines no wider than so many pixels, at least one; after ``most`` lines it ends in an ellipsis."""
    letters = face(path)
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if letters.width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines = [*filter(None, lines), word]
    cut = lines if most is None or len(lines) <= most else [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [_fitting(line, width, size, letters) for line in cut]


def _fitting(line: str, width: int, size: int, letters: Face) -> str:
    if letters.width(line, size) <= width:
        return line
    kept = line
    while kept and letters.width(kept + ELLIPSIS, size) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,;:(") + ELLIPSIS
