"""The search as programs ask it."""

from django.db.models import IntegerField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from kzafrica.dates import ImpreciseDate
from kzafrica.dossier.search_filters import FURTHEST, SearchFilterSet
from kzafrica.dossier.search_views import address_of
from kzafrica.editorial.serializers import CountryField, DateField, address_of_key
from kzafrica.filtering import refuse_bad_parameters
from kzafrica.problems import BadParameters
from kzafrica.reference.models import Country
from kzafrica.rest import (
    CURSOR_SCHEMA,
    DEFAULT_LIMIT,
    LIMIT_SCHEMA,
    date_document,
    mark_of_list,
    read_cursor,
    read_limit,
    write_cursor,
)
from kzafrica.search.engines import EngineFailure
from kzafrica.search.finding import Answer, Result, find
from kzafrica.search.index import searchables
from kzafrica.search.models import IndexedDocument

MARKS = "Places of what was asked for: pairs of from and up to, counted in characters of the text."
CURSOR = OpenApiParameter("cursor", CURSOR_SCHEMA, description="Where to go on: follow `next` and `previous`.")
LIMIT = OpenApiParameter("limit", LIMIT_SCHEMA, default=DEFAULT_LIMIT, description="Results on a page.")


class SearchUnavailable(APIException):
    status_code = 503
    default_detail = _("The search does not answer at the moment. Try again a little later.")


class TextSerializer(serializers.Serializer):
    """A text with the places of what was asked for."""

    text = serializers.CharField()
    language = serializers.CharField(help_text="Of the text: en, kk, ru or fr; empty for names in several.")
    marks = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2), help_text=MARKS
    )


class ResultSerializer(serializers.Serializer):
    type = serializers.ChoiceField(choices=[(kind.type, kind.type) for kind in searchables().values()])
    id = serializers.CharField(help_text="The key of the record.")
    title = TextSerializer()
    snippet = TextSerializer(help_text="The part of its text that shows best why it was found; may be empty.")
    date = DateField(allow_null=True)
    countries = serializers.ListField(child=CountryField(), help_text="The states that it concerns.")
    url = serializers.URLField(allow_null=True, help_text="Its document; null for a page of the site.")
    html_url = serializers.URLField()


class SearchSerializer(serializers.Serializer):
    query = serializers.CharField(help_text="What was asked.")
    searched = serializers.CharField(
        help_text="What was searched: with the nearest spelling of words that nothing has, unless exact=true."
    )
    is_corrected = serializers.BooleanField()
    count = serializers.IntegerField(help_text="Results on all pages.")
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="By type, as if no type had been asked for."
    )
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ResultSerializer(many=True)


class SearchViewSet(GenericViewSet):
    """Everything public that holds all the words of a question, best first.

    Words are found in four languages in any of their forms, the last one also by its beginning; names in any script;
    records also by the names of the countries and people they concern. There are no operators but quotation marks.
    """

    queryset = IndexedDocument.objects.none()
    serializer_class = SearchSerializer
    filterset_class = SearchFilterSet
    pagination_class = None
    also_answers = {"list": (503,)}

    @extend_schema(responses={200: SearchSerializer(many=False)}, parameters=[LIMIT, CURSOR], operation_id="search")
    def list(self, request):
        """Results with the marked words, and how many there are of each type."""
        query = request.query_params
        filterset = SearchFilterSet(query, queryset=self.get_queryset(), request=request)
        refuse_bad_parameters(query, filterset, also=("limit", "cursor", "format"))
        limit, offset = (
            read_limit(query.get("limit")),
            read_offset(query.get("cursor"), of=mark_of_list(request.path, query)),
        )
        question = filterset.question
        try:
            answer = find(question, offset=offset, limit=limit, reader_language=get_language() or "en")
        except EngineFailure:
            raise SearchUnavailable from None
        links = links_of(request, answer.total, offset, limit)
        return Response(document_of(question.words, answer, request) | links)


def read_offset(cursor: str | None, *, of: str) -> int:
    """How many results come before the page. Raises BadParameters."""
    if cursor is None:
        return 0
    (offset,) = read_cursor(cursor, [IntegerField()], of=of)["values"]
    if not 0 <= offset <= FURTHEST:
        raise BadParameters([("cursor", _("This cursor is not one of ours: start without it."))])
    return offset


def links_of(request, total: int, offset: int, limit: int) -> dict:
    def link(place: int) -> str:
        query = request.query_params.copy()
        query["cursor"] = write_cursor([place], backward=False, of=mark_of_list(request.path, request.query_params))
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

    after = offset + limit
    return {
        "next": link(after) if after < min(total, FURTHEST) else None,
        "previous": link(max(offset - limit, 0)) if offset else None,
    }


def document_of(asked: str, answer: Answer, request) -> dict:
    codes = {code for result in answer.results for code in result.document.countries.split()}
    countries = {country.alpha3: country for country in Country.objects.filter(alpha3__in=codes)}
    return {
        "query": asked,
        "searched": answer.query.text,
        "is_corrected": answer.is_corrected,
        "count": answer.total,
        "counts": answer.counts,
        "results": [result_document(result, countries, request) for result in answer.results],
    }


def result_document(result: Result, countries: dict[str, Country], request) -> dict:
    document = result.document
    resource = searchables()[document.type].resource
    named = [countries[code] for code in document.countries.split() if code in countries]
    return {
        "type": document.type,
        "id": document.key,
        "title": text_document(result.title, result.language),
        "snippet": text_document(result.snippet, result.snippet_language),
        "date": date_document(ImpreciseDate.parse(document.edtf)) if document.edtf else None,
        "countries": [CountryField().to_representation(country) for country in named],
        "url": address_of_key(resource, document.key, request) if resource else None,
        "html_url": request.build_absolute_uri(address_of(document)),
    }


def text_document(said, language: str) -> dict:
    return {"text": said.text, "language": language, "marks": [list(mark) for mark in said.marks]}
