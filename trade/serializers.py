from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kzafrica.editorial.serializers import CountryField, DateField, RecordLink, RecordSerializer
from kzafrica.reference.models import Area
from trade.choices import Flow, Valuation
from trade.models import Project, ProjectParty, ProjectStage, Release, ReleaseFile, Route, RouteCall, RouteStage, Slice

AREA_SCHEMA = {
    "type": "object",
    "required": ["code", "iso3", "name"],
    "properties": {
        "code": {"type": "string", "description": "As trade statistics number it; 0 is the world."},
        "iso3": {"type": ["string", "null"]},
        "name": {"type": "string"},
    },
}


@extend_schema_field(
    {
        "type": ["object", "null"],
        "required": ["value", "unit"],
        "properties": {"value": {"type": "string"}, "unit": {"type": "string"}},
    }
)
class MoneyField(serializers.Field):
    """A decimal as text, with its currency."""


@extend_schema_field(AREA_SCHEMA)
class AreaField(serializers.Field):
    """An area by its code, with the country it stands for."""

    def to_representation(self, area: Area) -> dict:
        return area_document(area)


def area_document(area: Area) -> dict:
    """``{"code": "710", "iso3": "ZAF", "name": "South Africa"}``; no iso3 where it is no country of the record."""
    country = area.country
    return {"code": area.code, "iso3": country.alpha3 if country else None, "name": str(country or area)}


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


class ReleaseFileSerializer(serializers.ModelSerializer):
    class Meta:
        model = ReleaseFile
        fields = ("name", "checksum", "layout", "size_bytes", "row_count")


class SliceSerializer(serializers.ModelSerializer):
    """What a release holds of one reporter, period and edition."""

    reporter = AreaField()
    month = serializers.IntegerField(source="month_or_none", allow_null=True, help_text="Null for a whole year.")

    class Meta:
        model = Slice
        fields = ("reporter", "year", "month", "edition", "is_converted", "row_count", "is_current")


class ReleaseSerializer(RecordSerializer):
    source = RecordLink("source")
    checksum = serializers.CharField(help_text="SHA-256 of its file; empty where it has several.")
    edition = serializers.CharField(help_text="Its HS edition; empty where it has several.")
    files = ReleaseFileSerializer(many=True)
    slices = SliceSerializer(many=True)
    row_count = serializers.IntegerField()
    note = serializers.CharField()

    class Meta:
        model = Release
        resource = "release"
        fields = (
            *RecordSerializer.BASE,
            "title",
            "source",
            "checksum",
            "perspective",
            "edition",
            "released_on",
            "files",
            "slices",
            "row_count",
            "note",
        )


class FlowSerializer(serializers.Serializer):
    """The form of a row, for the documentation: rows go to the wire without it."""

    id = serializers.CharField()
    release = serializers.SlugField()
    reporter = AreaField(help_text="Whose statistics these are; of reconciled data the exporter.")
    flow = serializers.ChoiceField(choices=Flow)
    partner = AreaField()
    year = serializers.IntegerField()
    month = serializers.IntegerField(allow_null=True, help_text="Null for a whole year.")
    edition = serializers.CharField(help_text="HS edition, H0 to H6.")
    hs = serializers.CharField(help_text="Two, four or six digits, or TOTAL.")
    value = MoneyField(help_text="Null where it is missing, which is not zero.")
    valuation = serializers.ChoiceField(choices=Valuation, allow_null=True)
    fob_value = MoneyField(help_text="Of an import that is given FOB beside CIF.")
    net_weight_kg = serializers.CharField(allow_null=True)
    is_weight_estimated = serializers.BooleanField()
    quantity = serializers.CharField(allow_null=True)
    quantity_unit = serializers.CharField(allow_null=True)
    is_quantity_estimated = serializers.BooleanField()
    line = serializers.IntegerField(help_text="Where it stands, counted through the files of its release.")
    is_current = serializers.BooleanField(help_text="Whether no newer release replaces it.")
