"""What readers have seen of a record: each version that a public change brought before them.

Drafts and proposals are no versions, and a record that readers may not see now has none.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Version

from kzafrica.editorial.choices import ChangeAction, Status
from kzafrica.editorial.content import Difference, differences
from kzafrica.editorial.history import State, states_in
from kzafrica.editorial.models import Change, Redirect
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.references import record_of
from kzafrica.filtering import TakesDay
from kzafrica.problems import BadParameters

BRINGING = (ChangeAction.PUBLISHED, ChangeAction.CHANGED, ChangeAction.RENAMED)

Place = tuple[type[models.Model], int]


@dataclass(frozen=True)
class PublicVersion:
    """A record as a public change left it, and as readers saw it before; None where it was new to them."""

    change: Change
    model: type[models.Model]
    state: State
    before: State | None

    @property
    def changed(self) -> list[Difference]:
        """What the change changed, as plain content; nothing for the first version."""
        return differences(self.before.content, self.state.content) if self.before else []


def kinds_of_records() -> dict[str, type[PublishableModel]]:
    """Every kind of record under workflow by the name it has in addresses, such as ``event``."""
    return {model._meta.model_name: model for model in apps.get_models() if issubclass(model, PublishableModel)}


def changes_at(record: PublishableModel, *actions: str) -> models.QuerySet[Change]:
    """The changes that brought a version before readers at an address which leads to the record, newest first.

    Those of records that were merged into it are among them. ``actions`` asks for changes of other kinds.
    """
    record_type = record._meta.label_lower
    former = Redirect.objects.filter(record_type=record_type, target_key=record.key).values("old_key")
    at_its_address = Q(record_key=record.key) | Q(record_key__in=former)
    told = Change.objects.filter(at_its_address, record_type=record_type, action__in=actions or BRINGING)
    return told.filter(revision__isnull=False).order_by("-number")


def public_changes(record: PublishableModel, *actions: str) -> models.QuerySet[Change]:
    """The same for the record alone: not those of records that were merged into it."""
    revisions = Version.objects.get_for_object(record).order_by().values("revision_id")
    return changes_at(record, *actions).filter(revision__in=revisions)


def record_of_change(change: Change) -> PublishableModel | None:
    """The record that a change tells of, by the address it has now, if readers may see it."""
    model = {kind._meta.label_lower: kind for kind in kinds_of_records().values()}.get(change.record_type)
    try:
        record = record_of(model, change.record_key) if model is not None else None
    except ObjectDoesNotExist:
        record = None
    return record if record is not None and record.is_public else None


def read_past_day(text: str) -> date | None:
    """The day that ``as_of`` names, today at the latest; None where it is empty. Raises BadParameters."""
    try:
        return PastDayField(required=False).clean(text)
    except ValidationError as error:
        raise BadParameters([("as_of", " ".join(error.messages))]) from None


class PastDayField(TakesDay):
    """A day as YYYY-MM-DD that has begun in Almaty."""

    def validate(self, value) -> None:
        super().validate(value)
        if value and value > timezone.localdate():
            raise ValidationError(_("%s has not come yet: ask for today or a day before it.") % value.isoformat())


def end_of_day(day: date) -> datetime:
    """The moment at which a day is over in Almaty."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def last_change_by(record: PublishableModel, day: date) -> Change | None:
    """The last change by the end of a day that brought a record before readers or took it from them."""
    told = public_changes(record, *BRINGING, ChangeAction.WITHDRAWN)
    return told.filter(at__lt=end_of_day(day)).first()


def version_behind(change: Change) -> PublicVersion | None:
    return versions_behind([change]).get(change.number)


def versions_behind(changes: Iterable[Change]) -> dict[int, PublicVersion]:
    """The versions that changes made, by the number of the change; of what was deleted too.

    A change whose revision is not kept is left out. The queries grow with the kinds of records, not with their number.
    """
    places = _places_of([change for change in changes if change.revision_id])
    if not places:
        return {}
    before = _public_before(places)
    states = states_in(
        (*place, revision)
        for change, place in places.items()
        for revision in (change.revision_id, before[change.number])
        if revision is not None
    )
    return {
        change.number: PublicVersion(
            change,
            place[0],
            states[(*place, change.revision_id)],
            states.get((*place, before[change.number])),
        )
        for change, place in places.items()
    }


def _places_of(changes: list[Change]) -> dict[Change, Place]:
    """The model and number of the record that each change tells of, as its revision knows it."""
    found: dict[tuple[int, str, str], Place] = {}
    # A revision holds what was saved with the record too: of the same kind, told apart by its key.
    revisions = {change.revision_id for change in changes}
    for version in _own_rows(Q(revision__in=revisions), _models_of(changes)):
        found[version.revision, version.model._meta.label_lower, version.key] = (version.model, version.pk)
    places = {change: found.get((change.revision_id, change.record_type, change.record_key)) for change in changes}
    return {change: place for change, place in places.items() if place is not None}


def _public_before(places: dict[Change, Place]) -> dict[int, int | None]:
    """For each change the last revision before its own that left the record public, if any."""
    numbers: dict[type[models.Model], set[str]] = defaultdict(set)
    for model, pk in places.values():
        numbers[model].add(str(pk))
    condition = Q(pk__in=[])
    for model, keys in numbers.items():
        condition |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    public: dict[Place, list[int]] = defaultdict(list)
    for version in _own_rows(condition, set(numbers)):
        # Reference data has no status: readers see all of it.
        if version.status in ("", Status.PUBLISHED):
            public[version.model, version.pk].append(version.revision)
    return {
        change.number: max((number for number in public[place] if number < change.revision_id), default=None)
        for change, place in places.items()
    }


@dataclass(frozen=True)
class _OwnRow:
    """What a revision keeps of a record itself."""

    revision: int
    model: type[models.Model]
    pk: int
    key: str
    status: str


def _own_rows(condition: Q, of: set[type[models.Model]]) -> Iterable[_OwnRow]:
    types = {ContentType.objects.get_for_model(model).pk: model for model in of}
    rows = Version.objects.filter(condition, content_type__in=types).order_by()
    for revision, content_type, pk, data in rows.values_list(
        "revision_id", "content_type_id", "object_id", "serialized_data"
    ):
        model, columns = types[content_type], json.loads(data)[0]["fields"]
        key = "/".join(str(columns.get(name, "")) for name in model.natural_key_fields)
        yield _OwnRow(revision, model, int(pk), key, columns.get("status", ""))


def _models_of(changes: list[Change]) -> set[type[models.Model]]:
    known = {model._meta.label_lower: model for model in apps.get_models()}
    return {known[change.record_type] for change in changes if change.record_type in known}
