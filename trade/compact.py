"""What is asked of a new project or route that is written down from a source."""

from django.utils.translation import gettext_lazy as _

from kzafrica.workshop.compact import Compact, One, Table

PROJECT = Compact(
    essential=(
        "title_en",
        "kind",
        "investor_country",
        "host_country",
        One("stages", "kind", _("How far it has come")),
        One("stages", "date", _("When"), is_aside=True),
    ),
    more=("place", "themes", "summary_en", Table("parties", ("organization", "role"), _("Who takes part"))),
    printed="stages.date",
    dated_by="stages.date",
    states_in="host_country",
)
ROUTE = Compact(
    essential=(
        "title_en",
        "countries",
        One("stages", "kind", _("How far it has come")),
        One("stages", "date", _("When"), is_aside=True),
    ),
    more=("purpose_en", "themes", "summary_en", Table("calls", ("place", "onward_mode"), _("Places on the way"))),
    printed="stages.date",
    dated_by="stages.date",
    states_in="countries",
)
