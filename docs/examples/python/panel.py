"""The panel, a row for each state and year: how many states of Africa had an embassy of Kazakhstan at the end of each.

An empty cell is not known, which is something else than 0. With pandas the table is one call: pandas.read_csv(address).

python3 panel.py [2019] [2025]
"""

import csv
import io
import os
import sys
from collections import Counter
from urllib.parse import urlencode
from urllib.request import urlopen

SITE = os.environ.get("KZ_AFRICA", "http://127.0.0.1:8000").rstrip("/")
FROM, TO = sys.argv[1:3] if len(sys.argv) > 2 else ("2019", "2025")

with urlopen(f"{SITE}/countries/panel.csv?{urlencode({'from': FROM, 'to': TO})}") as answer:
    rows = list(csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8-sig", newline="")))

embassies = Counter()
for row in rows:
    embassies[row["year"]] += int(row["embassies_of_kazakhstan"] or 0)

print(f"{len(rows)} rows, {len(rows[0])} columns")
for year, number in sorted(embassies.items()):
    print(f"{year}: {number} embassies")
