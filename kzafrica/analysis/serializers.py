from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kzafrica.analysis.models import Article, Author
from kzafrica.editorial.serializers import DateField, RecordSerializer
from kzafrica.reference.serializers import ReferenceDocument


class AuthorSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="slug")
    bio = serializers.CharField()

    class Meta:
        model = Author
        ref_name = "ArticleAuthor"
        fields = ("id", "name", "bio")


class ArticleSerializer(RecordSerializer):
    title = serializers.CharField()
    standfirst = serializers.CharField()
    body = serializers.CharField(help_text="Markdown.")
    authors = AuthorSerializer(many=True)
    date = DateField()
    disclaimer = serializers.CharField()
    records_discussed = serializers.SerializerMethodField()

    class Meta:
        model = Article
        resource = "article"
        fields = (
            *RecordSerializer.BASE,
            "title",
            "standfirst",
            "body",
            "authors",
            "date",
            "disclaimer",
            "records_discussed",
        )

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_records_discussed(self, article: Article) -> list[dict]:
        field = ReferenceDocument()
        records = [row.record_record for row in article.records_discussed.all()]
        return [field.to_representation(record) for record in records if record and getattr(record, "is_public", True)]
