"""What readers call the fields and kinds of records; Django's own names of fields cannot be translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kzafrica.translation import EDITORIAL_LANGUAGES

FIELD_LABELS = {
    "accessed_on": _("accessed on"),
    "agreement": _("agreement"),
    "agrement": _("agrément"),
    "appointed": _("appointed"),
    "archived_url": _("archived address"),
    "as_printed": _("as printed"),
    "attendance": _("attendance"),
    "attested": _("shown in office"),
    "authors": _("authors"),
    "base_measure": _("base measure"),
    "basis": _("basis"),
    "begins": _("begins"),
    "beneficiaries": _("beneficiaries"),
    "body": _("body"),
    "born": _("born"),
    "capacity": _("capacity"),
    "checked_against": _("checked against"),
    "checksum": _("checksum"),
    "commodities": _("commodities"),
    "commodity": _("commodity"),
    "conferred_by": _("conferred by"),
    "copies_presented": _("copies of credentials"),
    "counterpart": _("counterpart"),
    "countries": _("countries"),
    "country": _("country"),
    "credentials_presented": _("credentials presented"),
    "date": _("date"),
    "died": _("died"),
    "direction": _("direction"),
    "disclaimer": _("disclaimer"),
    "edition": _("edition"),
    "ended": _("ended"),
    "ends": _("ends"),
    "established": _("established"),
    "event": _("event"),
    "extent_seen": _("how much was read"),
    "field": _("field"),
    "first": _("first state"),
    "formula": _("formula"),
    "grounds": _("grounds"),
    "head": _("head of mission"),
    "high": _("upper end"),
    "host": _("host"),
    "host_country": _("host country"),
    "initiative": _("initiative"),
    "instrument": _("instrument"),
    "investor_country": _("investor country"),
    "is_headline": _("headline"),
    "is_organization": _("is a body"),
    "is_resident": _("resident"),
    "kind": _("kind"),
    "language": _("language"),
    "last_checked_on": _("last checked on"),
    "level": _("level"),
    "locator": _("place in the source"),
    "low": _("lower end"),
    "made": _("made known"),
    "measure": _("measure"),
    "mission": _("mission"),
    "name": _("name"),
    "note": _("note"),
    "occurrence": _("status"),
    "office": _("office"),
    "order": pgettext_lazy("decoration", "order"),
    "order_class": _("class"),
    "organization": _("organization"),
    "organizations": _("organizations"),
    "origin": _("origin"),
    "parent": _("part of"),
    "period": _("period"),
    "person": _("person"),
    "perspective": _("perspective"),
    "place": _("place"),
    "planned": _("for the date"),
    "printed": _("as printed"),
    "programme": _("programme"),
    "project": _("project"),
    "published": _("published"),
    "published_basis": _("how the date is known"),
    "publisher": _("publisher"),
    "purpose": _("purpose"),
    "qualifier": _("qualifier"),
    "raised_at": _("raised at"),
    "rank": _("rank"),
    "reason": _("reason"),
    "receiving": _("receiving state"),
    "receiving_organization": _("receiving organization"),
    "recipient": _("recipient"),
    "recipient_country": _("recipient country"),
    "recognised": _("recognised"),
    "released_on": _("released on"),
    "reliability": _("standing"),
    "reported_by": _("reported by"),
    "result": _("result"),
    "rights": _("rights"),
    "role": _("role"),
    "route": _("route"),
    "second": _("second state"),
    "sending": _("sending state"),
    "signed_at": _("signed at"),
    "slug": _("address within the site"),
    "source": _("source"),
    "standfirst": _("standfirst"),
    "stated": _("states instead"),
    "subject": _("subject"),
    "summary": _("summary"),
    "text": _("text"),
    "theme": _("theme"),
    "themes": _("themes"),
    "title": _("title"),
    "unit": _("unit"),
    "universe": _("among whom"),
    "url": _("address"),
    "value": _("value"),
    "venue": _("venue"),
}

# By model name: one, many.
RECORD_LABELS = {
    "accreditation": (_("Accreditation"), _("Accreditations")),
    "agreement": (_("Agreement"), _("Agreements")),
    "agreementstage": (_("Agreement stage"), _("Agreement stages")),
    "announcement": (_("Announcement"), _("Announcements")),
    "article": (_("Article"), _("Articles")),
    "award": (_("Award"), _("Awards")),
    "check": (_("Check"), _("Checks")),
    "claim": (_("Claim"), _("Claims")),
    "event": (_("Event"), _("Events")),
    "figure": (_("Figure"), _("Figures")),
    "headofmission": (_("Head of mission"), _("Heads of mission")),
    "initiative": (_("Initiative"), _("Initiatives")),
    "initiativestage": (_("Initiative stage"), _("Initiative stages")),
    "milestone": (_("Milestone"), _("Milestones")),
    "mission": (_("Mission"), _("Missions")),
    "nameform": (_("Name form"), _("Name forms")),
    "officeheld": (_("Office held"), _("Offices held")),
    "organization": (_("Organization"), _("Organizations")),
    "outcome": (_("Outcome"), _("Outcomes")),
    "participation": (_("Participation"), _("Participations")),
    "person": (_("Person"), _("People")),
    "programme": (_("Programme"), _("Programmes")),
    "programmestage": (_("Programme stage"), _("Programme stages")),
    "project": (_("Project"), _("Projects")),
    "projectstage": (_("Project stage"), _("Project stages")),
    "relation": (_("Relation"), _("Relations")),
    "release": (_("Release"), _("Releases")),
    "route": (_("Route"), _("Routes")),
    "routestage": (_("Route stage"), _("Route stages")),
    "signatory": (_("Signatory"), _("Signatories")),
    "source": (_("Source"), _("Sources")),
}


def base_name(column: str) -> str:
    """``title`` for ``title_en``: the attribute whose words in one language a column holds."""
    for code, _language in EDITORIAL_LANGUAGES:
        column = column.removesuffix(f"_{code}")
    return column


def field_label(column: str) -> str:
    """``date`` for readers, in the active language; the columns of one translated attribute share a label."""
    name = base_name(column)
    return str(FIELD_LABELS.get(name, name.replace("_", " ")))


def record_label(model: type[models.Model]) -> str:
    """``Milestone`` for readers, in the active language."""
    return str(RECORD_LABELS[model._meta.model_name][0]) if model._meta.model_name in RECORD_LABELS else ""


def records_label(model: type[models.Model]) -> str:
    """``Milestones`` for readers, in the active language."""
    return str(RECORD_LABELS[model._meta.model_name][1]) if model._meta.model_name in RECORD_LABELS else ""
