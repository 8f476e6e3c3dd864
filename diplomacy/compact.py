"""What is asked of a new mission, agreement and the like that is written down from a source."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diplomacy.choices import AgreementState, InitiativeState, MissionKind
from kzafrica.editorial.references import record_of
from kzafrica.reference.models import Country, Organization
from kzafrica.workshop.compact import Compact, Listed, One, Table


def called_mission(content: dict) -> str:
    """``Embassy of Kazakhstan in Kenya``."""
    to, key = Country, content.get("receiving")
    if not key:
        to, key = Organization, content.get("receiving_organization", "")
    names = {
        "kind": MissionKind(content["kind"]).label,
        "sending": _name(Country, content["sending"]),
        "receiving": _name(to, key) if key else "",
    }
    return _("%(kind)s of %(sending)s in %(receiving)s") % names


def _name(model: type[models.Model], key: str) -> str:
    """The name of a state or body; its key where it is not saved yet."""
    try:
        return record_of(model, key).name
    except ObjectDoesNotExist:
        return key


def called_relation(content: dict) -> str:
    """``kaz-ken``: relations have no title, and their address is that of the pair."""
    return f"{content.get('first', '')} {content.get('second', '')}"


MISSION = Compact(
    essential=(
        "kind",
        "receiving",
        "sending",
        One("milestones", "kind", gettext_lazy("What happened")),
        One("milestones", "date", gettext_lazy("When"), is_aside=True),
    ),
    more=(
        "title_en",
        "receiving_organization",
        "place",
        One("heads", "person", gettext_lazy("Head of mission")),
        One("heads", "rank", gettext_lazy("Rank"), is_aside=True),
        "summary_en",
    ),
    printed="milestones.date",
    states_in="receiving",
    initial={"sending": "KAZ", "kind": MissionKind.EMBASSY},
    called=called_mission,
)
RELATION = Compact(
    essential=("second", "first", "established", "instrument"),
    more=("recognised", "summary_en"),
    printed="established",
    states_in="second",
    initial={"first": "KAZ"},
    called=called_relation,
)
AGREEMENT = Compact(
    essential=(
        "title_en",
        "kind",
        One("stages", "date", gettext_lazy("Date")),
        Listed("parties", "country", gettext_lazy("States")),
    ),
    more=(
        One("stages", "kind", gettext_lazy("What was done then"), initial=AgreementState.SIGNED),
        "signed_at",
        "place",
        "venue",
        "route",
        "project",
        "themes",
        "summary_en",
        Table("parties", ("country", "organization"), gettext_lazy("Parties that are organizations")),
        Table("signatories", ("person", "country", "capacity"), gettext_lazy("Who signed")),
    ),
    printed="stages.date",
    dated_by="stages.date",
    states_in="parties.country",
    event_in="signed_at",
)
INITIATIVE = Compact(
    essential=(
        "title_en",
        "countries",
        One("stages", "date", gettext_lazy("Date")),
        One("stages", "kind", gettext_lazy("How far it has come"), initial=InitiativeState.RAISED),
    ),
    more=("raised_at", "organizations", "commodities", "route", "project", "themes", "summary_en"),
    printed="stages.date",
    dated_by="stages.date",
    states_in="countries",
    event_in="raised_at",
)
PROGRAMME = Compact(
    essential=("title_en", "kind", "country", "begins"),
    more=("ends", "organization", "beneficiaries", "themes", "summary_en"),
    printed="begins",
    dated_by="begins",
)
AWARD = Compact(
    essential=("title_en", "order_en", "recipient", "recipient_country", "date", "country"),
    more=("order_class", "conferred_by", "event", "place", "venue", "grounds_en", "note_en"),
    printed="date",
    dated_by="date",
    states_in="recipient_country",
    event_in="event",
    initial={"country": "KAZ"},
)
