"""Two records with imprecise dates. They live in a registry of their own, so that no migration ever sees them."""

from django.db import models
from django.test.utils import isolate_apps

from kzafrica.date_fields import ImpreciseDateField, ends_after_it_begins

with isolate_apps("tests.dates") as registry:

    class Watched(models.Model):
        """What somebody looked at, at a time not always noted to the day."""

        last_checked = ImpreciseDateField(blank=True)

        class Meta:
            abstract = True

    class Mission(Watched):
        """A post with a life of two imprecise ends."""

        name = models.CharField(max_length=40)
        opened = ImpreciseDateField(blank=True)
        closed = ImpreciseDateField(blank=True, help_text="Empty while it works.")
        successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

        class Meta:
            app_label = "dates"
            ordering = ["opened_order", "name"]
            indexes = [models.Index(fields=["opened_latest", "closed_earliest"])]
            constraints = [
                ends_after_it_begins(
                    "mission_closes_after_it_opens", "opened", "closed", "A mission cannot close before it opens."
                )
            ]

        def __str__(self) -> str:
            return self.name

    class Milestone(models.Model):
        """A step in the life of a mission; it always has a date."""

        mission = models.ForeignKey(Mission, models.CASCADE, related_name="milestones")
        date = ImpreciseDateField()

        class Meta:
            app_label = "dates"
            ordering = ["date_order"]

        def __str__(self) -> str:
            return f"{self.mission}, {self.date}"
