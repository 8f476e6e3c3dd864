"""The sheets that maps are drawn on, made of the outlines beside this file; ``manage.py draw_geometry`` writes them.

Nothing of this runs in a request. A sheet has the path of every state under its UN M49 number, never under a name.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kzafrica.maps.outlines import clipped, enclosed, path_of, rounded, simplified
from kzafrica.maps.projection import AzimuthalEqualArea, Frame
from kzafrica.maps.topology import Geometry, Point, Topology, stitched

DATA = Path(__file__).parent / "data"
SHEETS = DATA / "sheets.json"
LAND = Path(__file__).parents[1] / "static" / "kzafrica" / "maps"
# Natural Earth at 1:50 million for Africa, at 1:110 million for what lies around it.
AFRICA, WORLD = DATA / "africa_50m.topo.json", DATA / "world_110m.topo.json"

# Corners in degrees between which the sheets lie: from Cabo Verde to Mauritius, and on to the north of Kazakhstan.
OF_AFRICA = ((-25.5, 16.0), (-17.5, 21.0), (9.8, 37.6), (20.0, -35.2), (51.5, 11.8), (58.2, -20.2), (56.2, -4.6))
OF_CORRIDOR = ((-18.5, 14.7), (18.5, -35.2), (58.0, -20.0), (66.0, 57.0), (88.5, 49.0), (-10.0, 36.0))
# States that are smaller than a finger on any sheet: a dot at the capital stands for each, by its UN M49 number.
ISLANDS = frozenset({"132", "174", "480", "678", "690"})
# Areas whose status is disputed: neutral on every map.
TERRITORIES = frozenset({"732"})

# How far beyond its edge a sheet is drawn, so that no cut shows as a line.
BLEED = 6


@dataclass(frozen=True)
class Plan:
    """How one sheet is made: what must lie on it, how wide it is, and the smallest bend and island that it shows."""

    name: str
    centre: tuple[float, float]
    corners: tuple[Point, ...]
    width: int
    margin: int
    smallest_bend: float
    smallest_island: float
    has_surroundings: bool
    is_of_africa: bool = True

    @property
    def frame(self) -> Frame:
        projection = AzimuthalEqualArea(*self.centre)
        return Frame.around(self.corners, projection, width=self.width, margin=self.margin)


PLANS = (
    Plan("africa", (17.0, 2.0), OF_AFRICA, 800, 14, 1.8, 8.0, has_surroundings=True),
    Plan("corridor", (36.0, 12.0), OF_CORRIDOR, 800, 12, 2.0, 8.0, has_surroundings=True, is_of_africa=False),
    Plan("locator", (17.0, 2.0), OF_AFRICA, 200, 4, 0.9, 3.0, has_surroundings=False),
)


class Drawing:
    """One topology on one sheet: arcs are laid on it and made lighter once, whoever shares them."""

    def __init__(self, plan: Plan, topology: Topology) -> None:
        self.plan, self.topology, self.frame = plan, topology, plan.frame
        self.arcs: dict[int, list[Point]] = {}

    def path(self, geometry: Geometry) -> str:
        """The outline of a country; empty where it lies off the sheet or on the other side of the earth.

        Islands too small to be seen are left out, but never the largest part of a country.
        """
        indices = geometry.arc_indices
        if not all(self._can_lay(index) for index in indices):
            return ""
        for index in indices - self.arcs.keys():
            laid = [self.frame.place(point) for point in self.topology.arcs[index]]
            self.arcs[index] = simplified(laid, self.plan.smallest_bend)
        rings = [stitched(ring, self.arcs) for ring in geometry.rings]
        largest = max(enclosed(ring) for ring in rings)
        kept = [ring for ring in rings if enclosed(ring) >= min(largest, self.plan.smallest_island)]
        cut = (clipped(ring, self.frame.width, self.frame.height, BLEED) for ring in kept)
        return path_of(rounded(ring) for ring in cut)

    def _can_lay(self, index: int) -> bool:
        return all(map(self.frame.projection.can_show, self.topology.arcs[index]))

    def paths(self, geometries: Iterable[Geometry]) -> list[str]:
        return [path for geometry in geometries if (path := self.path(geometry))]


def sheet_of(plan: Plan, africa: Topology, world: Topology) -> dict:
    """A sheet as it is kept: its frame, the states by number, areas without a number, and the land around."""
    own, around = Drawing(plan, africa if plan.is_of_africa else world), Drawing(plan, world)
    frame, numbers = own.frame, {row.number for row in own.topology.geometries}
    states = {row.number: own.path(row) for row in own.topology.geometries if row.number}
    others = [row for row in world.geometries if plan.has_surroundings and (row.number not in numbers)]
    return {
        "centre": list(plan.centre),
        "size": [frame.width, frame.height],
        "scale": round(frame.scale, 6),
        "corner": [round(frame.left, 9), round(frame.top, 9)],
        "states": {number: path for number, path in sorted(states.items()) if path},
        "unnumbered": own.paths(row for row in own.topology.geometries if not row.number),
        "surroundings": "".join(around.paths(others)),
    }


def written() -> dict[Path, str]:
    """Every file with its text: all sheets, and the land of each sheet that maps of places lie on."""
    africa, world = Topology.read(AFRICA), Topology.read(WORLD)
    sheets = {plan.name: sheet_of(plan, africa, world) for plan in PLANS}
    texts = {SHEETS: json.dumps(sheets, indent=0, ensure_ascii=False) + "\n"}
    african = set(sheets["africa"]["states"]) - TERRITORIES
    for plan in PLANS:
        if plan.has_surroundings:
            texts[LAND / f"{plan.name}.svg"] = land_of(sheets[plan.name], african)
    return texts


def land_of(drawn: dict, african: set[str]) -> str:
    """The states of Africa as one path and all else as another, for pages to refer to and browsers to keep.

    What is disputed lies with all else: on maps of places it takes no colour.
    """
    (width, height), states = drawn["size"], drawn["states"]
    land = "".join(path for number, path in states.items() if number in african - ISLANDS)
    others = [path for number, path in states.items() if number not in african]
    around = "".join([drawn["surroundings"], *others, *drawn["unnumbered"]])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><path id="around" d="{around}"/>'
        f'<path id="land" vector-effect="non-scaling-stroke" d="{land}"/></svg>\n'
    )
