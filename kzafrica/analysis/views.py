from kzafrica.analysis.filters import ArticleFilterSet
from kzafrica.analysis.metadata import describe_article
from kzafrica.analysis.models import Article
from kzafrica.analysis.rendering import article_html
from kzafrica.editorial.views import FEED, RecordDetail, RecordList


class ArticleList(RecordList):
    queryset = Article.objects.published().for_list().order_by("-date_order", "-slug")
    filterset_class = ArticleFilterSet
    feed_name = "analysis:article"
    feed_forms = (FEED,)
    file_name = "analysis:article"


class ArticleDetail(RecordDetail):
    describe = staticmethod(describe_article)
    queryset = Article.objects.published().for_detail()

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(body=article_html(self.object.body), **context)
