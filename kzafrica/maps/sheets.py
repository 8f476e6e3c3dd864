"""The sheets of maps as they were drawn: the path of every state, and where on a sheet a place lies."""

import json
from dataclasses import dataclass
from functools import cache

from kzafrica.maps.drawing import ISLANDS, SHEETS
from kzafrica.maps.projection import AzimuthalEqualArea, Frame

KAZAKHSTAN = "398"


@dataclass(frozen=True)
class Spot:
    """A place on a sheet, in its units."""

    x: int
    y: int


@dataclass(frozen=True)
class Sheet:
    """A frame and what is drawn in it; ``states`` are paths by UN M49 number, without those that are dots."""

    frame: Frame
    states: dict[str, str]
    unnumbered: list[str]
    surroundings: str

    @property
    def width(self) -> int:
        return self.frame.width

    @property
    def height(self) -> int:
        return self.frame.height

    def spot(self, latitude, longitude) -> Spot | None:
        """Where a place lies; None without coordinates, or off the sheet."""
        if latitude is None or longitude is None:
            return None
        point = (float(longitude), float(latitude))
        if not self.frame.projection.can_show(point):
            return None
        x, y = self.frame.place(point)
        return Spot(round(x), round(y)) if 0 <= x <= self.width and 0 <= y <= self.height else None

    def together(self, numbers) -> str:
        """The states of these numbers as one path."""
        return "".join(self.states[number] for number in sorted(numbers) if number in self.states)


@cache
def sheet(name: str) -> Sheet:
    """``africa``, ``corridor`` (Africa and the way to Kazakhstan) or ``locator``, a small Africa."""
    kept = json.loads(SHEETS.read_text("utf-8"))[name]
    projection = AzimuthalEqualArea(*kept["centre"])
    frame = Frame(projection, *kept["size"], kept["scale"], *kept["corner"])
    states = {number: path for number, path in kept["states"].items() if number not in ISLANDS}
    return Sheet(frame, states, kept["unnumbered"], kept["surroundings"])
