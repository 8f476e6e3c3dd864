"""A file that cannot be imported is answered with what is wrong, where, and what would be right."""

import codecs
import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from events.models import Event
from kzafrica.workshop.exchange import reading, tables, workbooks
from kzafrica.workshop.exchange.layout import layout_of
from kzafrica.workshop.exchange.reading import read_table
from kzafrica.workshop.exchange.tables import Unreadable
from kzafrica.workshop.exchange.workbooks import text_of
from tests.exchange import csv_of, workbook_of

HEADER = "record,part,title_en\n"
# A workbook knows no time zones.
MIDNIGHT = datetime.fromisoformat("2025-09-10T00:00:00")


def rows_of(name: str, content: bytes) -> list[tuple[int, dict]]:
    return read_table(layout_of(Event), name, content).rows


def refusal_of(name: str, content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        rows_of(name, content)
    return " ".join(refused.value.sentences)


def archive_of(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def with_sheet(xml: bytes, book: bytes = b"") -> bytes:
    """A workbook whose sheet holds this XML; the rest is that of ``book``."""
    packed, book = io.BytesIO(), book or workbook_of([["record"], ["a"]])
    with zipfile.ZipFile(io.BytesIO(book)) as good, zipfile.ZipFile(packed, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else good.read(name))
    return packed.getvalue()


class TestWhatIsRead:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_csv_as_spreadsheets_save_it(self, delimiter, encoding):
        text = f'record{delimiter}title_en\r\nvisit{delimiter}"Қызыл, ""a""; b"\r\n'

        assert rows_of("a.csv", text.encode(encoding)) == [(2, {"record": "visit", "title_en": 'Қызыл, "a"; b'})]

    def test_a_line_that_names_the_delimiter_is_counted_and_not_read(self):
        assert rows_of("a.csv", b"sep=;\nrecord;title_en\nvisit;Visit\n") == [
            (3, {"record": "visit", "title_en": "Visit"})
        ]

    def test_names_of_columns_in_any_order_and_case(self):
        assert rows_of("a.txt", b" Title_EN , Record \nVisit,visit\n") == [
            (2, {"record": "visit", "title_en": "Visit"})
        ]

    def test_empty_lines_are_counted_and_not_read(self):
        assert rows_of("a.csv", b"record\n\n,\nvisit\n \n") == [(4, {"record": "visit"})]

    def test_what_excel_made_of_texts_is_text_again(self):
        row = ["visit", MIDNIGHT, 12.0, True, 783000000000, 0.1]

        (read,) = rows_of("a.xlsx", workbook_of([["record", "date", "venue", "level", "host", "title_en"], row]))

        assert read[1] == {
            "record": "visit",
            "date": "2025-09-10",
            "venue": "12",
            "level": "true",
            "host": "783000000000",
            "title_en": "0.1",
        }

    @pytest.mark.parametrize(
        ("value", "text"),
        [(1e-7, "0.0000001"), (1e20, "100000000000000000000"), (-31.97, "-31.97"), (False, "false"), (None, "")],
    )
    def test_a_number_is_written_out(self, value, text):
        assert text_of(value) == text

    def test_a_moment_stays_one(self):
        assert text_of(MIDNIGHT.replace(hour=12, minute=30)) == "2025-09-10 12:30:00"
        assert text_of(date(2025, 9, 10)) == "2025-09-10"


class TestNotWhatItsNameSays:
    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("a.xlsx", b"%PDF-1.7 ...", "is called XLSX and is a PDF document"),
            ("a.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + b"..", "is called XLSX and is an old Excel file (.xls), or"),
            ("a.xlsx", HEADER.encode(), "is called XLSX and is something else"),
            ("a.csv", b"\x89PNG\r\n", "is called CSV and is a picture"),
            ("a.csv", workbook_of([["record"], ["a"]]), "is called CSV and is a workbook or another ZIP file"),
            ("a.csv", b"<!DOCTYPE html><table>", "is called CSV and is a web page or XML"),
            ("a.xls", b"...", "is of a kind that is not read (.xls): save it as XLSX"),
            ("a.ods", b"PK\x03\x04", "is of a kind that is not read (.ods): save it as XLSX"),
            ("a.docx", b"PK\x03\x04", "is neither CSV nor XLSX"),
            ("a", b"record\na\n", "is neither CSV nor XLSX"),
            ("a.csv", b"record\nvisit\x00\n", "is not text (line 2 holds control characters)"),
            ("a.csv", "record,title_en\nvisit,Визит\n".encode("cp1251"), "is not UTF-8 text (line 2)"),
            ("a.csv", codecs.BOM_UTF16_LE + b"r", "is not UTF-8 text (line 1)"),
            ("a.xlsx", archive_of(readme=b"nothing"), "is a ZIP file and no workbook"),
            ("a.xlsx", workbook_of([["record"], ["a"]])[:900], "is damaged or has a password"),
        ],
    )
    def test_it_is_refused(self, name, content, said):
        assert said in refusal_of(name, content)

    def test_an_archive_that_unpacks_to_gigabytes_is_not_unpacked(self, monkeypatch):
        monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 2**20)

        said = refusal_of(
            "a.xlsx", archive_of(**{"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 2**21})
        )

        assert "unpacks to more than 1 MB: divide it" in said

    def test_a_cell_at_the_far_corner_is_refused_before_a_sheet_is_made_of_it(self):
        sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
            <row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>
            </sheetData></worksheet>"""

        assert "the sheet reaches to cell XFD1048576" in refusal_of("a.xlsx", with_sheet(sheet))

    def test_entities_are_refused(self):
        sheet = b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>'

        assert "declares entities, as no spreadsheet does" in refusal_of("a.xlsx", with_sheet(sheet))

    def test_the_error_of_a_formula_is_no_empty_cell(self):
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["record", "title_en"])
            sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")

        assert "cell B2 holds the error of a formula (#DIV/0!)" in refusal_of("a.xlsx", file.getvalue())


def with_cell(xml: bytes) -> bytes:
    """A workbook with this cell B2 under ``title_en``."""
    book = workbook_of([["record", "title_en"], ["visit", "x"]])
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        before, _begins, rest = archive.read("xl/worksheets/sheet1.xml").partition(b'<c r="B2"')
    return with_sheet(before + xml + rest.partition(b"</c>")[2], book)


@pytest.mark.parametrize("result", [b"", b"<v/>", b"<v></v>"])
def test_a_formula_that_nobody_has_worked_out_is_no_empty_cell(result):
    said = refusal_of("a.xlsx", with_cell(b'<c r="B2"><f>A2&amp;"x"</f>%s</c>' % result))

    assert "cell B2 holds a formula, and its result is not in the file" in said


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (b'<c r="B2" t="str"><f>A2&amp;"x"</f><v>visitx</v></c>', {"title_en": "visitx"}),
        (b'<c r="B2"><f>1+1</f><v>2</v></c>', {"title_en": "2"}),
        (b'<c r="B2" t="str"><f>""</f><v></v></c>', {}),
    ],
)
def test_of_a_formula_its_result_is_read(cell, read):
    assert rows_of("a.xlsx", with_cell(cell)) == [(2, {"record": "visit"} | read)]


@pytest.mark.parametrize("form", ["mmm-yy", "yyyy", "mmmm yyyy", "[$-419]mmmm\\ yyyy;@", 17])
def test_a_month_of_which_a_spreadsheet_has_made_a_day_is_refused(form):
    said = refusal_of("a.xlsx", TestSheets.with_date(form))

    assert "cell B2 shows a month or a year and holds a day" in said


@pytest.mark.parametrize("form", ["yyyy-mm-dd", "dd.mm.yy", "d mmm", 14, 15, 22, 47])
def test_a_day_that_a_spreadsheet_shows_is_read(form):
    assert rows_of("a.xlsx", TestSheets.with_date(form)) == [(2, {"record": "visit", "date": "2025-09-01"})]


def test_a_number_in_any_format_is_no_month():
    assert not any(workbooks.is_dayless(form) for form in ("General", "0.00", '#,##0 "my"', "@", "", "0.0,,\\m"))


class TestSheets:
    @staticmethod
    def with_date(form: str | int) -> bytes:
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["record", "date"])
            sheet.write_string(1, 0, "visit")
            sheet.write_datetime(
                1, 1, datetime.fromisoformat("2025-09-01T00:00:00"), book.add_format({"num_format": form})
            )
        return file.getvalue()

    def test_what_is_spoiled_in_another_does_not_matter(self):
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            book.add_worksheet("Sums").write_formula(0, 0, "=1/0", None, "#DIV/0!")
            book.add_worksheet("Records").write_column(0, 0, ["record", "visit"])

        assert rows_of("a.xlsx", file.getvalue()) == [(2, {"record": "visit"})]

    def workbook_with(self, *sheets: tuple[str, list[list]], hidden: str = "") -> bytes:
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            for name, rows in sheets:
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
                if name == hidden:
                    sheet.hide()
                else:
                    sheet.activate()
                    sheet.set_first_sheet()
        return file.getvalue()

    @pytest.mark.parametrize("other", [[], [["Countries"], ["COD"]]])
    def test_the_one_with_records_is_read_wherever_it_stands(self, other):
        content = self.workbook_with(("Other", other), ("Records", [["Record", "title_en"], ["visit", "Visit"]]))

        assert rows_of("a.xlsx", content) == [(2, {"record": "visit", "title_en": "Visit"})]

    def test_a_hidden_one_is_not_read(self):
        old, new = ([["record", "title_en"], ["visit", title]] for title in ("Old", "New"))

        content = self.workbook_with(("Old", old), ("New", new), hidden="Old")

        assert rows_of("a.xlsx", content) == [(2, {"record": "visit", "title_en": "New"})]

    def test_of_several_with_records_none_is_passed_over(self):
        rows = [["record"], ["visit"]]

        said = refusal_of("a.xlsx", self.workbook_with(("May", rows), ("June", rows)))

        assert "has records in several sheets (“May”, “June”): make a file of each" in said

    def test_all_count_for_what_a_workbook_may_hold(self, monkeypatch):
        monkeypatch.setattr(workbooks, "MOST_CELLS", 30)
        rows = [["record"], *([f"visit-{number}"] for number in range(19))]

        assert rows_of("a.xlsx", self.workbook_with(("May", rows)))
        assert "the sheet reaches to cell A20" in refusal_of(
            "a.xlsx", self.workbook_with(("May", rows), ("June", rows))
        )


class TestNoTable:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "is empty: nothing stands in it"),
            (b"\n\n", "The first line is empty: the names of the columns belong there"),
            (b"record,part\n", "no line below it"),
            (b"title_en,venue\nVisit,Hall\n", "No column is called “record”"),
            (
                b"record,titel_en\nvisit,Visit\n",
                "Column B: no “titel_en” is known of this type (event). Did you mean “title_en”?",
            ),
            (b"record,venue,Venue\nvisit,a,b\n", "Column C is “venue”, and so is column B: keep one."),
            (b"record,\nvisit,lost\n", "Line 2 has something in column B, which has no name in the first line."),
            (b'record,venue\nvisit,"a\nb\n', "a quotation mark is not closed or not doubled"),
            (b'record,venue\nvisit,"a"b\n', "cannot be read behind line 1"),
        ],
    )
    def test_it_is_refused(self, content, said):
        assert said in refusal_of("a.csv", content)

    def test_a_cell_that_is_too_long_is_refused_as_that(self):
        said = refusal_of("a.csv", b"record,title_en\nvisit,%s\n" % (b"x" * 131_073))

        assert "has a cell of more than 131,072 characters behind line 1" in said
        assert "quotation mark" not in said

    def test_a_workbook_without_lines_is_refused(self):
        assert "no line below it" in refusal_of("a.xlsx", workbook_of([["record", "part"]]))

    def test_too_many_lines_are_refused(self, monkeypatch):
        monkeypatch.setattr(tables, "MOST_LINES", 2)

        assert "more than 2 lines: divide it" in refusal_of("a.csv", csv_of(*({"record": f"e{n}"} for n in range(3))))

    def test_a_file_that_is_too_large_is_refused(self, monkeypatch):
        monkeypatch.setattr(reading, "LARGEST_UPLOAD", 10)

        assert "divide it" in refusal_of("a.csv", HEADER.encode())


def test_a_text_that_many_cells_share_counts_once_for_each_of_them(monkeypatch):
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 100_000)
    few, many = ([["record", "title_en"], *([f"r-{index}", "x" * 1000] for index in range(n))] for n in (20, 300))

    assert rows_of("few.xlsx", workbook_of(few))
    assert "unpacks to more than" in refusal_of("many.xlsx", workbook_of(many))


def test_more_texts_than_cells_could_name_are_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_TEXTS", 10)

    said = refusal_of("a.xlsx", workbook_of([["record"], *([f"visit-{number}"] for number in range(10))]))

    assert "unpacks to more than" in said
