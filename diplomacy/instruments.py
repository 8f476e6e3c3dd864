"""Models of what was signed, raised or set up: agreements, initiatives, programmes, each with its stages."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diplomacy.choices import (
    AGREEMENT_ORDER,
    INITIATIVE_ORDER,
    SETTLED_STATES,
    UNSIGNED_STATES,
    AgreementKind,
    AgreementState,
    InitiativeState,
    ProgrammeKind,
    ProgrammeState,
)
from diplomacy.querysets import AgreementQuerySet, InitiativeQuerySet, ProgrammeQuerySet
from kzafrica.date_fields import ImpreciseDateField, ends_after_it_begins
from kzafrica.editorial.first_said import FirstSaid
from kzafrica.editorial.publishable import Part, PublishableModel
from kzafrica.stages import Staged, StageFields
from kzafrica.translation import Translated


class StagedModel(Staged, PublishableModel):
    """A record that passes through dated stages."""

    title = Translated(models.CharField, max_length=250, sorts=True)
    themes = models.ManyToManyField("reference.Theme", blank=True, related_name="%(class)ss")
    summary = Translated(models.TextField, blank=True)

    class Meta(PublishableModel.Meta):
        abstract = True
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.title


class Promise(StagedModel):
    """A record that stays open until a stage settles it; subclasses say which."""

    # By which the latest stage that settled it sorts, where it can be open again after that; None where there is none.
    settled_order: int | None = None

    class Meta(StagedModel.Meta):
        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether it is still to be fulfilled, as the queryset ``open()`` finds it; reads the stages fetched."""
        raise NotImplementedError

    @property
    def open_since(self):
        """The first date from which an open one has been so without a break; None where none is known."""
        stages = self.stages.all() if self.is_open else ()
        return next((stage.date for stage in stages if stage.date_order > (self.settled_order or 0)), None)


class Agreement(Promise):
    """An instrument between the two sides, or between bodies of theirs. A promise in words is not one."""

    kind = models.CharField(max_length=20, choices=AgreementKind)
    signed_at = models.ForeignKey(
        "events.Event",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        help_text=_("The event of signature."),
    )
    place = models.ForeignKey("reference.Place", models.PROTECT, null=True, blank=True, related_name="agreements")
    venue = models.CharField(max_length=150, blank=True)
    route = models.ForeignKey("trade.Route", models.PROTECT, null=True, blank=True, related_name="agreements")
    project = models.ForeignKey("trade.Project", models.PROTECT, null=True, blank=True, related_name="agreements")

    objects = AgreementQuerySet.as_manager()
    part_names = ("parties", "signatories", "stages")
    reference_kind = "agreement"
    stage_order = AGREEMENT_ORDER

    def faults_between(self, name: str, parts: list) -> Iterator[tuple[models.Model, str, str]]:
        yield from super().faults_between(name, parts)
        signed = [part for part in parts if name == "stages" and part.kind == AgreementState.SIGNED]
        people = [row.person for row in self.signatories.select_related("person")] if signed and self.pk else []
        for part in signed:
            faults = (person.fault_at(part.date) for person in people)
            yield from ((part, "date", fault) for fault in faults if fault)

    def get_absolute_url(self) -> str:
        return reverse("diplomacy:agreement_detail", args=[self.slug])

    @property
    def is_open(self) -> bool:
        """Whether it was announced or drafted and is not known to have come further."""
        stages = self.stages.all()
        return bool(stages) and all(stage.kind in UNSIGNED_STATES for stage in stages)


