"""Corrections that readers are told about, with what each of them changed."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models

from kzafrica.editorial.models import Correction
from kzafrica.editorial.naming import Names
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.versions import versions_behind


def corrections_of(record: PublishableModel) -> models.QuerySet[Correction]:
    """The corrections of one record, the latest first."""
    content_type = ContentType.objects.get_for_model(record)
    return Correction.objects.filter(content_type=content_type, object_id=record.pk).select_related("change")


def with_versions(corrections: Iterable[Correction]) -> list[Correction]:
    """The corrections with the ``version`` that each made; None where readers may not see the record any more.

    The queries grow with the kinds of records, not with the number of corrections.
    """
    corrections = list(corrections)
    shown = [row.change for row in corrections if getattr(row.record, "is_public", row.record is not None)]
    versions = versions_behind(shown)
    for correction in corrections:
        correction.version = versions.get(correction.change_id)
    return corrections


def with_changes(corrections: Iterable[Correction]) -> list[Correction]:
    """The same with the ``changes`` of each, in words: the field, what stood there and what stands there."""
    corrections = with_versions(corrections)
    told = [row.version for row in corrections if row.version is not None and row.version.before is not None]
    names = Names((version.model, state.content) for version in told for state in (version.before, version.state))
    for correction in corrections:
        version = correction.version
        is_told = version is not None and version.before is not None
        correction.changes = (
            names.changes(version.model, version.before.content, version.state.content) if is_told else []
        )
    return corrections
