"""The dataflows that are offered: what their keys are made of, and who reads them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kzafrica.sdmx.artefacts import Component, Region, Structure
from kzafrica.sdmx.figure_series import figure_region, figure_series
from kzafrica.sdmx.questions import Answer, Question
from kzafrica.sdmx.trade_series import trade_region, trade_series

CONCEPT_NAMES: dict[str, str | Promise] = {
    "FREQ": _("Frequency"),
    "SOURCE": _("Source"),
    "PERSPECTIVE": _("Perspective"),
    "REPORTER": _("Reporter"),
    "PARTNER": _("Partner"),
    "FLOW": _("Flow"),
    "COMMODITY": _("Commodity"),
    "MEASURE": _("Measure"),
    "BASE_MEASURE": _("Of"),
    "SUBJECT": _("Subject"),
    "COUNTERPART": _("Counterpart"),
    "DIRECTION": _("Direction"),
    "FIGURE": _("Figure"),
    "TIME_PERIOD": _("Period"),
    "OBS_VALUE": _("Value"),
    "OBS_STATUS": _("Status"),
    "UNIT_MEASURE": _("Unit"),
    "EDITION": _("HS edition"),
    "ROW_COUNT": _("Rows"),
    "IS_GIVEN": _("Given by a row of the file"),
    "QUALIFIER": _("Qualifier"),
    "ORIGIN": _("Stated or derived"),
}


@dataclass(frozen=True)
class Flow:
    """A dataflow, whose structure has the same name."""

    id: str
    name: str | Promise
    structure: Structure
    series: Callable[[Question], Answer]
    region: Callable[[Question, list[str]], Region]


TRADE = Flow(
    "TRADE",
    _("Trade: annual totals of rows of trade statistics"),
    Structure(
        dimensions=(
            Component("FREQ", "CL_FREQ"),
            Component("SOURCE", "CL_SOURCE"),
            Component("PERSPECTIVE", "CL_PERSPECTIVE"),
            Component("REPORTER", "CL_AREA"),
            Component("PARTNER", "CL_AREA"),
            Component("FLOW", "CL_FLOW"),
            Component("COMMODITY", "CL_COMMODITY"),
            Component("MEASURE", "CL_TRADE_MEASURE"),
        ),
        attributes=(
            Component("UNIT_MEASURE", "CL_UNIT", beside="MEASURE", is_mandatory=True),
            Component("OBS_STATUS", "CL_OBS_STATUS", is_mandatory=True),
            Component("EDITION"),
            Component("ROW_COUNT", text_type="Integer"),
            Component("IS_GIVEN", text_type="Boolean"),
        ),
    ),
    trade_series,
    trade_region,
)
FIGURES = Flow(
    "FIGURES",
    _("Figures: what sources state, and what follows from it"),
    Structure(
        dimensions=(
            Component("FREQ", "CL_FREQ"),
            Component("MEASURE", "CL_MEASURE"),
            Component("BASE_MEASURE", "CL_MEASURE"),
            Component("SUBJECT", "CL_SIDE"),
            Component("COUNTERPART", "CL_SIDE"),
            Component("DIRECTION", "CL_DIRECTION"),
            Component("COMMODITY", "CL_COMMODITY"),
            Component("FIGURE", "CL_FIGURE"),
        ),
        attributes=(
            Component("UNIT_MEASURE", "CL_UNIT", beside="FIGURE", is_mandatory=True),
            Component("ORIGIN", "CL_ORIGIN", beside="FIGURE"),
            Component("OBS_STATUS", "CL_OBS_STATUS", is_mandatory=True),
            Component("QUALIFIER", "CL_QUALIFIER"),
        ),
    ),
    figure_series,
    figure_region,
)
FLOWS = {flow.id: flow for flow in (TRADE, FIGURES)}
