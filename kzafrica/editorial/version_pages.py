"""What a page shows of one earlier version of a record, and of the list of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kzafrica.editorial.change_words import FieldChange
from kzafrica.editorial.labels import record_label
from kzafrica.editorial.models import Change, Correction
from kzafrica.editorial.naming import Names, shown_content
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.versions import PublicVersion, public_changes, versions_behind


@dataclass(frozen=True)
class VersionRow:
    """A version in the list: its change, what that changed in words, and the correction if it was one."""

    change: Change
    address: str
    is_first: bool
    changes: list[FieldChange]
    correction: Correction | None


def history_address(record: PublishableModel) -> str:
    return reverse("editorial:record_history", args=[record._meta.model_name, record.key])


def version_address(record: PublishableModel, number: int) -> str:
    """The permanent address of the version that the change of that number made."""
    return reverse("editorial:record_version", args=[record._meta.model_name, record.key, number])


def rows_of(record: PublishableModel, changes: Iterable[Change]) -> list[VersionRow]:
    """The versions that changes of one record made, in their order."""
    changes = list(changes)
    versions = versions_behind(changes)
    names = Names(
        (type(record), state.content)
        for version in versions.values()
        for state in (version.state, version.before)
        if state is not None
    )
    corrections = Correction.objects.in_bulk([change.number for change in changes], field_name="change_id")
    return [
        VersionRow(
            change,
            version_address(record, change.number),
            is_first=versions[change.number].before is None,
            changes=_words_of(names, versions[change.number]),
            correction=corrections.get(change.number),
        )
        for change in changes
        if change.number in versions
    ]


def version_context(record: PublishableModel, version: PublicVersion, *, day: date | None = None) -> dict:
    """The context of ``editorial/version.html``; ``day`` is the one that readers asked for."""
    states = [state for state in (version.state, version.before) if state is not None]
    names = Names((version.model, state.content) for state in states)
    change, told = version.change, public_changes(record)
    later, earlier = told.filter(number__gt=change.number).last(), told.filter(number__lt=change.number).first()
    return {
        "object": record,
        "version": version,
        "day": day,
        "kind": record_label(type(record)),
        "shown": shown_content(version.model, names.in_words(version.model, version.state.content)),
        "changes": _words_of(names, version),
        "correction": Correction.objects.filter(change=change).first(),
        "document": reverse("api:version-detail", args=[change.number]),
        "address": version_address(record, change.number),
        "canonical": version_address(record, change.number),
        "history": history_address(record),
        "later": version_address(record, later.number) if later else "",
        "earlier": version_address(record, earlier.number) if earlier else "",
    }


def _words_of(names: Names, version: PublicVersion) -> list[FieldChange]:
    if version.before is None:
        return []
    return names.changes(version.model, version.before.content, version.state.content)
