"""Files that cannot be loaded: every fault with its line, nothing written, in bounded memory."""

import gzip
import os
import tracemalloc
import zipfile

import pytest
from reversion.models import Revision

from kzafrica.editorial.models import Citation
from kzafrica.reference.models import Commodity
from tests.trade import BACI_COLUMNS, SITE_COLUMNS, Refused, baci_row, load, site_row, table
from trade.models import FlowSummary, Release, ReleaseFile, Slice, TradeFlow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]


@pytest.fixture
def refusal():
    """Load and be refused: what is said, with nothing written."""

    def of(*files, **said) -> list[str]:
        goods, revisions = Commodity.objects.count(), Revision.objects.count()

        with pytest.raises(Refused) as refused:
            load(*files, **said)

        for model in (Release, ReleaseFile, Slice, TradeFlow, FlowSummary, Citation):
            assert not model.objects.exists(), model
        assert (Commodity.objects.count(), Revision.objects.count()) == (goods, revisions)
        return refused.value.faults

    return of


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"partnerCode": "9999"}, "“9999” is no area that trade statistics know: use its numeric code, such as 710."),
        ({"partnerCode": "ZAF"}, "“ZAF” is no area that trade statistics know: use its numeric code, such as 710."),
        ({"partnerCode": ""}, "“” is no area that trade statistics know: use its numeric code, such as 710."),
        ({"reporterCode": "4"}, "“4” is no area that trade statistics know: use its numeric code, such as 710."),
        ({"cmdCode": "09024X"}, "“09024X” is not an HS code: two, four or six digits, or TOTAL."),
        ({"cmdCode": "90240"}, "“90240” is not an HS code: two, four or six digits, or TOTAL. Has it lost its leading"),
        ({"cmdCode": "09024011"}, "“09024011” is not an HS code: two, four or six digits, or TOTAL."),
        ({"cmdCode": "٠٩"}, "“٠٩” is not an HS code: two, four or six digits, or TOTAL."),
        ({"primaryValue": "much"}, "primaryValue: “much” is not a number."),
        ({"primaryValue": "1,5"}, "primaryValue: “1,5” is not a number. Say with --locale whether a comma parts"),
        ({"primaryValue": "1_000"}, "primaryValue: “1_000” is not a number."),
        ({"primaryValue": "١٢٣"}, "primaryValue: “١٢٣” is not a number."),
        ({"primaryValue": "."}, "primaryValue: “.” is not a number."),
        ({"primaryValue": "Infinity"}, "primaryValue: “Infinity” is not a number."),
        ({"primaryValue": "-5"}, "primaryValue: “-5” is negative: trade is not."),
        ({"netWgt": "-0.5"}, "netWgt: “-0.5” is negative: trade is not."),
        ({"primaryValue": "922337203685478"}, "primaryValue: “922337203685478” is too large to be trade."),
        ({"primaryValue": "1E+999999"}, "primaryValue: “1E+999999” is too large to be trade."),
        ({"qty": "many", "qtyUnitCode": "8"}, "qty: “many” is not a number."),
        ({"fobvalue": "x", "flowCode": "M"}, "fobvalue: “x” is not a number."),
        ({"flowCode": "9"}, "“9” is not a flow: M import, X export, RM re-import, RX re-export."),
        ({"refYear": "24"}, "“24” is not a year of trade statistics: four digits."),
        ({"refYear": "٢٠٢٤"}, "“٢٠٢٤” is not a year of trade statistics: four digits."),
        ({"freqCode": "M", "refMonth": "13"}, "“13” is not a month: 1 to 12, or 52 for a whole year."),
        ({"freqCode": "M", "refMonth": "52"}, "“52” is not a month: 1 to 12, or 52 for a whole year."),
        ({"freqCode": "Q"}, "“Q” is not a frequency that is kept: A for years, M for months."),
        ({"typeCode": "S"}, "“S” is not trade in goods (C): services have no place here."),
        ({"classificationCode": "S4"}, "“S4” is not an edition of the Harmonized System: H0 to H6. It is SITC, and"),
        ({"isNetWgtEstimated": "perhaps", "netWgt": "1"}, "“perhaps” is neither true nor false."),
    ],
)
def test_a_bad_cell_is_told_with_its_line(refusal, write, cells, said):
    path = write({"partnerCode": "404"}, cells, name="rows.csv")

    (fault,) = refusal(path)

    assert fault.startswith(f"rows.csv: line 3: {said}")


