"""Figures arranged for readers: one line for each thing and period, growth beside its measure, goods by their share.

Nothing here asks the database: figures come with ``with_inputs()`` and their citations.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from kzafrica.statements.choices import Direction, Formula, Measure, Unit
from kzafrica.statements.computations import Estimate, OtherStatement, agreement, estimate_of, scope_of, stated_interval
from kzafrica.statements.models import Figure


@dataclass(frozen=True)
class Line:
    """The figure we show for a scope and period, and what else is stated or derived about the same."""

    figure: Figure
    others: list[OtherStatement] = field(default_factory=list)

    @property
    def estimate(self) -> Estimate | None:
        return estimate_of(self.figure)

    @property
    def is_disputed(self) -> bool:
        """Whether another statement cannot be true of the same number, or a source states something else."""
        return any(other.agrees is False for other in self.others) or any(
            citation.differs for citation in self.figure.all_citations()
        )


@dataclass(frozen=True)
class GrowthLine:
    """One period of a measure, with its growth over the period before where that is known."""

    level: Line
    growth: Line | None


@dataclass(frozen=True)
class Share:
    """One good's part of a total."""

    line: Line
    percent: Decimal

    @property
    def bar_width(self) -> str:
        """The length of a bar that is 100 long when it is everything; written for SVG, not for a language."""
        return f"{max(Decimal(0), min(self.percent, Decimal(100))):f}"


@dataclass(frozen=True)
class Composition:
    """The goods that are named in one direction of trade, the largest first, and what they leave unnamed."""

    goods: list[Share]
    together: Line | None
    rest: Share | None

    @property
    def counted(self) -> int:
        """How many shares the sum of them adds up."""
        return len(self.together.figure.inputs.all()) if self.together else 0

    @property
    def why_unchecked(self) -> str:
        """The reason for which no share can be checked, where it is one and the same; after ``with_comparisons()``."""
        reasons = {share.line.figure.verification.reason for share in self.goods if share.line.figure.verification}
        return reasons.pop() if len(reasons) == 1 else ""

    @property
    def lines(self) -> list[Line]:
        return [*(share.line for share in self.goods), *filter(None, (self.together, self.rest and self.rest.line))]


@dataclass(frozen=True)
class Trade:
    """Trade of two sides: the turnover of each period, the goods both ways, and what else is stated."""

    turnover: list[GrowthLine]
    exports: Composition
    imports: Composition
    others: list[Line]


def lines_of(figures: Iterable[Figure]) -> list[Line]:
    """One line a scope, in the order met; the headline figure leads, the others of its scope stand behind it."""
    scopes: dict[tuple, list[Figure]] = {}
    for figure in figures:
        scopes.setdefault(scope_of(figure), []).append(figure)
    return [_line(same) for same in scopes.values()]


def _line(figures: list[Figure]) -> Line:
    chosen = next((figure for figure in figures if figure.is_headline), figures[0])
    own = estimate_of(chosen)
    others = []
    for figure in figures:
        other = estimate_of(figure)
        if figure is not chosen and own is not None and other is not None:
            others.append(OtherStatement(figure, agreement(own, other)))
    return Line(chosen, others)


def series_of(lines: Iterable[Line], measure: str) -> list[GrowthLine]:
    """The periods of a measure in time, each with the growth stated or derived for the same period."""
    lines = list(lines)
    growth = {
        line.figure.period: line
        for line in lines
        if line.figure.measure == Measure.GROWTH and line.figure.base_measure == measure
    }
    levels = [line for line in lines if line.figure.measure == measure]
    levels.sort(key=lambda line: (line.figure.period_order, line.figure.slug))
    return [GrowthLine(line, growth.get(line.figure.period)) for line in levels]


def composition_of(lines: Iterable[Line], direction: str) -> Composition:
    """The shares of goods in exports or imports; sums and remainders of them apart."""
    base = Measure.EXPORTS if direction == Direction.EXPORT else Measure.IMPORTS
    shares = [
        line
        for line in lines
        if line.figure.measure == Measure.SHARE and line.figure.base_measure == base and line.estimate
    ]
    goods = [Share(line, line.estimate.value) for line in shares if line.figure.commodity_id and line.estimate.value]
    goods.sort(key=lambda share: (-share.percent, share.line.figure.slug))
    by_formula = {line.figure.formula: line for line in shares if line.figure.is_derived}
    rest = by_formula.get(Formula.REMAINDER)
    return Composition(goods, by_formula.get(Formula.SUM), Share(rest, rest.estimate.value) if rest else None)


def trade_of(lines: list[Line]) -> Trade:
    """The lines of two sides in their places; ``others`` keep the order they came in."""
    turnover = series_of(lines, Measure.TURNOVER)
    exports, imports = composition_of(lines, Direction.EXPORT), composition_of(lines, Direction.IMPORT)
    shown = [line for row in turnover for line in (row.level, row.growth)] + exports.lines + imports.lines
    placed = {id(line) for line in shown}
    return Trade(turnover, exports, imports, [line for line in lines if id(line) not in placed])


@dataclass(frozen=True)
class Beside:
    """Another statement about the same thing beside a figure; ``difference`` is the other minus the figure."""

    figure: Figure
    agrees: bool | None
    difference: Decimal | None


def beside(figure: Figure, others: Iterable[OtherStatement]) -> list[Beside]:
    """The others with how far they lie from the figure, in its unit; None where either has no single value."""
    own = estimate_of(figure)
    rows = []
    for other in others:
        estimate = estimate_of(other.figure)
        known = own is not None and own.value is not None and estimate is not None and estimate.value is not None
        is_same_unit = known and own.unit == estimate.unit
        rows.append(Beside(other.figure, other.agrees, estimate.value - own.value if is_same_unit else None))
    return rows


def is_rounded(figure: Figure) -> bool:
    """Whether a stated number stands for more than itself by the rounding rule."""
    if figure.is_derived or figure.unit in (Unit.COUNT, Unit.RANK):
        return False
    interval = stated_interval(figure)
    return interval.low != interval.high
