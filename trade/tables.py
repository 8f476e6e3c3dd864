"""What tables on pages show: of a row of trade statistics, and of the slices of a release."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from kzafrica.dates import ImpreciseDate
from kzafrica.reference.models import CURRENT_HS_EDITION, Commodity
from trade.catalogue import AreaInfo, Catalogue, PartInfo
from trade.choices import Flow
from trade.rows import TOTAL, exact


@dataclass(frozen=True)
class FlowLine:
    """A row as a reader sees it; None is missing."""

    part: PartInfo
    reporter: AreaInfo
    flow: str
    partner: AreaInfo
    hs: str
    title: str
    value: Decimal | None
    valuation: str
    fob_value: Decimal | None
    net_weight: Decimal | None
    is_weight_estimated: bool
    quantity: Decimal | None
    unit: str
    is_quantity_estimated: bool
    line: int

    @property
    def period(self) -> str:
        return period_text(self.part)

    @property
    def release_address(self) -> str:
        return address_of_release(self.part)


def lines_of_rows(rows: Iterable[tuple], known: Catalogue) -> list[FlowLine]:
    """The rows in their order, with the titles of their goods, which take one query."""
    rows = list(rows)
    titles = titles_of({(known.slices[row[1]].edition, row[4]) for row in rows})
    lines = []
    for row in rows:
        _id, number, partner, flow, hs, value, valuation, fob, weight, weight_is, amount, unit, amount_is, line = row
        part = known.slices[number]
        lines.append(
            FlowLine(
                part,
                known.areas[part.reporter],
                Flow(flow).label,
                known.areas[partner],
                hs or TOTAL,
                titles.get((part.edition, hs), "") if hs else _("All goods"),
                exact(value),
                valuation.upper(),
                exact(fob),
                exact(weight),
                bool(weight_is),
                exact(amount),
                unit,
                bool(amount_is),
                line,
            )
        )
    return lines


def titles_of(codes: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Titles of codes by edition; where theirs has none, that of the present edition."""
    wanted = {code for _edition, code in codes if code}
    if not wanted:
        return {}
    editions = {edition for edition, _code in codes} | {CURRENT_HS_EDITION}
    found = Commodity.objects.filter(code__in=wanted, edition__in=editions).exclude(description="")
    by_key = {(edition, code): title for edition, code, title in found.values_list("edition", "code", "description")}
    return {key: by_key.get(key) or by_key.get((CURRENT_HS_EDITION, key[1]), "") for key in codes}


def period_text(part: PartInfo) -> str:
    return ImpreciseDate.parse(f"{part.year:04}-{part.month:02}" if part.month else f"{part.year:04}").text()


def address_of_release(part: PartInfo) -> str:
    return reverse("trade:release_detail", args=[part.release])


@dataclass(frozen=True)
class Holdings:
    """What a public release holds, from what each process keeps of its slices."""

    parts: tuple[PartInfo, ...]

    @property
    def row_count(self) -> int:
        return sum(part.row_count for part in self.parts)

    @property
    def reporter_count(self) -> int:
        return len({part.reporter for part in self.parts})

    @property
    def years(self) -> str:
        years = [part.year for part in self.parts]
        return "" if not years else str(min(years)) if min(years) == max(years) else f"{min(years)}–{max(years)}"

    @property
    def editions(self) -> str:
        return ", ".join(sorted({part.edition for part in self.parts}))

    @property
    def replaced_count(self) -> int:
        return sum(not part.is_current for part in self.parts)


def holdings_by_release(known: Catalogue) -> dict[str, Holdings]:
    by_release: dict[str, list[PartInfo]] = {}
    for part in known.slices.values():
        by_release.setdefault(part.release, []).append(part)
    return {release: Holdings(tuple(parts)) for release, parts in by_release.items()}


@dataclass(frozen=True)
class SliceLine:
    """A slice of a release, and the one that readers are given in its place."""

    part: PartInfo
    reporter: AreaInfo
    replaced_by: PartInfo | None

    @property
    def period(self) -> str:
        return period_text(self.part)

    @property
    def replacing_address(self) -> str:
        return address_of_release(self.replaced_by) if self.replaced_by else ""


def slice_lines(holdings: Holdings, known: Catalogue, most: int) -> list[SliceLine]:
    """The slices by reporter and period, no more of them than that."""

    def same(part: PartInfo) -> tuple:
        return part.source, part.reporter, part.year, part.month, part.edition

    current = {same(part): part for part in known.current()}
    lines = [
        SliceLine(part, known.areas[part.reporter], None if part.is_current else current.get(same(part)))
        for part in holdings.parts
    ]
    lines.sort(key=lambda line: (line.reporter.name_order, line.part.year, line.part.month, line.part.edition))
    return lines[:most]
