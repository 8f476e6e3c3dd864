from events.models import Event
from kzafrica.editorial.searchable import RecordSearch

SEARCHABLE = (RecordSearch(Event, dates=("date",), weight=1.2),)
