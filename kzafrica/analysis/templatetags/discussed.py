"""The way back from a record to the articles that draw on it, for the pages of every section."""

from django import template
from django.db import models

from kzafrica.analysis.models import Article
from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.labels import record_label

register = template.Library()


@register.inclusion_tag("analysis/discussed_in.html")
def discussed_in(record: models.Model) -> dict:
    """Public articles that list the record or name it in their text, the latest first: one query."""
    return {"articles": Article.objects.published().discussing(record)}


# Where kinds of records keep the date by which readers know them.
DATES = ("date", "period", "established")


@register.filter
def is_for_readers(record: models.Model | None) -> bool:
    """Whether it is there and readers may see it; reference data always."""
    return record is not None and getattr(record, "is_public", True)


@register.filter
def kind_in_words(record: models.Model) -> str:
    """What sort of record it is: ``Event``."""
    return record_label(type(record))


@register.filter
def date_of(record: models.Model) -> ImpreciseDate | None:
    """When it was, or what time it is about; None where it has no date of its own or none is known."""
    return next((date for name in DATES if (date := getattr(record, name, None))), None)
