from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kzafrica.date_fields import ImpreciseDateField
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.references import ReferenceField
from kzafrica.statements.amounts import ExactDecimalField
from kzafrica.statements.choices import (
    RELATIVE_MEASURES,
    ROLES_OF_FORMULA,
    UNITS_OF_MEASURE,
    ClaimKind,
    ClaimResult,
    Direction,
    Formula,
    InputRole,
    Measure,
    Origin,
    Qualifier,
    Reliability,
    Unit,
)
from kzafrica.statements.querysets import ClaimQuerySet, FigureQuerySet
from kzafrica.translation import Translated

SUBJECT_KINDS = ("country", "bloc", "organization", "project", "route", "place", "event")


class Figure(PublishableModel):
    """One number that a source states, or that follows from others, about a measure, a scope and a period."""

    # What makes two figures statements about the same thing.
    SCOPE = ("measure", "base_measure", "subject", "counterpart", "direction", "commodity", "universe", "period")

    title = Translated(
        models.CharField, max_length=200, help_text=_("What the number is, for lists: “Turnover with Africa, 2024”.")
    )
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.STATED)
    measure = models.CharField(max_length=20, choices=Measure, db_index=True)
    base_measure = models.CharField(
        max_length=20, choices=Measure, blank=True, help_text=_("For growth, share and rank: of or by what.")
    )
    subject = ReferenceField(
        kinds=SUBJECT_KINDS, db_index=True, help_text=_("Whose number it is, such as country/KAZ.")
    )
    counterpart = ReferenceField(
        kinds=SUBJECT_KINDS,
        blank=True,
        db_index=True,
        help_text=_("With whom, such as bloc/002 (Africa) or country/COD."),
    )
    direction = models.CharField(max_length=8, choices=Direction, blank=True)
    reported_by = ReferenceField(
        kinds=("country", "organization"),
        blank=True,
        help_text=_("The side whose statistics these are, where known, such as country/ZAF."),
    )
    commodity = models.ForeignKey("reference.Commodity", models.PROTECT, null=True, blank=True, related_name="figures")
    universe = models.CharField(max_length=120, blank=True, help_text=_("For ranks and shares: among whom, of what."))
    period = ImpreciseDateField(blank=True, help_text=_("The year or span the number is for."))
    qualifier = models.CharField(max_length=8, choices=Qualifier, default=Qualifier.EXACT)
    value = ExactDecimalField(null=True, blank=True, help_text=_("In the unit: 106300000, or 15.1 for percent."))
    low = ExactDecimalField(null=True, blank=True, help_text=_("Lower end of a range."))
    high = ExactDecimalField(null=True, blank=True, help_text=_("Upper end of a range."))
    unit = models.CharField(max_length=10, choices=Unit)
    printed = models.CharField(
        max_length=120, blank=True, help_text=_("The number as the source prints it: “$106,3 million”.")
    )
    reliability = models.CharField(max_length=12, choices=Reliability, default=Reliability.FINAL)
    is_headline = models.BooleanField(
        default=False, help_text=_("The one we show where several are stated for the same scope and period.")
    )
    formula = models.CharField(max_length=24, choices=Formula, blank=True, help_text=_("Derived figures only."))
    note = Translated(models.TextField, blank=True, help_text=_("What a reader must know to use the number."))

    objects = FigureQuerySet.as_manager()
    part_names = ("inputs",)
    reference_kind = "figure"
    # What comparisons.with_comparisons() found, for the page or answer that asked; never stored.
    verification = None

    class Meta(PublishableModel.Meta):
        ordering = ("measure", "subject", "counterpart", "period_order", "slug")
        constraints = [
            # Coalesce, since NULLS NOT DISTINCT exists on PostgreSQL alone.
            models.UniqueConstraint(
                "measure",
                "base_measure",
                "subject",
                "counterpart",
                "direction",
                Coalesce("commodity", 0),
                "universe",
                "period",
                condition=Q(is_headline=True),
                name="figure_one_headline",
                violation_error_message=_(
                    "Another figure is the headline for this measure, subject, counterpart, direction, good and period."
                ),
            ),
            models.CheckConstraint(
                name="figure_derived_has_no_value_of_its_own",
                condition=Q(origin=Origin.DERIVED, value__isnull=True, low__isnull=True, high__isnull=True)
                & ~Q(formula="")
                | Q(origin=Origin.STATED, formula=""),
                violation_error_message=_(
                    "A derived figure has a formula and inputs and no value of its own; a stated one has no formula."
                ),
            ),
            models.CheckConstraint(
                name="figure_value_or_range",
                condition=Q(origin=Origin.DERIVED)
                # A comparison with NULL refuses nothing, so both ends are asked for by name.
                | Q(qualifier=Qualifier.RANGE, value__isnull=True, low__isnull=False, high__isnull=False)
                & Q(high__gt=F("low"))
                | (~Q(qualifier=Qualifier.RANGE) & Q(value__isnull=False, low__isnull=True, high__isnull=True)),
                violation_error_message=_(
                    "Give one value, or for a range its lower and its upper end, the lower first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("statements:figure_detail", args=[self.slug])

    @property
    def is_derived(self) -> bool:
        return self.origin == Origin.DERIVED

    def has_support(self) -> bool:
        """A derived figure rests on its inputs; they must be public before it is."""
        if self.is_derived:
            inputs = list(self.inputs.select_related("figure"))
            return bool(inputs) and all(row.figure.is_public for row in inputs)
        return super().has_support()

    def clean(self) -> None:
        super().clean()
        errors = {}
        units = UNITS_OF_MEASURE.get(self.measure, ())
        if self.measure and self.unit and self.unit not in units:
            errors["unit"] = _("The unit “%(unit)s” does not fit %(measure)s: use %(units)s.") % {
                "unit": self.unit,
                "measure": self.get_measure_display().lower(),
                "units": _(" or ").join(units),
            }
        if self.measure in RELATIVE_MEASURES and not self.base_measure and not self.commodity_id and not self.universe:
            errors["base_measure"] = _("%s needs the measure it is of.") % self.get_measure_display()
        if self.measure not in RELATIVE_MEASURES and self.base_measure:
            errors["base_measure"] = _("Only growth, share and rank are of another measure; leave this empty.")
        if self.origin == Origin.STATED and not self.printed:
            errors["printed"] = _("Write the number as the source prints it, such as “$106,3 million”.")
        if errors:
            raise ValidationError(errors)


class FigureInput(models.Model):
    """A figure that a derived figure is computed from, and its place in the formula."""

    derived = models.ForeignKey(Figure, models.CASCADE, related_name="inputs")
    figure = models.ForeignKey(Figure, models.PROTECT, related_name="used_in")
    role = models.CharField(max_length=8, choices=InputRole)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["derived", "figure", "role"], name="figure_input_once"),
            models.CheckConstraint(
                name="figure_input_is_another",
                condition=~Q(derived=F("figure")),
                violation_error_message=_("A figure cannot be computed from itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.figure}"

    def clean(self) -> None:
        super().clean()
        if not self.derived_id or not self.figure_id:
            return
        roles = ROLES_OF_FORMULA.get(self.derived.formula, ())
        if self.role not in roles:
            raise ValidationError(
                {"role": _("This formula takes %s.") % ", ".join(InputRole(role).value for role in roles)}
            )
        if leads_back_to(self.figure, self.derived_id):
            raise ValidationError({"figure": _("“%s” is itself computed from this figure.") % self.figure})


def leads_back_to(figure: Figure, target_id: int) -> bool:
    """Whether a figure is, at any depth, computed from the target."""
    waiting, seen = {figure.pk}, set()
    while waiting:
        if target_id in waiting:
            return True
        seen |= waiting
        waiting = set(FigureInput.objects.filter(derived__in=waiting).values_list("figure_id", flat=True)) - seen
    return False


class Claim(PublishableModel):
    """A checkable sentence of a source without a number of its own, in our words, and what checking it found."""

    text = Translated(models.TextField, help_text=_("What the source claims, in our own words."))
    kind = models.CharField(max_length=12, choices=ClaimKind)
    date = ImpreciseDateField(blank=True, help_text=_("When or for which period the claim is made."))
    result = models.CharField(max_length=20, choices=ClaimResult)
    reason = Translated(models.TextField, help_text=_("What was compared with what, and what came of it."))
    checked_against = models.ManyToManyField(Figure, blank=True, related_name="claims_checked")

    objects = ClaimQuerySet.as_manager()
    part_names = ("subjects",)
    reference_kind = "claim"

    class Meta(PublishableModel.Meta):
        ordering = ("date_order", "slug")

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("statements:claim_detail", args=[self.slug])


class ClaimSubject(models.Model):
    """A record that a claim is about."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="subjects")
    record = ReferenceField(help_text=_("Such as country/COD, event/… or figure/…."))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["claim", "record"], name="claim_subject_once")]

    def __str__(self) -> str:
        return self.record
