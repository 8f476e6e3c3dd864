"""What every record's document has in common: its key, addresses, freshness and citations."""

from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kzafrica.editorial.labels import base_name
from kzafrica.editorial.models import Citation, Correction, Source
from kzafrica.editorial.publishable import citations_of
from kzafrica.rest import ImpreciseDateDocument

DATE_SCHEMA = {
    "type": ["object", "null"],
    "required": ["edtf", "earliest", "latest", "text"],
    "properties": {
        "edtf": {"type": "string", "description": "EDTF, ISO 8601-2."},
        "earliest": {"type": ["string", "null"], "format": "date", "description": "Null: unbounded."},
        "latest": {"type": ["string", "null"], "format": "date", "description": "Null: unbounded."},
        "text": {"type": "string", "description": "In the language of the request."},
    },
}
COUNTRY_SCHEMA = {
    "type": ["object", "null"],
    "required": ["iso3", "name"],
    "properties": {"iso3": {"type": "string"}, "name": {"type": "string"}},
}
NAMED_SCHEMA = {
    "type": ["object", "null"],
    "required": ["id", "name", "url"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "url": {"type": ["string", "null"], "format": "uri", "description": "Null where readers may not see it."},
    },
}


@extend_schema_field(DATE_SCHEMA)
class DateField(ImpreciseDateDocument):
    component = "Date"


@extend_schema_field(COUNTRY_SCHEMA)
class CountryField(serializers.Field):
    """``{"iso3": "COD", "name": "…"}``, the name in the language of the request."""

    # What tells one from another in the document; files have a column for it beside that of the name.
    key_member = "iso3"
    component = "CountryLink"

    def to_representation(self, value) -> dict:
        return {"iso3": value.alpha3, "name": value.name}


@extend_schema_field(NAMED_SCHEMA)
class RecordLink(serializers.Field):
    """``{"id", "name", "url"}`` of another record; url is its API document, null where readers may not see it."""

    key_member = "id"
    component = "RecordLink"

    def __init__(self, resource: str, **options) -> None:
        self.resource = resource
        super().__init__(**options)

    def to_representation(self, value) -> dict:
        return record_link(self.resource, value, self.context["request"])


def record_link(resource: str, record, request) -> dict:
    is_public = getattr(record, "is_public", True)
    url = api_address(resource, record, request) if is_public else None
    return {"id": record.key, "name": str(record), "url": url}


def api_address(resource: str, record, request) -> str:
    return address_of_key(resource, record.key, request)


def address_of_key(resource: str, key, request) -> str:
    return request.build_absolute_uri(reverse(f"api:{resource}-detail", args=[key]))


# Columns that documents show under another name; every translated attribute is one member without its language.
MEMBER_NAMES = {"occurrence": "status", "reliability": "status", "is_headline": "headline"}


SOURCE_MEMBERS = ("id", "title", "publisher", "kind", "date", "url", "html_url")


class CitationSerializer(serializers.ModelSerializer):
    """One source's word on a record or a part of it."""

    source = serializers.SerializerMethodField()
    field = serializers.SerializerMethodField(
        help_text="The member of the record or of its part that the source is cited for; empty: the whole."
    )
    about = serializers.SerializerMethodField(help_text="The part of the record, such as milestone; empty: the record.")
    differs = serializers.BooleanField(help_text="Whether the source states something other than the record.")

    class Meta:
        model = Citation
        fields = ("source", "about", "field", "locator", "as_printed", "differs", "stated", "reason", "basis", "note")

    @extend_schema_field(
        {
            "type": "object",
            "required": list(SOURCE_MEMBERS),
            "properties": {name: {"type": ["string", "null"]} for name in SOURCE_MEMBERS},
        }
    )
    def get_source(self, citation: Citation) -> dict:
        source, request = citation.source, self.context["request"]
        page = request.build_absolute_uri(source.get_absolute_url())
        return {
            "id": source.slug,
            "title": source.title,
            "publisher": source.publisher,
            "kind": source.kind,
            "date": source.published.edtf if source.published else None,
            "url": api_address("source", source, request) if source.is_public else None,
            "html_url": page if source.is_public else None,
        }

    def get_about(self, citation: Citation) -> str:
        return getattr(citation, "part_name", "")

    def get_field(self, citation: Citation) -> str:
        name = base_name(citation.field)
        return MEMBER_NAMES.get(name, name)


@extend_schema_field(CitationSerializer(many=True))
class CitationsField(serializers.Field):
    """What sources say about a record and its parts."""

    def __init__(self, **options) -> None:
        super().__init__(source="*", read_only=True, **options)

    @cached_property
    def citation(self) -> CitationSerializer:
        """One for all rows of an answer: to make it costs more than to use it."""
        return CitationSerializer(context=self.context)

    def to_representation(self, record) -> list[dict]:
        return [self.citation.to_representation(citation) for citation in named_citations(record)]


