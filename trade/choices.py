"""The vocabularies of trade. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Flow(models.TextChoices):
    IMPORT = "M", _("Import")
    EXPORT = "X", _("Export")
    RE_IMPORT = "RM", _("Re-import")
    RE_EXPORT = "RX", _("Re-export")


class Valuation(models.TextChoices):
    CIF = "cif", _("CIF: cost, insurance and freight included")
    FOB = "fob", _("FOB: free on board")
    NOT_SAID = "", _("Not said")


class Perspective(models.TextChoices):
    AS_REPORTED = "as_reported", _("As the reporter reports it")
    RECONCILED = "reconciled", _("Reconciled from both reporters")


class Layout(models.TextChoices):
    COMTRADE_CSV = "comtrade_csv", _("UN Comtrade, table of the website (CSV)")
    COMTRADE_JSON = "comtrade_json", _("UN Comtrade, answer of the API (JSON)")
    COMTRADE_BULK = "comtrade_bulk", _("UN Comtrade, bulk file of one reporter")
    LEGACY_CSV = "legacy_csv", _("UN Comtrade before 2022, table of the website")
    LEGACY_API_CSV = "legacy_api_csv", _("UN Comtrade before 2022, table of the API")
    BACI = "baci", _("BACI")


class RouteState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    EXPLORED = "explored", _("Explored")
    AGREED = "agreed", _("Agreed")
    UNDER_CONSTRUCTION = "under_construction", _("Under construction")
    OPERATING = "operating", _("Operating")
    SUSPENDED = "suspended", _("Suspended")
    LAPSED = "lapsed", _("Lapsed")


class Mode(models.TextChoices):
    SEA = "sea", _("Sea")
    INLAND_SEA = "inland_sea", _("Caspian Sea")
    RAIL = "rail", _("Rail")
    ROAD = "road", _("Road")
    AIR = "air", _("Air")
    PIPELINE = "pipeline", _("Pipeline")
    NOT_SAID = "", _("Not said")


class ProjectKind(models.TextChoices):
    PLANT = "plant", _("Plant")
    JOINT_VENTURE = "joint_venture", _("Joint venture")
    PRESENCE = "presence", _("Presence of a company")
    SUPPLY = "supply", _("Supply arrangement")
    PARK = "park", _("Industrial park")
    INFRASTRUCTURE = "infrastructure", _("Port, terminal or line")


class ProjectState(models.TextChoices):
    RAISED = "raised", _("Raised")
    ANNOUNCED = "announced", _("Announced")
    AGREED = "agreed", _("Agreed")
    UNDER_WAY = "under_way", _("Under way")
    OPERATING = "operating", _("Operating")
    SUSPENDED = "suspended", _("Suspended")
    ENDED = "ended", _("Ended")


class ProjectRole(models.TextChoices):
    INVESTOR = "investor", _("Investor")
    PARTNER = "partner", _("Partner")
    SUPPLIER = "supplier", _("Supplier")
    BUYER = "buyer", _("Buyer")
    OPERATOR = "operator", _("Operator")
