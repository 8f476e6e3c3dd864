"""Rows of trade statistics for tests: three public releases, one of them replaced in part, and one in draft."""

from decimal import Decimal

from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.reference.models import Area
from tests.factories import (
    make_area,
    make_commodity,
    make_country,
    make_release,
    make_slice,
    make_source,
    make_trade_flow,
)
from trade.models import Release, Slice


def area(alpha3: str) -> Area:
    country = make_country(alpha3)
    return country.areas.first() or make_area(country)


def world() -> Area:
    return Area.objects.filter(code="0").first() or make_area(code="0", name="World", kind="world")


def fill(part: Slice, rows: list[dict]) -> Slice:
    """Give a slice its rows, and their number."""
    for row in rows:
        make_trade_flow(slice=part, **row)
    part.row_count = part.flows.count()
    part.save()
    return part


def make_world() -> dict[str, Release]:
    """Releases by a word each; every kind of gap, level, flow and period is in their rows."""
    make_commodity("0902", description="Tea, whether or not flavoured")
    make_commodity("090230", description="Tea, black, fermented")
    comtrade = make_source(title="UN Comtrade", slug="un-comtrade", rights="Terms of the United Nations")
    baci = make_source(title="BACI", slug="baci", rights="Terms of CEPII")
    old, new, reconciled, draft = (
        make_release(title="Comtrade, old", slug="comtrade-old", source=comtrade, released_on="2024-01-01"),
        make_release(title="Comtrade, new", slug="comtrade-new", source=comtrade, released_on="2025-01-01"),
        make_release(title="BACI 2023", slug="baci-2023", source=baci, perspective="reconciled"),
        make_release(title="Not reviewed", slug="draft", source=comtrade, status=Status.DRAFT),
    )
    kazakhstan, kenya, namibia = area("KAZ"), area("KEN"), area("NAM")
    fill(
        make_slice(release=old, reporter=kazakhstan, year=2023),
        [{"partner": kenya, "hs": "0902", "value_usd": "7"}, {"partner": world(), "value_usd": "9"}],
    )
    fill(
        make_slice(release=new, reporter=kazakhstan, year=2023),
        [
            {"partner": world(), "value_usd": Decimal("123456789.1234"), "valuation": "fob"},
            {"partner": kenya, "hs": "0902", "value_usd": None, "net_weight_kg": "0", "is_weight_estimated": True},
            {"partner": kenya, "hs": "090230", "value_usd": "0", "quantity": "1.5", "quantity_unit": "kg"},
            {
                "partner": namibia,
                "hs": "09",
                "flow": "M",
                "value_usd": "10",
                "fob_value_usd": "9.5",
                "valuation": "cif",
            },
        ],
    )
    fill(
        make_slice(release=new, reporter=kazakhstan, year=2024, month=3, edition="H5"),
        [{"partner": kenya, "flow": "RX", "hs": "0902", "value_usd": "922337203685477.5807"}],
    )
    fill(
        make_slice(release=reconciled, reporter=namibia, year=2023, edition="H5"),
        [{"partner": kazakhstan, "hs": "090230", "value_usd": "3.25", "is_quantity_estimated": True, "quantity": "2"}],
    )
    fill(
        make_slice(release=draft, reporter=kenya, year=2022),
        [{"partner": kazakhstan, "hs": "0902", "value_usd": "666"}],
    )
    Slice.objects.settle()
    # What was made behind the workflow's back is read anew with the next revision.
    workflow.publish(make_source(status=Status.DRAFT), by=workflow.system_user(), note="Made for a test")
    return {"old": old, "new": new, "reconciled": reconciled, "draft": draft}
