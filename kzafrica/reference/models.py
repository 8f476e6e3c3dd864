import re
from itertools import chain

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kzafrica.date_fields import ImpreciseDateField, ends_after_it_begins
from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.publishable import Keyed, Part, PublishableModel
from kzafrica.reference.choices import (
    BlocKind,
    CountryRole,
    MembershipStatus,
    NameFormKind,
    OfficeKind,
    OrganizationKind,
    Verification,
)
from kzafrica.reference.classifications import CURRENT_HS_EDITION, Area, Commodity  # noqa: F401 - found here too
from kzafrica.reference.querysets import (
    BlocQuerySet,
    CountryQuerySet,
    OrganizationQuerySet,
    PersonQuerySet,
)
from kzafrica.translation import InLanguage, Translated
from kzafrica.transliteration import in_latin


class Country(Keyed):
    """A state or territory with its ISO 3166 and UN M49 codes."""

    alpha3 = models.CharField(max_length=3, unique=True, help_text=_("ISO 3166-1 alpha-3, such as COD."))
    alpha2 = models.CharField(max_length=2, unique=True, help_text=_("ISO 3166-1 alpha-2; Namibia is NA."))
    m49 = models.CharField(max_length=3, unique=True, help_text=_("UN M49, three digits with leading zeros."))
    name = Translated(models.CharField, max_length=100, sorts=True)
    formal_name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=20, choices=CountryRole, default=CountryRole.OTHER)
    region = models.CharField(max_length=40, blank=True, help_text=_("UN region."))
    subregion = models.CharField(max_length=60, blank=True, help_text=_("UN subregion or intermediate region."))
    capital = models.CharField(max_length=60, blank=True)
    capital_latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    capital_longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    is_un_member = models.BooleanField(default=True)
    note = models.TextField(blank=True)

    objects = CountryQuerySet.as_manager()
    natural_key_fields = ("alpha3",)
    reference_kind = "country"

    class Meta:
        ordering = (InLanguage("name"),)
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("dossier:country_detail", args=[self.alpha3.lower()])

    def clean(self) -> None:
        super().clean()
        forms = {"alpha3": ("[A-Z]{3}", "COD"), "alpha2": ("[A-Z]{2}", "CD"), "m49": ("[0-9]{3}", "180")}
        errors = {
            name: _("“%(code)s” is not such a code: write it like %(example)s.") % {"code": code, "example": example}
            for name, (form, example) in forms.items()
            if (code := getattr(self, name)) and not re.fullmatch(form, code)
        }
        if errors:
            raise ValidationError(errors)

    @property
    def is_african(self) -> bool:
        return self.role in {CountryRole.AFRICAN_STATE, CountryRole.AFRICAN_TERRITORY}

    @property
    def has_dossier(self) -> bool:
        """Whether the country is one side of a pair with Kazakhstan that this record covers."""
        return self.is_african


