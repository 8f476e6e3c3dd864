"""Rows of trade statistics for tests, with their sums as a load writes them."""

from decimal import Decimal

from kzafrica.reference.models import Area
from tests.factories import make_area, make_country, make_release, make_slice
from trade import catalogue
from trade.models import FlowSummary, Release, Slice, TradeFlow
from trade.staging import summarise


def area(code: str) -> Area:
    """The area of a country by its alpha-3, or the world as 0."""
    if code == "0":
        return Area.objects.filter(code="0").first() or make_area(code="0", kind="world", name="World")
    country = make_country(code)
    return country.areas.first() or make_area(country)


def report(reporter: str, year: int, rows: list[tuple], release: Release | None = None, **fields) -> Slice:
    """What a state reports of a year: (partner, flow, code, value) rows, the code empty for all goods.

    Value None is a missing one. Without a release one of its own is made, public unless ``status`` says otherwise.
    """
    made = {name: fields.pop(name) for name in ("perspective", "source", "status") if name in fields}
    release = release or make_release(**made)
    part = make_slice(release=release, reporter=area(reporter), year=year, **fields)
    for line, (partner, flow, hs, value) in enumerate(rows, 2):
        number = None if value is None else Decimal(value)
        TradeFlow.objects.create(slice=part, partner=area(partner), flow=flow, hs=hs, value_usd=number, line=line)
    Slice.objects.filter(pk=part.pk).update(row_count=len(rows))
    resum(release)
    return part


def resum(release: Release) -> None:
    """Write the sums of a release anew, after rows were added."""
    FlowSummary.objects.filter(slice__release=release).delete()
    summarise(release.pk)
    forget()


def forget() -> None:
    """Nothing that a process keeps of a content revision, since rows of tests move none."""
    catalogue._read.cache_clear()
