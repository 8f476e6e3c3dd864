from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from events.choices import (
    PENDING,
    VISIT_KINDS,
    AnnouncementKind,
    Attendance,
    EventKind,
    EventLevel,
    Occurrence,
    OutcomeKind,
    ParticipationRole,
)
from events.querysets import EventQuerySet, OutcomeQuerySet
from kzafrica.date_fields import ImpreciseDateField
from kzafrica.editorial.publishable import Part, PublishableModel
from kzafrica.translation import Translated


class Event(PublishableModel):
    """An occasion on which the two sides met, spoke or meant to: a visit, a meeting, a forum, a call."""

    title = Translated(models.CharField, max_length=200)
    kind = models.CharField(max_length=30, choices=EventKind, db_index=True)
    level = models.CharField(max_length=20, choices=EventLevel, help_text=_("The highest rank on the visiting side."))
    occurrence = models.CharField(
        _("status"), max_length=12, choices=Occurrence, default=Occurrence.HELD, help_text=_("Whether it took place.")
    )
    date = ImpreciseDateField(blank=True, help_text=_("When it took place or is planned; empty where no source says."))
    host = models.ForeignKey(
        "reference.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events_hosted",
        help_text=_("The receiving state."),
    )
    place = models.ForeignKey("reference.Place", models.PROTECT, null=True, blank=True, related_name="events")
    venue = models.CharField(
        max_length=150, blank=True, help_text=_("The building or the larger occasion: Akorda, UNGA 78.")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        help_text=_("The forum or visit it was part of."),
    )
    themes = models.ManyToManyField("reference.Theme", blank=True, related_name="events")
    summary = Translated(
        models.TextField, blank=True, help_text=_("What happened, in two or three sentences of our own.")
    )

    objects = EventQuerySet.as_manager()
    part_names = ("announcements", "participations", "outcomes")
    reference_kind = "event"

    class Meta(PublishableModel.Meta):
        ordering = ("date_order", "slug")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:event_detail", args=[self.slug])

    @property
    def is_pending(self) -> bool:
        return self.occurrence in PENDING

    @property
    def is_unresolved(self) -> bool:
        """Whether its date has passed and no editor has said yet what became of it."""
        is_past = self.date is not None and self.date.latest is not None and self.date.latest < localdate()
        return is_past and self.is_pending

    @property
    def announced_date(self):
        """The date first announced, where it was another than that of the event; reads the announcements."""
        kinds = (AnnouncementKind.ANNOUNCED, AnnouncementKind.CONFIRMED)
        first = next((row.planned for row in self.announcements.all() if row.planned and row.kind in kinds), None)
        return first if first != self.date else None

    @property
    def countries(self) -> list:
        """The state that was host or is known by the place of a visit, and those of the participants, each once."""
        found = {self.host_id: self.host} if self.host_id else {}
        if self.kind in VISIT_KINDS and not self.host_id and self.place_id:
            found[self.place.country_id] = self.place.country
        for participation in self.participations.all():
            if participation.country_id:
                found.setdefault(participation.country_id, participation.country)
        return list(found.values())

    def clean(self) -> None:
        super().clean()
        is_to_come = self.date is not None and self.date.earliest is not None and self.date.earliest > localdate()
        if is_to_come and self.occurrence == Occurrence.HELD:
            raise ValidationError(
                {"occurrence": _("This has not taken place yet: say that it is announced or confirmed, until it has.")}
            )
        ancestor, seen = self.parent, {self.pk}
        while ancestor is not None:
            if ancestor.pk in seen and ancestor.pk is not None:
                raise ValidationError({"parent": _("An event cannot be part of itself.")})
            seen.add(ancestor.pk)
            ancestor = ancestor.parent

    @classmethod
    def from_db(cls, db, field_names, values):
        event = super().from_db(db, field_names, values)
        # What readers saw before an editor changed it; a row fetched in part is only read.
        is_whole = {"date", "occurrence", "published_at"} <= set(field_names)
        event.was_pending_for = event.date if is_whole and event.is_pending and event.published_at else None
        return event

    def faults_between(self, name: str, parts: list) -> Iterator[tuple[models.Model | None, str, str]]:
        """The date for which readers saw an event announced is not given up for another without being kept.

        Unless the announcement itself now says the other: then the date was mistaken, and nothing was announced for it.
        """
        before = getattr(self, "was_pending_for", None)
        if name != "announcements" or before is None or before == self.date:
            return
        is_mended = any(part.kind == AnnouncementKind.ANNOUNCED and part.planned == self.date for part in parts)
        if not is_mended and all(part.planned != before for part in parts):
            sentence = _(
                "It was announced for %s: keep that date in an announcement before you give another. If it was a slip, "
                "let the announcement say the right date."
            )
            yield None, "", sentence % before.text()


