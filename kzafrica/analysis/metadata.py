"""What a signed article is to programs."""

from kzafrica.analysis.models import Article
from kzafrica.editorial.describing import described
from kzafrica.linked_data import Description, Nature


def describe_article(article: Article) -> Description:
    authors = list(article.authors.all())
    return described(
        article,
        {"@type": "AnalysisNewsArticle"},
        summary=article.standfirst,
        date=article.date,
        nature=Nature.ARTICLE,
        authors=tuple(author.name for author in authors),
        bodies=tuple(author.name for author in authors if author.is_organization),
    )
