from collections.abc import Callable, Iterable

from django.utils.timezone import localdate

from events.filters import EventFilterSet
from events.metadata import describe_event
from events.models import Event
from kzafrica.editorial.views import RecordDetail, RecordList


class EventList(RecordList):
    queryset = Event.objects.published().for_list().newest_first()
    filterset_class = EventFilterSet
    feed_name = "events:event"
    file_name = "events:event"

    def get_context_data(self, **context) -> dict:
        """With the number of announced events, among all, that wait for word of what became of them."""
        is_asked_for = "unresolved" in self.request.GET
        unresolved = 0 if is_asked_for else Event.objects.published().unresolved(localdate()).count()
        return super().get_context_data(unresolved=unresolved, **context)


class EventDetail(RecordDetail):
    describe = staticmethod(describe_event)
    queryset = (
        Event.objects.published()
        .for_detail()
        .prefetch_related("public_agreements__stages", "public_initiatives__stages")
    )

    def get_context_data(self, **context) -> dict:
        event = self.object
        return super().get_context_data(
            sides=grouped(event.participations.all(), lambda participation: participation.country),
            outcomes=grouped(event.outcomes.all(), lambda outcome: outcome.get_kind_display()),
            **context,
        )


def grouped(rows: Iterable, key: Callable) -> list[tuple]:
    """(key, rows) in the order in which the keys are met."""
    groups: dict = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.items())
