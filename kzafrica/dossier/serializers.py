"""Dossiers for the documentation of the API; the documents themselves are put together in ``api.py``."""

from rest_framework import serializers

from diplomacy.choices import Strand
from diplomacy.network_serializers import CountedStepSerializer
from diplomacy.serializers import (
    AgreementSerializer,
    AwardSerializer,
    InitiativeSerializer,
    MissionSerializer,
    ProgrammeSerializer,
    RelationSerializer,
)
from events.serializers import EventSerializer
from kzafrica.dossier.choices import AxisStrand
from kzafrica.editorial.serializers import CountryField, DateField, RecordLink
from kzafrica.reference.serializers import CountrySerializer
from kzafrica.statements.serializers import ClaimSerializer, FigureSerializer
from trade.serializers import ProjectSerializer, RouteSerializer


class LinkSerializer(serializers.Serializer):
    """Another record."""

    id = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField(allow_null=True, help_text="Null where readers may not see it.")


class PostSerializer(LinkSerializer):
    kind = serializers.CharField()
    standing = serializers.CharField(help_text="exists, undetermined, closed, not_yet or not_dated, by the rule.")
    is_counted = serializers.BooleanField()
    is_suspended = serializers.BooleanField()


class VisitSerializer(LinkSerializer):
    date = DateField(allow_null=False)


class CountedSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    checked_on = serializers.DateField(allow_null=True, help_text="Null: nobody has looked, and 0 means nothing.")


class MissionsCellSerializer(CountedSerializer):
    missions = PostSerializer(many=True)
    covered_from = serializers.ListField(child=RecordLink("mission"), help_text="Accredited as well; not counted.")


class VisitsCellSerializer(CountedSerializer):
    latest = VisitSerializer(allow_null=True)
    html_url = serializers.URLField()


class ReciprocitySerializer(serializers.Serializer):
    """Both sides beside each other, seen from Kazakhstan."""

    def get_fields(self) -> dict:
        return {
            strand: VisitsCellSerializer() if strand.startswith("visits") else MissionsCellSerializer()
            for strand in Strand.values
        }


class PairRowSerializer(serializers.Serializer):
    country = CountryField(allow_null=False)
    url = serializers.URLField()
    html_url = serializers.URLField()
    reciprocity = ReciprocitySerializer(allow_null=True)


class PairsSerializer(serializers.Serializer):
    results = PairRowSerializer(many=True)


class PointSerializer(serializers.Serializer):
    date = DateField(allow_null=False)
    strand = serializers.ChoiceField(choices=AxisStrand)
    label = serializers.CharField()
    is_done = serializers.BooleanField(help_text="False for what is not known to have taken place.")
    record = LinkSerializer()


class DossierSerializer(serializers.Serializer):
    country = CountrySerializer()
    relations = RelationSerializer(many=True)
    missions = MissionSerializer(many=True)
    events = EventSerializer(many=True)
    agreements = AgreementSerializer(many=True)
    initiatives = InitiativeSerializer(many=True)
    programmes = ProgrammeSerializer(many=True)
    awards = AwardSerializer(many=True)
    figures = FigureSerializer(many=True)
    claims = ClaimSerializer(many=True)
    projects = ProjectSerializer(many=True)
    routes = RouteSerializer(many=True)
    reciprocity = ReciprocitySerializer()
    axis = PointSerializer(many=True)


class EmbassiesSerializer(serializers.Serializer):
    on = serializers.DateField()
    sending = CountryField(allow_null=False)
    count = serializers.IntegerField()
    undetermined = serializers.IntegerField()
    steps = CountedStepSerializer(many=True)
    rule = serializers.CharField()
    url = serializers.URLField(help_text="The same with every act and its sources.")


class ContinentSerializer(serializers.Serializer):
    bloc = LinkSerializer()
    url = serializers.URLField()
    html_url = serializers.URLField()
    programmes = ProgrammeSerializer(many=True)
    network = EmbassiesSerializer()
    talks = EventSerializer(many=True)
    figures = FigureSerializer(many=True)
    claims = ClaimSerializer(many=True)
