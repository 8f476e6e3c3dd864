"""From degrees to a flat sheet: the Lambert azimuthal equal-area projection on a sphere, and a frame cut out of it.

Equal-area, since a colour is read as so much of the continent: on Mercator's map the Sahara would shrink and the
south would grow. Azimuthal around the middle of what is shown, since its shapes are then least distorted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

from kzafrica.maps.topology import Point

# How far from the centre, as the cosine of the angle, a point may be drawn: the antipode has no place.
FARTHEST = -0.5


@dataclass(frozen=True)
class AzimuthalEqualArea:
    """Around a centre in degrees; lengths in radii of the earth, x to the east and y to the north."""

    longitude: float
    latitude: float

    def can_show(self, point: Point) -> bool:
        return self._cosine(point) > FARTHEST

    def _cosine(self, point: Point) -> float:
        """Of the angle between the point and the centre."""
        turn, latitude, centre = radians(point[0] - self.longitude), radians(point[1]), radians(self.latitude)
        return sin(centre) * sin(latitude) + cos(centre) * cos(latitude) * cos(turn)

    def forward(self, point: Point) -> Point:
        """Where a longitude and latitude lie on the plane (Snyder 1987, equations 24-2 to 24-4)."""
        turn, latitude, centre = radians(point[0] - self.longitude), radians(point[1]), radians(self.latitude)
        stretch = sqrt(2 / (1 + self._cosine(point)))
        x = stretch * cos(latitude) * sin(turn)
        y = stretch * (cos(centre) * sin(latitude) - sin(centre) * cos(latitude) * cos(turn))
        return x, y

    def back(self, point: Point) -> Point:
        """The longitude and latitude of a place on the plane (equations 20-14, 20-15 and 24-16)."""
        x, y = point
        distance, centre = hypot(x, y), radians(self.latitude)
        if not distance:
            return self.longitude, self.latitude
        angle = 2 * asin(distance / 2)
        latitude = asin(cos(angle) * sin(centre) + y * sin(angle) * cos(centre) / distance)
        turn = atan2(x * sin(angle), distance * cos(centre) * cos(angle) - y * sin(centre) * sin(angle))
        return self.longitude + degrees(turn), degrees(latitude)


@dataclass(frozen=True)
class Frame:
    """A sheet so many units wide and high on which a projection is laid; y runs downwards."""

    projection: AzimuthalEqualArea
    width: int
    height: int
    scale: float
    left: float
    top: float

    @staticmethod
    def around(points: Iterable[Point], projection: AzimuthalEqualArea, *, width: int, margin: int) -> "Frame":
        """The sheet of that width on which all points lie, with a margin on every side."""
        xs, ys = zip(*map(projection.forward, points), strict=True)
        scale = (width - 2 * margin) / (max(xs) - min(xs))
        height = round((max(ys) - min(ys)) * scale) + 2 * margin
        return Frame(projection, width, height, scale, min(xs) - margin / scale, max(ys) + margin / scale)

    def place(self, point: Point) -> Point:
        """Where a longitude and latitude lie on the sheet, maybe outside of it."""
        x, y = self.projection.forward(point)
        return (x - self.left) * self.scale, (self.top - y) * self.scale