class Bloc(Keyed):
    """A continent, union or economic community that states belong to."""

    code = models.SlugField(
        max_length=20, unique=True, help_text=_("Its usual short form, or the M49 code of a continent.")
    )
    name = Translated(models.CharField, max_length=120, sorts=True)
    kind = models.CharField(max_length=20, choices=BlocKind, default=BlocKind.ECONOMIC_COMMUNITY)
    note = models.TextField(blank=True)

    objects = BlocQuerySet.as_manager()
    natural_key_fields = ("code",)
    part_names = ("memberships",)
    reference_kind = "bloc"

    class Meta:
        ordering = (InLanguage("name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_continent(self) -> bool:
        return self.kind == BlocKind.CONTINENT

    def get_absolute_url(self) -> str:
        if self.is_continent:
            return reverse("dossier:africa")
        return reverse("dossier:country_list") + f"?bloc={self.code}"


class Membership(models.Model):
    """One spell of a state in a bloc."""

    bloc = models.ForeignKey(Bloc, models.CASCADE, related_name="memberships")
    country = models.ForeignKey(Country, models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=12, choices=MembershipStatus)
    begins = ImpreciseDateField(blank=True)
    ends = ImpreciseDateField(blank=True)
    verification = models.CharField(max_length=4, choices=Verification)
    note = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("bloc", "position", "pk")
        constraints = [
            ends_after_it_begins(
                "membership_ends_after_it_begins", "begins", "ends", _("A membership cannot end before it begins.")
            ),
            models.UniqueConstraint(fields=["bloc", "country", "status", "begins"], name="membership_spell_once"),
        ]

    def __str__(self) -> str:
        return f"{self.country} – {self.bloc}"


class Place(Keyed):
    """A city or port; without coordinates it is listed, not drawn."""

    slug = models.SlugField(max_length=60, unique=True)
    name = Translated(models.CharField, max_length=100, sorts=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="places")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    geonames_id = models.PositiveIntegerField(null=True, blank=True)
    other_names = models.CharField(max_length=200, blank=True, help_text=_("Other spellings, separated by semicolons."))

    reference_kind = "place"

    class Meta:
        ordering = (InLanguage("name"), "slug")
        constraints = [
            models.CheckConstraint(
                name="place_on_earth",
                # A check that compares with NULL refuses nothing, so each coordinate is asked for by name.
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message=_(
                    "Latitude runs from -90 to 90 and longitude from -180 to 180; give both or none."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Theme(Keyed):
    """A subject that talks, agreements and programmes are about."""

    slug = models.SlugField(max_length=60, unique=True)
    name = Translated(models.CharField, max_length=100, sorts=True)

    reference_kind = "theme"

    class Meta:
        ordering = (InLanguage("name"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reference:theme_detail", args=[self.slug])


class Organization(PublishableModel):
    """A ministry, company, international body or traditional institution that takes part in relations."""

    name = Translated(models.CharField, max_length=200, sorts=True)
    kind = models.CharField(max_length=16, choices=OrganizationKind)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="organizations")
    summary = Translated(models.TextField, blank=True)

    objects = OrganizationQuerySet.as_manager()
    part_names = ("name_forms",)
    reference_kind = "organization"

    class Meta(PublishableModel.Meta):
        ordering = (InLanguage("name"), "slug")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reference:organization_detail", args=[self.slug])


class Office(Keyed):
    """A post that people hold one after another, known even where its holder is not."""

    slug = models.SlugField(max_length=100, unique=True)
    title = Translated(models.CharField, max_length=200, sorts=True)
    kind = models.CharField(max_length=30, choices=OfficeKind)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="offices", help_text=_("Whose office it is.")
    )
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="offices")

    class Meta:
        ordering = (InLanguage("title"), "slug")

    def __str__(self) -> str:
        return self.title


class Person(PublishableModel):
    """A person in a public capacity."""

    name = Translated(models.CharField, max_length=150, sorts=True)
    born = ImpreciseDateField(blank=True)
    died = ImpreciseDateField(blank=True)
    summary = Translated(
        models.TextField, blank=True, help_text=_("The public capacity only; nothing about private life.")
    )

    objects = PersonQuerySet.as_manager()
    part_names = ("name_forms", "offices_held")
    reference_kind = "person"

    class Meta(PublishableModel.Meta):
        ordering = (InLanguage("name"), "slug")
        verbose_name_plural = _("people")
        constraints = [
            ends_after_it_begins("person_dies_after_birth", "born", "died", _("A person cannot die before being born."))
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reference:person_detail", args=[self.slug])

    def fault_at(self, date: ImpreciseDate | None) -> str:
        """Why the person cannot have acted then, in a sentence; empty where nothing speaks against it."""
        if date is None:
            return ""
        if self.died and self.died.is_certainly_before(date):
            details = {"person": self, "day": self.died.text(), "date": date.text()}
            return _("%(person)s died (%(day)s) before this took place (%(date)s).") % details
        if self.born and date.is_certainly_before(self.born):
            details = {"person": self, "day": self.born.text(), "date": date.text()}
            return _("%(person)s was born (%(day)s) after this took place (%(date)s).") % details
        return ""

    def clean(self) -> None:
        super().clean()
        if self.pk is None:
            return
        acts = (
            self.participations.select_related("event"),
            self.missions_headed.select_related("mission"),
            self.signatures.select_related("agreement"),
        )
        for part in chain.from_iterable(acts):
            if fault := part.fault_of_life():
                raise ValidationError({"died" if self.died else "born": fault})


class NameForm(Part):
    """Another form of a name: a spelling, a script, a style, a misspelling met in a source."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="name_forms")
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="name_forms")
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=NameFormKind, default=NameFormKind.SPELLING)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(
                name="name_form_of_one",
                condition=Q(person__isnull=True, organization__isnull=False)
                | Q(person__isnull=False, organization__isnull=True),
                violation_error_message=_("A form of a name belongs to one person or one organization."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def content_for(text: str, name: str) -> dict:
        """The plain content of a form of that name: another spelling, or the name in another script."""
        is_latin, is_name_latin = (in_latin(one) == one for one in (text, name))
        kind = NameFormKind.SPELLING if is_latin == is_name_latin else NameFormKind.TRANSLITERATION
        return {"text": text, "kind": kind.value}


class OfficeHeld(Part):
    """A spell of one person in one office, as far as sources tell it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="offices_held")
    office = models.ForeignKey(Office, models.PROTECT, related_name="holders")
    begins = ImpreciseDateField(blank=True, help_text=_("Empty where no source says."))
    ends = ImpreciseDateField(blank=True, help_text=_("Empty where no source says."))
    attested = ImpreciseDateField(blank=True, help_text=_("When a source shows the person in the office."))

    class Meta(Part.Meta):
        verbose_name_plural = _("offices held")
        constraints = [
            ends_after_it_begins(
                "office_ends_after_it_begins", "begins", "ends", _("An office cannot end before it begins.")
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.office}"