def test_a_very_small_number_is_rounded_to_nothing(write):
    assert "  1 numbers rounded to four decimal places" in load(write({"primaryValue": "1E-999999"}))


def test_every_fault_of_a_row_is_told(refusal, write):
    faults = refusal(write({"partnerCode": "x", "cmdCode": "1", "primaryValue": "y", "netWgt": "-1"}, name="rows.csv"))

    assert [fault.split(": ")[1] for fault in faults] == ["line 2"] * 4
    assert [fault.split("“")[1][0] for fault in faults] == ["x", "1", "y", "-"]


def test_a_hundred_faults_are_told_and_the_others_counted(refusal, write):
    faults = refusal(write(*[{"cmdCode": f"x{number}"} for number in range(130)], name="rows.csv"))

    assert len(faults) == 101
    assert faults[99].startswith("rows.csv: line 101: “x99”")
    assert faults[100] == "and 30 more faults."


def test_faults_of_two_files_are_told_together(refusal, write, tmp_path):
    first, second = write({"cmdCode": "x"}, name="a.csv"), write({}, {"cmdCode": "y"}, name="b.csv")
    third = tmp_path / "c.csv"
    third.write_bytes(b"")

    faults = refusal(first, second, third, tmp_path / "d.csv")

    assert sorted(fault.split(" “")[0] for fault in faults) == [
        "a.csv: line 2:",
        "b.csv: line 3:",
        "c.csv: the file is empty.",
        "d.csv: the file cannot be read: No such file or directory",
    ]


class TestTwoRowsForOneKey:
    def test_the_later_line_is_told_with_the_earlier(self, refusal, write):
        faults = refusal(write({}, {"partnerCode": "404"}, {"value": "7"}, {}, name="rows.csv"))

        assert faults == [
            "rows.csv: line 4: the same reporter, partner, flow, period and commodity as line 2.",
            "rows.csv: line 5: the same reporter, partner, flow, period and commodity as line 2.",
        ]

    def test_across_two_files_both_are_named(self, refusal, write):
        faults = refusal(write({"partnerCode": "404"}, {}, name="a.csv"), write({"value": "5"}, name="b.csv"))

        assert faults == [
            "b.csv: line 2: the same reporter, partner, flow, period and commodity as line 3. (a.csv)",
        ]

    def test_one_area_written_in_two_ways_is_one(self, refusal, write):
        assert len(refusal(write({"partnerCode": "12"}, {"partnerCode": "012"}))) == 1

    def test_they_are_told_beside_other_faults(self, refusal, write):
        faults = refusal(write({}, {"cmdCode": "x"}, {}, name="rows.csv"))

        assert [fault.split(": ")[1] for fault in faults] == ["line 3", "line 4"]

    def test_a_hundred_are_told_and_the_others_counted(self, refusal, write):
        assert refusal(write(*[{}] * 121))[-1] == "and 20 more faults."


