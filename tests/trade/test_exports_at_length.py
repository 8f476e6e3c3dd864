"""Files of very many rows: in constant memory, from the first piece on, every row once."""

import tracemalloc
from decimal import Decimal
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_release, make_slice
from tests.trade.worlds import area
from trade.catalogue import catalogue
from trade.models import Release, Slice, TradeFlow
from trade.rows import FETCHED_AT_ONCE, Selection, batches

pytestmark = pytest.mark.django_db
CSV = "/trade/flows/flows.csv"


def make_many(count: int) -> Release:
    """So many rows in four slices."""
    release, reporter = make_release(), area("KAZ")
    partners = [area(alpha3) for alpha3 in ("KEN", "NAM", "COD")]
    for year in range(2020, 2024):
        part = make_slice(release=release, reporter=reporter, year=year, row_count=count // 4)
        keys = product(partners, (f"{number:06}" for number in range(count)))
        TradeFlow.objects.bulk_create(
            TradeFlow(
                slice=part, partner=partner, flow="X", hs=code, value_usd=Decimal(line), net_weight_kg=1, line=line
            )
            for line, (partner, code) in zip(range(count // 4), keys, strict=False)
        )
    return release


def peak(client, release) -> tuple[int, int]:
    """How many bytes the file has, and how many were held at most while it was given."""
    answer = client.get(CSV, {"release": release.slug})
    tracemalloc.start()
    length = sum(len(chunk) for chunk in answer.streaming_content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return length, peak


def test_memory_does_not_grow_with_the_rows(client):
    short, long = make_many(20_000), make_many(80_000)

    (_length, least), (length, most) = peak(client, short), peak(client, long)

    assert length > 8_000_000
    assert most < 4_000_000
    assert most < 1.2 * least


def test_the_first_piece_is_there_before_the_last_row_is_read(client):
    release = make_many(4 * FETCHED_AT_ONCE)

    with CaptureQueriesContext(connection) as queries:
        pieces = iter(client.get(CSV, {"release": release.slug}).streaming_content)
        next(pieces), next(pieces)
        read_first = sum(TradeFlow._meta.db_table in query["sql"] for query in queries)
        for _piece in pieces:
            pass
    read_at_last = sum(TradeFlow._meta.db_table in query["sql"] for query in queries)

    assert (read_first, read_at_last > 3) == (1, True)


@pytest.mark.parametrize("said", [None, 0, 10**6])
def test_every_row_is_given_once_whatever_its_slice_says_of_their_number(monkeypatch, said):
    monkeypatch.setattr("trade.rows.FETCHED_AT_ONCE", 7)
    release = make_many(80)
    if said is not None:
        Slice.objects.update(row_count=said)
    parts = tuple(part for part in catalogue().slices.values() if part.release == release.slug)

    for selection in (Selection(parts), Selection(parts, flow="X"), Selection(parts, flow="M")):
        keys = [row[1:5] for batch in batches(selection) for row in batch]

        assert len(keys) == len(set(keys)) == (0 if selection.flow == "M" else 80)
        assert keys == sorted(keys)
