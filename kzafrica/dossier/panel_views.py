"""The country-year panel as a CSV file and as an answer of the API, with the same parameters."""

import django_filters
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views import View
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from kzafrica.dossier.panel import COLUMNS, RULE, panel_rows
from kzafrica.filtering import KeyFilter, YearFilter, bad_parameters
from kzafrica.linked_data import LICENCE_ADDRESS
from kzafrica.problems import BadParameters
from kzafrica.reference.models import Country
from kzafrica.tabular import csv_pieces, member

FIELDS = {"integer": serializers.IntegerField, "boolean": serializers.BooleanField}


class PanelFilterSet(django_filters.FilterSet):
    """One state, and the years from one to another."""

    country = KeyFilter(queryset=Country.objects.african(), key="alpha3")
    to = YearFilter()


# A word of Python, which no attribute can be called.
PanelFilterSet.base_filters["from"] = YearFilter()


def asked_rows(query: QueryDict, *, also: tuple[str, ...] = (), forgive_tracking: bool = False):
    """The rows that an address asks for. Raises BadParameters."""
    filterset = PanelFilterSet(query, queryset=Country.objects.african())
    if errors := bad_parameters(query, filterset, also=also, forgive_tracking=forgive_tracking):
        raise BadParameters(errors)
    asked = filterset.form.cleaned_data
    country, first, last = asked["country"], asked["from"], asked["to"]
    if first and last and first > last:
        raise BadParameters(
            [("to", _("The years end before they begin: give “to” as %s or later.") % first, str(first))]
        )
    return panel_rows(localdate(), [country] if country else None, first, last)


class PanelFile(View):
    """``countries/panel.csv``."""

    def get(self, request, *args, **kwargs) -> HttpResponse:
        rows = asked_rows(request.GET, forgive_tracking=True)
        columns = [member(column.name) for column in COLUMNS]
        response = StreamingHttpResponse(csv_pieces(columns, rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="panel.csv"'
        about = request.build_absolute_uri(reverse("data"))
        response["Link"] = f'<{LICENCE_ADDRESS}>; rel="license", <{about}>; rel="describedby"'
        return response


class PanelRowSerializer(serializers.Serializer):
    """A state in a year, for the documentation: each member with its rule."""

    def get_fields(self) -> dict:
        always = ("iso3", "country", "year")
        return {
            column.name: FIELDS.get(column.kind, serializers.CharField)(
                help_text=column.rule, **({} if column.name in always else {"allow_null": True})
            )
            for column in COLUMNS
        }


class PanelColumnSerializer(serializers.Serializer):
    name = serializers.CharField()
    type = serializers.CharField(help_text="string, integer, boolean, or number, which is a decimal as text.")
    unit = serializers.CharField()
    rule = serializers.CharField(help_text="How it is worked out.")


class PanelSerializer(serializers.Serializer):
    on = serializers.DateField(help_text="The day it is of.")
    rule = serializers.CharField()
    columns = PanelColumnSerializer(many=True)
    results = PanelRowSerializer(many=True)


class PanelViewSet(ViewSet):
    """What is on record of each African state and Kazakhstan, year by year, every column by its own rule.

    Null is not known; 0 stands only where the record says so. All rows come at once.
    """

    @extend_schema(
        responses={200: PanelSerializer(many=False)},
        operation_id="get_panel",
        parameters=[
            OpenApiParameter("country", OpenApiTypes.STR, description="ISO 3166 alpha-3 of an African state."),
            OpenApiParameter("from", OpenApiTypes.INT, description="The first year."),
            OpenApiParameter("to", OpenApiTypes.INT, description="The last year."),
        ],
    )
    def list(self, request):
        rows = asked_rows(request.query_params, also=("format",))
        columns = [{"name": each.name, "type": each.kind, "unit": each.unit, "rule": each.rule} for each in COLUMNS]
        return Response({"on": localdate().isoformat(), "rule": RULE, "columns": columns, "results": list(rows)})
