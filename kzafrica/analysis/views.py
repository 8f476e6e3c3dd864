from django.utils.translation import get_language

from kzafrica.analysis.filters import ArticleFilterSet
from kzafrica.analysis.live import load_named, numbers_of
from kzafrica.analysis.markdown import article_in_markdown
from kzafrica.analysis.metadata import describe_article
from kzafrica.analysis.models import Article, Author
from kzafrica.analysis.rendering import anchor_of_number, article_html
from kzafrica.editorial.views import FEED, RecordDetail, RecordList
from kzafrica.prose import read_prose

# A text of fewer parts is looked through faster than its table of contents.
FEWEST_HEADINGS = 3


class ArticleList(RecordList):
    queryset = Article.objects.published().for_list().order_by("-date_order", "-slug")
    filterset_class = ArticleFilterSet
    feed_name = "analysis:article"
    feed_forms = (FEED,)
    file_name = "analysis:article"


class ArticleDetail(RecordDetail):
    """The text with its numbers as they are now, what became of them since, and the records it discusses."""

    describe = staticmethod(describe_article)
    markdown_body = staticmethod(article_in_markdown)
    queryset = Article.objects.published().for_detail()

    def get_context_data(self, **context) -> dict:
        article = self.object
        text = read_prose(article.body)
        named = load_named([text])
        numbers = numbers_of(text, named, article.numbers_as_published)
        language = (get_language() or "en").split("-")[0]
        return super().get_context_data(
            body=article_html(text, named, article.numbers_as_published),
            headings=text.headings if len(text.headings) >= FEWEST_HEADINGS else [],
            numbers=[(anchor_of_number(number.now.name), number) for number in numbers],
            has_moved=any(number.has_moved for number in numbers),
            has_disputed=any(number.now.is_disputed for number in numbers),
            language_of_text=language if getattr(article, f"body_{language}", "") else "en",
            language_of_page=language,
            **context,
        )


class AuthorDetail(RecordDetail):
    """Who signs, and what they have signed."""

    queryset = Author.objects.filter(articles__in=Article.objects.published()).distinct()

    def get_context_data(self, **context) -> dict:
        articles = self.object.articles.published().for_list().order_by("-date_order", "-slug")
        return super().get_context_data(articles=articles, **context)
