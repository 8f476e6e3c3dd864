"""What a download edition holds, read by editions through settings: every resource of the API with public records."""

from operator import itemgetter

from kzafrica.api import router
from kzafrica.dossier.panel import COLUMNS, RULE, panel_rows
from kzafrica.editions.tables import OUR_LICENCE, Column, ComputedTable, Credit, Kind, Licence, RecordTable, Table
from kzafrica.editorial.corrections import with_versions

PDDL = Licence("ODC-PDDL-1.0", "ODC-PDDL 1.0", "https://opendatacommons.org/licenses/pddl/1-0/")
UNICODE = Licence("Unicode-3.0", "Unicode License v3", "https://www.unicode.org/license.txt")
CLDR = Credit("Unicode CLDR", "https://cldr.unicode.org/")
GEONAMES = Credit("GeoNames", "https://www.geonames.org/")
M49 = Credit("United Nations M49", "https://unstats.un.org/unsd/methodology/m49/")
HARMONIZED_SYSTEM = Credit("Harmonized System 2022, as published by UN Comtrade")
DOCUMENTS = Credit("The documents themselves: bibliographic data")

PANEL = Table(
    "panel",
    f"The country-year panel. {RULE}",
    tuple(
        Column(
            each.name,
            Kind(each.kind),
            itemgetter(each.name),
            each.rule,
            each.codes,
            refers="countries" if each.name == "iso3" else "",
            unit=each.unit,
        )
        for each in COLUMNS
    ),
    ("iso3", "year"),
)

# Resources that are no records of their own: counted or put together from others, about them, or laid out elsewhere.
LEFT_OUT = {"flows", "trade/totals", "versions", "changes", "editions", "dossiers", "panel", "quality", "search"}

# What has to be said of a table beside its resource.
WAYS: dict[str, dict] = {
    "countries": {
        "apart": ("memberships",),
        "licences": (OUR_LICENCE, PDDL, UNICODE),
        "credits": (M49, CLDR, GEONAMES),
    },
    "areas": {"licences": (OUR_LICENCE, UNICODE), "credits": (M49, CLDR)},
    "places": {"credits": (GEONAMES,)},
    "commodities": {"key": ("code", "edition"), "licences": (PDDL,), "credits": (HARMONIZED_SYSTEM,)},
    "sources": {"credits": (DOCUMENTS,)},
    # What a person did is in the tables of what was done.
    "people": {"apart": ("participations", "missions_headed", "awards", "awards_conferred", "agreements_signed")},
    # Whether an event is unresolved depends on the day on which one asks.
    "events": {"of_the_day": ("is_unresolved",)},
    # Milestones and heads have tables of their own.
    "missions": {"apart": ("milestones", "heads")},
    "relations": {"keyed": {"countries": "iso3"}},
    "figures": {"keyed": {"derived_from": "id"}},
    "claims": {"keyed": {"about": "code"}},
    "articles": {"keyed": {"records_discussed": "code"}},
    # A correction of what readers may not see any more has no version.
    "corrections": {"prepare": with_versions, "keeps": lambda correction: bool(correction["version"])},
}

TABLES = (
    *(
        RecordTable(prefix.replace("-", "_"), viewset, **WAYS.get(prefix, {}))
        for prefix, viewset, _basename in router.registry
        if prefix not in LEFT_OUT
    ),
    ComputedTable(PANEL, panel_rows),
)
