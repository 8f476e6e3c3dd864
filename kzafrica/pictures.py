"""Charts of amounts as files that stand alone: a picture as SVG and PNG, the rows as CSV, and the answers with them.

A picture has its title, legend, source and licence in it and needs neither styles nor fonts of the reader: in PNG its
letters are those of the font beside this file.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import resvg_py
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import get_language

from kzafrica.bars import BarChart
from kzafrica.columns import ColumnChart
from kzafrica.columns import Frame as ColumnFrame
from kzafrica.lettering import BOLD, FAMILY, REGULAR, face, wrapped
from kzafrica.quantities import LegendEntry

Chart = ColumnChart | BarChart

# A picture is laid out as wide as a small screen, whose sizes of type suit it, and shown larger.
SHOWN_WIDTH = 1200
WIDTH, MARGIN = 720, 28
INNER = WIDTH - 2 * MARGIN
TITLE_SIZE, TITLE_STEP = 21, 27
SUBTITLE_SIZE, SUBTITLE_STEP = 13, 19
LEGEND_SIZE, LEGEND_STEP, SWATCH_ROOM, LEGEND_GAP = 12, 20, 25, 22
FOOTER_SIZE, FOOTER_STEP = 11, 16
BLOCK_GAP = 14

# What XML 1.0 has no way to write.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# How a cell begins that a program for spreadsheets takes for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Form(StrEnum):
    """What a chart can be had as; the value ends its address."""

    SVG = "svg"
    PNG = "png"
    CSV = "csv"

    @property
    def content_type(self) -> str:
        return {Form.SVG: "image/svg+xml", Form.PNG: "image/png", Form.CSV: "text/csv; charset=utf-8"}[self]


# --- The picture


@dataclass(frozen=True)
class Line:
    """Words that begin so many pixels right of the margin, on a line so many below the top."""

    text: str
    y: int
    x: int = 0


@dataclass(frozen=True)
class Mark:
    """An entry of the legend in its place; the words stand right of the swatch, if there is one."""

    entry: LegendEntry
    words: Line

    @property
    def x(self) -> int:
        return self.words.x - SWATCH_ROOM

    @property
    def y(self) -> int:
        return self.words.y - 10


@dataclass(frozen=True)
class Picture:
    """A chart with the words around it. The subtitle says what is measured and who says so, the footer whose it is."""

    chart: Chart
    title: str
    subtitle: str
    footer: str

    @property
    def is_columns(self) -> bool:
        return isinstance(self.chart, ColumnChart)

    @property
    def frame(self) -> ColumnFrame:
        return self.chart.frame(INNER)

    @property
    def titles(self) -> list[Line]:
        lines = wrapped(self.title, INNER, TITLE_SIZE, path=BOLD, most=3)
        return [Line(text, MARGIN + 18 + TITLE_STEP * number) for number, text in enumerate(lines)]

    @property
    def subtitles(self) -> list[Line]:
        lines = wrapped(self.subtitle, INNER, SUBTITLE_SIZE, most=3) if self.subtitle else []
        first = self.titles[-1].y + SUBTITLE_STEP + 3
        return [Line(text, first + SUBTITLE_STEP * number) for number, text in enumerate(lines)]

    @property
    def marks(self) -> list[Mark]:
        """The legend, in as many lines as it needs."""
        marks, x, y = [], 0, [*self.titles, *self.subtitles][-1].y + LEGEND_STEP + 6
        for entry in self.chart.legend:
            start = SWATCH_ROOM if entry.has_swatch else 0
            text = wrapped(entry.text, INNER - start, LEGEND_SIZE, most=1)[0]
            length = start + face().width(text, LEGEND_SIZE)
            if x and x + length > INNER:
                x, y = 0, y + LEGEND_STEP
            marks.append(Mark(entry, Line(text, y, x + start)))
            x += length + LEGEND_GAP
        return marks

    @property
    def chart_y(self) -> int:
        above = [line.y for line in [*self.titles, *self.subtitles]] + [mark.words.y for mark in self.marks]
        return max(above) + BLOCK_GAP

    @property
    def rule_y(self) -> int:
        return self.chart_y + self.chart.height + BLOCK_GAP // 2

    @property
    def footers(self) -> list[Line]:
        lines = wrapped(self.footer, INNER, FOOTER_SIZE, most=3) if self.footer else []
        return [Line(text, self.rule_y + FOOTER_STEP * (number + 1) + 2) for number, text in enumerate(lines)]

    @property
    def height(self) -> int:
        return self.rule_y + FOOTER_STEP * len(self.footers) + MARGIN - 8

    @property
    def shown_height(self) -> int:
        return self.height * SHOWN_WIDTH // WIDTH


def svg_of(picture: Picture) -> str:
    """The picture as a document of its own, 1200 pixels wide."""
    context = {
        "picture": picture,
        "chart": picture.chart,
        "shown_width": SHOWN_WIDTH,
        "width": WIDTH,
        "margin": MARGIN,
        "inner": INNER,
        "family": FAMILY,
        "language": get_language() or "en",
    }
    return NOT_XML.sub("", render_to_string("charts/picture.svg", context))


def png_of(svg: str) -> bytes:
    """A picture as PNG, in the font of this site alone, whatever fonts the machine has."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(REGULAR), str(BOLD)],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )


# --- The rows


def csv_of(chart: Chart) -> str:
    """The rows of the chart: every value exact in a column of its own, its standing in the next, both empty if unknown.

    A head names the unit behind the word of the series: ``exports_usd``, ``exports_standing``.
    """
    text = io.StringIO()
    rows = csv.writer(text)
    heads = [(f"{code}_{chart.unit.lower()}", f"{code}_standing") for code in chart.codes]
    rows.writerow([*chart.key_names, *(name for pair in heads for name in pair), "note"])
    for row in chart.rows:
        pairs = [
            (format(cell.quantity.amount, "f"), cell.quantity.standing.value) if cell.quantity else ("", "")
            for cell in row.cells
        ]
        rows.writerow([*map(inert, row.keys), *(value for pair in pairs for value in pair), inert(row.note)])
    return text.getvalue()


def inert(text: str) -> str:
    """Words that no program for spreadsheets runs as a formula: an apostrophe is put before them where one might."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


# --- Answers


def chart_answer(picture: Picture | None, form: str, name: str) -> HttpResponse:
    """The file to download; 404 where there is no chart or no such form. ``name`` becomes that of the file."""
    if picture is None or form not in list(Form):
        raise Http404
    kind = Form(form)
    response = HttpResponse(_content(picture, kind), content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "chart"}.{kind}"'
    return response


def _content(picture: Picture, form: Form) -> str | bytes:
    if form == Form.CSV:
        return csv_of(picture.chart)
    svg = svg_of(picture)
    return png_of(svg) if form == Form.PNG else svg


def downloads_at(address: str, query: str = "") -> Mapping[Form, str]:
    """The addresses of the forms of a chart, of which ``address`` is the common beginning, for the component."""
    return {form: f"{address}.{form}{query}" for form in Form}