class PublicSerializer(serializers.ModelSerializer):
    """A row of a resource: all its members, or those that ``fields`` names."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        request = self.context.get("request")
        wanted = request.query_params.get("fields") if request is not None and self._is_outermost(options) else None
        if wanted:
            names = [name.strip() for name in wanted.split(",") if name.strip()]
            for name in set(self.fields) - set(names):
                self.fields.pop(name)

    def _is_outermost(self, options) -> bool:
        """Parts have no context of their own; a document that another includes is always whole."""
        return "context" in options and not options["context"].get("is_included")


class KeyedSerializer(PublicSerializer):
    """Reference data: key, addresses, freshness. ``Meta.resource`` names the API resource."""

    id = serializers.CharField(source="key", help_text="The key in addresses and filters.")
    url = serializers.SerializerMethodField()
    html_url = serializers.SerializerMethodField()

    BASE = ("id", "url", "html_url", "updated_at")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, record) -> str:
        return api_address(self.Meta.resource, record, self.context["request"])

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_html_url(self, record) -> str | None:
        if not hasattr(record, "get_absolute_url"):
            return None
        try:
            return self.context["request"].build_absolute_uri(record.get_absolute_url())
        except NoReverseMatch:
            return None


class RecordSerializer(KeyedSerializer):
    """A published record with everything sources say about it."""

    citations = CitationsField()
    corrections_url = serializers.SerializerMethodField(help_text="What was corrected of it.")
    versions_url = serializers.SerializerMethodField(help_text="Every version that readers have seen.")
    has_conflict = serializers.SerializerMethodField(help_text="Whether a source states something else.")

    BASE = (*KeyedSerializer.BASE, "has_conflict", "citations", "corrections_url", "versions_url")

    @cached_property
    def lists_about(self) -> dict[str, str]:
        """Where corrections and versions are listed; asked once for all rows of an answer."""
        addresses = {name: reverse(f"api:{name}-list") for name in ("correction", "version")}
        return {name: self.context["request"].build_absolute_uri(path) for name, path in addresses.items()}

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_corrections_url(self, record) -> str:
        return f"{self.lists_about['correction']}?record={record._meta.model_name}/{record.key}"

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_versions_url(self, record) -> str:
        return f"{self.lists_about['version']}?record={record._meta.model_name}/{record.key}"

    def get_has_conflict(self, record) -> bool:
        return any(citation.differs for citation in record.all_citations())


def named_citations(record) -> list[Citation]:
    """All citations; those of parts carry the name of the part."""
    found = []
    for citation in record.citations.all():
        citation.part_name = ""
        found.append(citation)
    for name in getattr(record, "part_names", ()):
        for part in getattr(record, name).all():
            for citation in citations_of(part):
                citation.part_name = part._meta.model_name
                found.append(citation)
    return found


class AuthorSerializer(serializers.Serializer):
    """An author as the source prints the name, with posts and degrees."""

    name = serializers.CharField()
    affiliations = serializers.SerializerMethodField()

    @extend_schema_field(
        {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["text", "date"],
                "properties": {"text": {"type": "string"}, "date": DATE_SCHEMA},
            },
        }
    )
    def get_affiliations(self, author) -> list:
        field = DateField()
        return [
            {"text": row.text, "date": field.to_representation(row.date) if row.date else None}
            for row in author.affiliations.all()
        ]


class SourceSerializer(KeyedSerializer):
    published = DateField()
    authors = AuthorSerializer(many=True)
    is_official = serializers.BooleanField()

    class Meta:
        model = Source
        resource = "source"
        fields = (
            *KeyedSerializer.BASE,
            "kind",
            "title",
            "publisher",
            "authors",
            "language",
            "published",
            "published_basis",
            "address",
            "archived_url",
            "accessed_on",
            "is_official",
            "disclaimer",
            "extent_seen",
            "rights",
            "note",
        )

    # `url` is the address of our document about the source, as on every record.
    address = serializers.URLField(
        source="url",
        allow_blank=True,
        help_text="Where the document itself was published; empty for what is not online.",
    )

    def get_url(self, record) -> str:
        return api_address("source", record, self.context["request"])


CHANGED_SCHEMA = {
    "type": ["array", "null"],
    "items": {
        "type": "object",
        "required": ["field", "old", "new"],
        "properties": {
            "field": {"type": "string", "description": "The column, list of parts, or citations."},
            "old": {"description": "As plain content; empty text where nothing stood."},
            "new": {"description": "As plain content; empty text where nothing stands."},
        },
    },
}


def changed_document(version) -> list[dict] | None:
    """What the change behind a version changed; null where there is no version to be seen."""
    if version is None:
        return None
    return [{"field": row.field, "old": row.old, "new": row.new} for row in version.changed]


class CorrectionSerializer(PublicSerializer):
    """A correction; rows come with the version that each made, see ``with_versions()``."""

    id = serializers.CharField(source="change.number")
    url = serializers.SerializerMethodField()
    record = serializers.SerializerMethodField()
    record_type = serializers.CharField(source="change.record_type")
    version = serializers.SerializerMethodField(help_text="What it made; null if readers may not see the record.")
    changed = serializers.SerializerMethodField(help_text="What it changed; null if readers may not see the record.")

    class Meta:
        model = Correction
        fields = (
            "id",
            "url",
            "record_type",
            "record",
            "reason",
            "corrected_at",
            "is_urgent",
            "version",
            "changed",
        )

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_version(self, correction: Correction) -> str | None:
        if correction.version is None:
            return None
        return address_of_key("version", correction.change_id, self.context["request"])

    @extend_schema_field(CHANGED_SCHEMA)
    def get_changed(self, correction: Correction) -> list[dict] | None:
        return changed_document(correction.version)

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, correction: Correction) -> str:
        return address_of_key("correction", correction.change.number, self.context["request"])

    @extend_schema_field({"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}})
    def get_record(self, correction) -> dict:
        return {"id": correction.change.record_key, "name": correction.change.record_title}
