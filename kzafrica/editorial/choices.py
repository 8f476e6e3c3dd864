"""The vocabularies of the editorial layer. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class SourceKind(models.TextChoices):
    OFFICIAL = "official", _("Official")
    OFFICIAL_COPY = "official_copy", _("Copy of an official text")
    NEWS = "news", _("News")
    INTERVIEW = "interview", _("Interview")
    OPINION = "opinion", _("Opinion")
    ANALYSIS = "analysis", _("Analysis")
    PRESS_RELEASE = "press_release", _("Press release")
    FORUM_COPY = "forum_copy", _("Copy on a forum")
    STATISTICS = "statistics", _("Statistics")


# The state itself speaks, or its text is copied whole.
OFFICIAL_KINDS = (SourceKind.OFFICIAL, SourceKind.OFFICIAL_COPY)


class Basis(models.TextChoices):
    LITERAL = "literal", _("Said in so many words")
    INFERRED = "inferred", _("Inferred from what it says")


class ChangeAction(models.TextChoices):
    PUBLISHED = "published", _("Published")
    CHANGED = "changed", _("Changed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RENAMED = "renamed", _("Renamed")
    MERGED = "merged", _("Merged")
    DELETED = "deleted", _("Deleted")


class ProposalState(models.TextChoices):
    OPEN = "open", _("Waiting for review")
    APPLIED = "applied", _("Applied")
    REJECTED = "rejected", _("Rejected")


class StepName(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted for review")
    RETURNED = "returned", _("Returned to the author")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DELETED = "deleted", _("Deleted")


class ReportState(models.TextChoices):
    NEW = "new", _("New")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
