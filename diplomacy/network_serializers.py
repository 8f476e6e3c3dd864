"""The network of missions on a day, for the documentation of the API."""

from rest_framework import serializers

from kzafrica.editorial.serializers import CitationSerializer, CountryField, DateField, RecordLink


class StepSerializer(serializers.Serializer):
    """An act that brought a mission into being or ended it."""

    mission = RecordLink("mission", allow_null=False)
    receiving = CountryField()
    act = serializers.CharField(help_text="In words, in the language of the request.")
    date = DateField()
    is_independent = serializers.BooleanField(help_text="Whether a source that neither side made tells of it.")


class CountedStepSerializer(StepSerializer):
    count = serializers.IntegerField(allow_null=True, help_text="Missions that exist after it.")
    is_closing = serializers.BooleanField()
    effective_on = serializers.DateField(help_text="The day from which it counts, by the rule.")


class SourcedStepSerializer(StepSerializer):
    independence = serializers.CharField(help_text="`is_independent` in words.")
    citations = CitationSerializer(many=True)


class SourcedCountedStepSerializer(CountedStepSerializer):
    independence = serializers.CharField(help_text="`is_independent` in words.")
    citations = CitationSerializer(many=True)


class NetworkSerializer(serializers.Serializer):
    on = serializers.DateField()
    sending = CountryField(allow_null=False)
    count = serializers.IntegerField(help_text="Missions that exist on the day, by the rule.")
    missions = SourcedStepSerializer(many=True, help_text="Those that are counted, each by the act that made it exist.")
    undetermined = SourcedStepSerializer(many=True, help_text="Those of which the dates do not tell.")
    steps = SourcedCountedStepSerializer(many=True, help_text="How the network came to be what it is today.")
    rule = serializers.CharField()
