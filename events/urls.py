from django.urls import path

from events import feeds, views
from events.api import EventViewSet
from kzafrica.editorial.downloads import files_of
from kzafrica.editorial.reuse_views import pages_of

app_name = "events"

urlpatterns = [
    path("", views.EventList.as_view(), name="event_list"),
    *files_of(views.EventList, EventViewSet, "event", "events"),
    path("events.ics", feeds.EventFeed.as_view(ending="ics"), name="event_calendar"),
    path("events.atom", feeds.EventFeed.as_view(ending="atom"), name="event_feed"),
    *pages_of(views.EventDetail, "event"),
]
