"""Outlines of countries from TopoJSON, in which states that border on each other share the arc between them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

Point = tuple[float, float]
# An index of an arc; ``~index`` is the same arc from its end to its beginning.
ArcIndex = int


@dataclass(frozen=True)
class Geometry:
    """One country: its UN M49 number, empty where the source gives none, and its polygons as rings of arcs.

    The first ring of a polygon is its outside, the others are holes.
    """

    number: str
    name: str
    polygons: list[list[list[ArcIndex]]]

    @property
    def rings(self) -> list[list[ArcIndex]]:
        return [ring for polygon in self.polygons for ring in polygon]

    @property
    def arc_indices(self) -> set[int]:
        return {plain(index) for ring in self.rings for index in ring}


@dataclass(frozen=True)
class Topology:
    """The arcs in degrees of longitude and latitude, and what is made of them."""

    arcs: list[list[Point]]
    geometries: list[Geometry]

    @staticmethod
    def read(path: Path) -> "Topology":
        return Topology.of(json.loads(path.read_text()))

    @staticmethod
    def of(document: dict) -> "Topology":
        """From a document of TopoJSON, quantized or not; geometries other than polygons are left out."""
        transform = document.get("transform", {"scale": [1, 1], "translate": [0, 0]})
        is_quantized = "transform" in document
        arcs = [_positions(arc, transform, is_quantized=is_quantized) for arc in document["arcs"]]
        rows = document["objects"]["countries"]["geometries"]
        return Topology(arcs, [_geometry(row) for row in rows if row.get("type") in ("Polygon", "MultiPolygon")])


def _positions(arc: list, transform: dict, *, is_quantized: bool) -> list[Point]:
    """An arc in degrees. In a quantized one each position is the step from the one before (TopoJSON 1.0, 2.1.1)."""
    xs, ys = zip(*arc, strict=True)
    if is_quantized:
        xs, ys = accumulate(xs), accumulate(ys)
    (scale_x, scale_y), (from_x, from_y) = transform["scale"], transform["translate"]
    return [(x * scale_x + from_x, y * scale_y + from_y) for x, y in zip(xs, ys, strict=True)]


def _geometry(row: dict) -> Geometry:
    polygons = [row["arcs"]] if row["type"] == "Polygon" else row["arcs"]
    return Geometry(str(row.get("id", "")), row.get("properties", {}).get("name", ""), polygons)


def plain(index: ArcIndex) -> int:
    """The number of an arc, whichever way it runs."""
    return ~index if index < 0 else index


def stitched(ring: Iterable[ArcIndex], arcs: Sequence[list[Point]] | Mapping[int, list[Point]]) -> list[Point]:
    """The points of a ring, the first of them once more at the end; each arc begins where the one before ended."""
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points
