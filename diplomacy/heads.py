"""Models of those who head missions, and of where they are accredited."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diplomacy.choices import Rank
from kzafrica.date_fields import ImpreciseDateField, ends_after_it_begins
from kzafrica.editorial.first_said import FirstSaid
from kzafrica.editorial.publishable import Part


class HeadOfMission(Part):
    """A person who heads a mission, also one outside the pair from which others are covered."""

    mission = models.ForeignKey("diplomacy.Mission", models.CASCADE, related_name="heads")
    person = models.ForeignKey(
        "reference.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="missions_headed",
        help_text=_("Empty where sources do not name the person."),
    )
    rank = models.CharField(max_length=24, choices=Rank, default=Rank.AMBASSADOR)

    part_names = ("accreditations",)
    told_apart_by = ("person",)

    class Meta(Part.Meta):
        verbose_name = _("head of mission")
        verbose_name_plural = _("heads of mission")

    def __str__(self) -> str:
        return str(self.person or self.get_rank_display())

    def dates_of_beginning(self) -> list:
        """When the head was appointed or received where the mission is, if not known to be non-resident."""
        rows = [row for row in self.accreditations.all() if row.is_resident is not False]
        rows = [row for row in rows if row.country_id == self.mission.receiving_id]
        return [date for row in rows for date in (row.appointed, row.credentials_presented) if date]

    def faults_below(self) -> Iterator[tuple[str, str]]:
        if fault := self.fault_of_life():
            yield "person", fault
        rows = self.accreditations.all() if self.pk else ()
        if fault := next((fault for row in rows if (fault := row.fault_of_state(self.mission))), ""):
            yield "person", fault

    def fault_of_life(self) -> str:
        """Why the person cannot have been appointed or received, in a sentence; else empty."""
        rows = self.accreditations.all() if self.pk else ()
        return next((fault for row in rows if (fault := row.fault_of_life(self.person))), "")


def to_whom_and_who(accreditation: models.Model) -> str:
    """``KEN.barlybay-sadykov``, or ``KEN.head`` where sources do not name the person."""
    to, person = accreditation.country or accreditation.organization, accreditation.head.person
    return f"{to.key if to else ''}.{person.key if person else 'head'}"


class Accreditation(Part):
    """A head of mission's standing with one state or organization: appointed, credentials, end."""

    head = models.ForeignKey(HeadOfMission, models.CASCADE, related_name="accreditations")
    country = models.ForeignKey(
        "reference.Country", models.PROTECT, null=True, blank=True, related_name="accreditations_received"
    )
    organization = models.ForeignKey(
        "reference.Organization", models.PROTECT, null=True, blank=True, related_name="accreditations_received"
    )
    is_resident = models.BooleanField(
        null=True, blank=True, help_text=_("Yes: lives there; no: concurrent, from elsewhere; empty: no source says.")
    )
    appointed = ImpreciseDateField(blank=True)
    agrement = ImpreciseDateField(_("agrément"), blank=True)
    copies_presented = ImpreciseDateField(
        _("copies of credentials"),
        blank=True,
        help_text=_("Handed to the ministry; not yet the credentials (VCDR art. 13)."),
    )
    credentials_presented = ImpreciseDateField(
        blank=True, help_text=_("Presented to the head of state (VCDR art. 14).")
    )
    ended = ImpreciseDateField(blank=True)
    note = models.CharField(max_length=300, blank=True, help_text=_("For readers."))

    first_said = FirstSaid(of=to_whom_and_who, within="head__mission")

    told_apart_by = ("country", "organization")

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(
                name="accreditation_to_a_state_or_an_organization",
                condition=Q(country__isnull=False, organization__isnull=True)
                | Q(country__isnull=True, organization__isnull=False),
                violation_error_message=_("An accreditation is to a state or to an organization: name one of them."),
            ),
            ends_after_it_begins(
                "accreditation_ends_after_appointment", "appointed", "ended", _("It cannot end before the appointment.")
            ),
            ends_after_it_begins(
                "accreditation_ends_after_credentials",
                "credentials_presented",
                "ended",
                _("It cannot end before credentials were presented."),
            ),
            ends_after_it_begins(
                "accreditation_appointment_after_agrement",
                "agrement",
                "appointed",
                _("The appointment cannot come before the agrément (VCDR art. 4)."),
            ),
            ends_after_it_begins(
                "accreditation_copies_after_appointment",
                "appointed",
                "copies_presented",
                _("Copies of credentials cannot be handed over before the appointment."),
            ),
            ends_after_it_begins(
                "accreditation_credentials_after_appointment",
                "appointed",
                "credentials_presented",
                _("Credentials cannot be presented before the appointment."),
            ),
            ends_after_it_begins(
                "accreditation_credentials_after_copies",
                "copies_presented",
                "credentials_presented",
                _("Credentials cannot be presented before their copies (VCDR art. 13)."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.head}: {self.country or self.organization}"

    def clean(self) -> None:
        super().clean()
        if self.head_id and (fault := self.fault_of_state(self.head.mission)):
            raise ValidationError({"country": fault})
        if self.head_id and (fault := self.fault_of_life(self.head.person)):
            raise ValidationError(fault)

    def fault_of_state(self, mission: models.Model) -> str:
        """Why a head of that mission cannot be accredited there, in a sentence; else empty."""
        is_own = self.country_id is not None and self.country_id == mission.sending_id
        return str(_("A head of mission is not accredited to the state that sends the mission.")) if is_own else ""

    def fault_of_life(self, person) -> str:
        """Why that person cannot be the head who did this, in a sentence; empty where nothing speaks against it."""
        if person is None:
            return ""
        dates = (self.agrement, self.appointed, self.copies_presented, self.credentials_presented)
        return next((fault for date in dates if (fault := person.fault_at(date))), "")
