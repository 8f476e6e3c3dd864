from django.utils.translation import gettext_lazy as _

from kzafrica.analysis.filters import ArticleFilterSet
from kzafrica.analysis.models import Article
from kzafrica.editorial.feeds import RecordFeed
from kzafrica.syndication import Category, Entry


class ArticleFeed(RecordFeed):
    """Articles with their standfirst and who signs them."""

    queryset = Article.objects.published()
    filterset_class = ArticleFilterSet
    list_name = "analysis:article_list"
    title = _("Analysis")

    def entry(self, article: Article, **known) -> Entry:
        authors = list(article.authors.all())
        return Entry(
            title=article.title,
            date=article.date,
            paragraphs=tuple(filter(None, (article.standfirst, ", ".join(author.name for author in authors)))),
            categories=tuple(Category(author.slug, author.name) for author in authors),
            **known,
        )
