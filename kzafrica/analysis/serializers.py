from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kzafrica.analysis.live import LiveNumber, Quantity, numbers_of
from kzafrica.analysis.models import Article, Author
from kzafrica.analysis.rendering import article_html
from kzafrica.editorial.serializers import DATE_SCHEMA, DateField, RecordSerializer, api_address
from kzafrica.reference.serializers import ReferenceDocument

TEXT = {"type": "string"}
NUMBER = {"type": ["string", "null"], "description": "A decimal in the unit, as text."}
QUANTITY_SCHEMA = {
    "type": ["object", "null"],
    "properties": {
        "value": NUMBER,
        "low": NUMBER,
        "high": NUMBER,
        "unit": TEXT,
        "qualifier": TEXT,
        "text": {"type": "string", "description": "In the language of the request."},
        "on": {"type": "string", "format": "date", "description": "The day on which readers first met it here."},
    },
}
NUMBERS_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "ref": {"type": "string", "description": "As the text names it, such as figure/turnover-kaz-africa-2024."},
            "title": TEXT,
            "period": DATE_SCHEMA,
            "as_published": QUANTITY_SCHEMA,
            "now": QUANTITY_SCHEMA,
            "moved": {"type": "boolean", "description": "Whether it is another number than when it was published."},
            "verdict": {"type": "string", "description": "agrees, differs or cannot_be_checked; empty where derived."},
            "is_derived": {"type": "boolean"},
            "is_disputed": {"type": "boolean"},
            "html_url": {"type": "string", "format": "uri"},
        },
    },
}
FOOTNOTES_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "number": {"type": "integer"},
            "text": {"type": "string", "description": "The note as Markdown."},
            "sources": {
                "type": "array",
                "items": {"type": "object", "properties": {"id": TEXT, "title": TEXT, "publisher": TEXT, "url": TEXT}},
            },
        },
    },
}


class AuthorSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="slug")
    affiliation = serializers.CharField()
    bio = serializers.CharField()
    html_url = serializers.SerializerMethodField()

    class Meta:
        model = Author
        ref_name = "ArticleAuthor"
        fields = ("id", "name", "affiliation", "bio", "html_url")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_html_url(self, author: Author) -> str:
        return self.context["request"].build_absolute_uri(author.get_absolute_url())


class ArticleSerializer(RecordSerializer):
    """A signed article; rows come with their texts read, see ``with_texts()``."""

    title = serializers.CharField()
    standfirst = serializers.CharField()
    body = serializers.CharField(help_text="Markdown, with the names of live numbers and sources.")
    body_html = serializers.SerializerMethodField(help_text="The body with numbers and citations in their place.")
    authors = AuthorSerializer(many=True)
    date = DateField()
    disclaimer = serializers.CharField()
    figures = serializers.SerializerMethodField(help_text="The live numbers of the body, in its order.")
    footnotes = serializers.SerializerMethodField(help_text="The footnotes of the body, in its order.")
    records_discussed = serializers.SerializerMethodField()

    class Meta:
        model = Article
        resource = "article"
        fields = (
            *RecordSerializer.BASE,
            "title",
            "standfirst",
            "body",
            "body_html",
            "authors",
            "date",
            "disclaimer",
            "figures",
            "footnotes",
            "records_discussed",
        )

    def get_body_html(self, article: Article) -> str:
        base = self.context["request"].build_absolute_uri("/").removesuffix("/")
        return article_html(article.text, article.named, article.numbers_as_published, base=base)

    @extend_schema_field(NUMBERS_SCHEMA)
    def get_figures(self, article: Article) -> list[dict]:
        return [self._number(each) for each in numbers_of(article.text, article.named, article.numbers_as_published)]

    def _number(self, number: LiveNumber) -> dict:
        now, published = number.now, number.published
        return {
            "ref": now.name,
            "title": now.title,
            "period": DateField().to_representation(now.period) if now.period else None,
            "as_published": _quantity(published.quantity, on=published.on.isoformat()) if published else None,
            "now": _quantity(now.quantity),
            "moved": number.has_moved,
            "verdict": "" if now.is_derived else now.verdict,
            "is_derived": now.is_derived,
            "is_disputed": now.is_disputed,
            "html_url": self.context["request"].build_absolute_uri(now.address),
        }

    @extend_schema_field(FOOTNOTES_SCHEMA)
    def get_footnotes(self, article: Article) -> list[dict]:
        return [
            {
                "number": number,
                "text": words,
                "sources": [
                    self._source(article.named.sources[cited.name])
                    for cited in article.text.sources
                    if cited.footnote == number and cited.name in article.named.sources
                ],
            }
            for number, words in enumerate(article.text.footnotes, start=1)
        ]

    def _source(self, source) -> dict:
        return {
            "id": source.slug,
            "title": source.title,
            "publisher": source.publisher,
            "url": api_address("source", source, self.context["request"]) if source.is_public else None,
        }

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_records_discussed(self, article: Article) -> list[dict]:
        field = ReferenceDocument()
        records = [row.record_record for row in article.records_discussed.all()]
        return [field.to_representation(record) for record in records if record and getattr(record, "is_public", True)]


def _quantity(quantity: Quantity | None, **more) -> dict | None:
    return None if quantity is None else {**quantity.as_plain(), "text": quantity.text, **more}
