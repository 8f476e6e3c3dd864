from django.db.models import Prefetch, Q, QuerySet

from events.choices import PENDING, VISIT_KINDS, Occurrence, OutcomeKind
from kzafrica.editorial.querysets import PublishableQuerySet


class EventQuerySet(PublishableQuerySet):
    def involving(self, *countries):
        """Events hosted by one of the countries or attended on its behalf."""
        return self.filter(Q(participations__country__in=countries) | Q(host__in=countries)).distinct()

    def without_africa(self):
        """Events at which no African state took part or was the host: talks about Africa with others."""
        african = self.model._meta.get_field("host").related_model.objects.african()
        attended = self.model._meta.get_field("participations").related_model.objects.filter(country__in=african)
        return self.exclude(pk__in=attended.values("event")).filter(Q(host__isnull=True) | ~Q(host__in=african))

    def visits(self):
        return self.filter(kind__in=VISIT_KINDS)

    def received_by(self, country):
        """Visits to a state; where no host is named, the place tells it."""
        return self.visits().filter(Q(host=country) | Q(host__isnull=True, place__country=country))

    def paid_by(self, country):
        """Visits of those who stand for a state to another; without a known host it is neither paid nor received."""
        to_another = Q(host__isnull=False) & ~Q(host=country) | Q(host__isnull=True) & ~Q(place__country=country)
        attended = self.model._meta.get_field("participations").related_model.objects.filter(country=country)
        known = Q(host__isnull=False) | Q(place__isnull=False)
        return self.visits().filter(known, to_another, pk__in=attended.values("event"))

    def held(self):
        return self.filter(occurrence=Occurrence.HELD)

    def unresolved(self, today):
        """Announced, confirmed or postponed events whose date has passed: nobody has said yet what became of them."""
        return self.filter(date_latest__lt=today, occurrence__in=PENDING)

    def with_person(self, person):
        return self.filter(participations__person=person).distinct()

    def upcoming(self, today):
        """Announced, confirmed or postponed events that may still take place on or after the day."""
        return self.filter(Q(date_latest__gte=today) | Q(date_latest__isnull=True), occurrence__in=PENDING)

    def newest_first(self):
        return self.order_by("-date_order", "-slug")

    def with_participants(self):
        participations = self.model._meta.get_field("participations").related_model.objects
        return self.select_related("place", "host").prefetch_related(
            Prefetch(
                "participations", participations.select_related("person", "office__country", "organization", "country")
            )
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
