"""The vocabularies of events. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    STATE_VISIT = "state_visit", _("State visit")
    OFFICIAL_VISIT = "official_visit", _("Official visit")
    WORKING_VISIT = "working_visit", _("Working visit")
    PRIVATE_VISIT = "private_visit", _("Private visit")
    VISIT = "visit", _("Visit of a class not known")
    TRANSIT = "transit", _("Transit stop")
    SUMMIT = "summit", _("Summit")
    MINISTERIAL_MEETING = "ministerial_meeting", _("Ministerial meeting")
    MEETING = "meeting", _("Meeting")
    CONSULTATIONS = "consultations", _("Political consultations")
    COMMISSION = "intergovernmental_commission", _("Intergovernmental commission")
    FORUM = "forum", _("Forum")
    SESSION = "session", _("Session of a forum")
    BUSINESS_FORUM = "business_forum", _("Business forum")
    CALL = "call", _("Telephone call")
    CEREMONY = "ceremony", _("Ceremony")


VISIT_KINDS = (
    EventKind.STATE_VISIT,
    EventKind.OFFICIAL_VISIT,
    EventKind.WORKING_VISIT,
    EventKind.PRIVATE_VISIT,
    EventKind.VISIT,
    EventKind.TRANSIT,
)


class EventLevel(models.TextChoices):
    HEAD_OF_STATE = "head_of_state", _("Heads of state")
    HEAD_OF_GOVERNMENT = "head_of_government", _("Heads of government")
    FOREIGN_MINISTER = "foreign_minister", _("Ministers of foreign affairs")
    MINISTER = "minister", _("Ministers")
    PARLIAMENT = "parliament", _("Parliaments")
    SENIOR_OFFICIAL = "senior_official", _("Senior officials and ambassadors")
    BUSINESS = "business", _("Business")
    TRADITIONAL = "traditional", _("Traditional and spiritual leaders")
    MULTILATERAL = "multilateral", _("Multilateral")


class Occurrence(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    CONFIRMED = "confirmed", _("Confirmed")
    HELD = "held", _("Held")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    NOT_KNOWN = "not_known", _("Not known whether held")


class AnnouncementKind(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    CONFIRMED = "confirmed", _("Confirmed")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


# An event that may still take place.
PENDING = (Occurrence.ANNOUNCED, Occurrence.CONFIRMED, Occurrence.POSTPONED)

# What was said at such an event was said, or may have been.
SPOKEN = (Occurrence.HELD, Occurrence.NOT_KNOWN)


class VisitDirection(models.TextChoices):
    PAID = "paid", _("Paid by Kazakhstan")
    RECEIVED = "received", _("Received by Kazakhstan")


class ParticipationRole(models.TextChoices):
    HOST = "host", _("Host")
    GUEST = "guest", _("Guest")
    PARTICIPANT = "participant", _("Participant")
    DELEGATION = "delegation", _("Member of a delegation")
    SPEAKER = "speaker", _("Speaker")
    MODERATOR = "moderator", _("Moderator")
    ORGANIZER = "organizer", _("Organizer")


class Attendance(models.TextChoices):
    TOOK_PART = "took_part", _("Took part")
    PLANNED = "planned", _("Planned to take part")


class OutcomeKind(models.TextChoices):
    TOPIC = "topic", _("Topic discussed")
    COMMITMENT = "commitment", _("Commitment")
    STATEMENT = "statement", _("Statement")
