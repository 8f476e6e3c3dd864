"""Lines made lighter: fewer points on the same course, cut at the edge of a sheet, written as paths of SVG."""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

from kzafrica.maps.topology import Point

Cell = tuple[int, int]


def simplified(points: Sequence[Point], smallest: float) -> list[Point]:
    """The line without the points whose triangle with their neighbours is smaller than an area.

    Its ends stay (Visvalingam and Whyatt 1993), so arcs that meet still meet, and what two states share stays one line.
    A closed line keeps four points at least: two of its own between its ends.
    """
    last = len(points) - 1
    before, after = list(range(-1, last)), list(range(1, last + 2))
    areas = [0.0, *(_area(*points[at - 1 : at + 2]) for at in range(1, last)), 0.0]
    waiting = [(areas[at], at) for at in range(1, last)]
    heapify(waiting)
    is_gone = [False] * (last + 1)
    left, fewest = last + 1, 4 if points[0] == points[-1] else 2
    while waiting and left > fewest:
        area, at = heappop(waiting)
        if is_gone[at] or area != areas[at]:
            continue
        if area >= smallest:
            break
        is_gone[at], left = True, left - 1
        one, other = before[at], after[at]
        after[one], before[other] = other, one
        for near in (one, other):
            if 0 < near < last:
                # A point is never found smaller than one that went before it: else a long bend would vanish at once.
                areas[near] = max(area, _area(points[before[near]], points[near], points[after[near]]))
                heappush(waiting, (areas[near], near))
    return [point for point, gone in zip(points, is_gone, strict=True) if not gone]


def _area(one: Point, two: Point, three: Point) -> float:
    return abs((two[0] - one[0]) * (three[1] - one[1]) - (three[0] - one[0]) * (two[1] - one[1])) / 2


def enclosed(ring: Sequence[Point]) -> float:
    """The area of a closed ring, whichever way it runs."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def clipped(ring: Sequence[Point], width: float, height: float, margin: float) -> list[Point]:
    """The part of a closed ring on a sheet with a margin around it (Sutherland and Hodgman 1974); empty for none."""
    found = list(ring)
    for axis, bound, sign in ((0, -margin, 1), (0, width + margin, -1), (1, -margin, 1), (1, height + margin, -1)):
        kept: list[Point] = []
        for one, two in zip(found, found[1:] + found[:1], strict=True):
            is_in, is_next_in = sign * (one[axis] - bound) >= 0, sign * (two[axis] - bound) >= 0
            if is_in:
                kept.append(one)
            if is_in != is_next_in:
                part = (bound - one[axis]) / (two[axis] - one[axis])
                kept.append((one[0] + part * (two[0] - one[0]), one[1] + part * (two[1] - one[1])))
        found = kept
    return [*found, found[0]] if found else []


def rounded(points: Iterable[Point]) -> list[Cell]:
    """Whole units, none twice in a row."""
    cells: list[Cell] = []
    for x, y in points:
        cell = (round(x), round(y))
        if not cells or cell != cells[-1]:
            cells.append(cell)
    return cells


def path_of(rings: Iterable[Sequence[Cell]]) -> str:
    """Closed rings as one path, each from where the one before began; what has no area is left out."""
    pieces, pen = [], (0, 0)
    for ring in rings:
        if len(ring) < 4:
            continue
        start = ring[0]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(ring[:-1])]
        move = "M" if not pieces else "m"
        pieces.append(f"{move}{_numbers([(start[0] - pen[0], start[1] - pen[1])])}l{_numbers(steps)}z")
        pen = start
    return "".join(pieces)


def _numbers(pairs: Iterable[Cell]) -> str:
    """Numbers with a blank between them only where no sign parts them."""
    text = ""
    for number in (number for pair in pairs for number in pair):
        text += f" {number}" if text and number >= 0 else str(number)
    return text
