"""Of what there are rows: the partners, flows and goods of slices, asked of the database as such."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models.functions import Length

from trade.models import FlowSummary, TradeFlow
from trade.totals import SUBHEADING


@dataclass(frozen=True)
class Coverage:
    """What rows are of: numbers of slices and partners, flows, and codes of goods, the empty one for all goods."""

    slices: set[int]
    partners: set[int]
    flows: set[str]
    goods: set[str]
    has_weights: bool


def coverage(
    slices: Iterable[int],
    *,
    partners: Collection[int] | None = None,
    flows: Collection[str] | None = None,
    goods: Collection[str] | None = None,
) -> Coverage:
    """What the rows of slices are of, as far as they are of the partners, flows and goods given; None is any."""
    conditions = {"slice__in": list(slices)}
    if partners is not None:
        conditions["partner__in"] = list(partners)
    if flows is not None:
        conditions["flow__in"] = list(flows)
    if goods is not None:
        conditions["hs__in"] = list(goods)
    # Sums are kept of all levels but the lowest, which are rows themselves.
    sums = FlowSummary.objects.order_by().filter(**conditions)
    rows = TradeFlow.objects.order_by().alias(level=Length("hs")).filter(level=SUBHEADING, **conditions)
    levels = {len(code) for code in goods} if goods is not None else set()
    # Whatever row there is of all goods, sums above it are of the same slice, partner and flow.
    tables = [sums] if goods is None or levels - {SUBHEADING} else []
    tables += [rows] if SUBHEADING in levels else []
    keys = {key for table in tables for key in table.values_list("slice_id", "partner_id", "flow").distinct()}
    of_goods = [sums, rows] if goods is None else tables
    return Coverage(
        {part for part, _partner, _flow in keys},
        {partner for _part, partner, _flow in keys},
        {flow for _part, _partner, flow in keys},
        {code for table in of_goods for code in table.values_list("hs", flat=True).distinct()},
        any(table.filter(net_weight_kg__isnull=False).exists() for table in of_goods),
    )
