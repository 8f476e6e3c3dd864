"""Model of what editors have looked for: it tells "none known" from "not yet checked"."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from diplomacy.choices import Strand
from diplomacy.querysets import CheckQuerySet
from kzafrica.editorial.publishable import Keyed
from kzafrica.translation import InLanguage


def refuse_future_check(day: date | None, field: str) -> None:
    """Raises ValidationError for a day that has not come yet in Almaty."""
    if day is not None and day > localdate():
        raise ValidationError({field: _("Nobody can have checked on a day to come: give today or an earlier day.")})


class Check(Keyed):
    """The day on which an editor last looked for one thing between Kazakhstan and a state. Only editors set it."""

    country = models.ForeignKey("reference.Country", models.PROTECT, related_name="checks")
    strand = models.CharField(max_length=20, choices=Strand, help_text=_("What was looked for."))
    checked_on = models.DateField(help_text=_("The day on which you looked, in whatever you had at hand."))
    note = models.CharField(max_length=300, blank=True, help_text=_("For readers: where you looked."))

    objects = CheckQuerySet.as_manager()
    natural_key_fields = ("country", "strand")

    class Meta:
        ordering = (InLanguage("country__name"), "strand")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "strand"],
                name="check_once_a_strand",
                violation_error_message=_("This is recorded for the country already: change the day there."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.get_strand_display()}"

    def natural_key(self) -> tuple[str, str]:
        return self.country.alpha3, self.strand

    def clean(self) -> None:
        super().clean()
        refuse_future_check(self.checked_on, "checked_on")
        if self.country_id and not self.country.is_african:
            raise ValidationError({"country": _("Only the states and territories of Africa make a pair here.")})
