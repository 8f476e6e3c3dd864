"""The embassies of Kazakhstan in Africa on a day, and the act that each counts from.

python3 network.py [2025-09-14]
"""

import json
import os
import sys
from urllib.parse import urlencode
from urllib.request import urlopen

SITE = os.environ.get("KZ_AFRICA", "http://127.0.0.1:8000").rstrip("/")
DAY = sys.argv[1] if len(sys.argv) > 1 else "2025-09-14"

with urlopen(f"{SITE}/api/v1/missions/network/?{urlencode({'sending': 'KAZ', 'on': DAY})}") as answer:
    network = json.load(answer)

print(f"{network['count']} embassies on {network['on']}")
for step in network["missions"]:
    print(f"{step['receiving']['name']}: {step['act']}, {step['date']['text']} ({step['independence']})")
