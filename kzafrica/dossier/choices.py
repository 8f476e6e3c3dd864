"""The vocabulary of dossiers. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AxisStrand(models.TextChoices):
    """What the dated things of a pair are, in the order in which the chart lays them."""

    RELATION = "relation", _("Relation")
    MISSION = "mission", _("Mission")
    EVENT = "event", _("Event")
    AWARD = "award", _("Award")
    AGREEMENT = "agreement", _("Agreement")
    INITIATIVE = "initiative", _("Initiative")
    PROGRAMME = "programme", _("Programme")
    ROUTE = "route", _("Route")
    PROJECT = "project", _("Project")
    FIGURE = "figure", _("Figure")


# The same strands as headings over many.
STRAND_HEADINGS = {
    AxisStrand.RELATION: _("Relations"),
    AxisStrand.MISSION: _("Missions"),
    AxisStrand.EVENT: _("Events"),
    AxisStrand.AWARD: _("Awards"),
    AxisStrand.AGREEMENT: _("Agreements"),
    AxisStrand.INITIATIVE: _("Initiatives"),
    AxisStrand.PROGRAMME: _("Programmes"),
    AxisStrand.ROUTE: _("Routes"),
    AxisStrand.PROJECT: _("Projects"),
    AxisStrand.FIGURE: _("Figures, by their period"),
}


class Presence(models.TextChoices):
    """How a mission stands today by the network rule; only one that exists is counted."""

    EXISTS = "exists", _("exists")
    UNDETERMINED = "undetermined", _("undetermined")
    CLOSED = "closed", _("closed")
    NOT_YET = "not_yet", _("not yet open")
    NOT_DATED = "not_dated", _("no act that counts is dated")


class CellState(models.TextChoices):
    """What the record knows of one thing in one pair."""

    RECORDED = "recorded", _("recorded")
    NONE_KNOWN = "none_known", _("none known")
    NOT_CHECKED = "not_checked", _("not yet checked")


class MapStrand(models.TextChoices):
    """By what the map of Africa is coloured."""

    MISSIONS = "missions", _("Missions")
    VISITS = "visits", _("Visits")
    AGREEMENTS = "agreements", _("Agreements")
    TRADE = "trade", _("Trade turnover")
    INVESTMENT = "investment", _("Investment")
