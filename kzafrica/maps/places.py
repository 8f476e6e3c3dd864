"""Places on a sheet, with their names and the lines between them, prepared for templates: knows no model."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kzafrica.maps.choropleth import disputed_note
from kzafrica.maps.drawing import TERRITORIES
from kzafrica.maps.labels import SIZE, Label, labels_of
from kzafrica.maps.sheets import Sheet, Spot, sheet

# How far a leg over the sea swings out, as a part of its length.
SWING = 0.18
# So many things at one mark, and so many that are not drawn, are named.
NAMED, LISTED = 4, 12


@dataclass(frozen=True)
class Stop:
    """A place as the caller knows it; without coordinates it is listed and not drawn.

    ``look`` ends the name of the style of its mark: ``full``, ``hollow``.
    """

    key: str
    name: str
    title: str
    address: str = ""
    latitude: object = None
    longitude: object = None
    look: str = "full"


@dataclass(frozen=True)
class Mark:
    """A place on the sheet with all that stands there, and its name where there is room."""

    stops: tuple[Stop, ...]
    spot: Spot
    label: Label | None

    @property
    def title(self) -> str:
        """What stands there, the first few by name."""
        titles = list(dict.fromkeys(stop.title for stop in self.stops))
        more = len(titles[NAMED:])
        named = titles[:NAMED] + ([ngettext("%(n)s more", "%(n)s more", more) % {"n": more}] if more else [])
        return "; ".join(named)

    @property
    def address(self) -> str:
        return self.stops[0].address

    @property
    def look(self) -> str:
        return self.stops[0].look


@dataclass(frozen=True)
class Leg:
    """From one stop to the next; ``mode`` ends the name of the style of its line."""

    start: Stop
    end: Stop
    mode: str
    mode_name: str
    is_sea: bool = False


@dataclass(frozen=True)
class DrawnLeg:
    leg: Leg
    path: str


@dataclass(frozen=True)
class LineKind:
    """A style of line in the legend."""

    mode: str
    name: str


@dataclass(frozen=True)
class PlaceMap:
    """Marks, lines and countries set apart on a sheet.

    ``lit`` are UN M49 numbers of countries to set apart, by the word of a style: ``home``, ``there``, ``market``.
    """

    code: str
    title: str
    sentence: str
    stops: Sequence[Stop]
    legs: Sequence[Leg] = ()
    lit: dict[str, Iterable[str]] = field(default_factory=dict)
    lit_names: dict[str, str] = field(default_factory=dict)
    sheet_name: str = "africa"
    source: str = ""

    @property
    def sheet(self) -> Sheet:
        return sheet(self.sheet_name)

    @property
    def label_size(self) -> int:
        return SIZE

    @property
    def note(self) -> str:
        return disputed_note()

    @property
    def line_note(self) -> str:
        """What a line is not; empty where there is none."""
        return _("A line shows the order of the places and not the course of the way.") if self.drawn_legs else ""

    def _spot(self, stop: Stop) -> Spot | None:
        return self.sheet.spot(stop.latitude, stop.longitude)

    @cached_property
    def marks(self) -> list[Mark]:
        """One for each place that can be drawn, whatever stands there."""
        by_spot: dict[Spot, list[Stop]] = {}
        for stop in self.stops:
            if spot := self._spot(stop):
                by_spot.setdefault(spot, []).append(stop)
        names = [(" / ".join(dict.fromkeys(stop.name for stop in stops)), spot) for spot, stops in by_spot.items()]
        labels = labels_of(names, width=self.sheet.width, height=self.sheet.height)
        return [Mark(tuple(by_spot[spot]), spot, label) for (_name, spot), label in zip(names, labels, strict=True)]

    @cached_property
    def unplaced(self) -> list[Stop]:
        """What cannot be drawn: no coordinates, or off the sheet. Each name once."""
        return list({stop.name: stop for stop in reversed(self.stops) if self._spot(stop) is None}.values())[::-1]

    @property
    def named_unplaced(self) -> list[Stop]:
        """Those that a line beneath the map has room for."""
        return self.unplaced[:LISTED]

    @property
    def unnamed_count(self) -> int:
        return len(self.unplaced[LISTED:])

    @cached_property
    def drawn_legs(self) -> list[DrawnLeg]:
        """The legs of which both ends are on the sheet and apart."""
        drawn = []
        for leg in self.legs:
            start, end = self._spot(leg.start), self._spot(leg.end)
            if start and end and start != end:
                drawn.append(DrawnLeg(leg, sea_path(start, end) if leg.is_sea else land_path(start, end)))
        return drawn

    @property
    def line_kinds(self) -> list[LineKind]:
        kinds = {each.leg.mode: LineKind(each.leg.mode, each.leg.mode_name) for each in self.drawn_legs}
        return list(kinds.values())

    @cached_property
    def lit_paths(self) -> list[tuple[str, str]]:
        """Countries set apart, one path for each style."""
        return [(look, path) for look, numbers in self.lit.items() if (path := self.sheet.together(numbers))]

    @property
    def lit_legend(self) -> list[tuple[str, str]]:
        return [(look, self.lit_names[look]) for look, _path in self.lit_paths if look in self.lit_names]

    @property
    def land_file(self) -> str:
        """The static file with the land, of which pages show the parts ``#land`` and ``#around``."""
        return f"kzafrica/maps/{self.sheet_name}.svg"

    @property
    def land(self) -> str:
        """The states of Africa as one path, for a picture that stands alone."""
        return self.sheet.together(self._african)

    @property
    def surroundings(self) -> str:
        """What lies around, also areas without a number or of disputed status, as one path."""
        around = self.sheet.together(self.sheet.states.keys() - self._african)
        return "".join([self.sheet.surroundings, around, *self.sheet.unnumbered])

    @property
    def _african(self) -> set[str]:
        return sheet("africa").states.keys() - TERRITORIES

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be shown but the land."""
        return not self.marks and not self.lit_paths


def legs_of(stops: Sequence[Stop], modes: Sequence[tuple[str, str, bool]]) -> list[Leg]:
    """The legs between the stops that have coordinates; ``modes`` are those by which each stop is left.

    A leg across a stop that cannot be drawn has a mode only if all of its parts have the same.
    """
    legs, start, used = [], None, []
    for stop, mode in zip(stops, modes, strict=True):
        is_placed = stop.latitude is not None and stop.longitude is not None
        if is_placed and start is not None:
            code, name, is_sea = used[0] if len(set(used)) == 1 else ("unsaid", _("not said"), False)
            legs.append(Leg(start, stop, code or "unsaid", name if code else _("not said"), is_sea))
        if is_placed:
            start, used = stop, []
        used.append(mode)
    return legs


def land_path(start: Spot, end: Spot) -> str:
    return f"M{start.x} {start.y}L{end.x} {end.y}"


def sea_path(start: Spot, end: Spot) -> str:
    """A smooth line that swings out to the right of whoever goes along it."""
    across, down = end.x - start.x, end.y - start.y
    x, y = (start.x + end.x) / 2 - down * SWING, (start.y + end.y) / 2 + across * SWING
    return f"M{start.x} {start.y}Q{round(x)} {round(y)} {end.x} {end.y}"
