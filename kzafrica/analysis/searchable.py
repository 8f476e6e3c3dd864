from kzafrica.analysis.models import Article
from kzafrica.editorial.searchable import RecordSearch
from kzafrica.search.marking import without_markdown

SEARCHABLE = (RecordSearch(Article, dates=("date",), weight=1.2, body=without_markdown),)
