from rest_framework import serializers

from events.models import Announcement, Event, Outcome, Participation
from kzafrica.editorial.serializers import CountryField, DateField, RecordLink, RecordSerializer
from kzafrica.reference.serializers import OfficeSerializer


class AnnouncementSerializer(serializers.ModelSerializer):
    made = DateField()
    planned = DateField()

    class Meta:
        model = Announcement
        fields = ("kind", "made", "planned", "note")


class ParticipationSerializer(serializers.ModelSerializer):
    person = RecordLink("person")
    office = OfficeSerializer()
    organization = RecordLink("organization")
    country = CountryField()

    class Meta:
        model = Participation
        fields = ("person", "office", "organization", "country", "role", "attendance", "capacity")


class OutcomeSerializer(serializers.ModelSerializer):
    text = serializers.CharField()
    theme = RecordLink("theme")

    class Meta:
        model = Outcome
        fields = ("kind", "text", "theme")


class EventSerializer(RecordSerializer):
    title = serializers.CharField()
    status = serializers.CharField(source="occurrence", help_text="Whether it took place.")
    date = DateField()
    announced_date = DateField(help_text="The date first announced, where it was another.")
    announcements = AnnouncementSerializer(many=True)
    is_unresolved = serializers.BooleanField(help_text="Whether its date has passed and its outcome is open.")
    countries = serializers.ListField(child=CountryField())
    host = CountryField()
    place = RecordLink("place")
    themes = serializers.ListField(child=RecordLink("theme"), source="themes.all")
    participations = ParticipationSerializer(many=True)
    summary = serializers.CharField()

    parent = RecordLink("event", help_text="The forum or visit it was part of.")
    sessions = serializers.ListField(child=RecordLink("event"), source="public_sessions")
    outcomes = OutcomeSerializer(many=True)
    agreements = serializers.ListField(child=RecordLink("agreement"), source="public_agreements")
    awards = serializers.ListField(child=RecordLink("award"), source="public_awards")
    initiatives = serializers.ListField(child=RecordLink("initiative"), source="public_initiatives")

    class Meta:
        model = Event
        resource = "event"
        fields = (
            *RecordSerializer.BASE,
            "title",
            "kind",
            "level",
            "status",
            "date",
            "announced_date",
            "announcements",
            "is_unresolved",
            "countries",
            "host",
            "place",
            "venue",
            "themes",
            "participations",
            "outcomes",
            "agreements",
            "awards",
            "initiatives",
            "parent",
            "sessions",
            "summary",
        )
