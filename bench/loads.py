"""What loading takes: beside the bare bound, as a newer release, in memory, and for an editor who saves meanwhile."""

import json
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from bench.databases import ROOT, environment
from bench.results import Figure

RUNS = 3


def load(url: str, kind: str, path: Path) -> dict:
    command = [sys.executable, "-m", "bench.load_once", kind, str(path)]
    answer = subprocess.run(command, cwd=ROOT, env=environment(url), check=True, capture_output=True, text=True)
    return json.loads(answer.stdout.splitlines()[-1])


def measure(databases, file: Path, again: Path, small: Path):
    """Figures of loading; leaves a database ``full`` with the file in it, published, and replaced once."""
    ours, bare, second = [], [], []
    for _run in range(RUNS):
        # By turns, each on a fresh copy, so that a busy minute meets both.
        bare.append(load(databases.copy("base", "bare"), "bare", file))
        url = databases.copy("base", "full")
        ours.append(load(url, "ours", file))
        second.append(load(url, "ours", again))
    databases.drop("bare")
    took = {name: median(run["seconds"] for run in runs) for name, runs in (("ours", ours), ("bare", bare))}
    yield Figure("load, validation and sums included", took["ours"], took["bare"], 1.8, "s")
    again_took = median(run["seconds"] for run in second)
    yield Figure("the same rows as a newer release, beside the first load", again_took, took["ours"], 1.0, "s")
    little = load(databases.copy("base", "little"), "ours", small)
    databases.drop("little")
    peak = max(run["peak_mb"] for run in ours)
    yield Figure(f"peak memory, {ours[0]['rows']:,} rows beside {little['rows']:,}", peak, little["peak_mb"], 1.5, "MB")


def measure_waiting(databases, file: Path):
    """How long somebody who saves waits at most while a file is loaded; SQLite has one writer at a time."""
    url = databases.copy("base", "waiting")
    waits: list[float] = []
    is_over = threading.Event()

    def save() -> None:
        connection = sqlite3.connect(urlsplit(url).path, timeout=60, isolation_level=None)
        while not is_over.is_set():
            started = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE editorial_contentrevision SET number = number")
            connection.execute("COMMIT")
            waits.append(time.perf_counter() - started)
            time.sleep(0.02)
        connection.close()

    editor = threading.Thread(target=save)
    editor.start()
    try:
        took = load(url, "ours", file)["seconds"]
    finally:
        is_over.set()
        editor.join()
        databases.drop("waiting")
    yield Figure(
        "longest wait of a save meanwhile, beside the 20 s after which it gets a sentence", max(waits), 20.0, 1.0, "s"
    )
    yield Figure("the load with somebody saving all the time", took, None, None, "s")
