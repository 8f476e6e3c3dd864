"""The charts of trade of the continent, of a pair and of a good: from figures as stated, and from rows as reported.

The two are never drawn in one chart. A chart of rows takes for each year one report whole: that of the side itself,
else the reconciled one, else that of the other side, and says which.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kzafrica.bars import BarChart, BarRow, bar_chart
from kzafrica.columns import ColumnChart, Period, column_chart
from kzafrica.numbers import amount_text
from kzafrica.quantities import Quantity, Series, Standing
from kzafrica.reference.models import CURRENT_HS_EDITION, Commodity
from kzafrica.statements.choices import Reliability
from kzafrica.statements.tables import Composition, GrowthLine, Line
from trade.catalogue import AreaInfo, Catalogue, PartInfo, Side
from trade.choices import Flow, Perspective
from trade.pairs import REPORTS, YEAR_OF_MONTHS, Year, perspective_name, slices_of
from trade.totals import Total, totals

# How the keys of charts begin that draw what sources state.
STATED = "stated-"
# How many partners or goods a chart names before the rest stands for the others.
NAMED = 10
CHAPTER = 2
STANDINGS = {
    Reliability.FINAL: Standing.FINAL,
    Reliability.PROVISIONAL: Standing.PROVISIONAL,
    Reliability.ESTIMATED: Standing.ESTIMATED,
    Reliability.PLANNED: Standing.ESTIMATED,
    Reliability.DISPUTED: Standing.ESTIMATED,
}


@dataclass(frozen=True)
class Board:
    """A chart with its words; ``key`` ends its address, ``subtitle`` says in a picture what it rests on."""

    key: str
    title: str
    sentence: str
    subtitle: str
    chart: ColumnChart | BarChart

    @property
    def is_stated(self) -> bool:
        return self.key.startswith(STATED)

    @property
    def is_by_year(self) -> bool:
        return isinstance(self.chart, ColumnChart)


# --- As sources state it


def quantity_of(line: Line) -> Quantity | None:
    """The number of a line with how firm it is; None where it has no single value."""
    estimate = line.estimate
    if estimate is None or estimate.value is None:
        return None
    return Quantity(estimate.value, Standing.DERIVED if line.figure.is_derived else STANDINGS[line.figure.reliability])


def year_of(line: Line) -> int | None:
    """The year that a figure is for; None for other periods."""
    period = line.figure.period
    is_one = period is not None and period.earliest is not None and period.latest is not None
    return period.earliest.year if is_one and period.edtf.rstrip("~?%") == str(period.earliest.year) else None


def stated_turnover(rows: Iterable[GrowthLine]) -> Board | None:
    """Turnover by year as sources state it, what is computed from other figures marked."""
    by_year = _one_a_year(rows)
    periods = [Period(year, (quantity_of(row.level),)) for year, row in by_year.items()]
    chart = column_chart(periods, series=[Series("turnover", _("Turnover"))], unit="USD")
    if chart is None:
        return None
    year, last = next(reversed(by_year.items()))
    details = {"value": amount_text(quantity_of(last.level).amount, "USD"), "year": year}
    sentence = _("Turnover was %(value)s in %(year)s.") % details
    if last.growth and (growth := quantity_of(last.growth)):
        sentence = _("Turnover was %(value)s in %(year)s, a change of %(growth)s over the year before.") % {
            **details,
            "growth": amount_text(growth.amount, "percent"),
        }
    return Board("stated-turnover", _("Turnover as sources state it"), sentence, _("As stated by sources"), chart)


def _one_a_year(rows: Iterable[GrowthLine]) -> dict[int, GrowthLine]:
    """Of each year in time the line to draw: the headline first, then the one whose period is exactly the year."""

    def standing(row: GrowthLine) -> tuple:
        figure = row.level.figure
        return not figure.is_headline, not figure.period.edtf.isdigit(), figure.slug

    chosen: dict[int, GrowthLine] = {}
    for row in sorted(rows, key=standing):
        year = year_of(row.level)
        if year is not None and row.level.figure.unit == "USD" and quantity_of(row.level) is not None:
            chosen.setdefault(year, row)
    return dict(sorted(chosen.items()))


def stated_composition(key: str, title: str, composition: Composition) -> Board | None:
    """Goods by their share, as a source states them; what it leaves unnamed is hollow."""
    rows = [
        BarRow(str(share.line.figure.commodity), (quantity_of(share.line),), code=share.line.figure.commodity.code)
        for share in composition.goods
    ]
    if composition.rest:
        rest = composition.rest.line
        rows.append(BarRow(str(rest.figure), (quantity_of(rest),), is_rest=True))
    # Shares that add up to more than all of it leave less than nothing: the table says so, a bar cannot.
    rows = [row for row in rows if row.values[0] is not None and row.values[0].amount >= 0]
    chart = bar_chart(rows, series=[Series("share", _("Share"))], unit="percent", label_name=_("Good"))
    if chart is None or not composition.goods:
        return None
    largest = composition.goods[0]
    sentence = _("The largest share is %(share)s: %(good)s.") % {
        "share": amount_text(largest.percent, "percent"),
        "good": largest.line.figure.commodity.description,
    }
    return Board(key, title, sentence, _("As stated by sources"), chart)


# --- As rows give it


def trade_by_year(years: list[Year], first: Side, other: Side) -> Board | None:
    """Exports, imports and the balance of every year of which rows are loaded; part of a year is provisional."""
    series = [Series("exports", _("Exports")), Series("imports", _("Imports"))]
    says = [_says_so(year) for year in years]
    # Who reports is noted at the years only where it is not the same in all of them.
    is_one = len(set(says)) == 1
    notes = [["" if is_one else said, months_text(year)] for year, said in zip(years, says, strict=True)]
    periods = [_period(year, ", ".join(filter(None, note))) for year, note in zip(years, notes, strict=True)]
    chart = column_chart(periods, series=series, unit="USD", balance_name=_("Balance"))
    if chart is None:
        return None
    sentence = " ".join(_sentences(years[-1], says[-1], first, other))
    title = _("Trade by year, from rows of trade statistics")
    return Board("trade", title, sentence, _("Rows of trade statistics"), chart)


def _sentences(year: Year, says: str, first: Side, other: Side) -> Iterator[str]:
    """What the latest year says, who says it, and what may be missing from it."""
    report = year.best
    words = {"year": year.year, "first": first.name, "other": other.name, "says": says}
    if report.exports:
        words["exports"] = amount_text(report.exports.value, "USD")
    if report.imports:
        words["imports"] = amount_text(report.imports.value, "USD")
    if report.balance is not None:
        words["balance"] = amount_text(report.balance, "USD")
        yield (
            _(
                "In %(year)s goods for %(exports)s went from %(first)s to %(other)s and for %(imports)s the other way: "
                "a balance of %(balance)s, %(says)s."
            )
            % words
        )
    elif report.exports:
        yield _("In %(year)s goods for %(exports)s went from %(first)s to %(other)s, %(says)s.") % words
    else:
        yield _("In %(year)s goods for %(imports)s went from %(other)s to %(first)s, %(says)s.") % words
    if months := months_text(year):
        yield _("That is of %(months)s.") % {"months": months}
    if any(amount.is_excerpt for amount in report.amounts):
        yield _("The rows may be an excerpt: the file does not give the totals.")


def months_text(year: Year) -> str:
    """Of how many months the report is that is drawn; nothing for a whole year."""
    months = year.best.months
    if months == YEAR_OF_MONTHS:
        return ""
    return ngettext("%(n)s month only", "%(n)s months only", months) % {"n": months}


def _period(year: Year, note: str) -> Period:
    report = year.best
    standing = Standing.FINAL if report.months == YEAR_OF_MONTHS else Standing.PROVISIONAL
    values = tuple(Quantity(to_the_dollar(amount.value), standing) if amount else None for amount in report.both)
    balance = Quantity(to_the_dollar(report.balance), Standing.DERIVED) if report.balance is not None else None
    return Period(year.year, values, balance, note=note)


def _says_so(year: Year) -> str:
    """Who gives the report that is drawn, in words."""
    name = next(name for name in REPORTS if getattr(year, name) is year.best)
    return perspective_name(name, *year.sides)


def to_the_dollar(value: Decimal) -> Decimal:
    """A value as charts and their tables show it; the exact one is in the API."""
    return value.quantize(Decimal(1), ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Told:
    """The rows that tell what went one way in a year: whose, with whom, and who says so."""

    slices: list[PartInfo]
    partners: tuple[int, ...]
    flow: str
    report: str
    # What of a total names the other side: its partner, or its reporter where the other side reports.
    other_by: str


def told_by(known: Catalogue, first: Side, other: Side, year: int, direction: str) -> Told | None:
    """The report of exports to the other side, or of imports from it, in the order of ``Year.best``."""
    is_export = direction == "exports"
    reported, reconciled = Perspective.AS_REPORTED, Perspective.RECONCILED
    ways = (
        (first, other, Flow.EXPORT if is_export else Flow.IMPORT, reported, "own"),
        (first, other, Flow.EXPORT, reconciled, "reconciled")
        if is_export
        else (other, first, Flow.EXPORT, reconciled, "reconciled"),
        (other, first, Flow.IMPORT if is_export else Flow.EXPORT, reported, "mirror"),
    )
    for reporting, partner, flow, perspective, report in ways:
        slices = slices_of(known, reporting, perspective, [year])
        found = totals(known, slices, partners=partner.areas, flow=flow)
        if any(total.value is not None for total in found):
            other_by = "partner" if reporting is first else "reporter"
            return Told(slices, partner.areas, flow, report, other_by)
    return None


def goods_of(known: Catalogue, first: Side, other: Side, year: int, direction: str) -> Board | None:
    """The largest chapters of a year in one direction, and the rest."""
    told = told_by(known, first, other, year, direction)
    if told is None:
        return None
    found = totals(known, told.slices, by=("hs",), partners=told.partners, flow=told.flow, level=CHAPTER)
    titles = titles_of(total.key.hs for total in found)
    return _ranked(
        key=f"{direction}-goods",
        title=_("Exports by chapter, %s") % year if direction == "exports" else _("Imports by chapter, %s") % year,
        found=found,
        label=lambda total: (f"{total.key.hs} {titles.get(total.key.hs, '')}".strip(), total.key.hs),
        label_name=_("Chapter"),
        rest_name=_("Other chapters"),
        says=perspective_name(told.report, first, other),
    )


def partners_of(known: Catalogue, first: Side, other: Side, year: int, direction: str, *, hs: str = "") -> Board | None:
    """The states of the other side by what went one way in a year, of one good or of all."""
    told = told_by(known, first, other, year, direction)
    if told is None:
        return None
    by, level = (told.other_by,), len(hs)
    found = totals(known, told.slices, by=by, partners=told.partners, flow=told.flow, level=level, under=hs)
    areas = {id(total): known.areas[getattr(total.key, told.other_by)] for total in found}
    found = list(_by_state(found, areas).values())
    return _ranked(
        key=f"{direction}-partners",
        title=_("Exports by state, %s") % year if direction == "exports" else _("Imports by state, %s") % year,
        found=found,
        label=lambda total: (areas[id(total)].name, areas[id(total)].iso3 or areas[id(total)].code),
        label_name=_("State"),
        rest_name=_("Other states"),
        says=perspective_name(told.report, first, other),
    )


def _by_state(found: list[Total], areas: dict[int, AreaInfo]) -> dict[str, Total]:
    """One total a state, of which there may be several areas."""
    merged: dict[str, Total] = {}
    for total in found:
        area = areas[id(total)]
        first = merged.setdefault(area.iso3 or area.code, total)
        if first is not total and total.value is not None:
            first.value = total.value + (first.value or 0)
    return merged


def _ranked(
    *,
    key: str,
    title: str,
    found: list[Total],
    label: Callable[[Total], tuple[str, str]],
    label_name: str,
    rest_name: str,
    says: str,
) -> Board | None:
    ranked = sorted((total for total in found if total.value), key=lambda total: (-total.value, label(total)))
    named, others = ranked[:NAMED], ranked[NAMED:]
    rows = [
        BarRow(label(total)[0], (Quantity(to_the_dollar(total.value_usd)),), code=label(total)[1]) for total in named
    ]
    if others:
        rest = sum((total.value_usd for total in others), Decimal(0))
        rows.append(BarRow(rest_name, (Quantity(to_the_dollar(rest), Standing.DERIVED),), is_rest=True))
    chart = bar_chart(rows, series=[Series("value", _("Value"))], unit="USD", label_name=label_name)
    if chart is None:
        return None
    whole = sum((total.value_usd for total in ranked), Decimal(0))
    share = (named[0].value_usd / whole * 100).quantize(Decimal("0.1"))
    sentence = _("First: %(name)s with %(value)s, %(share)s of all of them; %(says)s.") % {
        "name": label(named[0])[0],
        "value": amount_text(named[0].value_usd, "USD"),
        "share": amount_text(share, "percent"),
        "says": says,
    }
    return Board(key, title, sentence, says, chart)


def titles_of(codes: Iterable[str]) -> dict[str, str]:
    """The titles of goods by their code: those of HS 2022, or else of any edition that has one."""
    rows = (
        Commodity.objects.filter(code__in=set(codes)).order_by("edition").values_list("edition", "code", "description")
    )
    titles: dict[str, str] = {}
    for edition, code, description in rows:
        if description and (edition == CURRENT_HS_EDITION or code not in titles):
            titles[code] = description
    return titles
