"""The public change log for programs: one ordered feed from which a copy of the record can be kept.

A client that has seen a number can never miss one below it. Numbers are taken by updating one row, which is held to the
end of the transaction: whoever comes next waits for it, so that numbers become visible in their order.
"""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from kzafrica.editorial.api import PublicViewSet
from kzafrica.editorial.choices import ChangeAction
from kzafrica.editorial.filters import ChangeFilterSet
from kzafrica.editorial.models import Change
from kzafrica.editorial.resources import resources_of_changes
from kzafrica.editorial.serializers import PublicSerializer, address_of_key
from kzafrica.rest import KeysetPagination

GONE = (ChangeAction.WITHDRAWN, ChangeAction.MERGED, ChangeAction.DELETED)
OTHER_SCHEMA = {
    "type": ["object", "null"],
    "required": ["id", "url"],
    "properties": {"id": {"type": "string"}, "url": {"type": "string", "format": "uri"}},
}


class ChangeSerializer(PublicSerializer):
    """One line of the public change log, never changed itself; who made it is no one's business but the editors'."""

    id = serializers.CharField(source="number", help_text="The number, as text like every id.")
    url = serializers.SerializerMethodField()
    resource = serializers.SerializerMethodField(
        help_text="Such as events; null for what has no documents of its own, such as offices."
    )
    record_type = serializers.CharField(help_text="Such as events.event.")
    record_key = serializers.CharField(help_text="The id of the record, as this change left it.")
    record_url = serializers.SerializerMethodField(
        help_text="The document of the record. Answers 410 once it is gone, redirects once renamed or merged."
    )
    is_public = serializers.SerializerMethodField(
        help_text="Whether readers may see the record since; false marks its tombstone."
    )
    renamed_from = serializers.SerializerMethodField(help_text="Of a renamed record what it was before; else null.")
    merged_into = serializers.SerializerMethodField(help_text="Of a merged record the one that was kept; else null.")
    is_of_many = serializers.BooleanField(
        help_text="Whether it stands for many rows loaded in one go, of which it names one: read the resource anew."
    )

    class Meta:
        model = Change
        fields = (
            "id",
            "url",
            "number",
            "at",
            "action",
            "resource",
            "record_type",
            "record_key",
            "record_title",
            "record_url",
            "is_public",
            "renamed_from",
            "merged_into",
            "is_of_many",
            "is_unreviewed",
        )

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, change: Change) -> str:
        return address_of_key("change", change.number, self.context["request"])

    def get_resource(self, change: Change) -> str | None:
        return resources_of_changes().get(change.record_type, (None, None))[0]

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_record_url(self, change: Change) -> str | None:
        return self._address(change, change.record_key)

    def get_is_public(self, change: Change) -> bool:
        return change.action not in GONE

    @extend_schema_field(OTHER_SCHEMA)
    def get_renamed_from(self, change: Change) -> dict | None:
        return self._other(change, ChangeAction.RENAMED)

    @extend_schema_field(OTHER_SCHEMA)
    def get_merged_into(self, change: Change) -> dict | None:
        return self._other(change, ChangeAction.MERGED)

    def _other(self, change: Change, action: str) -> dict | None:
        if change.action != action or not change.other_key:
            return None
        return {"id": change.other_key, "url": self._address(change, change.other_key)}

    def _address(self, change: Change, key: str) -> str | None:
        _resource, kind = resources_of_changes().get(change.record_type, (None, None))
        return address_of_key(kind, key, self.context["request"]) if kind else None


class ChangePagination(KeysetPagination):
    """Pages of a feed that never ends: each says where to ask for what comes after it, now or later."""

    def get_paginated_response(self, data) -> Response:
        response = super().get_paginated_response(data)
        query = self.request.query_params.copy()
        query.pop("cursor", None)
        query["after"] = str(self.page[-1].number if self.page else int(query.get("after") or 0))
        response.data["resume"] = self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")
        return response

    def get_paginated_response_schema(self, schema: dict) -> dict:
        document = super().get_paginated_response_schema(schema)
        document["required"] = [*document["required"], "resume"]
        document["properties"]["resume"] = {
            "type": "string",
            "format": "uri",
            "description": "Where the changes after this page are, once there are any. Keep it; never null.",
        }
        return document


class ChangeViewSet(PublicViewSet):
    """Every public change in order, to keep a copy in step with the record.

    Begin with `after=0`, take the changes of each page in order, and go on at `resume` until a page is empty; ask there
    again later. Numbers grow, some are left out, and none appears below one that was seen. A document says what it says
    of others by their names: who keeps names reads those documents anew too that hold the address of what changed.
    Milestones and heads change with their mission, rows of trade statistics with their release.
    """

    queryset = Change.objects.all()
    serializer_class = ChangeSerializer
    filterset_class = ChangeFilterSet
    pagination_class = ChangePagination
    lookup_value_regex = r"\d{1,18}"
