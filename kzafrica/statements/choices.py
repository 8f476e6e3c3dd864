"""The vocabularies of statements. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Measure(models.TextChoices):
    TURNOVER = "turnover", _("Trade turnover")
    EXPORTS = "exports", _("Exports")
    IMPORTS = "imports", _("Imports")
    BALANCE = "balance", _("Trade balance")
    TRADE_QUANTITY = "trade_quantity", _("Quantity traded")
    TRADE_DEAL = "trade_deal", _("Value of a deal")
    GROWTH = "growth", _("Growth")
    SHARE = "share", _("Share")
    RANK = "rank", _("Rank")
    INVESTMENT_STOCK = "investment_stock", _("Investment, cumulative")
    INVESTMENT_FLOW = "investment_flow", _("Investment in the period")
    INVESTMENT_PLANNED = "investment_planned", _("Investment planned")
    AID = "aid", _("Aid")
    MISSION_COUNT = "mission_count", _("Number of embassies")
    MEMBER_COUNT = "member_count", _("Number of members")
    AGREEMENT_COUNT = "agreement_count", _("Number of documents signed")
    JOBS = "jobs", _("Jobs")
    CAPACITY = "capacity", _("Capacity a year")
    PRODUCTION = "production", _("Production")
    TRANSIT = "transit", _("Transit")
    CONTENT = "content", _("Content of a substance")
    POPULATION = "population", _("Population")
    LAND = "land", _("Land reserved")


class Unit(models.TextChoices):
    USD = "USD", _("US dollars")
    ZAR = "ZAR", _("South African rand")
    EUR = "EUR", _("euros")
    KZT = "KZT", _("tenge")
    PERCENT = "percent", _("percent")
    COUNT = "count", _("number")
    RANK = "rank", _("rank")
    PERSONS = "persons", _("persons")
    JOBS = "jobs", _("jobs")
    TONNES = "t", _("tonnes")
    TONNES_A_YEAR = "t_per_year", _("tonnes a year")
    HECTARES = "ha", _("hectares")


MONEY = (Unit.USD, Unit.ZAR, Unit.EUR, Unit.KZT)
UNITS_OF_MEASURE: dict[str, tuple[str, ...]] = {
    Measure.TURNOVER: MONEY,
    Measure.EXPORTS: MONEY,
    Measure.IMPORTS: MONEY,
    Measure.BALANCE: MONEY,
    Measure.TRADE_QUANTITY: (Unit.TONNES,),
    Measure.TRADE_DEAL: MONEY,
    Measure.GROWTH: (Unit.PERCENT,),
    Measure.SHARE: (Unit.PERCENT,),
    Measure.RANK: (Unit.RANK,),
    Measure.INVESTMENT_STOCK: MONEY,
    Measure.INVESTMENT_FLOW: MONEY,
    Measure.INVESTMENT_PLANNED: MONEY,
    Measure.AID: MONEY,
    Measure.MISSION_COUNT: (Unit.COUNT,),
    Measure.MEMBER_COUNT: (Unit.COUNT,),
    Measure.AGREEMENT_COUNT: (Unit.COUNT,),
    Measure.JOBS: (Unit.JOBS,),
    Measure.CAPACITY: (Unit.TONNES_A_YEAR, Unit.TONNES),
    Measure.PRODUCTION: (Unit.TONNES, Unit.TONNES_A_YEAR, *MONEY),
    Measure.TRANSIT: (Unit.TONNES, Unit.TONNES_A_YEAR),
    Measure.CONTENT: (Unit.PERCENT,),
    Measure.POPULATION: (Unit.PERSONS,),
    Measure.LAND: (Unit.HECTARES,),
}
# Growth of, share of, rank by: measures that mean nothing without the measure they are of.
RELATIVE_MEASURES = (Measure.GROWTH, Measure.SHARE, Measure.RANK)


class Direction(models.TextChoices):
    EXPORT = "export", _("Export of the subject")
    IMPORT = "import", _("Import of the subject")
    INWARD = "inward", _("Into the subject")
    OUTWARD = "outward", _("Out of the subject")


class Qualifier(models.TextChoices):
    EXACT = "exact", _("As given")
    ABOUT = "about", pgettext_lazy("approximately", "About")
    AT_LEAST = "at_least", _("At least")
    AT_MOST = "at_most", _("At most")
    RANGE = "range", _("Between")


class Reliability(models.TextChoices):
    FINAL = "final", _("Final or not qualified")
    PROVISIONAL = "provisional", _("Provisional")
    ESTIMATED = "estimated", _("Estimated")
    PLANNED = "planned", _("Planned or announced")
    DISPUTED = "disputed", _("Doubtful")


class Origin(models.TextChoices):
    STATED = "stated", _("Stated by a source")
    DERIVED = "derived", _("Computed from other figures")


class Formula(models.TextChoices):
    PREVIOUS_FROM_GROWTH = "previous_from_growth", _("value ÷ (1 + growth)")
    GROWTH = "growth", _("value ÷ earlier value − 1")
    SHARE = "share", _("part ÷ whole")
    SUM = "sum", _("sum of the parts")
    DIFFERENCE = "difference", _("value − what is taken away")
    REMAINDER = "remainder", _("100 % − sum of the parts")


class InputRole(models.TextChoices):
    VALUE = "value", _("value")
    EARLIER = "earlier", _("earlier value")
    GROWTH = "growth", _("growth")
    PART = "part", _("part")
    WHOLE = "whole", _("whole")
    LESS = "less", _("taken away")


ROLES_OF_FORMULA: dict[str, tuple[str, ...]] = {
    Formula.PREVIOUS_FROM_GROWTH: (InputRole.VALUE, InputRole.GROWTH),
    Formula.GROWTH: (InputRole.VALUE, InputRole.EARLIER),
    Formula.SHARE: (InputRole.PART, InputRole.WHOLE),
    Formula.SUM: (InputRole.PART,),
    Formula.DIFFERENCE: (InputRole.VALUE, InputRole.LESS),
    Formula.REMAINDER: (InputRole.PART,),
}


class ClaimKind(models.TextChoices):
    CAUSE = "cause", _("Cause")
    COMPARISON = "comparison", _("Comparison")
    ORDER = "order", _("Order of events")
    FIRST = "first", _("First of its kind")
    OMISSION = "omission", _("Omission")
    OPINION = "opinion", _("Opinion")
    DESCRIPTION = "description", _("Description")


class ClaimResult(models.TextChoices):
    HOLDS = "holds", _("Holds")
    IN_PART = "in_part", _("Holds in part")
    DOES_NOT_HOLD = "does_not_hold", _("Does not hold")
    CANNOT_BE_CHECKED = "cannot_be_checked", _("Cannot be checked")
