"""The dossier of a country pair as one document."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from diplomacy.models import Agreement, Award, Initiative, Programme, Relation
from diplomacy.serializers import (
    AgreementSerializer,
    AwardSerializer,
    InitiativeSerializer,
    MissionSerializer,
    ProgrammeSerializer,
    RelationSerializer,
)
from events.models import Event
from events.serializers import EventSerializer
from kzafrica.dossier.assembly import Dossier, embassies_on, figures_about, missions_between
from kzafrica.dossier.axis import axis_of
from kzafrica.dossier.documents import axis_document, embassies_document, reciprocity_document
from kzafrica.dossier.reciprocity import reciprocity_of
from kzafrica.dossier.serializers import ContinentSerializer, DossierSerializer, PairsSerializer
from kzafrica.editorial.serializers import api_address, record_link
from kzafrica.filtering import refuse_bad_parameters
from kzafrica.reference.models import Bloc, Country
from kzafrica.reference.serializers import CountrySerializer
from kzafrica.statements.comparisons import with_comparisons
from kzafrica.statements.models import Claim, Figure
from kzafrica.statements.serializers import ClaimSerializer, FigureSerializer
from kzafrica.statements.tables import lines_of
from trade.models import Project, Route
from trade.serializers import ProjectSerializer, RouteSerializer


class DossierViewSet(ViewSet):
    """All that is recorded of the relations of one African state with Kazakhstan.

    ``reciprocity`` sets both sides beside each other: ``missions_sent`` and ``missions_received``, ``consuls_sent`` and
    ``consuls_received`` (honorary), ``visits_paid`` and ``visits_received``, seen from Kazakhstan. Each has its
    ``count`` and ``checked_on``, the day on which an editor last looked; null says that nobody has looked yet, so that
    a count of 0 then means nothing.

    - Missions stand in ``missions`` with their ``standing`` today by the network rule: ``exists``, ``undetermined``,
      ``closed``, ``not_yet``, ``not_dated``. Only those that exist are counted. ``covered_from`` are missions elsewhere
      that are accredited as well; they are not counted.
    - Visits are those that were held; ``latest`` is null where there is none.
    """

    lookup_url_kwarg = "key"
    lookup_value_regex = r"[A-Za-z]{3}"
    # Where the continent is not on record.
    also_answers = {"africa": (404,)}

    @extend_schema(responses={200: PairsSerializer(many=False)}, operation_id="list_dossiers")
    def list(self, request):
        """The pairs there are dossiers of, each with what both sides have in the other as ``reciprocity``."""
        refuse_bad_parameters(request.query_params, None, also=("format",))
        home = Country.objects.home().first()
        cells = reciprocity_of(Country.objects.african(), home) if home else {}
        return Response(
            {
                "results": [
                    {
                        "country": {"iso3": country.alpha3, "name": country.name},
                        "url": api_address("dossier", country, request),
                        "html_url": request.build_absolute_uri(country.get_absolute_url()),
                        "reciprocity": reciprocity_document(cells[country.pk], request) if cells else None,
                    }
                    for country in Country.objects.african()
                ]
            }
        )

    @extend_schema(responses=DossierSerializer)
    def retrieve(self, request, key: str):
        """One dossier: every strand in full, with its sources.

        ``axis`` has everything dated in time, as the page of the pair shows it: the date, the ``strand``, what happened
        as ``label``, the record that tells of it, and ``is_done``, false for what is not known to have taken place.
        """
        refuse_bad_parameters(request.query_params, None, also=("format",))
        country = Country.objects.african().for_list().filter(alpha3=key.upper()).first()
        if country is None:
            raise Http404
        home = get_object_or_404(Country.objects.home())
        context = {"request": request}
        events = list(Event.objects.published().involving(country).for_detail())
        projects = list(Project.objects.published().involving(country).for_list())
        routes = list(Route.objects.published().touching(country).for_list())
        # The rows of the document, read once, are what its computed parts are made of.
        dossier = Dossier(
            home=home,
            country=country,
            relations=list(Relation.objects.published().involving(country).for_list()),
            missions=list(missions_between(home, country).with_citations()),
            events=events,
            agreements=list(Agreement.objects.published().involving(country).for_list().in_time()),
            initiatives=list(Initiative.objects.published().involving(country).for_list().in_time()),
            programmes=list(Programme.objects.published().filter(country=country).for_list().in_time()),
            awards=list(Award.objects.published().involving(country).for_list()),
            routes=routes,
            projects=projects,
            lines=lines_of(figures_about(country, *events, *routes, *projects).with_citations()),
            claims=list(Claim.objects.published().about(country).for_detail()),
        )
        figures = with_comparisons(list(Figure.objects.published().about(country).for_list()))
        cells = reciprocity_of(Country.objects.filter(pk=country.pk), home, dossier.missions)

        def rows(serializer, records) -> list:
            return serializer(records, many=True, context=context).data

        return Response(
            {
                "country": CountrySerializer(country, context=context).data,
                "relations": rows(RelationSerializer, dossier.relations),
                "missions": rows(MissionSerializer, [*dossier.missions_there, *dossier.missions_here]),
                "events": rows(EventSerializer, dossier.events),
                "agreements": rows(AgreementSerializer, dossier.agreements),
                "initiatives": rows(InitiativeSerializer, dossier.initiatives),
                "programmes": rows(ProgrammeSerializer, dossier.programmes),
                "awards": rows(AwardSerializer, dossier.awards),
                "figures": rows(FigureSerializer, figures),
                "claims": rows(ClaimSerializer, dossier.claims),
                "projects": rows(ProjectSerializer, dossier.projects),
                "routes": rows(RouteSerializer, dossier.routes),
                "reciprocity": reciprocity_document(cells[country.pk], request),
                "axis": axis_document(axis_of(dossier), request),
            }
        )

    @extend_schema(responses=ContinentSerializer, operation_id="get_dossier_of_africa")
    @action(detail=False)
    def africa(self, request):
        """What concerns the continent as a whole.

        Its ``programmes`` (strategy, agenda, aid) with their themes, the ``network`` of embassies with its steps, the
        ``talks`` about Africa at which no African state took part, and the ``figures`` and ``claims`` about the
        continent.
        """
        refuse_bad_parameters(request.query_params, None, also=("format",))
        africa, home = Bloc.objects.continents().first(), Country.objects.home().first()
        if africa is None or home is None:
            raise Http404
        context = {"request": request}
        figures = with_comparisons(list(Figure.objects.published().about(africa).for_list()))
        talks = Event.objects.published().without_africa().newest_first().for_detail()
        return Response(
            {
                "bloc": record_link("bloc", africa, request),
                "url": request.build_absolute_uri(request.path),
                "html_url": request.build_absolute_uri(africa.get_absolute_url()),
                "programmes": ProgrammeSerializer(
                    Programme.objects.published().for_list().in_time(), many=True, context=context
                ).data,
                "network": embassies_document(embassies_on(localdate(), home), request),
                "talks": EventSerializer(talks, many=True, context=context).data,
                "figures": FigureSerializer(figures, many=True, context=context).data,
                "claims": ClaimSerializer(
                    Claim.objects.published().about(africa).for_detail(), many=True, context=context
                ).data,
            }
        )
