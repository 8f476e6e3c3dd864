"""``/styleguide/``: every token and component of the readers' pages, with the contrast of each pair of colours.

The colours are read from ``tokens.css`` itself, so the page cannot show others than the site has.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from kzafrica.bars import BarRow, bar_chart
from kzafrica.charts import Entry, axis_chart, step_chart
from kzafrica.columns import Period, column_chart
from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.views import WithoutParameters
from kzafrica.quantities import Quantity, Series, Standing

TOKENS = Path(__file__).parent / "static" / "kzafrica" / "css" / "tokens.css"

# Which colours are read on which ground, and which only have to be seen on it: WCAG 2.2, 1.4.3 and 1.4.11.
TEXT_ON = {
    "paper": ("ink", "ink-soft", "link", "link-visited", "earth-deep", "leaf-deep", "gold-deep", "sky-deep"),
    "ground": ("ink", "ink-soft", "link", "earth-deep"),
    "raised": ("ink", "ink-soft", "link"),
    "earth-pale": ("ink", "ink-soft", "link", "earth-deep"),
    "leaf-pale": ("leaf-deep", "ink"),
    "gold-pale": ("gold-deep", "ink"),
    "sky-pale": ("sky-deep", "ink"),
    "sky-deep": ("paper",),
    "masthead": ("masthead-ink",),
    "footer": ("footer-ink", "footer-soft"),
}
MARKS_ON = {
    "paper": ("line-strong", "focus", "series-1-edge", "series-2-edge"),
    "ground": ("line-strong",),
    "raised": ("line-strong",),
    "series-1": ("series-2",),
}
LEAST_FOR_TEXT, LEAST_FOR_MARKS = 4.5, 3.0

SPACES = ("space-1", "space-2", "space-3", "space-4", "space-5", "space-6", "space-7")
TYPE = ("text-hero", "text-h1", "text-h2", "text-h3", "text-lead", "text-body", "text-small", "text-tiny")
DATES = ("2025-09-10", "2024-12-18~", "2025-05", "2025-21", "2023-10~/2023-12~", "2005/..", "2011?")


@cache
def palette(is_dark: bool) -> dict[str, str]:
    """The colours of the light or the dark scheme by the name of their token, each as ``#rrggbb``."""
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media", 1)
    found = dict(re.findall(r"--([\w-]+): (#\w+|var\(--[\w-]+\));", light))
    if is_dark:
        found |= dict(re.findall(r"--([\w-]+): (#\w+|var\(--[\w-]+\));", dark))
    return {name: _resolved(found, name) for name in found}


def _resolved(found: dict[str, str], name: str) -> str:
    value = found[name]
    while value.startswith("var("):
        value = found[value[6:-1]]
    return value


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb`` by WCAG 2.2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2.2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True)
class Swatch:
    """A token in both schemes; ``pairs`` are the grounds it stands on, each with the contrast in light and dark."""

    name: str
    light: str
    dark: str
    pairs: list[tuple[str, str, str]]


def swatches() -> list[Swatch]:
    light, dark = palette(False), palette(True)
    grounds: dict[str, list[str]] = {}
    for pairs in (TEXT_ON, MARKS_ON):
        for ground, fronts in pairs.items():
            for front in fronts:
                grounds.setdefault(front, []).append(ground)
    return [
        Swatch(
            name,
            light[name],
            dark[name],
            [
                (
                    ground,
                    f"{contrast(light[name], light[ground]):.1f}",
                    f"{contrast(dark[name], dark[ground]):.1f}",
                )
                for ground in grounds.get(name, ())
            ],
        )
        for name in light
        if not name.startswith("desk")
    ]


class StyleGuide(WithoutParameters, TemplateView):
    """The parts of the site's pages, with samples that are invented."""

    template_name = "pages/styleguide.html"

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(
            swatches=swatches(), type_tokens=TYPE, space_tokens=SPACES, **samples(), **context
        )


def samples() -> dict:
    """Charts and dates made up to show what the components can say; no fact of the record."""
    turnover = [Series("turnover", _("Turnover"))]
    standings = (Standing.FINAL, Standing.DERIVED, Standing.PROVISIONAL)
    periods = [
        Period(2021 + number, (Quantity(Decimal(400 + 90 * number) * 1_000_000, standing),))
        for number, standing in enumerate(standings)
    ]
    rows = [
        BarRow(_("Sample good"), (Quantity(Decimal("62.5")),), code="0000"),
        BarRow(_("Other goods"), (Quantity(Decimal("37.5"), Standing.DERIVED),), is_rest=True),
    ]
    lanes = [
        (_("Events"), [Entry(date(2023, 5, 2), date(2023, 5, 2)), Entry(date(2024, 3, 1), date(2024, 5, 31))]),
        (_("Missions"), [Entry(date(2022, 1, 1), None), Entry(date(2025, 1, 1), date(2025, 12, 31), is_done=False)]),
    ]
    return {
        "dates": [ImpreciseDate.parse(edtf) for edtf in DATES],
        "columns": column_chart(periods, series=turnover, unit="USD"),
        "bars": bar_chart(rows, series=[Series("share", _("Share"))], unit="percent", label_name=_("Good")),
        "axis": axis_chart(lanes),
        "steps": step_chart([(date(2014, 1, 1), 1), (date(2018, 6, 1), 2), (date(2024, 2, 1), 3)]),
    }
