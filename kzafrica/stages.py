"""The dated steps that agreements, initiatives, routes and projects pass through."""

from collections.abc import Iterator

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
    """A record whose parts ``stages`` are the steps it has passed through, in time.

    ``stage_order`` names for a kind of step those it cannot come before.
    """

    stage_order: dict[str, tuple[str, ...]] = {}

    @property
    def state(self):
        """The stage it has come to, or None: the latest, or an undated one that lies further on in the vocabulary.

        Reads what ``for_list()`` prefetched.
        """
        stages = list(self.stages.all())
        dated = [stage for stage in stages if stage.date]
        latest = dated[-1:] + [stage for stage in stages if not stage.date]
        return max(latest, key=_place_of, default=None)

    @property
    def begun(self):
        """The first dated stage, or None; reads what ``for_list()`` prefetched."""
        return next((stage for stage in self.stages.all() if stage.date), None)

    def faults_between(self, name: str, parts: list) -> Iterator[tuple[models.Model, str, str]]:
        """A step that certainly precedes one which it presupposes; an overlap of imprecise dates is no fault."""
        dated = [part for part in parts if part.date] if name == "stages" else []
        for part in dated:
            for other in dated:
                if other.kind in self.stage_order.get(part.kind, ()) and part.date.is_certainly_before(other.date):
                    sentence = _("“%(step)s” (%(date)s) cannot come before “%(other)s” (%(then)s).")
                    steps = {"step": part.get_kind_display(), "other": other.get_kind_display()}
                    yield part, "date", sentence % {**steps, "date": part.date.text(), "then": other.date.text()}
                    break


def _place_of(stage) -> int:
    """How far on in its vocabulary a stage lies."""
    return [kind for kind, _label in stage._meta.get_field("kind").choices].index(stage.kind)
