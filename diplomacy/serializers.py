from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from diplomacy.computations import Standing, Step, spells_of, standing_on, suspension_on
from diplomacy.models import (
    Accreditation,
    Agreement,
    AgreementParty,
    AgreementStage,
    Award,
    HeadOfMission,
    Initiative,
    InitiativeStage,
    Milestone,
    Mission,
    Programme,
    ProgrammeStage,
    Relation,
    Signatory,
)
from diplomacy.timeline import life_of
from kzafrica.editorial.serializers import (
    CitationsField,
    CountryField,
    DateField,
    KeyedSerializer,
    RecordLink,
    RecordSerializer,
    address_of_key,
    record_link,
)
from kzafrica.rest import date_document


def step_document(step: Step, request) -> dict:
    """An act that brought a mission into being or ended it, without its sources."""
    return {
        "mission": record_link("mission", step.mission, request),
        "receiving": CountryField().to_representation(step.mission.receiving),
        "act": str(step.label),
        "date": date_document(step.date),
        "is_independent": step.is_independent,
    }


def counted_step_document(step: Step, request) -> dict:
    """The same of a step of the network, with what it came to."""
    counted = {"count": step.count, "is_closing": step.is_closing, "effective_on": step.effective_on.isoformat()}
    return step_document(step, request) | counted


class RelationSerializer(RecordSerializer):
    countries = serializers.SerializerMethodField()
    recognised = DateField()
    established = DateField()
    summary = serializers.CharField()

    class Meta:
        model = Relation
        resource = "relation"
        fields = (*RecordSerializer.BASE, "countries", "recognised", "established", "instrument", "summary")

    def get_countries(self, relation: Relation) -> list[dict]:
        field = CountryField()
        return [field.to_representation(country) for country in (relation.first, relation.second)]


class MilestoneSerializer(serializers.ModelSerializer):
    date = DateField()
    place = RecordLink("place")

    class Meta:
        model = Milestone
        fields = ("kind", "date", "place", "note")


class AccreditationSerializer(serializers.ModelSerializer):
    country = CountryField()
    organization = RecordLink("organization")
    appointed = DateField()
    agrement = DateField()
    copies_presented = DateField()
    credentials_presented = DateField()
    ended = DateField()

    class Meta:
        model = Accreditation
        fields = (
            "country",
            "organization",
            "is_resident",
            "appointed",
            "agrement",
            "copies_presented",
            "credentials_presented",
            "ended",
            "note",
        )


class HeadSerializer(serializers.ModelSerializer):
    person = RecordLink("person")
    accreditations = AccreditationSerializer(many=True)

    class Meta:
        model = HeadOfMission
        fields = ("person", "rank", "accreditations")


class ActSerializer(serializers.Serializer):
    """What began or ended a mission by the rule."""

    act = serializers.CharField(source="label")
    date = DateField()


class MomentSerializer(serializers.Serializer):
    """One act in the life of a mission: a milestone, or what was done for a head of it."""

    kind = serializers.CharField()
    act = serializers.CharField(source="label")
    date = DateField()
    person = RecordLink("person", source="head.person", default=None)
    accredited_to = CountryField(source="country")
    counts = serializers.BooleanField(source="decides", help_text="Whether the rule lets it begin or end the mission.")


class SpellSerializer(serializers.Serializer):
    """One time in which a mission existed by the rule; ``ended`` is null while it has not ended."""

    begun = ActSerializer(allow_null=True)
    ended = ActSerializer(allow_null=True)


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            "on": {"type": "string", "format": "date"},
            "status": {"type": "string", "enum": list(Standing.values)},
            "is_suspended": {"type": "boolean", "description": "Its work; a suspended mission exists."},
        },
    }
)
class StandingField(serializers.Field):
    """How the rule puts a mission on the day that ``on`` names, else today in Almaty."""

    def __init__(self, **options) -> None:
        super().__init__(source="*", read_only=True, **options)

    def to_representation(self, mission: Mission) -> dict:
        day = self.context.get("on") or localdate()
        is_suspended = suspension_on(mission, day) is not None
        return {"on": day.isoformat(), "status": standing_on(mission, day).value, "is_suspended": is_suspended}


class MissionSerializer(RecordSerializer):
    title = serializers.CharField()
    standing = StandingField()
    spells = serializers.SerializerMethodField(help_text="The times in which it existed by the rule.")
    timeline = serializers.SerializerMethodField(help_text="Every act in its life in time, undated ones last.")
    sending = CountryField()
    receiving = CountryField()
    receiving_organization = RecordLink("organization")
    place = RecordLink("place")
    milestones = MilestoneSerializer(many=True)
    heads = HeadSerializer(many=True)
    summary = serializers.CharField()

    class Meta:
        model = Mission
        resource = "mission"
        fields = (
            *RecordSerializer.BASE,
            "title",
            "kind",
            "sending",
            "receiving",
            "receiving_organization",
            "place",
            "standing",
            "spells",
            "timeline",
            "milestones",
            "heads",
            "last_checked_on",
            "summary",
        )

    @extend_schema_field(SpellSerializer(many=True))
    def get_spells(self, mission: Mission) -> list[dict]:
        return SpellSerializer(spells_of(mission), many=True, context=self.context).data

    @extend_schema_field(MomentSerializer(many=True))
    def get_timeline(self, mission: Mission) -> list[dict]:
        return MomentSerializer(life_of(mission), many=True, context=self.context).data


