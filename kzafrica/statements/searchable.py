from kzafrica.editorial.searchable import RecordSearch
from kzafrica.statements.models import Claim, Figure

SEARCHABLE = (
    RecordSearch(Figure, dates=("period",), weight=0.9),
    RecordSearch(Claim, title="text", dates=("date",), weight=0.9),
)
