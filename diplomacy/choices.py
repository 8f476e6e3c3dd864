"""The vocabularies of diplomacy. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MissionKind(models.TextChoices):
    EMBASSY = "embassy", _("Embassy")
    PERMANENT_MISSION = "permanent_mission", _("Permanent mission")
    CONSULATE_GENERAL = "consulate_general", _("Consulate general")
    CONSULATE = "consulate", _("Consulate")
    HONORARY_CONSULATE = "honorary_consulate", _("Honorary consulate")
    TRADE_MISSION = "trade_mission", _("Trade mission")


class MilestoneKind(models.TextChoices):
    DRAFT_DECISION = "draft_decision", _("Draft decision")
    PLANNED = "planned", _("Opening planned")
    DECREE = "decree", _("Decree")
    ESTABLISHED = "established", _("Established, by an act not named")
    HOST_CONSENT = "host_consent", _("Consent of the host state")
    OPENED = "opened", _("Opened")
    RELOCATED = "relocated", _("Relocated")
    UPGRADED = "upgraded", _("Upgraded")
    SUSPENDED = "suspended", _("Suspended")
    RESUMED = "resumed", _("Resumed")
    CLOSED = "closed", _("Closed")


# The acts that bring a mission into being, and those that only a mission which is there can pass through.
BEGINNING_KINDS = (MilestoneKind.DECREE, MilestoneKind.ESTABLISHED, MilestoneKind.OPENED)
LATER_KINDS = (
    MilestoneKind.RELOCATED,
    MilestoneKind.UPGRADED,
    MilestoneKind.SUSPENDED,
    MilestoneKind.RESUMED,
    MilestoneKind.CLOSED,
)


class AccreditationAct(models.TextChoices):
    """What is done for one head of mission, in the order of diplomatic practice (VCDR art. 4, 13, 14)."""

    AGREMENT = "agrement", _("Agrément given")
    APPOINTED = "appointed", _("Head of mission appointed")
    COPIES_PRESENTED = "copies_presented", _("Copies of credentials handed over")
    CREDENTIALS_PRESENTED = "credentials_presented", _("Credentials presented")
    ENDED = "ended", _("End of the accreditation")


class Rank(models.TextChoices):
    AMBASSADOR = "ambassador", _("Ambassador")
    CHARGE_D_AFFAIRES = "charge_d_affaires", _("Chargé d’affaires")
    PERMANENT_REPRESENTATIVE = "permanent_representative", _("Permanent representative")
    CONSUL_GENERAL = "consul_general", _("Consul general")
    CONSUL = "consul", _("Consul")
    HONORARY_CONSUL = "honorary_consul", _("Honorary consul")


class AgreementKind(models.TextChoices):
    TREATY = "treaty", _("Treaty")
    AGREEMENT = "agreement", _("Intergovernmental agreement")
    MEMORANDUM = "memorandum", _("Memorandum of understanding")
    COMPANY_AGREEMENT = "company_agreement", _("Agreement between companies or agencies")
    PACKAGE = "package", _("Documents known only as a group")


class AgreementState(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    DRAFTED = "drafted", _("Drafted")
    SUBMITTED = "submitted", _("Submitted for ratification")
    SIGNED = "signed", _("Signed")
    RATIFIED = "ratified", _("Ratified")
    IN_FORCE = "in_force", _("In force")
    ENDED = "ended", _("Ended")


class InitiativeState(models.TextChoices):
    RAISED = "raised", _("Raised")
    NEGOTIATED = "negotiated", _("Under negotiation")
    AGREED = "agreed", _("Agreed")
    UNDER_WAY = "under_way", _("Under way")
    DELIVERED = "delivered", _("Delivered")
    LAPSED = "lapsed", _("Lapsed")


# Steps that cannot come before others, each with those it presupposes.
AGREEMENT_ORDER = {
    AgreementState.SIGNED: (AgreementState.DRAFTED,),
    AgreementState.SUBMITTED: (AgreementState.SIGNED,),
    AgreementState.RATIFIED: (AgreementState.SIGNED,),
    AgreementState.IN_FORCE: (AgreementState.SIGNED, AgreementState.RATIFIED),
    AgreementState.ENDED: (AgreementState.SIGNED, AgreementState.RATIFIED, AgreementState.IN_FORCE),
}
INITIATIVE_ORDER = {
    InitiativeState.DELIVERED: (InitiativeState.RAISED,),
    InitiativeState.LAPSED: (InitiativeState.RAISED,),
}
# Where a promise has found its end, one way or the other.
SETTLED_STATES = (InitiativeState.DELIVERED, InitiativeState.LAPSED)
# How far an agreement has come that was announced and is not known to be signed.
UNSIGNED_STATES = (AgreementState.ANNOUNCED, AgreementState.DRAFTED)


class PromiseKind(models.TextChoices):
    """What is still to be fulfilled, from the plan to the mere word."""

    INITIATIVE = "initiative", _("Initiatives under way")
    AGREEMENT = "agreement", _("Agreements not known to be signed")
    COMMITMENT = "commitment", _("Words spoken at events")


class ProgrammeKind(models.TextChoices):
    STRATEGY = "strategy", _("Strategy")
    AGENDA = "agenda", _("Agenda")
    AID = "aid", _("Aid")
    STATUS = "status", _("Standing in an organization")


class ProgrammeState(models.TextChoices):
    DRAFTED = "drafted", _("Being drafted")
    ADOPTED = "adopted", _("Adopted")
    UNDER_WAY = "under_way", _("Under way")
    ENDED = "ended", _("Ended")


class Strand(models.TextChoices):
    """What an editor looks for between Kazakhstan and one state, seen from Kazakhstan."""

    MISSIONS_SENT = "missions_sent", _("Missions of Kazakhstan there")
    MISSIONS_RECEIVED = "missions_received", _("Missions of the state in Kazakhstan")
    CONSULS_SENT = "consuls_sent", _("Honorary consuls of Kazakhstan there")
    CONSULS_RECEIVED = "consuls_received", _("Honorary consuls of the state in Kazakhstan")
    VISITS_PAID = "visits_paid", _("Visits paid by Kazakhstan")
    VISITS_RECEIVED = "visits_received", _("Visits received by Kazakhstan")
