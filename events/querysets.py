from django.db.models import Prefetch, Q

from events.choices import VISIT_KINDS, Occurrence
from kzafrica.editorial.querysets import PublishableQuerySet


class EventQuerySet(PublishableQuerySet):
    def involving(self, *countries):
        """Events hosted by one of the countries or attended on its behalf."""
        return self.filter(Q(participations__country__in=countries) | Q(host__in=countries)).distinct()

    def visits(self):
        return self.filter(kind__in=VISIT_KINDS)

    def with_person(self, person):
        return self.filter(participations__person=person).distinct()

    def upcoming(self, today):
        """Announced or confirmed events that may still take place on or after the day."""
        return self.filter(
            Q(date_latest__gte=today) | Q(date_latest__isnull=True),
            occurrence__in=[Occurrence.ANNOUNCED, Occurrence.CONFIRMED],
        )

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
        """Rows of the event list: one query for events, one for their participants, one each for themes and sources."""
        return self.with_participants().prefetch_related("themes").with_citations()

    def for_detail(self):
        sessions = Prefetch("sessions", self.model.objects.published())
        return self.for_list().select_related("parent").prefetch_related("outcomes__theme", sessions)
