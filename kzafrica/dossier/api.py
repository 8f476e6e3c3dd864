"""The dossier of a country pair as one document."""

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from diplomacy.models import Agreement, Award, Initiative, Mission, Relation
from diplomacy.serializers import (
    AgreementSerializer,
    AwardSerializer,
    InitiativeSerializer,
    MissionSerializer,
    RelationSerializer,
)
from events.models import Event
from events.serializers import EventSerializer
from kzafrica.editorial.serializers import api_address
from kzafrica.filtering import refuse_bad_parameters
from kzafrica.reference.models import Country
from kzafrica.reference.serializers import CountrySerializer
from kzafrica.statements.api import with_comparisons
from kzafrica.statements.models import Claim, Figure
from kzafrica.statements.serializers import ClaimSerializer, FigureSerializer
from trade.models import Project, Route
from trade.serializers import ProjectSerializer, RouteSerializer


class DossierViewSet(ViewSet):
    """All that is recorded of the relations of one African state with Kazakhstan."""

    lookup_url_kwarg = "key"
    lookup_value_regex = r"[A-Za-z]{3}"

    @extend_schema(responses=OpenApiTypes.OBJECT, operation_id="v1_dossiers_list")
    def list(self, request):
        """The pairs there are dossiers of."""
        refuse_bad_parameters(request.query_params, None, also=("format",))
        countries = Country.objects.african()
        return Response(
            {
                "results": [
                    {
                        "country": {"iso3": country.alpha3, "name": country.name},
                        "url": api_address("dossier", country, request),
                        "html_url": request.build_absolute_uri(country.get_absolute_url()),
                    }
                    for country in countries
                ]
            }
        )

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def retrieve(self, request, key: str):
        """One dossier: every strand in full, with its sources."""
        refuse_bad_parameters(request.query_params, None, also=("format",))
        country = Country.objects.african().for_list().filter(alpha3=key.upper()).first()
        if country is None:
            raise Http404
        home = Country.objects.home().get()
        context = {"request": request}

        def rows(serializer, queryset) -> list:
            return serializer(queryset, many=True, context=context).data

        figures = with_comparisons(list(Figure.objects.published().about(country).for_list()))
        return Response(
            {
                "country": CountrySerializer(country, context=context).data,
                "relations": rows(RelationSerializer, Relation.objects.published().involving(country).for_list()),
                "missions": rows(MissionSerializer, Mission.objects.published().between(home, country).for_list()),
                "events": rows(EventSerializer, Event.objects.published().involving(country).for_detail()),
                "agreements": rows(
                    AgreementSerializer, Agreement.objects.published().involving(country).for_list().in_time()
                ),
                "initiatives": rows(
                    InitiativeSerializer, Initiative.objects.published().involving(country).for_list().in_time()
                ),
                "awards": rows(AwardSerializer, Award.objects.published().involving(country).for_list()),
                "figures": rows(FigureSerializer, figures),
                "claims": rows(ClaimSerializer, Claim.objects.published().about(country).for_detail()),
                "projects": rows(ProjectSerializer, Project.objects.published().involving(country).for_list()),
                "routes": rows(RouteSerializer, Route.objects.published().touching(country).for_list()),
            }
        )
