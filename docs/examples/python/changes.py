"""What has changed since the last time. The address to go on from is kept in a file; without one, everything is new.

python3 changes.py [kz-africa.resume]
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path
from urllib.request import urlopen

SITE = os.environ.get("KZ_AFRICA", "http://127.0.0.1:8000").rstrip("/")
KEPT = Path(sys.argv[1] if len(sys.argv) > 1 else "kz-africa.resume")

address = KEPT.read_text().strip() if KEPT.exists() else f"{SITE}/api/v1/changes/?after=0&limit=500"
actions = Counter()
while True:
    with urlopen(address) as answer:
        page = json.load(answer)
    if not page["results"]:
        break
    for change in page["results"]:
        # Here a copy would ask for change["record_url"], and drop it where change["is_public"] is false.
        actions[change["action"]] += 1
    # Only once the page is worked through: whoever is interrupted reads it again, which does no harm.
    address = page["resume"]
    KEPT.write_text(address)

print(f"{actions.total()} changes")
for action, number in actions.most_common():
    print(f"{number} {action}")
print(f"Next time: {address}")
