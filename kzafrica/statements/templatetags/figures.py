"""What templates ask about a figure: its number, its interval and its formula in words."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from kzafrica.numbers import amount_text, number_text
from kzafrica.statements.choices import ClaimResult, Reliability, Unit
from kzafrica.statements.comparisons import Verdict
from kzafrica.statements.computations import Estimate, estimate_of
from kzafrica.statements.models import Figure
from kzafrica.statements.wording import estimate_interval_text, figure_text, formula_text

register = template.Library()


@register.filter
def number(figure: Figure) -> str:
    """``783 million USD``; reads what ``with_inputs()`` prefetched."""
    return figure_text(figure)


@register.filter
def formula(figure: Figure) -> str:
    """``783 million USD ÷ (1 + 15.1 %)`` for a derived figure."""
    return formula_text(figure)


@register.filter
def interval(figure_or_estimate: Figure | Estimate) -> str:
    """``679.5 to 681.0 million USD``; empty where nothing can be computed."""
    estimate = estimate_of(figure_or_estimate) if isinstance(figure_or_estimate, Figure) else figure_or_estimate
    return "" if estimate is None else estimate_interval_text(estimate)


@register.filter
def computed(estimate: Estimate) -> str:
    """What we compute: its value where the interval is that alone or holds one, else the interval."""
    return estimate_interval_text(estimate) if estimate.value is None else amount_text(estimate.value, estimate.unit)


@register.filter
def amount(value: Decimal, unit: str) -> str:
    """A plain number with its unit: ``{{ difference|amount:figure.unit }}``."""
    return amount_text(value, unit)


@register.filter
def distance(value: Decimal, unit: str) -> str:
    """How far two numbers of a unit lie apart: percentages in points, ``−3.2 percentage points``."""
    return _("%s percentage points") % number_text(value) if unit == Unit.PERCENT else amount_text(value, unit)


# How the mark of a number's standing, of a comparison or of a claim's result is coloured; others are plain.
TONES = {
    Reliability.PROVISIONAL: "pending",
    Reliability.ESTIMATED: "pending",
    Reliability.PLANNED: "pending",
    Reliability.DISPUTED: "differs",
    Verdict.AGREES: "good",
    Verdict.DIFFERS: "differs",
    ClaimResult.HOLDS: "good",
    ClaimResult.IN_PART: "pending",
    ClaimResult.DOES_NOT_HOLD: "differs",
}


@register.filter
def standing_tone(word: str) -> str:
    """The tone of the badge that says how a number or claim stands."""
    return TONES.get(word, "")
