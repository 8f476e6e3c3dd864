"""Totals of rows by whatever they are asked to be parted by, as one computed answer."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from kzafrica.rest import LARGEST_LIMIT, LIMIT_SCHEMA, read_limit
from trade.asking import question_of
from trade.catalogue import Catalogue
from trade.choices import Flow, Perspective
from trade.filters import TotalFilterSet
from trade.models import TradeFlow
from trade.rows import decimal_text, money
from trade.serializers import AreaField, MoneyField
from trade.totals import GROUPS, RULE, Total

LIMIT = OpenApiParameter("limit", LIMIT_SCHEMA, default=LARGEST_LIMIT, description="How many totals to give.")


class TotalSerializer(serializers.Serializer):
    """A total, for the documentation. What it is not parted by is null."""

    source = serializers.SlugField()
    perspective = serializers.ChoiceField(choices=Perspective)
    flow = serializers.ChoiceField(choices=Flow)
    year = serializers.IntegerField(allow_null=True)
    reporter = AreaField(allow_null=True)
    partner = AreaField(allow_null=True)
    hs = serializers.CharField(allow_null=True)
    release = serializers.SlugField(allow_null=True)
    value = MoneyField(help_text="Null where no row has a value.")
    net_weight_kg = serializers.CharField(allow_null=True)
    row_count = serializers.IntegerField(help_text="How many rows were added; one where a row gives the total.")
    is_given = serializers.BooleanField(help_text="Whether one row of a file gives the total; else it is our sum.")


class TotalsSerializer(serializers.Serializer):
    rule = serializers.CharField()
    group_by = serializers.ListField(child=serializers.ChoiceField(choices=GROUPS))
    is_complete = serializers.BooleanField(help_text="False where there are more totals than the limit allows.")
    results = TotalSerializer(many=True)


class TotalsViewSet(GenericViewSet):
    """Totals of rows of trade statistics, parted by source and flow and by what ``group_by`` names.

    Without ``partner``, ``bloc`` and ``group_by=partner`` they are of the world: its own row where there is one, else
    the sum of its parts. ``hs`` alone is one good; with ``level`` it is the goods of that level below it.
    """

    queryset = TradeFlow.objects.none()
    serializer_class = TotalsSerializer
    filterset_class = TotalFilterSet
    pagination_class = None

    @extend_schema(responses={200: TotalsSerializer(many=False)}, parameters=[LIMIT], operation_id="get_trade_totals")
    def list(self, request):
        query = request.query_params
        question, known = question_of(query)
        limit = read_limit(query["limit"]) if "limit" in query else LARGEST_LIMIT
        found = question.answer(known)
        document = {
            "rule": str(RULE),
            "group_by": question.by,
            "is_complete": len(found) <= limit,
            "results": [total_document(total, known) for total in found[:limit]],
        }
        return Response(document)


def total_document(total: Total, known: Catalogue) -> dict:
    key = total.key
    return {
        "source": key.source,
        "perspective": key.perspective,
        "flow": key.flow,
        "year": key.year,
        "reporter": None if key.reporter is None else known.areas[key.reporter].document,
        "partner": None if key.partner is None else known.areas[key.partner].document,
        "hs": None if key.hs is None else key.hs or "TOTAL",
        "release": key.release,
        "value": money(total.value),
        "net_weight_kg": decimal_text(total.weight),
        "row_count": total.row_count,
        "is_given": total.is_given,
    }
