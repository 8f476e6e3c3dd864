"""What templates ask about a figure: its number, its interval and its formula in words."""

from decimal import Decimal

from django import template

from kzafrica.numbers import amount_text
from kzafrica.statements.choices import ClaimResult, Reliability
from kzafrica.statements.computations import Estimate, Verdict, estimate_of
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
def amount(value: Decimal, unit: str) -> str:
    """A plain number with its unit: ``{{ difference|amount:figure.unit }}``."""
    return amount_text(value, unit)


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
