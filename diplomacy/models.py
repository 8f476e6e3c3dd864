from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from diplomacy.checks import Check, refuse_future_check
from diplomacy.choices import BEGINNING_KINDS, LATER_KINDS, MilestoneKind, MissionKind
from diplomacy.heads import Accreditation, HeadOfMission
from diplomacy.instruments import (
    Agreement,
    AgreementParty,
    AgreementStage,
    Initiative,
    InitiativeStage,
    Programme,
    ProgrammeStage,
    Signatory,
)
from diplomacy.querysets import AwardQuerySet, MissionQuerySet, RelationQuerySet
from kzafrica.date_fields import ImpreciseDateField, ends_after_it_begins
from kzafrica.editorial.first_said import FirstSaid
from kzafrica.editorial.publishable import Part, PublishableModel
from kzafrica.translation import InLanguage, Translated

__all__ = [
    "Accreditation",
    "Agreement",
    "AgreementParty",
    "AgreementStage",
    "Award",
    "Check",
    "HeadOfMission",
    "Initiative",
    "InitiativeStage",
    "Milestone",
    "Mission",
    "Programme",
    "ProgrammeStage",
    "Relation",
    "Signatory",
]


def quoted(act: models.Model) -> str:
    """An act as a sentence names it: “Closed” (June 1999)."""
    return f"“{act.get_kind_display()}” ({act.date.text()})"