class AgreementParty(models.Model):
    """A state or organization bound by an agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    country = models.ForeignKey(
        "reference.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreement_parties",
        help_text=_("The state itself, or the state whose organization is a party."),
    )
    organization = models.ForeignKey(
        "reference.Organization", models.PROTECT, null=True, blank=True, related_name="agreement_parties"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name_plural = _("agreement parties")
        constraints = [
            models.CheckConstraint(
                name="agreement_party_is_someone",
                condition=Q(country__isnull=False) | Q(organization__isnull=False),
                violation_error_message=_("A party is a state or an organization."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organization or self.country)


class Signatory(Part):
    """A person who signed an agreement for one of its parties."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatories")
    person = models.ForeignKey("reference.Person", models.PROTECT, related_name="signatures")
    country = models.ForeignKey("reference.Country", models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.CharField(max_length=200, blank=True, help_text=_("The office as printed."))

    class Meta(Part.Meta):
        verbose_name_plural = _("signatories")

    def __str__(self) -> str:
        return str(self.person)

    def clean(self) -> None:
        super().clean()
        if self.person_id and self.agreement_id and (fault := self.fault_of_life()):
            raise ValidationError({"person": fault})

    def fault_of_life(self) -> str:
        """Why the person cannot have signed, in a sentence; empty where nothing speaks against it."""
        stages = self.agreement.stages.filter(kind=AgreementState.SIGNED) if self.agreement.pk else ()
        return next((fault for stage in stages if (fault := self.person.fault_at(stage.date))), "")


class AgreementStage(StageFields, Part):
    """One dated step of an agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=12, choices=AgreementState)
    first_said = FirstSaid(within="agreement")

    class Meta(Part.Meta):
        ordering = ("date_order", "position", "pk")


class Initiative(Promise):
    """Something raised between the two sides and not yet an instrument: a plan, an offer, a possible purchase."""

    raised_at = models.ForeignKey("events.Event", models.PROTECT, null=True, blank=True, related_name="initiatives")
    countries = models.ManyToManyField("reference.Country", blank=True, related_name="initiatives")
    organizations = models.ManyToManyField("reference.Organization", blank=True, related_name="initiatives")
    commodities = models.ManyToManyField("reference.Commodity", blank=True, related_name="initiatives")
    route = models.ForeignKey("trade.Route", models.PROTECT, null=True, blank=True, related_name="initiatives")
    project = models.ForeignKey("trade.Project", models.PROTECT, null=True, blank=True, related_name="initiatives")

    objects = InitiativeQuerySet.as_manager()
    part_names = ("stages",)
    reference_kind = "initiative"
    stage_order = INITIATIVE_ORDER

    def get_absolute_url(self) -> str:
        return reverse("diplomacy:initiative_detail", args=[self.slug])

    @property
    def is_open(self) -> bool:
        """Whether it is neither delivered nor lapsed, or was raised again after that."""
        settled = self.settled_order
        return settled is None or 0 < settled < max(stage.date_order for stage in self.stages.all())

    @property
    def settled_order(self) -> int | None:
        """By which the latest stage sorts that delivered it or let it lapse; None where none did."""
        return max((stage.date_order for stage in self.stages.all() if stage.kind in SETTLED_STATES), default=None)


class InitiativeStage(StageFields, Part):
    """One dated step of an initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=12, choices=InitiativeState)
    first_said = FirstSaid(within="initiative")

    class Meta(Part.Meta):
        ordering = ("date_order", "position", "pk")


class Programme(StagedModel):
    """A one-sided policy, standing or aid: a strategy, an agenda, a fund."""

    kind = models.CharField(max_length=12, choices=ProgrammeKind)
    country = models.ForeignKey(
        "reference.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        help_text=_("Whose it is."),
    )
    organization = models.ForeignKey(
        "reference.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        help_text=_("The body it is run with or concerns."),
    )
    beneficiaries = models.ManyToManyField("reference.Bloc", blank=True, related_name="programmes")
    begins = ImpreciseDateField(blank=True)
    ends = ImpreciseDateField(blank=True)

    objects = ProgrammeQuerySet.as_manager()
    part_names = ("stages",)
    reference_kind = "programme"

    class Meta(StagedModel.Meta):
        constraints = [
            ends_after_it_begins(
                "programme_ends_after_it_begins", "begins", "ends", _("It cannot end before it begins.")
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("diplomacy:programme_detail", args=[self.slug])


class ProgrammeStage(StageFields, Part):
    """One dated step of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=12, choices=ProgrammeState)
    first_said = FirstSaid(within="programme")

    class Meta(Part.Meta):
        ordering = ("date_order", "position", "pk")
