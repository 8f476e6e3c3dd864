from kzafrica.analysis.filters import ArticleFilterSet
from kzafrica.analysis.metadata import describe_article
from kzafrica.analysis.models import Article
from kzafrica.editorial.described_feeds import DescribedFeed


class ArticleFeed(DescribedFeed):
    queryset = Article.objects.published()
    filterset_class = ArticleFilterSet
    list_name = "analysis:article_list"
    describe = staticmethod(describe_article)