class Relation(PublishableModel):
    """Diplomatic relations between two states, from recognition to establishment."""

    first = models.ForeignKey("reference.Country", models.PROTECT, related_name="relations_as_first")
    second = models.ForeignKey("reference.Country", models.PROTECT, related_name="relations_as_second")
    recognised = ImpreciseDateField(blank=True)
    established = ImpreciseDateField(
        blank=True, help_text=_("When relations were established; an ambassador's accreditation is another act.")
    )
    instrument = models.CharField(max_length=200, blank=True, help_text=_("The joint communiqué or protocol."))
    summary = Translated(models.TextField, blank=True)

    objects = RelationQuerySet.as_manager()
    reference_kind = "relation"
    named_by = ("first", "second")

    class Meta(PublishableModel.Meta):
        ordering = ("established_order", "slug")
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="relation_once_a_pair",
                violation_error_message=_("The relations of this pair are already recorded."),
            ),
            models.CheckConstraint(
                name="relation_of_two_states",
                condition=~Q(first=F("second")),
                violation_error_message=_("Relations are between two different states."),
            ),
            ends_after_it_begins(
                "relation_recognised_before_established",
                "recognised",
                "established",
                _("Relations cannot be established before recognition."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"

    def get_absolute_url(self) -> str:
        return reverse("diplomacy:relation_detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.first_id and self.second_id:
            turned = Relation.objects.filter(first=self.second_id, second=self.first_id).exclude(pk=self.pk)
            if turned.exists():
                raise ValidationError(
                    {"second": _("The relations of this pair are already recorded, the other way round.")}
                )


class Mission(PublishableModel):
    """A permanent post of one state in another or at an organization, from its opening to its closing."""

    title = Translated(models.CharField, max_length=200, sorts=True)
    kind = models.CharField(max_length=20, choices=MissionKind, default=MissionKind.EMBASSY)
    sending = models.ForeignKey("reference.Country", models.PROTECT, related_name="missions_sent")
    receiving = models.ForeignKey(
        "reference.Country", models.PROTECT, null=True, blank=True, related_name="missions_received"
    )
    receiving_organization = models.ForeignKey(
        "reference.Organization", models.PROTECT, null=True, blank=True, related_name="missions_received"
    )
    place = models.ForeignKey(
        "reference.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="missions",
        help_text=_("Where the mission works, not where it is accredited."),
    )
    last_checked_on = models.DateField(
        null=True, blank=True, help_text=_("When an editor last made sure the mission is as described.")
    )
    summary = Translated(models.TextField, blank=True)

    objects = MissionQuerySet.as_manager()
    part_names = ("milestones", "heads")
    reference_kind = "mission"

    class Meta(PublishableModel.Meta):
        ordering = (InLanguage("receiving__name"), InLanguage("sending__name"), "slug")
        constraints = [
            models.CheckConstraint(
                name="mission_to_a_state_or_an_organization",
                condition=Q(receiving__isnull=False, receiving_organization__isnull=True)
                | Q(receiving__isnull=True, receiving_organization__isnull=False),
                violation_error_message=_("A mission is sent to a state or to an organization: name one of them."),
            ),
            models.CheckConstraint(
                name="mission_abroad",
                condition=Q(receiving__isnull=True) | ~Q(sending=F("receiving")),
                violation_error_message=_("A state has no mission in itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("diplomacy:mission_detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        refuse_future_check(self.last_checked_on, "last_checked_on")

    def faults_between(self, name: str, parts: list) -> Iterator[tuple[models.Model, str, str]]:
        """A later act that certainly precedes every act which it needs; an overlap of imprecise dates is no fault."""
        if name == "heads":
            yield from self.faults_of_heads(parts)
        dated = [part for part in parts if part.date] if name == "milestones" else []
        for part in dated:
            if part.kind not in LATER_KINDS:
                continue
            needed = [MilestoneKind.SUSPENDED] if part.kind == MilestoneKind.RESUMED else BEGINNING_KINDS
            before = [other for other in dated if other.kind in needed]
            closed = self.closing_before(part, dated)
            if before and all(part.date.is_certainly_before(row.date) for row in before):
                first = min(before, key=lambda row: row.date.order)
                yield (
                    part,
                    "date",
                    _("%(act)s cannot come before %(other)s.") % {"act": quoted(part), "other": quoted(first)},
                )
            elif closed is not None:
                sentence = _("%(act)s cannot come after %(other)s: add how the mission opened again.")
                yield part, "date", sentence % {"act": quoted(part), "other": quoted(closed)}

    def faults_of_heads(self, heads: list) -> Iterator[tuple[models.Model, str, str]]:
        """The first that is known of a mission cannot be its closing: not where only heads tell of its beginning."""
        closings = [row for row in self.milestones.all() if row.kind == MilestoneKind.CLOSED and row.date]
        if any(row.kind in BEGINNING_KINDS for row in self.milestones.all()):
            return
        acts = [(head, date) for head in heads if head.pk for date in head.dates_of_beginning()]
        for closed in closings:
            if acts and all(closed.date.is_certainly_before(date) for _head, date in acts):
                sentence = _("%(act)s cannot come before all that is known of the heads of the mission.")
                yield acts[0][0], "person", sentence % {"act": quoted(closed)}

    def closing_before(self, part: models.Model, dated: list) -> models.Model | None:
        """The closing that certainly precedes an act, if nothing may have brought the mission back in between."""
        closings = [
            row for row in dated if row.kind == MilestoneKind.CLOSED and row.date.is_certainly_before(part.date)
        ]
        latest = max(closings, key=lambda row: row.date.order, default=None)
        if latest is None or part.kind == MilestoneKind.CLOSED or self.is_reopened_after(latest, dated):
            return None
        return latest

    def is_reopened_after(self, closing: models.Model, dated: list) -> bool:
        dates = [row.date for row in dated if row.kind in BEGINNING_KINDS]
        # A new head brings a mission back too; which of them did is for the network rule to say.
        dates += [date for head in (self.heads.all() if self.pk else ()) for date in head.dates_of_beginning()]
        return any(not date.is_certainly_before(closing.date) and date != closing.date for date in dates)


class Milestone(Part):
    """One dated step in the life of a mission."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=16, choices=MilestoneKind)
    date = ImpreciseDateField(blank=True)
    place = models.ForeignKey("reference.Place", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True, help_text=_("For readers."))
    first_said = FirstSaid(within="mission")

    class Meta(Part.Meta):
        ordering = ("date_order", "position", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.date.text()}" if self.date else self.get_kind_display()

    def clean(self) -> None:
        super().clean()
        is_to_come = self.date is not None and self.date.earliest is not None and self.date.earliest > localdate()
        if is_to_come and self.kind != MilestoneKind.PLANNED:
            raise ValidationError({"date": _("This has not come yet: say that it is planned, until it has.")})


class Award(PublishableModel):
    """An order or decoration that one side conferred on a person of the other."""

    title = Translated(models.CharField, max_length=200)
    order = Translated(models.CharField, max_length=100, help_text=_("The order: “Order of Dostyk (Friendship)”."))
    order_class = models.CharField(
        _("class"), max_length=20, blank=True, help_text=_("I, II, Grand Cross … as conferred.")
    )
    country = models.ForeignKey(
        "reference.Country", models.PROTECT, related_name="awards_conferred", help_text=_("Whose order it is.")
    )
    conferred_by = models.ForeignKey(
        "reference.Person", models.PROTECT, null=True, blank=True, related_name="awards_conferred"
    )
    recipient = models.ForeignKey("reference.Person", models.PROTECT, related_name="awards_received")
    recipient_country = models.ForeignKey("reference.Country", models.PROTECT, related_name="awards_received")
    event = models.ForeignKey("events.Event", models.PROTECT, null=True, blank=True, related_name="awards")
    date = ImpreciseDateField(blank=True)
    place = models.ForeignKey("reference.Place", models.PROTECT, null=True, blank=True, related_name="awards")
    venue = models.CharField(max_length=150, blank=True)
    grounds = Translated(models.TextField, blank=True, help_text=_("What it was conferred for, one ground a line."))
    note = Translated(models.TextField, blank=True)

    objects = AwardQuerySet.as_manager()
    reference_kind = "award"

    class Meta(PublishableModel.Meta):
        ordering = ("date_order", "slug")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("diplomacy:award_detail", args=[self.slug])

    @property
    def ground_list(self) -> list[str]:
        return [line.strip() for line in self.grounds.splitlines() if line.strip()]
