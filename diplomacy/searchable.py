from diplomacy.models import Agreement, Award, Initiative, Mission, Programme, Relation
from kzafrica.editorial.searchable import RecordSearch

LIFE = (
    "milestones__date",
    *(f"heads__accreditations__{act}" for act in ("appointed", "agrement", "copies_presented")),
    *(f"heads__accreditations__{act}" for act in ("credentials_presented", "ended")),
)

SEARCHABLE = (
    RecordSearch(Mission, dates=LIFE, weight=1.2),
    RecordSearch(Relation, title="name", dates=("established", "recognised")),
    RecordSearch(Agreement, dates=("stages__date",), weight=1.1),
    RecordSearch(Initiative, dates=("stages__date",)),
    RecordSearch(Programme, dates=("begins", "ends", "stages__date")),
    RecordSearch(Award, dates=("date",)),
)
