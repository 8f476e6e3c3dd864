from rest_framework import serializers

from kzafrica.editorial.serializers import CountryField, DateField, RecordLink, RecordSerializer
from trade.models import Project, ProjectParty, ProjectStage, Release, Route, RouteCall, RouteStage


class RouteCallSerializer(serializers.ModelSerializer):
    place = RecordLink("place")

    class Meta:
        model = RouteCall
        fields = ("place", "onward_mode")


class RouteStageSerializer(serializers.ModelSerializer):
    date = DateField()

    class Meta:
        model = RouteStage
        fields = ("kind", "date", "note")


class RouteSerializer(RecordSerializer):
    title = serializers.CharField()
    status = serializers.CharField(source="state.kind", default=None, help_text="The latest stage.")
    purpose = serializers.CharField()
    calls = RouteCallSerializer(many=True)
    countries = serializers.ListField(child=CountryField(), source="countries.all")
    themes = serializers.ListField(child=RecordLink("theme"), source="themes.all")
    stages = RouteStageSerializer(many=True)
    summary = serializers.CharField()

    class Meta:
        model = Route
        resource = "route"
        fields = (
            *RecordSerializer.BASE,
            "title",
            "status",
            "purpose",
            "calls",
            "countries",
            "themes",
            "stages",
            "summary",
        )


class ProjectPartySerializer(serializers.ModelSerializer):
    organization = RecordLink("organization")

    class Meta:
        model = ProjectParty
        fields = ("organization", "role")


class ProjectStageSerializer(serializers.ModelSerializer):
    date = DateField()

    class Meta:
        model = ProjectStage
        fields = ("kind", "date", "note")


class ProjectSerializer(RecordSerializer):
    title = serializers.CharField()
    status = serializers.CharField(source="state.kind", default=None, help_text="The latest stage.")
    investor_country = CountryField()
    host_country = CountryField()
    place = RecordLink("place")
    parties = ProjectPartySerializer(many=True)
    themes = serializers.ListField(child=RecordLink("theme"), source="themes.all")
    stages = ProjectStageSerializer(many=True)
    summary = serializers.CharField()

    class Meta:
        model = Project
        resource = "project"
        fields = (
            *RecordSerializer.BASE,
            "title",
            "kind",
            "status",
            "investor_country",
            "host_country",
            "place",
            "parties",
            "themes",
            "stages",
            "summary",
        )


class ReleaseSerializer(RecordSerializer):
    source = RecordLink("source")

    class Meta:
        model = Release
        resource = "release"
        fields = (*RecordSerializer.BASE, "title", "source", "checksum", "perspective", "edition", "released_on")
