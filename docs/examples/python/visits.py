"""The visits that Kazakhstan received in a year, page by page; state visits are marked with a star.

One whose date is known less exactly stands in every year in which it may have been.

python3 visits.py [2025]
"""

import json
import os
import sys
from urllib.parse import urlencode
from urllib.request import urlopen

SITE = os.environ.get("KZ_AFRICA", "http://127.0.0.1:8000").rstrip("/")
YEAR = sys.argv[1] if len(sys.argv) > 1 else "2025"
# Small, so that there is more than one page to follow; the most is 500.
LIMIT = 4


def rows_of(address):
    """Every row of a list: each page names the next, the last one names none."""
    while address:
        with urlopen(address) as answer:
            page = json.load(answer)
        yield from page["results"]
        address = page["next"]


asked = {"visit": "received", "date_from": f"{YEAR}-01-01", "date_to": f"{YEAR}-12-31", "ordering": "date"}
visits = list(rows_of(f"{SITE}/api/v1/events/?{urlencode(asked | {'limit': LIMIT})}"))
state_visits = [visit for visit in visits if visit["kind"] == "state_visit"]

print(f"{len(visits)} visits in {YEAR}, state visits among them: {len(state_visits)}")
for visit in visits:
    star = "*" if visit in state_visits else " "
    print(f"{star} {visit['date']['text']}: {visit['title']}")
