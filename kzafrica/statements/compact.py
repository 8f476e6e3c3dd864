"""What is asked of a new figure or claim that is written down from a source."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from kzafrica.editorial.references import resolve_reference
from kzafrica.statements.choices import Measure, Unit
from kzafrica.statements.models import SUBJECT_KINDS
from kzafrica.workshop.compact import Compact, Listed
from kzafrica.workshop.said import date_of


def called_figure(content: dict) -> str:
    """What a figure is in words: ``Trade turnover: Kazakhstan – Kenya, 2024``."""
    measure = Measure(content["measure"]).label
    if content.get("base_measure"):
        measure = f"{measure}: {Measure(content['base_measure']).label.lower()}"
    sides = [_side(content[name]) for name in ("subject", "counterpart") if content.get(name)]
    words = _("%(measure)s: %(sides)s") % {"measure": measure, "sides": " – ".join(sides)}
    period = date_of(content.get("period", ""))
    return f"{words}, {period.text()}" if period else words


def _side(reference: str) -> str:
    """The name of what a reference points to; its key where it is not saved yet."""
    try:
        return str(resolve_reference(reference, SUBJECT_KINDS))
    except ValidationError:
        return reference.partition("/")[2]


FIGURE = Compact(
    essential=("measure", "printed", "value", "period", "counterpart", "subject", "unit"),
    more=(
        "title_en",
        "base_measure",
        "qualifier",
        "low",
        "high",
        "direction",
        "reported_by",
        "commodity",
        "universe",
        "reliability",
        "is_headline",
        "note_en",
    ),
    words_in="printed",
    dated_by="period",
    states_in="counterpart",
    initial={"subject": "KAZ", "unit": Unit.USD},
    called=called_figure,
)
CLAIM = Compact(
    essential=(
        "text_en",
        "kind",
        "date",
        Listed("subjects", "record", pgettext_lazy("concerning", "About")),
        "result",
        "reason_en",
    ),
    more=("checked_against",),
    printed="date",
    states_in="subjects.record",
)
