"""Names beside marks on a sheet, placed so that none lies on another: pure functions in the units of the sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kzafrica.lettering import BOLD, face
from kzafrica.maps.sheets import Spot

# The size of type on the narrowest screen, in units of a sheet 800 wide, so that it can be read at 340 pixels. Wider
# screens set it smaller about the same point, which overlaps less.
SIZE = 28
GAP, MARK_RADIUS, AIR = 13, 10, 6


class Side(StrEnum):
    """On which side of its mark a name stands; the value is the anchor of SVG."""

    AFTER = "start"
    BEFORE = "end"
    MIDDLE = "middle"


@dataclass(frozen=True)
class Box:
    """From left to right and from top to bottom."""

    left: int
    top: int
    right: int
    bottom: int

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_within(self, width: int, height: int) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True)
class Label:
    """A name with the point that its anchor is at; ``box`` is the room it takes."""

    text: str
    x: int
    y: int
    side: Side
    box: Box


def labels_of(names: Sequence[tuple[str, Spot]], *, width: int, height: int) -> list[Label | None]:
    """A label for each name in the order given, on a free side of its mark; None where there is no room for one.

    No label touches another, or any mark, or leaves the sheet.
    """
    taken = [_around(spot) for spot in dict.fromkeys(spot for _text, spot in names)]
    placed: list[Label | None] = []
    for text, spot in names:
        free = (label for label in _candidates(text, spot) if _is_free(label.box, taken, width, height))
        label = next(free, None)
        if label is not None:
            taken.append(label.box)
        placed.append(label)
    return placed


def _around(spot: Spot) -> Box:
    return Box(spot.x - MARK_RADIUS, spot.y - MARK_RADIUS, spot.x + MARK_RADIUS, spot.y + MARK_RADIUS)


def _is_free(box: Box, taken: Iterable[Box], width: int, height: int) -> bool:
    return box.is_within(width, height) and not any(box.touches(other) for other in taken)


def _candidates(text: str, spot: Spot) -> Iterable[Label]:
    """Beside the mark first, then above and below, then in the corners."""
    rise, drop = SIZE * 3 // 4, SIZE // 4
    middle = spot.y + SIZE // 3
    above, below = spot.y - GAP - drop, spot.y + GAP + rise
    yield _label(text, spot.x + GAP, middle, Side.AFTER)
    yield _label(text, spot.x - GAP, middle, Side.BEFORE)
    yield _label(text, spot.x, above, Side.MIDDLE)
    yield _label(text, spot.x, below, Side.MIDDLE)
    for x, side in ((spot.x + GAP, Side.AFTER), (spot.x - GAP, Side.BEFORE)):
        for y in (above + drop, below - drop):
            yield _label(text, x, y, side)


def _label(text: str, x: int, y: int, side: Side) -> Label:
    """Fonts of readers' systems may be wider than ours, so there is air where the name ends."""
    length = face(BOLD).width(text, SIZE)
    left, right = {
        Side.AFTER: (x, x + length + 2 * AIR),
        Side.BEFORE: (x - length - 2 * AIR, x),
        Side.MIDDLE: (x - length // 2 - AIR, x + length // 2 + AIR),
    }[side]
    return Label(text, x, y, side, Box(left, y - SIZE * 3 // 4, right, y + SIZE // 4))
