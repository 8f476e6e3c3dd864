"""What a program is told of what it has written."""

from django.urls import NoReverseMatch, reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kzafrica.editorial import workflow
from kzafrica.editorial.content import content_of
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.serializers import api_address
from kzafrica.writing.choices import ContributionKind
from kzafrica.writing.drafting import draft_version, public_version
from kzafrica.writing.models import Contribution

CONTENT_SCHEMA = {"type": "object", "additionalProperties": {"type": ["string", "array"], "items": {}}}


class ContributionSerializer(serializers.ModelSerializer):
    """A draft or a proposed change, and what has become of it."""

    id = serializers.CharField(source="pk")
    url = serializers.SerializerMethodField()
    kind = serializers.CharField(help_text="draft or proposal.")
    record = serializers.SerializerMethodField(help_text="The record as kind/key; null once it is deleted.")
    title = serializers.SerializerMethodField(help_text="What the record is called.")
    status = serializers.SerializerMethodField(
        help_text="A draft is draft, in_review, published, withdrawn or deleted; a proposal open, applied or rejected."
    )
    key = serializers.CharField(source="key_prefix", help_text="The beginning of the key that wrote it.")
    admin_url = serializers.SerializerMethodField(help_text="Where people of the desk see it.")
    record_url = serializers.SerializerMethodField(help_text="The document of the record, once readers may see it.")

    class Meta:
        model = Contribution
        fields = (
            "id",
            "url",
            "kind",
            "record",
            "title",
            "status",
            "written_at",
            "key",
            "admin_url",
            "record_url",
        )

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, row: Contribution) -> str:
        return self._address("api:contribution-detail", row.pk)

    def _address(self, name: str, *parts) -> str:
        return self.context["request"].build_absolute_uri(reverse(name, args=parts))

    @extend_schema_field({"type": ["string", "null"]})
    def get_record(self, row: Contribution) -> str | None:
        return f"{row.record._meta.model_name}/{row.record.key}" if row.record else None

    def get_title(self, row: Contribution) -> str:
        return str(row.record) if row.record else row.title

    def get_status(self, row: Contribution) -> str:
        if row.kind == ContributionKind.PROPOSAL:
            return row.proposal.state if row.proposal else "deleted"
        return row.record.status if row.record else "deleted"

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_admin_url(self, row: Contribution) -> str | None:
        shown = row.proposal if row.kind == ContributionKind.PROPOSAL else row.record
        if shown is None:
            return None
        return self._address(f"admin:{shown._meta.app_label}_{shown._meta.model_name}_change", shown.pk)

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_record_url(self, row: Contribution) -> str | None:
        record: PublishableModel | None = row.record
        if record is None or not record.is_public:
            return None
        try:
            return api_address(record._meta.model_name, record, self.context["request"])
        except NoReverseMatch:
            return None


class ContributionDetailSerializer(ContributionSerializer):
    """The same with what the record says, and what takes queries of its own for each."""

    note = serializers.SerializerMethodField(help_text="What the reviewer says to the author; empty where nothing.")
    version = serializers.SerializerMethodField(help_text="What `base_version` is compared with; null once deleted.")
    content = serializers.SerializerMethodField(
        help_text="The whole record as it is kept, or as it is proposed, in the form of `/api/v1/versions/`."
    )

    class Meta(ContributionSerializer.Meta):
        fields = (*ContributionSerializer.Meta.fields, "note", "version", "content")

    def get_note(self, row: Contribution) -> str:
        if row.kind == ContributionKind.PROPOSAL:
            return row.proposal.decision_note if row.proposal else ""
        returned = workflow.returned_with(row.record) if row.record else None
        return returned.note if returned else ""

    @extend_schema_field({"type": ["string", "null"]})
    def get_version(self, row: Contribution) -> str | None:
        if row.record is None:
            return None
        return public_version(row.record) if row.record.is_public else draft_version(row.record)

    @extend_schema_field(CONTENT_SCHEMA)
    def get_content(self, row: Contribution) -> dict:
        if row.kind == ContributionKind.PROPOSAL:
            return row.proposal.content if row.proposal else {}
        return content_of(row.record) if row.record else {}
