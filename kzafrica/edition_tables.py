"""What a download edition holds, read by editions through settings: every resource of the API with public records."""

from operator import itemgetter

from diplomacy.api import (
    AgreementViewSet,
    AwardViewSet,
    HeadOfMissionViewSet,
    InitiativeViewSet,
    MilestoneViewSet,
    MissionViewSet,
    ProgrammeViewSet,
    RelationViewSet,
)
from events.api import EventViewSet
from kzafrica.analysis.api import ArticleViewSet
from kzafrica.dossier.panel import COLUMNS, RULE, panel_rows
from kzafrica.editions.tables import OUR_LICENCE, Column, ComputedTable, Credit, Kind, Licence, RecordTable, Table
from kzafrica.editorial.api import CorrectionViewSet, SourceViewSet
from kzafrica.editorial.corrections import with_versions
from kzafrica.reference.api import (
    AreaViewSet,
    BlocViewSet,
    CommodityViewSet,
    CountryViewSet,
    OrganizationViewSet,
    PersonViewSet,
    PlaceViewSet,
    ThemeViewSet,
)
from kzafrica.statements.api import ClaimViewSet, FigureViewSet
from trade.api import ProjectViewSet, ReleaseViewSet, RouteViewSet

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

TABLES = (
    RecordTable(
        "countries",
        CountryViewSet,
        apart=("memberships",),
        licences=(OUR_LICENCE, PDDL, UNICODE),
        credits=(M49, CLDR, GEONAMES),
    ),
    RecordTable("areas", AreaViewSet, licences=(OUR_LICENCE, UNICODE), credits=(M49, CLDR)),
    RecordTable("blocs", BlocViewSet),
    RecordTable("places", PlaceViewSet, credits=(GEONAMES,)),
    RecordTable("themes", ThemeViewSet),
    RecordTable(
        "commodities",
        CommodityViewSet,
        key=("code", "edition"),
        licences=(PDDL,),
        credits=(HARMONIZED_SYSTEM,),
    ),
    RecordTable("sources", SourceViewSet, credits=(DOCUMENTS,)),
    # What a person did is in the tables of what was done.
    RecordTable(
        "people",
        PersonViewSet,
        apart=("participations", "missions_headed", "awards", "awards_conferred", "agreements_signed"),
    ),
    RecordTable("organizations", OrganizationViewSet),
    # Whether an event is unresolved depends on the day on which one asks.
    RecordTable("events", EventViewSet, of_the_day=("is_unresolved",)),
    # Milestones and heads have tables of their own.
    RecordTable("missions", MissionViewSet, apart=("milestones", "heads")),
    RecordTable("milestones", MilestoneViewSet),
    RecordTable("heads_of_mission", HeadOfMissionViewSet),
    RecordTable("relations", RelationViewSet, keyed={"countries": "iso3"}),
    RecordTable("agreements", AgreementViewSet),
    RecordTable("awards", AwardViewSet),
    RecordTable("initiatives", InitiativeViewSet),
    RecordTable("programmes", ProgrammeViewSet),
    RecordTable("figures", FigureViewSet, keyed={"derived_from": "id"}),
    RecordTable("claims", ClaimViewSet, keyed={"about": "code"}),
    RecordTable("routes", RouteViewSet),
    RecordTable("projects", ProjectViewSet),
    RecordTable("releases", ReleaseViewSet),
    RecordTable("articles", ArticleViewSet, keyed={"records_discussed": "code"}),
    # A correction of what readers may not see any more has no version.
    RecordTable(
        "corrections", CorrectionViewSet, prepare=with_versions, keeps=lambda correction: bool(correction["version"])
    ),
    ComputedTable(PANEL, panel_rows),
)
