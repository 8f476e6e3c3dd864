"""Rows of trade and figures, some of them hidden, as the exchange of statistics gives them away."""

from kzafrica.reference.models import Organization
from tests.dashboards.rows import report
from tests.factories import (
    make_area,
    make_bloc,
    make_commodity,
    make_country,
    make_derived_figure,
    make_figure,
    make_organization,
)
from trade.models import TradeFlow

DRAFT = "draft"


def make_trade() -> None:
    """Two years of Kazakhstan, one reconciled by South Africa, and a draft that nobody may see."""
    make_bloc()
    for code in ("25", "2503"):
        make_commodity(code)
    make_area(make_country("ZAF"), name_ru="ЮАР")
    make_country("ZAF").__class__.objects.filter(alpha3="ZAF").update(name_ru="ЮАР")
    for year in (2022, 2023):
        report(
            "KAZ",
            year,
            [
                ("0", "X", "", "1000"),
                ("ZAF", "X", "", f"100.{year}"),
                ("ZAF", "X", "2503", "60"),
                ("ZAF", "X", "250300", "59.0001"),
                ("KEN", "X", "", "50"),
                ("ZAF", "M", "", None),
                ("ZAF", "RX", "", "0"),
            ],
        )
    # Of this year there are some months only: it is in the totals of the API, and no year of SDMX.
    report("KAZ", 2024, [("ZAF", "X", "", "9")], month=2)
    report("ZAF", 2023, [("KAZ", "X", "250300", "36.9999")], perspective="reconciled")
    report("ZAF", 2024, [("KEN", "X", "", "666")], status=DRAFT)
    TradeFlow.objects.filter(hs="250300").update(net_weight_kg="12.5")


def make_figures() -> dict[str, str]:
    """Figures by what is peculiar about them: their slugs."""
    hidden = make_organization(name="Hidden company")
    made = {
        "year": make_figure(title='Turnover <& "more">\x0b', value="783000000.25"),
        "derived": make_derived_figure(),
        "quarter": make_figure(period="2024-33", value="-5.1", measure="balance", reliability="estimated"),
        "half": make_figure(period="2023-41", value="7", reliability="provisional", qualifier="at_least"),
        "day": make_figure(period="2024-02-29", value="6", measure="mission_count", unit="count"),
        "about": make_figure(period="2014~", value="5"),
        "span": make_figure(period="2005/2024", value="106300000"),
        "range": make_figure(qualifier="range", low="1", high="2"),
        "of_hidden": make_figure(subject=hidden, measure="investment_stock", value="9"),
        "draft": make_figure(title="Secret turnover", status=DRAFT, value="999"),
    }
    # The workflow would not let it happen.
    Organization.objects.filter(pk=hidden.pk).update(status=DRAFT)
    return {name: figure.slug for name, figure in made.items()}
