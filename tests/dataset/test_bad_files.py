"""Files that cannot be read as they should: each named with its line; status 1; nothing written."""

import pytest

from tests.dataset.files import VISITS

pytestmark = pytest.mark.one_database


def test_a_file_that_is_not_utf_8(dataset):
    text = dataset.text(VISITS).replace("Félix", "Феликс")
    dataset.write(VISITS, text.encode("cp1251", errors="replace"))

    assert dataset.fault() == "visits.yaml:3: this line is not UTF-8 (byte 0xd4): save the file as UTF-8."


def test_a_table_that_is_not_utf_8(dataset):
    dataset.write("reference/countries.csv", dataset.text("reference/countries.csv").encode() + b"C\xd4te\n")

    assert dataset.fault() == "countries.csv:5: this line is not UTF-8 (byte 0xd4): save the file as UTF-8."


def test_a_mark_of_byte_order_is_no_fault(dataset):
    dataset.write("reference/countries.csv", b"\xef\xbb\xbf" + dataset.text("reference/countries.csv").encode())

    dataset.load()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("events:\n  - slug: [a\n", "extra.yaml:3: this is not YAML: "),
        ("events:\n\t- slug: a\n", "extra.yaml:2: this is not YAML: "),
        ("events: []\n---\npeople: []\n", "extra.yaml:2: this is not YAML: "),
        ("events:\n  - slug: a\n    slug: b\n", "extra.yaml:3: “slug” stands twice in one mapping."),
        ("events: []\nevents: []\n", "extra.yaml:2: “events” stands twice in one mapping."),
        ("events:\n  - ? [a, b]\n    : c\n", "extra.yaml:2: the name of a field is one word, not a list or a mapping."),
        ("events: &all\n  - *all\n", "extra.yaml:1: this value contains itself."),
        ("- slug: a\n", "extra.yaml:1: the file must begin with a kind of record, such as “events:”."),
        (
            "visits:\n  - slug: a\n",
            "extra.yaml:2: “visits” is not a kind of record: use one of sources,",
        ),
        ("events:\n  slug: a\n", "extra.yaml:2: events: A list of records belongs here."),
        ("events: none\n", "extra.yaml:1: events: A list of records belongs here."),
        ("events:\n  - a\n", "extra.yaml:2: events: A mapping of fields belongs here."),
        ("events:\n  - kind: call\n", "extra.yaml:2: slug: This is needed: the key of the record."),
    ],
    ids=lambda value: None if value.startswith("extra") else repr(value),
)
def test_records_that_are_not_in_the_form_of_records(dataset, text, said):
    dataset.write("records/extra.yaml", text.encode())

    assert dataset.fault().startswith(said)


@pytest.mark.parametrize("text", ["", "# Nothing yet\n", "events:\n", "events: []\n"])
def test_a_file_without_records_is_no_fault(dataset, text):
    dataset.write("records/extra.yaml", text.encode())

    dataset.load()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("NAM,NA,516,Namibia\n", "countries.csv:5: this row has 4 cells where the header has 5."),
        ("NAM,NA,516,Namibia,african_state,\n", "countries.csv:5: this row has 6 cells where the header has 5."),
        ("\nNAM,NA,516,Namibia,african_state\n", "countries.csv:5: this row has 0 cells where the header has 5."),
        ('NAM,NA,516,"Namibia"n,african_state\n', "countries.csv:5: this is not CSV: "),
        (",NA,516,Namibia,african_state\n", "countries.csv:5: alpha3: This is needed: the key of the record."),
    ],
)
def test_rows_that_do_not_fit_their_header(dataset, row, said):
    dataset.add("reference/countries.csv", row)

    assert dataset.fault().startswith(said)


def test_a_table_without_a_header(dataset):
    dataset.write("reference/themes.csv", "")

    assert dataset.fault() == "themes.csv:1: the file is empty: a header row with column names is needed."


def test_a_code_that_yaml_would_take_for_an_answer_or_a_number_stays_text(dataset):
    dataset.add("reference/countries.csv", "NOR,NO,578,Norway,other\n")
    dataset.replace(VISITS, "    host: KAZ", "    host: NOR\n    venue: NO")
    dataset.replace("records/figures.yaml", "printed: $106.3 million", "printed: 0902")

    dataset.load()


@pytest.mark.parametrize("name", ["countries", "areas", "blocs", "memberships", "places", "themes", "hs2022"])
def test_a_table_that_is_missing(dataset, name):
    dataset.remove(f"reference/{name}.csv")

    assert dataset.fault() == f"{name}.csv: the file is missing from the dataset."


def test_a_folder_without_records(dataset):
    for path in (dataset.directory / "records").iterdir():
        path.unlink()

    assert dataset.fault() == "records: the folder is missing from the dataset, or holds no file *.yaml."


def test_every_file_that_cannot_be_read_is_said(dataset):
    dataset.remove("reference/themes.csv")
    dataset.write(VISITS, b"events: [")

    faults = dataset.faults()

    assert [fault.split(":")[0] for fault in faults] == ["themes.csv", "visits.yaml"]


def test_the_command_ends_with_status_1_in_a_shell(shell, tmp_path):
    (tmp_path / "nothing").mkdir()

    done = shell("load_dataset", str(tmp_path / "nothing"), "-v0")

    assert done.returncode == 1
    assert "countries.csv: the file is missing from the dataset." in done.stderr
    assert "Traceback" not in done.stderr
