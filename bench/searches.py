"""What searching takes over many documents, beside a scan of the same rows; and what it costs to stay up to date."""

import json
import subprocess
import sys

from bench.databases import ROOT, environment
from bench.results import Figure

DOCUMENTS = 20_000


def measure(url: str):
    """Leaves the index of the database with other documents in it than those of the site."""
    command = [sys.executable, "-m", "bench.search_once", str(DOCUMENTS)]
    answer = subprocess.run(command, cwd=ROOT, env=environment(url), check=True, capture_output=True, text=True)
    took = json.loads(answer.stdout.splitlines()[-1])
    in_ms = {name: seconds * 1000 for name, seconds in took.items()}
    found = f"finding in {DOCUMENTS:,} documents, ranked and counted, beside a scan"
    yield Figure(found, in_ms["search"], in_ms["scan"], 1.0, "ms")
    yield Figure("the whole answer, with titles and marked words", in_ms["answer"], in_ms["scan"], 1.5, "ms")
    anew = "taking in one change, beside making the index anew"
    yield Figure(anew, in_ms["one_changed"], in_ms["rebuild"], 0.01, "ms")
    yield Figure("asking whether anything has changed", in_ms["nothing_changed"], None, None, "ms")
