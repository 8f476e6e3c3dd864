"""The vocabulary of what programs write. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContributionKind(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSAL = "proposal", _("Proposed change")