class TestFilesThatAreNone:
    def test_one_that_is_cut_off(self, refusal, tmp_path):
        path = tmp_path / "rows.csv"
        path.write_text(table([site_row(), site_row(partnerCode="404")])[:-60])

        (fault,) = refusal(path)

        assert fault.startswith("rows.csv: line 3: ")
        assert fault.endswith("cells under 47 columns: is the file cut off?")

    def test_one_that_is_cut_off_within_quotes(self, refusal, tmp_path):
        path = tmp_path / "rows.csv"
        path.write_text(table([site_row(), site_row(partnerDesc="South, Africa")]).split(" Africa")[0])

        (fault,) = refusal(path)

        assert (
            fault == "rows.csv: line 3: this line cannot be read as CSV (unexpected end of data): is the file cut off?"
        )

    @pytest.mark.parametrize("end", [-1, -6, 20])
    def test_a_compressed_one_that_is_cut_off(self, refusal, tmp_path, end):
        path = tmp_path / "rows.csv.gz"
        path.write_bytes(gzip.compress(table([site_row()]).encode())[:end])

        assert refusal(path) == ["rows.csv.gz: the compressed file is damaged or cut off."]

    def test_one_of_two_gigabytes(self, refusal, tmp_path):
        path = tmp_path / "rows.csv"
        with path.open("wb") as file:
            os.truncate(file.fileno(), 2 * 1024**3)

        assert refusal(path) == ["rows.csv: the file has 2.0 GB, and 1 GB is the most: split it, for instance by year."]

    def test_a_spreadsheet_is_refused_unopened_however_much_is_in_it(self, refusal, tmp_path):
        path = tmp_path / "rows.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)

        (fault,) = refusal(path)

        assert (
            fault
            == "rows.xlsx: this is a file of the kind ZIP, XLSX: unpack it, or save it as CSV in UTF-8, and load that."
        )

    def test_a_bomb_is_refused_in_bounded_memory(self, refusal, tmp_path):
        path = tmp_path / "rows.csv.gz"
        with gzip.open(path, "wb", compresslevel=1) as file:
            file.write(table([]).encode())
            for _chunk in range(200):
                file.write(b" " * 1024**2)
        tracemalloc.start()

        faults = refusal(path)

        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert faults == ["rows.csv.gz: a line or record is longer than a megabyte: these are no trade rows."]
        assert peak < 20 * 1024**2

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "the file is empty."),
            (b"a\x00b", "this is no text: it has a NUL character in it."),
            ("a,b".encode("utf-16"), "this is a file of the kind UTF-16: "),
            (b"%PDF-1.7", "this is a file of the kind PDF: "),
        ],
    )
    def test_what_is_no_text(self, refusal, tmp_path, content, said):
        path = tmp_path / "rows.csv"
        path.write_bytes(content)

        assert refusal(path)[0].startswith(f"rows.csv: {said}")

    def test_a_folder(self, refusal, tmp_path):
        assert refusal(tmp_path) == [f"{tmp_path.name}: the file cannot be read: Is a directory"]

    def test_one_of_which_every_row_is_a_part(self, refusal, write):
        (fault,) = refusal(write({"partner2Code": "251"}))

        assert fault == "all files: no row is left to load: all of them are parts of rows that are not in the file."


def test_rows_that_add_up_to_more_than_can_be_kept_are_refused(refusal, write):
    rows = [{"cmdCode": f"{code:06}", "value": "9900000000000"} for code in range(100_000, 100_100)]

    assert refusal(write(*rows)) == ["all files: the values of one partner add up to more than trade can be."]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"k": "0902X"}, "line 2: “0902X” is not a subheading: six digits."),
        ({"k": "0902"}, "line 2: “0902” is not a subheading: six digits."),
        ({"v": "x"}, "line 2: v: “x” is not a number."),
        ({"q": "-1"}, "line 2: q: “-1” is negative: trade is not."),
        ({"t": "x"}, "line 2: “x” is not a year of trade statistics: four digits."),
        ({"i": "x"}, "line 2: “x” is no area that trade statistics know: use its numeric code, such as 710."),
    ],
)
def test_a_bad_cell_of_baci_is_told_with_its_line(refusal, tmp_path, cells, said):
    path = tmp_path / "rows.csv"
    path.write_text(table([baci_row(**cells)], BACI_COLUMNS))

    assert refusal(path) == [f"rows.csv: {said}"]


def test_a_number_in_other_marks_than_those_of_the_locale_is_refused(refusal, write):
    (fault,) = refusal(write({"primaryValue": "1,234.50"}, name="rows.csv"), locale="de")

    assert fault == "rows.csv: line 2: primaryValue: “1,234.50” is not a number."


def test_a_line_of_blanks_is_no_row(refusal, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(table([site_row()], SITE_COLUMNS) + "   \n")

    assert refusal(path) == ["rows.csv: line 3: 1 cells under 47 columns: is the file cut off?"]
