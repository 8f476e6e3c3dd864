"""What answers take: the site and the bare application under the same server, asked the same by turns."""

import http.client
import itertools
import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.databases import ROOT, connect, environment
from bench.results import Figure, peak_mb

# Each pair of servers is asked so many times in so many turns.
TURNS, ASKED = 8, 60
DEEP_CURSORS = 40
# The API gives a reader 120 answers a minute, and keeps count of them.
ASKED_BY_ONE = 100
SERVER = (
    "--workers",
    "1",
    "--worker-class",
    "gthread",
    "--threads",
    "1",
    "--no-control-socket",
    "--log-level",
    "error",
)


@contextmanager
def serving(application: str, url: str) -> Iterator["Client"]:
    """Somebody who asks a server of its own on a free port of this machine, which is stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "gunicorn"), *SERVER, "--bind", f"127.0.0.1:{port}", application]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(url))
    try:
        for _attempt in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield Client(port, process.pid)
    finally:
        process.terminate()
        process.wait()


class Client:
    """One connection that is kept open, as a proxy keeps it for many readers."""

    def __init__(self, port: int, server: int) -> None:
        self.server = server
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.readers = (f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}" for number in itertools.count())
        self.asked = 0

    def ask(self, address: str) -> tuple[float, bytes]:
        if self.asked % ASKED_BY_ONE == 0:
            self.reader = next(self.readers)
        self.asked += 1
        started = time.perf_counter()
        self.connection.request("GET", address, headers={"X-Forwarded-For": self.reader})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status} {body[:200]!r}")
        return time.perf_counter() - started, body

    def server_peak_mb(self) -> int:
        """The most memory that the worker has held so far."""
        (worker,) = Path(f"/proc/{self.server}/task/{self.server}/children").read_text(encoding="ascii").split()
        return peak_mb(worker)

    def stream(self, address: str) -> tuple[float, float, int]:
        """Seconds to the first byte and to the last, and lines."""
        started = time.perf_counter()
        self.connection.request("GET", address)
        answer = self.connection.getresponse()
        lines = answer.read(1).count(b"\n")
        first = time.perf_counter() - started
        while part := answer.read(1 << 16):
            lines += part.count(b"\n")
        return first, time.perf_counter() - started, lines


def measure(url: str) -> Iterator[Figure]:
    chance = random.Random(1)  # noqa: S311 (which pages are asked for is no secret)
    asked = addresses(url, chance)
    with serving("kzafrica.wsgi", url) as site, serving("bench.bare:application", url) as bound:
        for name, goal, choices in asked:
            for address in choices:
                same_answer(name, site.ask(address)[1], bound.ask(address)[1])
            times: dict[Client, list[float]] = {site: [], bound: []}
            for _turn in range(TURNS):
                for client, taken in times.items():
                    taken += [client.ask(chance.choice(choices))[0] for _number in range(ASKED)]
            yield Figure(name, median(times[site]) * 1000, median(times[bound]) * 1000, goal, "ms")
        yield from measure_export(url, site, bound)


def same_answer(name: str, ours: bytes, bare: bytes) -> None:
    """Stops where the two do not give the same rows: they would not be doing the same."""
    if [value_of(row) for row in json.loads(ours)["results"]] != [value_of(row) for row in json.loads(bare)["results"]]:
        raise SystemExit(f"{name}: the site and the bare application give other rows.")


def value_of(row: dict) -> tuple:
    return row.get("id"), row["flow"], row["year"], row["hs"], row["value"]


def addresses(url: str, chance: random.Random) -> list[tuple[str, float, list[str]]]:
    """What is asked: name, goal and different addresses of each kind."""
    connection = connect(url)
    pairs = connection.execute(
        "SELECT DISTINCT s.year, c.alpha3, f.flow FROM trade_flowsummary f JOIN trade_slice s ON s.id = f.slice_id "
        "JOIN reference_area a ON a.id = f.partner_id JOIN reference_country c ON c.id = a.country_id "
        "WHERE s.is_current AND f.hs = '' ORDER BY 1, 2, 3"
    ).fetchall()
    count = connection.execute("SELECT MAX(id) FROM trade_tradeflow").fetchone()[0]
    connection.close()
    lists = [
        f"/api/v1/flows/?partner={partner}&year={year}&flow={flow}&limit=100"
        for year, partner, flow in chance.sample(pairs, min(len(pairs), 120))
    ]
    partners = sorted({partner for _year, partner, _flow in pairs if partner != "KAZ"})
    by_year = [f"/api/v1/trade/totals/?reporter=KAZ&partner={code}&group_by=year" for code in partners]
    top = "group_by=hs&level=4&ordering=-value&limit=10"
    headings = [f"/api/v1/trade/totals/?reporter=KAZ&partner={code}&{top}" for code in partners]
    return [
        ("100 rows by partner, year and flow", 2.0, lists),
        ("100 rows deep in the table, by cursor", 2.0, deep(url, count, chance)),
        ("totals by year of a partner", 3.0, by_year),
        ("top ten headings of a partner", 3.0, headings),
    ]


def deep(url: str, count: int, chance: random.Random) -> list[str]:
    """Pages behind rows taken anywhere in the table, by cursors as the site writes them."""
    from bench.bare import cursor_behind

    connection = connect(url)
    mark = "?" if url.startswith("sqlite") else "%s"
    found = []
    while len(found) < DEEP_CURSORS:
        row = connection.execute(
            "SELECT f.slice_id, f.partner_id, f.flow, f.hs "
            "FROM trade_tradeflow f JOIN trade_slice s ON s.id = f.slice_id "
            f"WHERE s.is_current AND f.id = {mark}",
            (chance.randint(1, count),),
        ).fetchone()
        if row:
            found.append(f"/api/v1/flows/?limit=100&cursor={cursor_behind(*row)}")
    connection.close()
    return found


def measure_export(url: str, site: Client, bound: Client) -> Iterator[Figure]:
    """About 100,000 rows as CSV; the bound is a cursor of the driver through csv.writer."""
    connection = connect(url)
    year, flow, level, rows = connection.execute(
        "SELECT s.year, f.flow, LENGTH(f.hs), COUNT(*) FROM trade_tradeflow f JOIN trade_slice s ON s.id = f.slice_id "
        "WHERE s.is_current GROUP BY s.year, f.flow, LENGTH(f.hs) ORDER BY ABS(COUNT(*) - 100000) LIMIT 1"
    ).fetchone()
    connection.close()
    before = site.server_peak_mb()
    runs: dict[Client, list] = {site: [], bound: []}
    for _turn in range(5):
        for client, taken in runs.items():
            taken.append(client.stream(f"/trade/flows/flows.csv?year={year}&flow={flow}&level={level}"))
    if runs[site][0][2] != runs[bound][0][2]:
        raise SystemExit("The site and the bare application export other rows.")
    total = {client: median(run[1] for run in taken) for client, taken in runs.items()}
    first = median(run[0] for run in runs[site])
    yield Figure(f"CSV of {int(rows):,} rows", total[site], total[bound], 1.3, "s")
    yield Figure("its first byte, beside the whole", first, total[site], 0.5, "s")
    yield Figure("peak memory of the server after it, beside before", site.server_peak_mb(), before, 1.2, "MB")
