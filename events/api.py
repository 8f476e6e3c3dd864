from events.filters import EventFilterSet
from events.metadata import describe_event
from events.models import Event
from events.serializers import EventSerializer
from kzafrica.editorial.api import KeyedViewSet


class EventViewSet(KeyedViewSet):
    """Visits, meetings, forums and calls."""

    queryset = Event.objects.published().for_detail()
    describe = staticmethod(describe_event)
    serializer_class = EventSerializer
    filterset_class = EventFilterSet
