"""Maps as files that stand alone: a picture as SVG and PNG, the rows as CSV, and the answers with them.

A picture has its title, legend, note and source in it; its colours are those of tokens.css by light.
"""

import csv
import io
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kzafrica.lettering import BOLD, FAMILY, face, wrapped
from kzafrica.maps.choropleth import DEEP, Choropleth, MapClass
from kzafrica.maps.places import PlaceMap
from kzafrica.pictures import (
    BLOCK_GAP,
    FOOTER_SIZE,
    FOOTER_STEP,
    INNER,
    LEGEND_GAP,
    LEGEND_SIZE,
    LEGEND_STEP,
    MARGIN,
    NOT_XML,
    SHOWN_WIDTH,
    SUBTITLE_SIZE,
    SUBTITLE_STEP,
    SWATCH_ROOM,
    TITLE_SIZE,
    TITLE_STEP,
    WIDTH,
    Form,
    Line,
    inert,
    png_of,
)

# The palette of a map that stands alone. On a page the tokens of the same names rule (tokens.css).
PALETTE = {
    "map-sea": "#e6f2f5",
    "map-around": "#d5e0e2",
    "map-none": "#fcf9f1",
    "map-step-1": "#c3e5ed",
    "map-step-2": "#84c9da",
    "map-step-3": "#3aa3bd",
    "map-step-4": "#0c7791",
    "map-step-5": "#00475b",
    "map-ours": "#1c96b1",
    "map-theirs": "#bf5a2f",
    "map-both": "#edb42a",
    "map-covered": "#bfe0e8",
    "map-other": "#efe2b8",
    "map-outline": "#667d85",
    "map-outline-deep": "#ffffff",
    "map-hatch-ground": "#f3f4f0",
    "map-hatch": "#c2cdd0",
}
# What countries set apart on a map of places, and its lines, are painted with.
LIT = {"there": PALETTE["map-step-1"], "market": "#fdf2cf", "home": PALETTE["map-step-2"]}
LEG_STROKES = {"sea": "#00617a", "inland_sea": "#00617a", "unsaid": "#47595f"}
LEG_DASHES = {"sea": "9 8", "inland_sea": "9 8", "road": "16 7", "air": "1 10", "unsaid": "2 8"}
EARTH = "#a4431d"


def paint_of(map_class: MapClass) -> tuple[str, str]:
    """Fill and outline; that of a hatched class is a pattern of the picture."""
    outline = PALETTE["map-outline-deep" if map_class.paint in DEEP else "map-outline"]
    return PALETTE.get(f"map-{map_class.paint}", f"url(#map-{map_class.paint})"), outline


@dataclass(frozen=True)
class Swatch:
    """An entry of the legend before it has a place: a box of a fill, or a line of a mode."""

    text: str
    fill: str = ""
    stroke: str = ""
    dashes: str = ""

    @property
    def is_line(self) -> bool:
        return not self.fill


@dataclass(frozen=True)
class PlacedSwatch:
    swatch: Swatch
    x: int
    y: int

    @property
    def text_x(self) -> int:
        return self.x + SWATCH_ROOM


