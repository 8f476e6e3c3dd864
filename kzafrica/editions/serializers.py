from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kzafrica.editions.models import Edition
from kzafrica.editorial.serializers import PublicSerializer, address_of_key


class EditionSerializer(PublicSerializer):
    """An edition, and where its file is."""

    id = serializers.CharField(source="name", help_text="Its name; never used twice.")
    url = serializers.SerializerMethodField()
    file_url = serializers.SerializerMethodField(
        help_text="The zip file. It never changes; that of a withdrawn edition answers 410."
    )

    class Meta:
        model = Edition
        resource = "edition"
        fields = (
            "id",
            "url",
            "file_url",
            "day",
            "content_revision",
            "size_bytes",
            "sha256",
            "has_parquet",
            "built_at",
            "withdrawn_at",
            "withdrawal_reason",
        )

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, edition: Edition) -> str:
        return address_of_key("edition", edition.name, self.context["request"])

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_file_url(self, edition: Edition) -> str:
        return self.context["request"].build_absolute_uri(edition.get_absolute_url())
