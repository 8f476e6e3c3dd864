"""What a figure allows, what we compute ourselves, and whether the two agree.

A stated number stands for an interval by the rounding rule (``amounts.py``). A derived one is computed from its inputs
each time it is read, at every corner of their intervals. Sections add what they can compute from their own records
through ``settings.FIGURE_COMPUTATIONS``; this module imports none of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from itertools import product

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.workflow import content_revision
from kzafrica.statements.amounts import ONE_DIGIT_TOLERANCE, Interval, plain, printed_interval
from kzafrica.statements.choices import MONEY, Formula, InputRole, Qualifier, Unit
from kzafrica.statements.models import Figure, FigureInput

HUNDRED = Decimal(100)
COUNTING_UNITS = (Unit.COUNT, Unit.RANK)


class Verdict(models.TextChoices):
    AGREES = "agrees", _("Agrees")
    DIFFERS = "differs", _("Differs")
    CANNOT_BE_CHECKED = "cannot_be_checked", _("Cannot be checked")


@dataclass(frozen=True)
class Estimate:
    """A number with the interval it stands for; ``value`` is None where only the interval is known."""

    value: Decimal | None
    interval: Interval
    unit: str


@dataclass(frozen=True)
class Computation:
    """A number we computed: from which records, by which rule, and whether from sources other than the statement's."""

    estimate: Estimate
    derived_from: list = field(default_factory=list)
    rule: str = ""
    is_independent: bool = True


@dataclass(frozen=True)
class Comparison:
    """A statement beside what we compute. ``difference`` is stated minus computed; None where they agree."""

    computation: Computation | None
    verdict: str
    difference: Decimal | None = None

    @property
    def agrees(self) -> bool | None:
        return {Verdict.AGREES: True, Verdict.DIFFERS: False}.get(self.verdict)

    @property
    def get_verdict_display(self) -> str:
        return Verdict(self.verdict).label


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
    is_open = any(interval.low is None or interval.high is None for interval in intervals)
    if is_open or _may_divide_by_zero(roles, intervals):
        return Interval(None, None, is_our_reading)
    if figure.formula in {Formula.SUM, Formula.REMAINDER}:
        corners = [[interval.low for interval in intervals], [interval.high for interval in intervals]]
    else:
        corners = [list(corner) for corner in product(*((interval.low, interval.high) for interval in intervals))]
    results = [apply_formula(figure.formula, roles, corner) for corner in corners]
    # Outwards, so that rounding leaves out no number that the inputs allow.
    low, high = rounded(min(results), figure.unit, ROUND_FLOOR), rounded(max(results), figure.unit, ROUND_CEILING)
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
            case Formula.REMAINDER:
                return HUNDRED - sum(parts, Decimal(0))
    except (KeyError, ArithmeticError):
        return None
    return None


def rounded(value: Decimal, unit: str, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """Whole units for money and counts, hundredths otherwise: more than any source vouches for, less than noise."""
    step = Decimal(1) if unit in MONEY or unit in COUNTING_UNITS else Decimal("0.01")
    return plain(value.quantize(step, rounding))


@lru_cache
def section_computations() -> dict[str, Callable[[list[Figure]], dict[int, Computation]]]:
    """What sections compute from their own records, by measure: figures in, computations by primary key out."""
    return import_string(settings.FIGURE_COMPUTATIONS)


def compare(figures: Iterable[Figure]) -> dict[int, Comparison]:
    """Each stated figure beside what we compute, by primary key, in a number of queries that does not grow."""
    stated = [figure for figure in figures if not figure.is_derived]
    computed: dict[int, Computation] = {}
    for measure, compute in section_computations().items():
        if own := [figure for figure in stated if figure.measure == measure]:
            computed |= compute(own)
    derived = derived_by_scope() if stated else {}
    return {figure.pk: _compared(figure, computed.get(figure.pk) or derived.get(scope_of(figure))) for figure in stated}


def derived_by_scope() -> dict[tuple, Computation]:
    """What derived figures say, by scope; worked out once for each content revision."""

    def work_out() -> dict[tuple, Computation]:
        figures = Figure.objects.published().derived().with_inputs()
        return {scope_of(figure): found for figure in figures if (found := _from_derived(figure))}

    return cache.get_or_set(f"derived-figures-{content_revision()}-{get_language()}", work_out)


def scope_of(figure: Figure) -> tuple:
    """What makes two figures statements about the same thing."""
    return tuple(getattr(figure, "commodity_id" if name == "commodity" else name) for name in Figure.SCOPE)


def _from_derived(figure: Figure) -> Computation | None:
    estimate = estimate_of(figure)
    if estimate is None:
        return None
    return Computation(estimate, [row.figure for row in figure.inputs.all()], rule=str(figure.get_formula_display()))


def _compared(figure: Figure, computation: Computation | None) -> Comparison:
    if computation is None:
        return Comparison(None, Verdict.CANNOT_BE_CHECKED)
    if stated_interval(figure).meets(computation.estimate.interval):
        return Comparison(computation, Verdict.AGREES)
    computed = computation.estimate.value
    difference = None if figure.value is None or computed is None else figure.value - computed
    return Comparison(computation, Verdict.DIFFERS, difference)


@dataclass(frozen=True)
class OtherStatement:
    """Another figure of the same scope, and whether both can be true of one number."""

    figure: Figure
    agrees: bool


def other_statements(figure: Figure) -> list[OtherStatement]:
    """What other sources state, and what we derive, about exactly the same thing."""
    own = estimate_of(figure)
    found = []
    for other in Figure.objects.published().same_scope_as(figure).for_list():
        estimate = estimate_of(other)
        if own is not None and estimate is not None:
            found.append(OtherStatement(other, own.interval.meets(estimate.interval)))
    return found