class Announcement(Part):
    """What was made known ahead of an event: that it is to take place and when, or that it will not."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="announcements")
    kind = models.CharField(max_length=10, choices=AnnouncementKind, default=AnnouncementKind.ANNOUNCED)
    made = ImpreciseDateField(blank=True, help_text=_("When it was made known; empty where no source says."))
    planned = ImpreciseDateField(
        blank=True, help_text=_("The date that was announced; empty where none was named, as in a cancellation.")
    )
    note = models.CharField(max_length=300, blank=True, help_text=_("For readers."))

    def clean(self) -> None:
        super().clean()
        is_ahead = self.kind in (AnnouncementKind.ANNOUNCED, AnnouncementKind.CONFIRMED)
        if is_ahead and self.made and self.planned and self.planned.is_certainly_before(self.made):
            raise ValidationError({"made": _("Nothing is announced after its date: what is this announcement for?")})

    def __str__(self) -> str:
        words = self.get_kind_display()
        return _("%(kind)s for %(date)s") % {"kind": words, "date": self.planned.text()} if self.planned else words


class Participation(Part):
    """Someone's part in an event: a person, an office whose holder is not named, a body, or a state."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations")
    person = models.ForeignKey("reference.Person", models.PROTECT, null=True, blank=True, related_name="participations")
    office = models.ForeignKey(
        "reference.Office",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        help_text=_("The capacity at the time; alone where the holder is not named."),
    )
    organization = models.ForeignKey(
        "reference.Organization", models.PROTECT, null=True, blank=True, related_name="participations"
    )
    country = models.ForeignKey(
        "reference.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        help_text=_("For which state."),
    )
    role = models.CharField(max_length=12, choices=ParticipationRole, default=ParticipationRole.PARTICIPANT)
    attendance = models.CharField(max_length=10, choices=Attendance, default=Attendance.TOOK_PART)
    capacity = models.CharField(
        max_length=200, blank=True, help_text=_("The style or capacity as printed, where no office of the list fits.")
    )

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(
                name="participation_names_someone",
                condition=Q(person__isnull=False)
                | Q(office__isnull=False)
                | Q(organization__isnull=False)
                | Q(country__isnull=False),
                violation_error_message=_("Name a person, an office, an organization or a state."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person or self.office or self.organization or self.country)

    def clean(self) -> None:
        super().clean()
        if fault := self.fault_of_life():
            raise ValidationError({"person": fault})

    def fault_of_life(self) -> str:
        """Why the person cannot have taken part, in a sentence; empty where nothing speaks against it."""
        event = getattr(self, "event", None)
        if self.person is None or event is None or self.attendance != Attendance.TOOK_PART:
            return ""
        return self.person.fault_at(event.date)


class Outcome(Part):
    """What came of an event in words: a topic, a commitment, a statement. Not an instrument."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=OutcomeKind)
    text = Translated(models.CharField, max_length=300)
    theme = models.ForeignKey("reference.Theme", models.PROTECT, null=True, blank=True, related_name="outcomes")

    objects = OutcomeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text