@dataclass(frozen=True)
class MapPicture:
    """A map with the words around it, from top to bottom."""

    map: Choropleth | PlaceMap
    address: str

    @property
    def titles(self) -> list[Line]:
        lines = wrapped(self.map.title, INNER, TITLE_SIZE, path=BOLD, most=3)
        return [Line(text, MARGIN + 18 + TITLE_STEP * number) for number, text in enumerate(lines)]

    @property
    def subtitles(self) -> list[Line]:
        lines = wrapped(self.map.sentence, INNER, SUBTITLE_SIZE, most=4)
        first = self.titles[-1].y + SUBTITLE_STEP + 3
        return [Line(text, first + SUBTITLE_STEP * number) for number, text in enumerate(lines)]

    @property
    def map_y(self) -> int:
        return [*self.titles, *self.subtitles][-1].y + BLOCK_GAP

    @property
    def map_height(self) -> int:
        return self.map.sheet.height * INNER // self.map.sheet.width

    @property
    def _entries(self) -> list[Swatch]:
        if isinstance(self.map, Choropleth):
            return [Swatch(f"{row.map_class.label}: {row.count}", *paint_of(row.map_class)) for row in self.map.legend]
        areas = [Swatch(name, LIT[look], PALETTE["map-outline"]) for look, name in self.map.lit_legend]
        lines = [
            Swatch(kind.name, "", LEG_STROKES.get(kind.mode, EARTH), LEG_DASHES.get(kind.mode, ""))
            for kind in self.map.line_kinds
        ]
        return [*areas, *lines]

    @property
    def legend(self) -> list[PlacedSwatch]:
        """In as many lines as it needs."""
        placed, x, y = [], 0, self.map_y + self.map_height + LEGEND_STEP + 4
        for entry in self._entries:
            length = SWATCH_ROOM + face().width(entry.text, LEGEND_SIZE)
            if x and x + length > INNER:
                x, y = 0, y + LEGEND_STEP
            placed.append(PlacedSwatch(entry, x, y))
            x += length + LEGEND_GAP
        return placed

    @property
    def rule_y(self) -> int:
        below = self.legend[-1].y if self.legend else self.map_y + self.map_height
        return below + BLOCK_GAP

    @property
    def footers(self) -> list[Line]:
        """What cannot be drawn, what a line is not, the note on lines, and whose it is."""
        missing = self.map.named_unplaced if isinstance(self.map, PlaceMap) else []
        names = ", ".join(stop.name for stop in missing)
        paragraphs = [
            _("Not drawn, since no place with coordinates is on record: %(names)s.") % {"names": names}
            if names
            else "",
            self.map.line_note if isinstance(self.map, PlaceMap) else "",
            self.map.note,
            " · ".join(filter(None, [self.map.source, "KZ-Africa, CC BY 4.0", self.address])),
        ]
        texts = [line for text in paragraphs if text for line in wrapped(text, INNER, FOOTER_SIZE)]
        return [Line(text, self.rule_y + FOOTER_STEP * (number + 1) + 2) for number, text in enumerate(texts)]

    @property
    def height(self) -> int:
        return self.rule_y + FOOTER_STEP * len(self.footers) + MARGIN - 8

    @property
    def shown_height(self) -> int:
        return self.height * SHOWN_WIDTH // WIDTH

    # --- What the template draws

    @property
    def is_choropleth(self) -> bool:
        return isinstance(self.map, Choropleth)

    @property
    def painted(self) -> list[tuple[object, str, str]]:
        """Every area with its fill and outline."""
        return [(drawn, *paint_of(drawn.area.map_class)) for drawn in self.map.drawn]

    @property
    def lit(self) -> list[tuple[str, str]]:
        return [(path, LIT[look]) for look, path in self.map.lit_paths]

    @property
    def legs(self) -> list[tuple[str, str, str]]:
        return [
            (each.path, LEG_STROKES.get(each.leg.mode, EARTH), LEG_DASHES.get(each.leg.mode, ""))
            for each in self.map.drawn_legs
        ]


def svg_of_map(picture: MapPicture) -> str:
    """The picture as a document of its own, 1200 pixels wide."""
    context = {
        "picture": picture,
        "map": picture.map,
        "palette": {name.removeprefix("map-").replace("-", "_"): value for name, value in PALETTE.items()},
        "earth": EARTH,
        "shown_width": SHOWN_WIDTH,
        "width": WIDTH,
        "margin": MARGIN,
        "inner": INNER,
        "family": FAMILY,
        "language": get_language() or "en",
    }
    return NOT_XML.sub("", render_to_string("charts/map.svg", context))


def csv_of_map(found: Choropleth | PlaceMap) -> str:
    """The rows of the table; of a map of places one for each, drawn or not."""
    text = io.StringIO()
    rows = csv.writer(text)
    if isinstance(found, Choropleth):
        rows.writerow(["alpha3", "m49", "name", "class", *found.key_names])
        for area in found.areas:
            cells = [area.code, area.number, area.name, area.map_class.code, *area.keys]
            rows.writerow(map(inert, cells))
    else:
        rows.writerow(["place", "what", "latitude", "longitude"])
        for stop in found.stops:
            numbers = ("" if each is None else str(each) for each in (stop.latitude, stop.longitude))
            rows.writerow([inert(stop.name), inert(stop.title), *numbers])
    return text.getvalue()


def map_answer(found: Choropleth | PlaceMap | None, form: str, name: str, address: str) -> HttpResponse:
    """The file to download; 404 where there is no map or no such form. ``address`` is that of the page with the map."""
    if found is None or form not in list(Form):
        raise Http404
    kind = Form(form)
    content: str | bytes
    if kind == Form.CSV:
        content = csv_of_map(found)
    else:
        svg = svg_of_map(MapPicture(found, address))
        content = png_of(svg) if kind == Form.PNG else svg
    response = HttpResponse(content, content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "map"}.{kind}"'
    return response
