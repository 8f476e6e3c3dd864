"""A map of Africa whose states are coloured by one thing, prepared for templates: knows no model.

Each state is a shape, or a dot where it is an island too small to be one. What is not known is hatched and never has
the colour of zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from kzafrica.maps.sheets import Sheet, Spot, sheet

# The look of an area: what a class of the legend is painted with. The rest of the name of a style and of a token.
STEPS = ("step-1", "step-2", "step-3", "step-4", "step-5")
OURS, THEIRS, BOTH, COVERED, OTHER = "ours", "theirs", "both", "covered", "other"
NONE, UNKNOWN, UNCOLOURED = "none", "unknown", "uncoloured"
PAINTS = (*STEPS, OURS, THEIRS, BOTH, COVERED, OTHER, NONE, UNKNOWN, UNCOLOURED)
HATCHED = frozenset({UNKNOWN, UNCOLOURED})
# On these an outline is light, on the others dark.
DEEP = frozenset({"step-4", "step-5", OURS, THEIRS})

DOT_RADIUS, TOUCH_RADIUS = 8, 18


@dataclass(frozen=True)
class MapClass:
    """One entry of the legend: a word for machines, one for readers, and a paint of PAINTS."""

    code: str
    label: str
    paint: str


@dataclass(frozen=True)
class Area:
    """A state with its value: its class, the value in words, and the cells of its row in the table and the CSV."""

    number: str
    code: str
    name: str
    address: str
    map_class: MapClass
    words: str
    cells: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    latitude: object = None
    longitude: object = None

    @property
    def title(self) -> str:
        """What the map says where it is pointed at."""
        return _("%(name)s: %(words)s") % {"name": self.name, "words": self.words}

    @property
    def paint(self) -> str:
        return self.map_class.paint

    @property
    def is_hatched(self) -> bool:
        return self.paint in HATCHED


@dataclass(frozen=True)
class DrawnArea:
    """An area on the sheet: a path, or a dot where ``path`` is empty."""

    area: Area
    path: str
    spot: Spot | None = None


@dataclass(frozen=True)
class LegendRow:
    """A class with the number of areas in it."""

    map_class: MapClass
    count: int

    @property
    def is_hatched(self) -> bool:
        return self.map_class.paint in HATCHED


@dataclass(frozen=True)
class Choropleth:
    """States by one strand. ``heads`` and ``key_names`` head the cells and keys of the areas."""

    code: str
    title: str
    sentence: str
    classes: tuple[MapClass, ...]
    areas: Sequence[Area]
    heads: tuple[str, ...] = ()
    key_names: tuple[str, ...] = ()
    source: str = ""

    @property
    def sheet(self) -> Sheet:
        return sheet("africa")

    @property
    def dot_radius(self) -> int:
        return DOT_RADIUS

    @property
    def touch_radius(self) -> int:
        return TOUCH_RADIUS

    @property
    def note(self) -> str:
        return disputed_note()

    @property
    def unnumbered_title(self) -> str:
        return _("Not coloured: the outlines give this area no code of a state. See the note.")

    @cached_property
    def drawn(self) -> list[DrawnArea]:
        """The areas on the map in their order, dots last so that they lie on top; without a place they are left out."""
        shapes, dots = [], []
        for area in self.areas:
            path = self.sheet.states.get(area.number, "")
            if path:
                shapes.append(DrawnArea(area, path))
            elif spot := self.sheet.spot(area.latitude, area.longitude):
                dots.append(DrawnArea(area, "", spot))
        return [*shapes, *dots]

    @property
    def legend(self) -> list[LegendRow]:
        """Every class with how many states it has; a class of the uncoloured only where there are any."""
        counts = {each.code: 0 for each in self.classes}
        for area in self.areas:
            counts[area.map_class.code] += 1
        rows = [LegendRow(each, counts[each.code]) for each in self.classes]
        return [row for row in rows if row.count or row.map_class.paint != UNCOLOURED]


def disputed_note() -> str:
    """What must be said beneath every map; about lines, not about anybody's right."""
    return _(
        "Outlines: Natural Earth, public domain. Lines follow control in fact as that source draws it. They are no "
        "statement on the status of any territory or on the course of any boundary. Western Sahara, and areas to "
        "which the source gives no code of a state, take no colour. Islands too small to draw are dots at their "
        "capitals."
    )


def classed(value, bounds: Iterable, classes: Sequence[MapClass]) -> MapClass:
    """The class of a value among those that begin at ascending bounds: the last whose bound it reaches."""
    reached = [each for bound, each in zip(bounds, classes, strict=True) if value >= bound]
    return reached[-1] if reached else classes[0]
