"""Totals of trade rows: every good once, whatever way the rows are parted, loaded or ordered."""

from collections import defaultdict
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_source
from tests.trade import AREAS, forget_rows, loaded, site_row, sums, table
from trade.models import FlowSummary, TradeFlow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]
quickly = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

SUBHEADINGS = ["090210", "090240", "100119", "250300"]
CODES = ["TOTAL", "09", "10", "0902", "1001", *SUBHEADINGS]
PARTNERS = [code for code, (_name, kind) in AREAS.items() if kind in ("state", "special")][:4]
REPORTERS = ["398", "404"]


def keyed_rows(codes: list[str], partners=PARTNERS, reporters=REPORTERS, values=None):
    """Rows of which no two have one key: reporter, partner, flow and code, with a value."""
    key = st.tuples(
        st.sampled_from(reporters), st.sampled_from(partners), st.sampled_from("MX"), st.sampled_from(codes)
    ).filter(lambda key: key[0] != key[1])
    values = st.integers(0, 10**6) if values is None else values
    return st.dictionaries(key, values, min_size=1, max_size=20)


def written(rows: dict) -> list[dict]:
    return [
        site_row(reporterCode=reporter, partnerCode=partner, flowCode=flow, cmdCode=code, value=said(value))
        for (reporter, partner, flow, code), value in rows.items()
    ]


def said(value: int | None) -> str:
    return "" if value is None else str(value)


class Undone(Exception):
    """Leaves the transaction of one example, so that the next finds nothing."""


def outcome(folder: Path, *parts: list[dict], ask):
    """What is said once files with these rows are loaded into one release; undone afterwards."""
    paths = []
    for number, rows in enumerate(parts):
        paths.append(folder / f"part-{number}.csv")
        paths[-1].write_text(table(rows))
    found = []
    try:
        with transaction.atomic():
            forget_rows()
            loaded(*paths)
            found.append(ask())
            raise Undone
    except Undone:
        return found[0]


def added(totals: dict) -> dict[str, int]:
    """Totals of parts, added by flow."""
    by_flow: dict[str, int] = defaultdict(int)
    for (flow, *_parts), value in totals.items():
        by_flow[flow] += int(value)
    return dict(by_flow)


class TestPartitions:
    @quickly
    @given(rows=keyed_rows(SUBHEADINGS))
    def test_parts_add_up_to_the_whole_however_it_is_parted(self, tmp_path, rows):
        def ask():
            whole = {flow: int(value) for flow, value in sums().items()}
            parted = [
                added(sums(*by, level=level))
                for by, level in [
                    (("partner",), 0),
                    (("reporter",), 0),
                    (("hs",), 2),
                    (("hs",), 4),
                    (("hs",), 6),
                    (("partner", "hs", "reporter"), 6),
                ]
            ]
            return whole, parted

        whole, parted = outcome(tmp_path, written(rows), ask=ask)

        by_hand: dict[str, int] = defaultdict(int)
        for (_reporter, _partner, flow, _code), value in rows.items():
            by_hand[flow] += value
        assert whole == by_hand
        assert parted == [whole] * 6

    @quickly
    @given(rows=keyed_rows(SUBHEADINGS))
    def test_a_flow_alone_is_what_it_is_beside_the_others(self, tmp_path, rows):
        together, alone = outcome(tmp_path, written(rows), ask=lambda: (sums(), sums(flow="M") | sums(flow="X")))

        assert together == alone


class TestOneLoadOrTwo:
    @quickly
    @given(rows=keyed_rows(CODES, partners=["0", *PARTNERS], values=st.none() | st.integers(0, 10**6)), data=st.data())
    def test_two_files_in_any_order_say_what_one_says(self, tmp_path, rows, data):
        one = written(rows)
        other = data.draw(st.permutations(one))
        cut = data.draw(st.integers(0, len(one)))

        def ask():
            flows = TradeFlow.objects.values_list(
                "slice__reporter__code", "partner__code", "flow", "hs", "value_usd", "valuation"
            )
            summaries = FlowSummary.objects.values_list(
                "slice__reporter__code", "partner__code", "flow", "hs", "value_usd", "row_count", "is_given"
            )
            return sums(), sums("partner", "hs", level=2), set(flows), set(summaries)

        whole = outcome(tmp_path, one, ask=ask)
        halves = outcome(tmp_path, *[part for part in (other[:cut], other[cut:]) if part], ask=ask)

        assert halves == whole


class TestGivenAndComputed:
    @quickly
    @given(
        rows=keyed_rows(CODES, partners=["710"], reporters=["398"], values=st.none() | st.integers(0, 1000)),
    )
    def test_a_row_that_gives_the_sum_wins_over_what_is_below_it(self, tmp_path, rows):
        by_code = {(flow, code.replace("TOTAL", "")): value for (_r, _p, flow, code), value in rows.items()}

        kept = outcome(
            tmp_path,
            written(rows),
            ask=lambda: list(FlowSummary.objects.values_list("flow", "hs", "value_usd", "is_given")),
        )

        expected = {
            (flow, code[:level]): worth(by_code, flow, code[:level])
            for flow, code in by_code
            for level in (0, 2, 4)
            if len(code) >= level
        }
        assert {(flow, hs): value for flow, hs, value, _is_given in kept} == expected
        assert {(flow, hs) for flow, hs, _value, is_given in kept if is_given} == {
            key for key in expected if by_code.get(key) is not None
        }


def worth(by_code: dict, flow: str, code: str) -> int | None:
    """The rule said once more, without SQL: what a row gives, else the sum of the codes right below that have one."""
    if by_code.get((flow, code)) is not None:
        return by_code[flow, code]
    if len(code) == 6:
        return None
    below = {
        other[: len(code) + 2] for own, other in by_code if own == flow and other.startswith(code) and other != code
    }
    values = [value for part in below if (value := worth(by_code, flow, part)) is not None]
    return sum(values) if values else None


def test_a_heading_without_a_value_does_not_count_its_weight_twice(write):
    below = {"cmdCode": "090240", "value": "5", "netWgt": "60"}, {"cmdCode": "090210", "value": "7", "netWgt": "40"}

    loaded(write({"cmdCode": "0902", "value": "", "netWgt": "100"}, *below))

    heading = FlowSummary.objects.get(hs="0902")
    assert (heading.value_usd, heading.net_weight_kg, heading.row_count, heading.is_given) == (12, 100, 2, False)


def test_a_row_without_a_value_and_nothing_below_keeps_its_weight(write):
    loaded(write({"cmdCode": "0902", "value": "", "netWgt": "100"}))

    heading = FlowSummary.objects.get(hs="0902")
    assert (heading.value_usd, heading.net_weight_kg, heading.row_count) == (None, 100, 1)


def test_a_world_without_a_value_gives_way_to_its_parts(write):
    loaded(write({"partnerCode": "0", "value": ""}, {"value": "3"}, {"partnerCode": "404", "value": "4"}))

    assert sums() == {"X": "7"}


def test_what_is_missing_is_no_zero(write):
    loaded(write({"value": ""}, {"flowCode": "M", "value": "0"}))

    assert sums() == {"X": None, "M": "0"}


def test_sources_are_never_added(write):
    make_source(title="Committee", slug="committee")
    loaded(write({"value": "10"}))
    loaded(write({"value": "11"}), source="committee")

    assert sums("source") == {("X", "comtrade"): "10", ("X", "committee"): "11"}
