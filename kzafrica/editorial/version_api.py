"""Versions of records for programs."""

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kzafrica.editorial.api import PublicViewSet
from kzafrica.editorial.filters import VersionFilterSet
from kzafrica.editorial.models import Change, Correction
from kzafrica.editorial.serializers import CHANGED_SCHEMA, PublicSerializer, address_of_key, changed_document
from kzafrica.editorial.version_pages import version_address
from kzafrica.editorial.versions import BRINGING, record_of_change, versions_behind
from kzafrica.problems import BadParameters


class VersionSerializer(PublicSerializer):
    """A record as a public change left it. Who made the change, and what editors said of it, is no one's business."""

    id = serializers.CharField(source="number", help_text="The number of the change that made it.")
    url = serializers.SerializerMethodField()
    html_url = serializers.SerializerMethodField()
    record = serializers.SerializerMethodField(help_text="The record as kind/key, by its present address.")
    key = serializers.CharField(source="version.state.key", help_text="The key that the record had then.")
    title = serializers.CharField(source="record_title", help_text="What the record was called then.")
    reason = serializers.SerializerMethodField(help_text="For a correction: what was wrong, in words for readers.")
    is_urgent = serializers.SerializerMethodField(help_text="Whether it was corrected at once, by one person.")
    content = serializers.SerializerMethodField(help_text="The whole record, other records by their keys.")
    changed = serializers.SerializerMethodField(help_text="What the change changed; nothing in the first version.")

    class Meta:
        model = Change
        fields = (
            "id",
            "url",
            "html_url",
            "record",
            "key",
            "title",
            "at",
            "action",
            "is_unreviewed",
            "is_urgent",
            "reason",
            "changed",
            "content",
        )

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, change: Change) -> str:
        return address_of_key("version", change.number, self.context["request"])

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_html_url(self, change: Change) -> str:
        return self.context["request"].build_absolute_uri(version_address(change.record, change.number))

    @extend_schema_field({"type": "string"})
    def get_record(self, change: Change) -> str:
        return f"{change.record._meta.model_name}/{change.record.key}"

    def get_reason(self, change: Change) -> str:
        return change.made_correction.reason if change.made_correction else ""

    def get_is_urgent(self, change: Change) -> bool:
        return bool(change.made_correction and change.made_correction.is_urgent)

    @extend_schema_field(CHANGED_SCHEMA)
    def get_changed(self, change: Change) -> list[dict]:
        return changed_document(change.version)

    @extend_schema_field({"type": "object", "additionalProperties": {"type": ["string", "array"], "items": {}}})
    def get_content(self, change: Change) -> dict:
        return change.version.state.content


class VersionViewSet(PublicViewSet):
    """Every version of one record that readers have seen, newest first; `record` names it, such as `event/its-slug`.

    `as_of` gives the one that stood at the end of a day, or none if the record was not public then.
    """

    queryset = Change.objects.filter(action__in=BRINGING, revision__isnull=False)
    serializer_class = VersionSerializer
    filterset_class = VersionFilterSet
    lookup_value_regex = r"\d{1,18}"

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        if not self.detail and not self.request.query_params.get("record"):
            sentence = _("Say of which record, as kind/key, such as record=event/its-slug.")
            raise BadParameters([("record", sentence)])
        return found

    def paginate_queryset(self, queryset):
        changes = super().paginate_queryset(queryset)
        return self.with_versions(changes, record_of_change(changes[0]) if changes else None)

    def get_object(self):
        change = super().get_object()
        record = record_of_change(change)
        found = self.with_versions([change], record) if record is not None else []
        if not found:
            raise Http404
        return found[0]

    def with_versions(self, changes: list[Change], record) -> list[Change]:
        """The changes of one record, each with its version; those left out of which no state is kept."""
        versions = versions_behind(changes)
        corrections = Correction.objects.in_bulk([change.number for change in changes], field_name="change_id")
        for change in changes:
            change.record, change.version = record, versions.get(change.number)
            change.made_correction = corrections.get(change.number)
        return [change for change in changes if change.version is not None]
