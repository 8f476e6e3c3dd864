from django.db.models import OuterRef, Prefetch, Q, QuerySet

from events.choices import PENDING, VISIT_KINDS, Attendance, Occurrence, OutcomeKind
from kzafrica.editorial.querysets import PublishableQuerySet

# Who only planned to take part in what was held was not there; of what was not, plans are all there is.
WAS_TO_BE_THERE = Q(attendance=Attendance.TOOK_PART) | ~Q(event__occurrence=Occurrence.HELD)

# A visit is to a state, and without a host its place tells which; talks in a third state are not about that state.
KNOWN_BY_PLACE = Q(kind__in=VISIT_KINDS, host__isnull=True)


def _received_by(country) -> Q:
    """The host receives a visit; where none is named, the state in which the place lies."""
    return Q(host=country) | Q(host__isnull=True, place__country=country)


class EventQuerySet(PublishableQuerySet):
    def involving(self, country):
        """Events hosted by a state or attended on its behalf, and visits to it; ``country`` may be an ``OuterRef``."""
        hosted = Q(host=country) | KNOWN_BY_PLACE & Q(place__country=country)
        return self.filter(Q(participations__country=country) | hosted).distinct()

    def without_africa(self):
        """Events at which no African state took part or was the host: talks about Africa with others."""
        african = self.model._meta.get_field("host").related_model.objects.african()
        attended = self._participations().filter(country__in=african)
        hosted = Q(host__in=african) | KNOWN_BY_PLACE & Q(place__country__in=african)
        return self.exclude(pk__in=attended.values("event")).exclude(hosted)

    def visits(self):
        return self.filter(kind__in=VISIT_KINDS)

    def paid_by(self, country, to=None):
        """Visits in which a state took part, to another or to one alone; ``to`` may be an ``OuterRef``."""
        attended = self._participations().filter(WAS_TO_BE_THERE, country=country)
        visits = self.visits().filter(pk__in=attended.values("event"))
        if to is not None:
            return visits.filter(_received_by(to))
        known = Q(host__isnull=False) | Q(place__country__isnull=False)
        return visits.filter(known).exclude(_received_by(country))

    def received_by(self, country, guest=None):
        """Visits to a state in which another took part, or one alone; ``guest`` may be an ``OuterRef``."""
        attended = self._participations().filter(WAS_TO_BE_THERE, country__isnull=False).exclude(country=country)
        if guest is not None:
            # It stands one query deeper than the one it was meant for.
            attended = attended.filter(country=OuterRef(guest) if isinstance(guest, OuterRef) else guest)
        return self.visits().filter(_received_by(country), pk__in=attended.values("event"))

    def _participations(self):
        return self.model._meta.get_field("participations").related_model.objects

    def held(self):
        return self.filter(occurrence=Occurrence.HELD)

    def unresolved(self, today):
        """Announced, confirmed or postponed events whose date has passed: nobody has said yet what became of them."""
        return self.filter(date_latest__lt=today, occurrence__in=PENDING)

    def without_date(self):
        """Announced, confirmed or postponed events of which nobody has recorded when they are to be."""
        return self.filter(date=None, occurrence__in=PENDING)

    def with_person(self, person):
        return self.filter(participations__person=person).distinct()

    def upcoming(self, today):
        """Announced, confirmed or postponed events that may still take place on or after the day."""
        return self.filter(Q(date_latest__gte=today) | Q(date_latest__isnull=True), occurrence__in=PENDING)

    def newest_first(self):
        return self.order_by("-date_order", "-slug")

    def with_participants(self):
        participations = self._participations().select_related("person", "office__country", "organization", "country")
        return self.select_related("place__country", "host").prefetch_related(
            Prefetch("participations", participations)
        )

    def for_list(self):
        """Rows of the event list: one query for events, one each for their participants, themes, parts and sources."""
        return self.with_participants().prefetch_related("themes").with_citations()

    def for_feed(self):
        """Entries of calendars and feeds: where it was and who says so."""
        return self.select_related("place__country", "host").with_citations()

    def for_detail(self):
        """With what came of each event: a query for each kind of public record that names it."""
        came_of_it = [
            Prefetch(name, self.model._meta.get_field(name).related_model.objects.published(), to_attr=f"public_{name}")
            for name in ("sessions", "agreements", "awards", "initiatives")
        ]
        return self.for_list().select_related("parent").prefetch_related("outcomes__theme", *came_of_it)


class OutcomeQuerySet(QuerySet):
    def promised(self, events):
        """What was promised in words at those of the events that were held."""
        return self.filter(kind=OutcomeKind.COMMITMENT, event__in=events.held())
