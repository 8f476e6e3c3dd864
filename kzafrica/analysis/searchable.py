from kzafrica.analysis.models import Article
from kzafrica.editorial.searchable import RecordSearch
from kzafrica.prose import without_names
from kzafrica.search.marking import without_markdown


def words_of_body(text: str) -> str:
    """What readers read of a body as it is written; its numbers and sources are found on their own pages."""
    return without_markdown(without_names(text))


SEARCHABLE = (RecordSearch(Article, dates=("date",), weight=1.2, body=words_of_body),)