class PartOfMissionSerializer(KeyedSerializer):
    """A part of a mission as a row of its own, with the mission it belongs to and is shown and changed with."""

    id = serializers.CharField(source="pk")
    updated_at = serializers.DateTimeField(source="mission.updated_at")
    mission = RecordLink("mission")
    citations = CitationsField()

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, part) -> str:
        return address_of_key(self.Meta.resource, part.pk, self.context["request"])

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_html_url(self, part) -> str:
        return super().get_html_url(part.mission)


class MilestoneRowSerializer(PartOfMissionSerializer):
    date = DateField()
    place = RecordLink("place")

    class Meta:
        model = Milestone
        resource = "milestone"
        fields = (*KeyedSerializer.BASE, "mission", "kind", "date", "place", "note", "citations")


class HeadRowSerializer(PartOfMissionSerializer):
    person = RecordLink("person")
    accreditations = AccreditationSerializer(many=True)

    class Meta:
        model = HeadOfMission
        resource = "head-of-mission"
        fields = (*KeyedSerializer.BASE, "mission", "person", "rank", "accreditations", "citations")


class PartySerializer(serializers.ModelSerializer):
    country = CountryField()
    organization = RecordLink("organization")

    class Meta:
        model = AgreementParty
        fields = ("country", "organization")


class SignatorySerializer(serializers.ModelSerializer):
    person = RecordLink("person")
    country = CountryField()

    class Meta:
        model = Signatory
        fields = ("person", "country", "capacity")


class StageSerializer(serializers.ModelSerializer):
    date = DateField()

    STAGE_FIELDS = ("kind", "date", "note")


class AgreementStageSerializer(StageSerializer):
    class Meta:
        model = AgreementStage
        fields = StageSerializer.STAGE_FIELDS


class InitiativeStageSerializer(StageSerializer):
    class Meta:
        model = InitiativeStage
        fields = StageSerializer.STAGE_FIELDS


class ProgrammeStageSerializer(StageSerializer):
    class Meta:
        model = ProgrammeStage
        fields = StageSerializer.STAGE_FIELDS


class StagedSerializer(RecordSerializer):
    title = serializers.CharField()
    status = serializers.CharField(source="state.kind", default=None, help_text="The latest stage.")
    themes = serializers.ListField(child=RecordLink("theme"), source="themes.all")
    summary = serializers.CharField()

    STAGED = (*RecordSerializer.BASE, "title", "status", "stages", "themes", "summary")


class PromiseSerializer(StagedSerializer):
    is_open = serializers.BooleanField(help_text="An agreement not yet signed, an initiative not settled.")
    open_since = DateField(help_text="The first date from which an open one is so without a break; null if unknown.")

    PROMISE = (*StagedSerializer.STAGED, "is_open", "open_since")


class AgreementSerializer(PromiseSerializer):
    stages = AgreementStageSerializer(many=True)
    parties = PartySerializer(many=True)
    signatories = SignatorySerializer(many=True)
    signed_at = RecordLink("event")
    place = RecordLink("place")
    route = RecordLink("route")
    project = RecordLink("project")

    class Meta:
        model = Agreement
        resource = "agreement"
        fields = (
            *PromiseSerializer.PROMISE,
            "kind",
            "parties",
            "signatories",
            "signed_at",
            "place",
            "venue",
            "route",
            "project",
        )


class InitiativeSerializer(PromiseSerializer):
    stages = InitiativeStageSerializer(many=True)
    countries = serializers.ListField(child=CountryField(), source="countries.all")
    organizations = serializers.ListField(child=RecordLink("organization"), source="organizations.all")
    commodities = serializers.ListField(child=RecordLink("commodity"), source="commodities.all")
    raised_at = RecordLink("event")
    route = RecordLink("route")
    project = RecordLink("project")

    class Meta:
        model = Initiative
        resource = "initiative"
        fields = (
            *PromiseSerializer.PROMISE,
            "countries",
            "organizations",
            "commodities",
            "raised_at",
            "route",
            "project",
        )


class ProgrammeSerializer(StagedSerializer):
    stages = ProgrammeStageSerializer(many=True)
    country = CountryField()
    organization = RecordLink("organization")
    beneficiaries = serializers.ListField(child=RecordLink("bloc"), source="beneficiaries.all")
    begins = DateField()
    ends = DateField()

    class Meta:
        model = Programme
        resource = "programme"
        fields = (*StagedSerializer.STAGED, "kind", "country", "organization", "beneficiaries", "begins", "ends")


class AwardSerializer(RecordSerializer):
    title = serializers.CharField()
    order = serializers.CharField()
    country = CountryField()
    conferred_by = RecordLink("person")
    recipient = RecordLink("person")
    recipient_country = CountryField()
    event = RecordLink("event")
    date = DateField()
    place = RecordLink("place")
    grounds = serializers.ListField(child=serializers.CharField(), source="ground_list")
    note = serializers.CharField()

    class Meta:
        model = Award
        resource = "award"
        fields = (
            *RecordSerializer.BASE,
            "title",
            "order",
            "order_class",
            "country",
            "conferred_by",
            "recipient",
            "recipient_country",
            "event",
            "date",
            "place",
            "venue",
            "grounds",
            "note",
        )
