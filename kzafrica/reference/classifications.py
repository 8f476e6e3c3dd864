"""What trade statistics count by: areas and commodities, with their codes."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.publishable import Keyed
from kzafrica.reference.choices import AreaKind
from kzafrica.reference.querysets import AreaQuerySet, CommodityQuerySet
from kzafrica.translation import InLanguage, Translated

# The edition of the Harmonized System that codes belong to unless they say otherwise; H6 is HS 2022.
CURRENT_HS_EDITION = "H6"
WORLD_CODE = "0"


class Area(Keyed):
    """A partner as trade statistics know it: a state, a group, a special category or the world."""

    code = models.CharField(
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^(0|[1-9][0-9]*)\Z", _("Write it without leading zeros: 12 for Algeria."))],
        help_text=_("As UN Comtrade writes it, without leading zeros, such as 398; 0 is the world."),
    )
    name = Translated(models.CharField, max_length=120, sorts=True)
    kind = models.CharField(max_length=8, choices=AreaKind, default=AreaKind.STATE)
    alpha3 = models.CharField(
        _("ISO code"),
        max_length=3,
        blank=True,
        db_index=True,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Write three capital letters, such as COD."))],
        help_text=_("ISO 3166-1 alpha-3 of the state or territory. Several areas may be the same state: 250 and 251."),
    )
    country = models.ForeignKey("reference.Country", models.PROTECT, null=True, blank=True, related_name="areas")
    valid_from = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("The first year that statistics use the code for; empty: from the start.")
    )
    valid_until = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("The last year that statistics use the code for; empty: to this day.")
    )
    is_african = models.BooleanField(
        _("in Africa"),
        default=False,
        help_text=_("Also for what is left of Africa beside its states, such as Northern Africa, not specified."),
    )
    note = models.TextField(blank=True)

    objects = AreaQuerySet.as_manager()
    natural_key_fields = ("code",)

    class Meta:
        ordering = (InLanguage("name"), "code")
        constraints = [
            models.CheckConstraint(
                name="area_valid_in_order",
                # Either year may be open, and a check that compares with NULL refuses nothing.
                condition=Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("The last year of an area is not before its first."),
            ),
            models.CheckConstraint(
                name="area_0_is_the_world",
                condition=Q(code=WORLD_CODE, kind=AreaKind.WORLD) | ~Q(code=WORLD_CODE) & ~Q(kind=AreaKind.WORLD),
                violation_error_message=_("The world is area 0, and no other is."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_valid_in(self, year: int) -> bool:
        """Whether statistics of that year may use the code."""
        return (self.valid_from or year) <= year <= (self.valid_until or year)

    def clean(self) -> None:
        super().clean()
        if self.country is None:
            return
        errors = {}
        if self.alpha3 != self.country.alpha3:
            errors["alpha3"] = _("An area of %(country)s has its code, %(alpha3)s.")
        if self.is_african != self.country.is_african:
            errors["is_african"] = _("An area is in Africa where its country is, and %(country)s says otherwise.")
        if errors:
            details = {"country": self.country, "alpha3": self.country.alpha3}
            raise ValidationError({name: sentence % details for name, sentence in errors.items()})


EDITION_NAMES = {
    "H0": "HS 1988/92",
    "H1": "HS 1996",
    "H2": "HS 2002",
    "H3": "HS 2007",
    "H4": "HS 2012",
    "H5": "HS 2017",
    "H6": "HS 2022",
}


class Commodity(Keyed):
    """A chapter, heading or subheading of one edition of the Harmonized System."""

    class Level(models.IntegerChoices):
        CHAPTER = 2, _("Chapter")
        HEADING = 4, _("Heading")
        SUBHEADING = 6, _("Subheading")

    code = models.CharField(max_length=6, help_text=_("Two, four or six digits, leading zeros kept: 0902."))
    edition = models.CharField(max_length=2, default=CURRENT_HS_EDITION, help_text=_("H0 to H6; H6 is HS 2022."))
    level = models.PositiveSmallIntegerField(choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    section = models.CharField(max_length=5, blank=True, help_text=_("Roman numeral of the section."))
    description = models.TextField(blank=True, help_text=_("Empty where the title is not known."))
    is_leaf = models.BooleanField(default=False)

    objects = CommodityQuerySet.as_manager()
    natural_key_fields = ("code",)

    class Meta:
        ordering = ("edition", "code")
        verbose_name_plural = _("commodities")
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="commodity_once_an_edition"),
            models.CheckConstraint(
                name="commodity_level_is_code_length",
                condition=Q(level=Length("code")),
                violation_error_message=_("An HS code has two, four or six digits, and its level says which."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.description}"

    def get_absolute_url(self) -> str:
        return reverse("trade:commodity_detail", args=[self.code])

    @property
    def edition_name(self) -> str:
        """HS 2022, HS 1988/92: the edition as people call it."""
        return EDITION_NAMES.get(self.edition, self.edition)
