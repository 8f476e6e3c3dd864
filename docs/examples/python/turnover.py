"""Trade turnover of Kazakhstan with one state, as sources state it and as it is computed from other numbers.

python3 turnover.py [ZAF]
"""

import json
import os
import sys
from decimal import Decimal
from urllib.parse import urlencode
from urllib.request import urlopen

SITE = os.environ.get("KZ_AFRICA", "http://127.0.0.1:8000").rstrip("/")
STATE = sys.argv[1] if len(sys.argv) > 1 else "ZAF"
VERDICTS = {True: "agrees", False: "differs", None: "not checked"}

asked = {"measure": "turnover", "country": STATE, "headline": "true", "ordering": "period", "limit": 500}
with urlopen(f"{SITE}/api/v1/figures/?{urlencode(asked)}") as answer:
    figures = json.load(answer)["results"]


def written(amount):
    # Amounts are decimals in text: no digit is lost where Decimal reads them.
    return f"{Decimal(amount['low']):,} to {Decimal(amount['high']):,} {amount['unit']}" if amount else "-"


for figure in figures:
    print(f"{figure['period']['text']}: {figure['text']} ({figure['origin']}, {figure['status']})")
    print(f"  stated    {written(figure['stated'])}")
    print(f"  computed  {written(figure['computed'])}  {VERDICTS[figure['agrees']]}")
