"""Each layout is told from its header, and its rows arrive as they stand in the file."""

import gzip
import json

import pytest

from tests.trade import (
    BACI_COLUMNS,
    BULK_COLUMNS,
    FILES,
    LEGACY_API_COLUMNS,
    LEGACY_COLUMNS,
    SITE_COLUMNS,
    Refused,
    baci_row,
    bulk_row,
    envelope,
    load,
    loaded,
    site_row,
    sums,
    table,
)
from trade.models import Slice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]
BULK = "COMTRADE-FINAL-CA3982024H6[2025-03-05].csv"


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("aggregates.csv", "comtrade_csv"),
        ("semicolons.csv", "comtrade_csv"),
        ("tabs.csv", "comtrade_csv"),
        ("byte_order_mark.csv", "comtrade_csv"),
        ("compressed.csv.gz", "comtrade_csv"),
        ("envelope.json", "comtrade_json"),
        ("list.json", "comtrade_json"),
        (BULK, "comtrade_bulk"),
        ("legacy_22_columns.csv", "legacy_csv"),
        ("legacy_35_columns.csv", "legacy_api_csv"),
        ("baci.csv", "baci"),
    ],
)
def test_the_layout_is_told_from_the_header(name, layout):
    release = loaded(name)

    assert release.files.get().layout == layout
    assert release.files.get().name == name


@pytest.mark.parametrize(
    ("columns", "count"), [(SITE_COLUMNS, 47), (BULK_COLUMNS, 34), (LEGACY_COLUMNS, 22), (LEGACY_API_COLUMNS, 35)]
)
def test_the_files_here_have_the_columns_of_real_ones(columns, count):
    assert len(columns) == len(set(columns)) == count


@pytest.mark.parametrize("name", ["semicolons.csv", "tabs.csv", "byte_order_mark.csv", "compressed.csv.gz"])
def test_the_same_row_arrives_in_every_dress(name, flows):
    loaded(name)

    (row,) = flows()
    assert (row["partner"]["code"], row["flow"], row["value"]["value"], row["line"]) == ("710", "X", "9", 2)


def test_a_comma_at_the_end_of_each_row_shifts_nothing():
    loaded("trailing_comma.csv")

    assert sums("partner") == {("X", "710"): "9", ("X", "404"): "8"}


def test_columns_may_stand_in_another_order(tmp_path):
    path = tmp_path / "turned.csv"
    path.write_text(table([site_row(value="9")], SITE_COLUMNS[::-1]))

    loaded(path)

    assert sums() == {"X": "9"}


def test_lines_may_end_as_on_other_systems(tmp_path):
    path = tmp_path / "windows.csv"
    path.write_bytes(table([site_row(value="9")]).replace("\n", "\r\n").encode())

    loaded(path)

    assert sums() == {"X": "9"}


def test_a_line_break_within_a_name_moves_the_lines_behind_it(tmp_path):
    path = tmp_path / "broken-name.csv"
    path.write_text(table([site_row(partnerDesc="South\nAfrica"), site_row(partnerCode="404", flowCode="9")]))

    with pytest.raises(Refused) as refused:
        load(path)

    assert refused.value.faults[0].startswith("broken-name.csv: line 4: “9” is not a flow")


class TestJSON:
    def test_both_forms_say_the_same(self):
        loaded("envelope.json")
        first = sums("partner")
        loaded("list.json")

        assert sums("partner") == first == {("X", "710"): "10.5", ("X", "404"): "7"}

    def test_places_are_counted_in_records(self, flows):
        loaded("envelope.json")

        assert [row["line"] for row in flows(partner="404")] == [2]

    def test_an_excerpt_is_noted(self, tmp_path):
        path = tmp_path / "excerpt.json"
        path.write_text(envelope([site_row()], count=500))

        assert "  The file says that it has 500 records and has 1." in load(path)

    def test_a_mark_of_byte_order_and_compression_are_no_obstacle(self, tmp_path):
        path = tmp_path / "answer.json.gz"
        path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + envelope([site_row(value="9")]).encode()))

        loaded(path)

        assert sums() == {"X": "9"}

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (envelope([], error="Invalid key"), "the API answered with an error instead of rows: Invalid key"),
            (envelope([]), "there is no row under the header."),
            ("[1, 2]", "line 1: a record has to be an object with the columns of UN Comtrade."),
            ('[{"typeCode": "C"}]', "line 1: members are missing: cifvalue, classificationCode, "),
            (envelope([site_row(), site_row(partnerCode="404")])[:-400], "after record 1 the JSON cannot be read ("),
            (json.dumps([{"Côte": 1}], ensure_ascii=False).encode("latin-1"), "after record 0 the JSON cannot be read"),
            ('{"data": [' + "[" * 100_000, "records within records within records"),
            ('[{"typeCode": "' + "x" * 1_100_000, "a line or record is longer than a megabyte"),
        ],
    )
    def test_what_is_no_answer_is_refused_with_a_sentence(self, tmp_path, text, said):
        path = tmp_path / "answer.json"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

        with pytest.raises(Refused) as refused:
            load(path)

        assert refused.value.faults[0].startswith(f"answer.json: {said}")


