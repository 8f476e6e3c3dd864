from kzafrica.analysis.filters import ArticleFilterSet
from kzafrica.analysis.live import load_named
from kzafrica.analysis.metadata import describe_article
from kzafrica.analysis.models import Article
from kzafrica.analysis.serializers import ArticleSerializer
from kzafrica.editorial.api import KeyedViewSet
from kzafrica.prose import read_prose


class ArticleViewSet(KeyedViewSet):
    """Signed analysis, with its live numbers as they are now and as they were published."""

    queryset = Article.objects.published().for_detail()
    describe = staticmethod(describe_article)
    serializer_class = ArticleSerializer
    filterset_class = ArticleFilterSet

    def paginate_queryset(self, queryset):
        return with_texts(super().paginate_queryset(queryset))

    @staticmethod
    def prepare(articles: list[Article]) -> None:
        """What a file of articles needs of each; see downloads.py."""
        with_texts(articles)

    def get_object(self):
        return with_texts([super().get_object()])[0]


def with_texts(articles: list[Article]) -> list[Article]:
    """The articles, each with its body read as ``text``, and with what all of them name as ``named``."""
    for article in articles:
        article.text = read_prose(article.body)
    named = load_named(article.text for article in articles)
    for article in articles:
        article.named = named
    return articles
