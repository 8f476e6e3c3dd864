"""Every type of page that readers see, once, with its address on the initial dataset. A new type is a line here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageType:
    """``address`` is that of the English page; the others have their language before it.

    Where the address is not known beforehand, ``link`` is the selector of a link there that leads to the page. What the
    dataset has none of is made for the tests.
    """

    name: str
    address: str
    status: int = 200
    link: str = ""
    is_in_dataset: bool = True

    def __str__(self) -> str:
        return self.name

    def in_language(self, language: str) -> str:
        return self.address if language == "en" else f"/{language}{self.address}"


PAGE_TYPES = [
    PageType("home", "/"),
    PageType("countries", "/countries/"),
    PageType("dossier", "/countries/ken/"),
    PageType("africa", "/countries/africa/"),
    PageType("brief", "/countries/ken/brief/"),
    PageType("time-axis", "/countries/ken/time/"),
    PageType("comparison", "/countries/compare/?first=KEN&second=RWA"),
    PageType("map", "/countries/map/"),
    PageType("reciprocity", "/countries/reciprocity/"),
    PageType("quality", "/quality/"),
    PageType("events", "/events/"),
    PageType("event", "/events/visit-rwa-2015/"),
    PageType("embedded", "/events/visit-rwa-2015/embed/"),
    PageType("embedded-chart", "/trade/charts/africa/stated-turnover/embed/"),
    PageType("missions", "/missions/"),
    PageType("mission", "/missions/embassy-kaz-in-eth/"),
    PageType("relations", "/relations/"),
    PageType("relation", "/relations/kaz-rwa/"),
    PageType("agreements", "/agreements/"),
    PageType("agreement", "/agreements/agreement-critical-minerals-rwa-2025/"),
    PageType("awards", "/awards/"),
    PageType("award", "/awards/order-of-dostyk-tshisekedi-2025/"),
    PageType("initiatives", "/initiatives/"),
    PageType("initiative", "/initiatives/grain-terminal-at-mombasa/"),
    PageType("promises", "/promises/"),
    PageType("programmes", "/programmes/"),
    PageType("programme", "/programmes/strategy-cooperation-african-states-african-union/"),
    PageType("trade", "/trade/"),
    PageType("trade-pair", "/trade/countries/ken/"),
    PageType("flows", "/trade/flows/"),
    PageType("commodities", "/trade/commodities/"),
    PageType("commodity", "/trade/commodities/25/"),
    PageType("releases", "/trade/releases/"),
    PageType("release", "/trade/releases/a-release/", is_in_dataset=False),
    PageType("investment", "/trade/investment/"),
    PageType("projects", "/trade/projects/"),
    PageType("project", "/trade/projects/grain-terminal-mombasa/"),
    PageType("routes", "/trade/routes/"),
    PageType("route", "/trade/routes/port-of-lome/"),
    PageType("figures", "/trade/figures/"),
    PageType("figure", "/figures/aid-kaz-ebola-fund-2015/"),
    PageType("claims", "/claims/"),
    PageType("claim", "/claims/investment-from-africa-limited/"),
    PageType("people", "/people/"),
    PageType("person", "/people/abdelmadjid-tebboune/"),
    PageType("organizations", "/organizations/"),
    PageType("organization", "/organizations/african-union/"),
    PageType("themes", "/themes/"),
    PageType("theme", "/themes/agriculture/"),
    PageType("sources", "/sources/"),
    PageType("source", "/sources/un-comtrade/"),
    PageType("articles", "/analysis/"),
    PageType("article", "/analysis/what-the-record-can-confirm/"),
    PageType("author", "/analysis/authors/kz-africa-editors/"),
    PageType("search", "/search/?q=visit"),
    PageType("search-in-vain", "/search/?q=qwertz"),
    PageType("subscription", "/subscribe/?list=events"),
    PageType("corrections", "/corrections/"),
    PageType("history", "/history/event/visit-rwa-2015/"),
    PageType("version", "/history/event/visit-rwa-2015/", link="main a[href*='/history/event/visit-rwa-2015/']"),
    PageType("report", "/report/?page=/events/visit-rwa-2015/"),
    PageType("report-thanks", "/report/thanks/"),
    PageType("styleguide", "/styleguide/"),
    PageType("about", "/about/"),
    PageType("methodology", "/methodology/"),
    PageType("privacy", "/privacy/"),
    PageType("data", "/data/"),
    PageType("refused", "/events/?kind=vist", status=400),
    PageType("not-found", "/events/nothing-of-this-name/", status=404),
    PageType("withdrawn", "/events/withdrawn/", status=410, is_in_dataset=False),
]

# Two processes share the pages, each of which loads the dataset once; see the scheduler in tests/conftest.py.
HALVES = {"half-0": PAGE_TYPES[::2], "half-1": PAGE_TYPES[1::2]}


def half_of(test: str) -> str:
    """Which of the halves the pages of a test are in, by what stands in its brackets; the first for all others."""
    argument = test.partition("[")[2].rstrip("]")
    names = {page_type.name for page_type in HALVES["half-1"]}
    return "half-1" if argument in names | {"half-1"} else "half-0"