class TestBulk:
    def test_its_name_says_when_it_was_released(self):
        release = loaded(BULK)

        assert str(release.released_on) == "2025-03-05"
        assert sums("partner") == {("X", "710"): "100", ("X", "404"): "50.25", ("M", "710"): "30"}

    def test_yes_and_no_are_numbers(self, flows):
        loaded(BULK)

        assert [row["is_weight_estimated"] for row in flows(flow="M")] == [True]
        assert not Slice.objects.get().is_converted

    def test_a_row_of_another_reporter_than_the_name_says_is_refused(self, tmp_path):
        path = tmp_path / BULK
        path.write_text(table([bulk_row(), bulk_row(reporterCode="404", partnerCode="398")], BULK_COLUMNS))

        with pytest.raises(Refused) as refused:
            load(path)

        assert refused.value.faults == [
            f"{BULK}: line 3: the name of the file says reporter 398, 2024, H6, and this row is of others."
        ]

    def test_a_mixture_is_refused_without_a_name_that_says_so(self, tmp_path):
        path = tmp_path / "bulk.csv"
        path.write_text(table([bulk_row(), bulk_row(reporterCode="404", partnerCode="398")], BULK_COLUMNS))

        with pytest.raises(Refused) as refused:
            load(path)

        assert refused.value.faults == [
            "bulk.csv: line 3: a bulk file is of one reporter: this row is of 404, those before it of 398."
        ]

    def test_a_name_with_a_day_that_is_none_is_refused(self, tmp_path):
        path = tmp_path / "COMTRADE-FINAL-CA3982024H6[2025-13-05].csv"
        path.write_text((FILES / BULK).read_text())

        with pytest.raises(Refused, match="the name of the file says a day that is none: 2025-13-05"):
            load(path)

    def test_files_of_several_reporters_make_one_release_of_the_latest_day(self, tmp_path):
        other = tmp_path / "COMTRADE-FINAL-CA4042023H6[2025-04-01].csv"
        other.write_text(table([bulk_row(reporterCode="404", partnerCode="398", year="2023")], BULK_COLUMNS))

        release = loaded(BULK, other)

        assert str(release.released_on) == "2025-04-01"
        assert sorted(part.reporter.code for part in release.slices.all()) == ["398", "404"]

    def test_a_monthly_one_says_its_month(self, tmp_path):
        path = tmp_path / "COMTRADE-FINAL-CM398202403H6[2025-03-05].csv"
        path.write_text(table([bulk_row(month=3)], BULK_COLUMNS))

        assert loaded(path).slices.get().month == 3


class TestLegacy:
    def test_its_flows_are_numbers_and_its_world_is_partner_0(self):
        loaded("legacy_22_columns.csv")

        assert sums() == {"M": "5000", "RX": "20", "RM": "10", "X": "900"}

    def test_its_flag_says_what_is_estimated_and_no_quantity_is_missing(self, flows):
        loaded("legacy_22_columns.csv")

        (heading,) = flows(hs="0902")
        assert (heading["is_weight_estimated"], heading["is_quantity_estimated"]) == (True, False)
        assert (heading["quantity"], heading["quantity_unit"]) == ("40", "kg")
        (world,) = flows(flow="M", hs="TOTAL")
        assert (world["quantity"], world["net_weight_kg"]) == (None, None)

    def test_the_table_of_the_api_has_parts_that_are_left_out(self, flows):
        said = load("legacy_35_columns.csv", publish=True)

        assert "4 rows read, 2 kept." in said
        (heading,) = flows(hs="0902")
        assert (heading["value"]["value"], heading["fob_value"]["value"]) == ("3000", "2900")


def test_baci_and_what_reporters_report_are_loaded_apart(tmp_path):
    path = tmp_path / "baci-too.csv"
    path.write_text(table([baci_row()], BACI_COLUMNS))

    with pytest.raises(Refused, match="BACI is reconciled and UN Comtrade is as reported: load them apart"):
        load("aggregates.csv", path)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("a,b,c\n1,2,3\n", "line 1: the header “a,b,c” belongs to no layout that can be read. Known are: UN Comtrade"),
        ("\n", "line 1: the header “” belongs to no layout that can be read."),
        (table([], [name for name in SITE_COLUMNS if name != "cmdCode"]), "line 1: the column “cmdCode” is missing"),
        (table([], [name for name in SITE_COLUMNS if name != "primaryValue"]), "line 1: the column “primaryValue” is"),
        (table([]).replace("netWgt,", "netWeight,"), "line 1: the column “netWgt” is missing"),
        (table([]).replace("isReported", "cmdCode"), "line 1: the column “cmdCode” stands in the header twice."),
        ("x" * 200_000 + "\n", "line 1: this line cannot be read as CSV (field larger than field limit"),
        (table([], BACI_COLUMNS), "there is no row under the header."),
    ],
)
def test_a_header_that_is_none_is_explained(tmp_path, header, said):
    path = tmp_path / "rows.csv"
    path.write_text(header)

    with pytest.raises(Refused) as refused:
        load(path)

    assert refused.value.faults[0].startswith(f"rows.csv: {said}")


def test_a_column_of_nearly_that_name_is_asked_about(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(table([]).replace("netWgt,", "netWeight,"))

    with pytest.raises(Refused, match="Is it “netWeight”"):
        load(path)
