"""Figures in words, for pages and titles."""

from django.utils.translation import gettext as _

from kzafrica.numbers import amount_text, interval_text
from kzafrica.statements.choices import Formula, InputRole, Qualifier
from kzafrica.statements.computations import Estimate, estimate_of
from kzafrica.statements.models import Figure


def figure_text(figure: Figure) -> str:
    """``783 million USD``, ``over 700 million USD``, ``150 to 200 jobs``; for a derived figure its computed value."""
    if figure.is_derived:
        estimate = estimate_of(figure)
        return _("cannot be computed") if estimate is None else amount_text(estimate.value, figure.unit)
    if figure.qualifier == Qualifier.RANGE:
        return interval_text(figure.low, figure.high, figure.unit)
    amount = amount_text(figure.value, figure.unit)
    return {
        Qualifier.ABOUT: _("about %s"),
        Qualifier.AT_LEAST: _("over %s"),
        Qualifier.AT_MOST: _("up to %s"),
    }.get(figure.qualifier, "%s") % amount


def estimate_interval_text(estimate: Estimate) -> str:
    """``679.5 to 681.0 million USD``."""
    return interval_text(estimate.interval.low, estimate.interval.high, estimate.unit)


def formula_text(figure: Figure) -> str:
    """The formula of a derived figure with its numbers: ``783 million USD ÷ (1 + 15.1 %)``."""
    named: dict[str, list[str]] = {}
    for row in figure.inputs.all():
        named.setdefault(row.role, []).append(figure_text(row.figure))
    first = {role: texts[0] for role, texts in named.items()}
    parts = named.get(InputRole.PART, [])
    match figure.formula:
        case Formula.PREVIOUS_FROM_GROWTH if {InputRole.VALUE, InputRole.GROWTH} <= first.keys():
            return f"{first[InputRole.VALUE]} ÷ (1 + {first[InputRole.GROWTH]})"
        case Formula.GROWTH if {InputRole.VALUE, InputRole.EARLIER} <= first.keys():
            return f"{first[InputRole.VALUE]} ÷ {first[InputRole.EARLIER]} − 1"
        case Formula.SHARE if {InputRole.PART, InputRole.WHOLE} <= first.keys():
            return f"{first[InputRole.PART]} ÷ {first[InputRole.WHOLE]}"
        case Formula.DIFFERENCE if {InputRole.VALUE, InputRole.LESS} <= first.keys():
            return f"{first[InputRole.VALUE]} − {first[InputRole.LESS]}"
        case Formula.SUM if parts:
            return " + ".join(parts)
        case Formula.REMAINDER if parts:
            return "100 % − " + " − ".join(parts)
    return ""
