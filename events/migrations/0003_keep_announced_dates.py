from django.db import migrations


def keep_announced_dates(apps, schema_editor):
    """Every announced date becomes an announcement, and what sources say of it goes with it."""
    Event, Announcement = apps.get_model("events", "Event"), apps.get_model("events", "Announcement")
    Citation = apps.get_model("editorial", "Citation")
    ContentType = apps.get_model("contenttypes", "ContentType")
    announced = Event.objects.exclude(announced_date="")
    pending = Event.objects.filter(announced_date="", occurrence__in=["announced", "confirmed", "postponed", "cancelled"])
    if not announced.exists() and not pending.exists():
        return
    event_type, _made = ContentType.objects.get_or_create(app_label="events", model="event")
    part_type, _made = ContentType.objects.get_or_create(app_label="events", model="announcement")
    for event in announced:
        announcement = Announcement.objects.create(event=event, kind="announced", planned=event.announced_date)
        said = Citation.objects.filter(content_type=event_type, object_id=event.pk, field="announced_date")
        said.update(content_type=part_type, object_id=announcement.pk, field="planned")
    for event in announced.filter(occurrence__in=["confirmed", "postponed", "cancelled"]):
        Announcement.objects.create(event=event, kind=event.occurrence, position=1)
    for event in pending:
        planned = event.date if event.occurrence in ("announced", "confirmed") else ""
        Announcement.objects.create(event=event, kind=event.occurrence, planned=planned or "")


def give_announced_dates_back(apps, schema_editor):
    """The first announced date goes back into its column; what else was announced has no room there and is refused."""
    Announcement = apps.get_model("events", "Announcement")
    Citation = apps.get_model("editorial", "Citation")
    ContentType = apps.get_model("contenttypes", "ContentType")
    types = {row.model: row for row in ContentType.objects.filter(app_label="events", model__in=["event", "announcement"])}
    events_seen = set()
    for announcement in Announcement.objects.order_by("event", "position", "pk"):
        said = Citation.objects.filter(content_type=types["announcement"], object_id=announcement.pk)
        if announcement.event_id in events_seen:
            if announcement.planned or said.exists():
                raise RuntimeError(f"Event {announcement.event.slug} was announced more than once: there is one column.")
            continue
        events_seen.add(announcement.event_id)
        announcement.event.announced_date = announcement.planned or ""
        announcement.event.save()
        said.update(content_type=types["event"], object_id=announcement.event_id, field="announced_date")
    Announcement.objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0002_announcement"),
        ("editorial", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(keep_announced_dates, give_announced_dates_back)]
