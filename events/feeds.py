from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.choices import Occurrence
from events.filters import EventFilterSet
from events.models import Event
from kzafrica.editorial.feeds import RecordFeed, said_by
from kzafrica.syndication import Category, Entry, State

# What is not listed is settled and goes without saying.
STATES = {
    Occurrence.ANNOUNCED: State.OPEN,
    Occurrence.POSTPONED: State.OPEN,
    Occurrence.NOT_KNOWN: State.OPEN,
    Occurrence.CANCELLED: State.CANCELLED,
}


class EventFeed(RecordFeed):
    queryset = Event.objects.published()
    filterset_class = EventFilterSet
    list_name = "events:event_list"
    title = gettext_lazy("Events")

    def entry(self, event: Event, **known) -> Entry:
        state = STATES.get(event.occurrence, State.SETTLED)
        country = event.place.country if event.place else event.host
        words = {"state": event.get_occurrence_display(), "title": event.title}
        return Entry(
            title=event.title if state is State.SETTLED else _("%(state)s: %(title)s") % words,
            date=event.date,
            is_span=True,
            state=state,
            place=", ".join(str(part) for part in (event.venue, event.place, country) if part),
            paragraphs=tuple(filter(None, (event.summary, *said_by(event.all_citations())))),
            categories=(Category(event.kind, event.get_kind_display()),),
            **known,
        )
