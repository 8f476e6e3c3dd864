"""The vocabularies of delivery. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every Monday")


class NewsKind(models.TextChoices):
    """What happened to a record of a list, between two looks at it."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged with another record")
    LEFT = "left", _("No longer in this list")


# The record is in the list no more.
GONE = (NewsKind.WITHDRAWN, NewsKind.MERGED, NewsKind.LEFT)
