from kzafrica.analysis.filters import ArticleFilterSet
from kzafrica.analysis.models import Article
from kzafrica.analysis.serializers import ArticleSerializer
from kzafrica.editorial.api import KeyedViewSet


class ArticleViewSet(KeyedViewSet):
    """Signed analysis."""

    queryset = Article.objects.published().for_detail()
    serializer_class = ArticleSerializer
    filterset_class = ArticleFilterSet
