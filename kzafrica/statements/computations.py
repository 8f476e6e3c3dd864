"""What a figure allows, and what follows from other figures.

A stated number stands for an interval by the rounding rule (``amounts.py``). A derived one is computed from its inputs
each time it is read, at every corner of their intervals, and is never stored.
"""

from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from itertools import product

from django.utils.translation import gettext_lazy as _

from kzafrica.statements.amounts import ONE_DIGIT_TOLERANCE, Interval, plain, printed_interval
from kzafrica.statements.choices import MONEY, Formula, InputRole, Qualifier, Unit
from kzafrica.statements.models import Figure, FigureInput

HUNDRED = Decimal(100)
COUNTING_UNITS = (Unit.COUNT, Unit.RANK)
# The formulas without a division, and the roles in which they rise; in the others they fall.
RISES_IN: dict[str, tuple[str, ...]] = {
    Formula.SUM: (InputRole.PART,),
    Formula.REMAINDER: (),
    Formula.DIFFERENCE: (InputRole.VALUE,),
}


@dataclass(frozen=True)
class Estimate:
    """A number with the interval it stands for; ``value`` is None where only the interval is known."""

    value: Decimal | None
    interval: Interval
    unit: str


@dataclass(frozen=True)
class Computation:
    """A number we computed: from which records, by which rule, and whether from sources other than the statement's.

    ``label`` says in a few words what it is computed from: “Customs rows of Kenya”, “Other figures of the record”.
    """

    estimate: Estimate
    derived_from: list = field(default_factory=list)
    rule: str = ""
    is_independent: bool = True
    label: str = _("Records of this site")


@dataclass(frozen=True)
class Uncheckable:
    """That nothing can be computed for a figure, with the reason in one short sentence that is true of this figure."""

    reason: str


def estimate_of(figure: Figure) -> Estimate | None:
    """What a figure says: for a stated one by the rounding rule, for a derived one by its formula.

    None where a derived figure lacks an input or would divide by zero.
    """
    if figure.is_derived:
        return _derived_estimate(figure)
    return Estimate(figure.value, stated_interval(figure), figure.unit)


def stated_interval(figure: Figure) -> Interval:
    """The numbers that a statement allows."""
    if figure.qualifier == Qualifier.RANGE:
        return Interval(figure.low, figure.high)
    if figure.qualifier == Qualifier.AT_LEAST:
        return Interval(figure.value, None)
    if figure.qualifier == Qualifier.AT_MOST:
        return Interval(None, figure.value)
    printed = printed_interval(figure.value, figure.printed, is_count=figure.unit in COUNTING_UNITS)
    if figure.qualifier == Qualifier.ABOUT:
        slack = abs(figure.value) * ONE_DIGIT_TOLERANCE
        return Interval(
            min(printed.low, figure.value - slack), max(printed.high, figure.value + slack), is_our_reading=True
        )
    return printed


def _derived_estimate(figure: Figure) -> Estimate | None:
    rows: list[FigureInput] = list(figure.inputs.all())
    estimates = [estimate_of(row.figure) for row in rows]
    if not rows or any(estimate is None or estimate.value is None for estimate in estimates):
        return None
    roles = [row.role for row in rows]
    centre = apply_formula(figure.formula, roles, [estimate.value for estimate in estimates])
    if centre is None:
        return None
    return Estimate(rounded(centre, figure.unit), _corner_interval(figure, roles, estimates), figure.unit)


