"""The dated steps that agreements, initiatives, routes and projects pass through."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kzafrica.date_fields import ImpreciseDateField


class StageFields(models.Model):
    """A kind from the owner's vocabulary, a date, and a word of explanation."""

    date = ImpreciseDateField(blank=True, help_text=_("Empty where no source says."))
    note = models.CharField(max_length=300, blank=True, help_text=_("For readers."))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.date.text()}" if self.date else self.get_kind_display()


class Staged:
    """A record whose parts ``stages`` are the steps it has passed through, in time."""

    @property
    def state(self):
        """The latest stage, or None; reads what ``for_list()`` prefetched."""
        stages = list(self.stages.all())
        return stages[-1] if stages else None
