"""What was promised between the two sides and is not known to be kept, oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, F, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from diplomacy.choices import PromiseKind
from diplomacy.models import Agreement, Initiative
from events.models import Event, Outcome
from kzafrica.ages import Age, age_of
from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.citing import load_citations
from kzafrica.reference.models import Country

KINDS = list(PromiseKind)
UNDATED = Case(When(since_order=0, then=Value(1)), default=Value(0))
NOTES = {
    PromiseKind.INITIATIVE: _("Plans and offers that were raised, and are neither delivered nor lapsed."),
    PromiseKind.AGREEMENT: _("Instruments that were announced or drafted. No source here says that they were signed."),
    PromiseKind.COMMITMENT: _(
        "Commitments in words, not instruments. Nobody here has recorded whether they were kept."
    ),
}


@dataclass(frozen=True)
class OpenPromise:
    """An open initiative, an agreement not known to be signed, or what was promised in words at an event."""

    record: Initiative | Agreement | Outcome
    since: ImpreciseDate | None
    age: Age | None
    # Those between whom it was promised: states and bodies. Of spoken words the event tells.
    sides: list = field(default_factory=list)
    event: Event | None = None

    @property
    def citations(self) -> list:
        """Who says so: of the words themselves where they have sources of their own, else of their event."""
        if self.event is None:
            return self.record.all_citations()
        return list(self.record.citations.all()) or list(self.event.citations.all())


@dataclass
class PromiseGroup:
    """The promises of one kind on one page of the list, and how many of the kind there are in all."""

    kind: PromiseKind
    count: int
    promises: list[OpenPromise] = field(default_factory=list)

    @property
    def note(self) -> str:
        """What makes these open, for readers."""
        return NOTES[self.kind]


def open_promises(country: Country | None = None, kind: str = "") -> QuerySet:
    """One row a promise, as (number of its kind, whether it has no date, sort key, primary key), ready to be paged.

    Kind after kind, in each the oldest first by its first known date, those without a date last.
    """
    rows = [
        _open_of(chosen, country)
        .annotate(kind_number=Value(KINDS.index(chosen)), is_undated=UNDATED)
        .order_by()
        .values_list("kind_number", "is_undated", "since_order", "pk")
        for chosen in _chosen(kind)
    ]
    return rows[0].union(*rows[1:], all=True).order_by("kind_number", "is_undated", "since_order", "pk")


def records_with_promises(country: Country | None = None, kind: str = "") -> list[QuerySet]:
    """The records that open promises are, or that they were made at: initiatives, agreements and events."""
    found = {chosen: _open_of(chosen, country) for chosen in _chosen(kind)}
    if PromiseKind.COMMITMENT in found:
        events = found[PromiseKind.COMMITMENT].order_by().values("event")
        found[PromiseKind.COMMITMENT] = Event.objects.published().filter(pk__in=events)
    return list(found.values())


def promise_groups(
    rows: Iterable[tuple], today: date, country: Country | None = None, kind: str = ""
) -> list[PromiseGroup]:
    """The rows of a page of ``open_promises()`` as promises, in a number of queries that does not grow with them."""
    rows = list(rows)
    loaders = {
        PromiseKind.INITIATIVE: _initiatives,
        PromiseKind.AGREEMENT: _agreements,
        PromiseKind.COMMITMENT: _commitments,
    }
    groups = []
    for chosen in _chosen(kind):
        keys = [pk for number, _is_undated, _order, pk in rows if KINDS[number] == chosen]
        if keys:
            promises = loaders[chosen](keys, today)
            groups.append(PromiseGroup(chosen, _open_of(chosen, country).count(), [promises[key] for key in keys]))
    return groups


def _chosen(kind: str) -> list[PromiseKind]:
    return [PromiseKind(kind)] if kind else KINDS


def _open_of(kind: PromiseKind, country: Country | None) -> QuerySet:
    """The public records of one kind, with ``since_order``, narrowed to those that a country has a part in."""
    if kind == PromiseKind.COMMITMENT:
        events = Event.objects.published()
        promised = Outcome.objects.promised(events if country is None else events.involving(country))
        return promised.annotate(since_order=F("event__date_order"))
    records = Initiative.objects if kind == PromiseKind.INITIATIVE else Agreement.objects
    found = records.published().open().with_since()
    return found if country is None else found.filter(pk__in=records.involving(country).values("pk"))


def _initiatives(keys: list[int], today: date) -> dict[int, OpenPromise]:
    found = Initiative.objects.filter(pk__in=keys).prefetch_related("countries").with_citations()
    return {record.pk: _promise(record, today, list(record.countries.all())) for record in found}


def _agreements(keys: list[int], today: date) -> dict[int, OpenPromise]:
    found = Agreement.objects.filter(pk__in=keys).with_parts().with_citations()
    return {
        record.pk: _promise(record, today, [party.organization or party.country for party in record.parties.all()])
        for record in found
    }


def _promise(record: Initiative | Agreement, today: date, sides: list) -> OpenPromise:
    return OpenPromise(record, record.open_since, age_of(record.open_since, today), sides)


def _commitments(keys: list[int], today: date) -> dict[int, OpenPromise]:
    found = list(Outcome.objects.filter(pk__in=keys).select_related("event"))
    load_citations([*found, *(outcome.event for outcome in found)])
    return {
        outcome.pk: OpenPromise(outcome, outcome.event.date, age_of(outcome.event.date, today), event=outcome.event)
        for outcome in found
    }