def _corner_interval(figure: Figure, roles: list[str], estimates: list[Estimate]) -> Interval:
    """The lowest and highest result over the ends of the inputs' intervals; the formulas rise or fall in each input."""
    intervals = [estimate.interval for estimate in estimates]
    is_our_reading = any(interval.is_our_reading for interval in intervals)
    if figure.formula in RISES_IN:
        # The lowest result takes the low end of what it rises in and the high end of what it falls in; one may be open.
        rises = [role in RISES_IN[figure.formula] for role in roles]
        ends = [
            (each.low, each.high) if up else (each.high, each.low) for up, each in zip(rises, intervals, strict=True)
        ]
        corners = [list(corner) for corner in zip(*ends, strict=True)]
        results = [None if None in corner else apply_formula(figure.formula, roles, corner) for corner in corners]
    elif any(None in (each.low, each.high) for each in intervals) or _may_divide_by_zero(roles, intervals):
        results = [None, None]
    else:
        corners = [list(corner) for corner in product(*((each.low, each.high) for each in intervals))]
        found = [apply_formula(figure.formula, roles, corner) for corner in corners]
        results = [min(found), max(found)]
    # Outwards, so that rounding leaves out no number that the inputs allow.
    low, high = (
        None if result is None else rounded(result, figure.unit, rounding)
        for result, rounding in zip(results, (ROUND_FLOOR, ROUND_CEILING), strict=True)
    )
    return Interval(low, high, is_our_reading)


def _may_divide_by_zero(roles: list[str], intervals: list[Interval]) -> bool:
    """Whether an input's interval holds a number at which its formula has no result and, near it, no bound."""
    pole = {InputRole.EARLIER: Decimal(0), InputRole.WHOLE: Decimal(0), InputRole.GROWTH: -HUNDRED}
    return any(
        role in pole and interval.low <= pole[role] <= interval.high
        for role, interval in zip(roles, intervals, strict=True)
    )


def apply_formula(formula: str, roles: list[str], values: list[Decimal]) -> Decimal | None:
    """The formula at one set of inputs; growth and shares in percent. None where it would divide by zero."""
    named = dict(zip(roles, values, strict=True))
    parts = [value for role, value in zip(roles, values, strict=True) if role == InputRole.PART]
    try:
        match formula:
            case Formula.PREVIOUS_FROM_GROWTH:
                return named[InputRole.VALUE] / (1 + named[InputRole.GROWTH] / HUNDRED)
            case Formula.GROWTH:
                return (named[InputRole.VALUE] / named[InputRole.EARLIER] - 1) * HUNDRED
            case Formula.SHARE:
                return named[InputRole.PART] / named[InputRole.WHOLE] * HUNDRED
            case Formula.SUM:
                return sum(parts, Decimal(0))
            case Formula.DIFFERENCE:
                return named[InputRole.VALUE] - named[InputRole.LESS]
            case Formula.REMAINDER:
                return HUNDRED - sum(parts, Decimal(0))
    except (KeyError, ArithmeticError):
        return None
    return None


def rounded(value: Decimal, unit: str, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """Whole units for money and counts, hundredths otherwise: more than any source vouches for, less than noise."""
    step = Decimal(1) if unit in MONEY or unit in COUNTING_UNITS else Decimal("0.01")
    return plain(value.quantize(step, rounding))


def scope_of(figure: Figure) -> tuple:
    """What makes two figures statements about the same thing."""
    return tuple(getattr(figure, "commodity_id" if name == "commodity" else name) for name in Figure.SCOPE)


@dataclass(frozen=True)
class OtherStatement:
    """Another figure of the same scope, and whether both can be true of one number; None where units differ."""

    figure: Figure
    agrees: bool | None


def other_statements(figure: Figure) -> list[OtherStatement]:
    """What other sources state, and what we derive, about exactly the same thing."""
    own = estimate_of(figure)
    found = []
    for other in Figure.objects.published().same_scope_as(figure).for_list():
        estimate = estimate_of(other)
        if own is not None and estimate is not None:
            found.append(OtherStatement(other, agreement(own, estimate)))
    return found


def agreement(one: Estimate, other: Estimate) -> bool | None:
    """Whether both can be true of one number; None where their units differ: rand stay rand without a stated rate."""
    return one.interval.meets(other.interval) if one.unit == other.unit else None
