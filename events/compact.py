"""What is asked of a new event that is written down from a source."""

from django.utils.translation import gettext_lazy as _

from kzafrica.workshop.compact import Compact, Listed, Table

EVENT = Compact(
    essential=(
        "title_en",
        "kind",
        "level",
        "date",
        Listed("participations", "country", _("States")),
    ),
    more=(
        "occurrence",
        "host",
        "place",
        "venue",
        "parent",
        "themes",
        "summary_en",
        Table("participations", ("country", "person", "office", "organization", "role"), _("Who took part")),
        Table("outcomes", ("kind", "text_en", "theme"), _("What came of it")),
    ),
    printed="date",
    dated_by="date",
    states_in="participations.country",
)
