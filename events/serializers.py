from rest_framework import serializers

from events.models import Event, Outcome, Participation
from kzafrica.editorial.serializers import CountryField, DateField, RecordLink, RecordSerializer
from kzafrica.reference.serializers import OfficeSerializer


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
    announced_date = DateField()
    countries = serializers.ListField(child=CountryField())
    host = CountryField()
    place = RecordLink("place")
    themes = serializers.ListField(child=RecordLink("theme"), source="themes.all")
    participations = ParticipationSerializer(many=True)
    summary = serializers.CharField()

    parent = RecordLink("event", help_text="The forum or visit it was part of.")
    sessions = serializers.ListField(child=RecordLink("event"), source="sessions.all")
    outcomes = OutcomeSerializer(many=True)

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
            "countries",
            "host",
            "place",
            "venue",
            "themes",
            "participations",
            "outcomes",
            "parent",
            "sessions",
            "summary",
        )
