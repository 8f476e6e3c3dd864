from kzafrica.editorial.searchable import RecordSearch
from trade.models import Project, Release, Route

SEARCHABLE = (
    RecordSearch(Route, dates=("stages__date",)),
    RecordSearch(Project, dates=("stages__date",)),
    RecordSearch(Release, dates=("released_on",)),
)
