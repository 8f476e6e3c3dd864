"""Every example of docs/examples prints what the record says."""

import hashlib
import re

import pytest

from kzafrica.editions.models import Edition
from kzafrica.editorial.models import Change
from tests.examples.conftest import EXAMPLES

NEEDS_CURL, NEEDS_R = pytest.mark.needs_curl, pytest.mark.needs_r
SIX = ["Egypt", "South Africa", "Ethiopia", "Morocco", "Algeria", "Kenya"]


def in_each_language(stem: str) -> list:
    """The example in every language in which it is written."""
    marks = {".py": (), ".R": (NEEDS_R,), ".sh": (NEEDS_CURL,)}
    return [
        pytest.param(str(file.relative_to(EXAMPLES)), marks=marks[file.suffix], id=file.name)
        for file in sorted(EXAMPLES.glob(f"*/{stem}.*"))
    ]


@pytest.mark.parametrize("name", [*in_each_language("network")])
def test_the_network_of_a_day_has_six_embassies_in_2025_and_three_in_november_2020(run, name):
    assert run(name).startswith("6 embassies")
    assert run(name, "2020-11-30").startswith("3 embassies")


@pytest.mark.parametrize("name", ["python/network.py", pytest.param("r/network.R", marks=NEEDS_R)])
def test_the_network_names_each_state_with_the_act_it_counts_from(run, name):
    lines = run(name).splitlines()

    assert [line.partition(":")[0] for line in lines[1:]] == SIX
    assert lines[1] == "Egypt: Opened, April 1993 (independent)"
    assert lines[6] == "Kenya: Head of mission appointed, May 2025 (not independent)"


@NEEDS_CURL
def test_the_table_of_the_network_has_its_embassies_and_no_honorary_consul(run):
    rows = run("curl/network.sh").splitlines()[2:]

    assert len(rows) == 6
    assert all(row.startswith("embassy-kaz-in-") for row in rows)


@pytest.mark.parametrize("name", in_each_language("visits"))
def test_the_visits_of_a_year_come_from_all_pages(run, name):
    lines = run(name).splitlines()

    assert lines[0] == "6 visits in 2025, state visits among them: 1"
    assert [line for line in lines if line.startswith("*")] == [
        "* 9–10 September 2025: State visit of the President of the Democratic Republic of the Congo to Kazakhstan"
    ]
    # Of one visit is known that it was before December 2024, and no more.
    assert run(name, "1901").splitlines()[0] == "1 visits in 1901, state visits among them: 0"


@pytest.mark.parametrize("name", in_each_language("turnover"))
def test_turnover_stands_as_stated_and_as_computed(run, name):
    text = run(name)

    assert "2010: 137 million ZAR (stated, final)" in text
    # 101 exported and 36 imported, each rounded to a million.
    assert re.search(r"computed +(136\.0 to 138\.0 million|136,000,000 to 138,000,000) ZAR +agrees", text)
    assert text.count("not checked") == 3


def test_who_follows_the_changes_reads_each_of_them_once(run):
    latest = Change.objects.order_by("-number").first().number

    first, second = run("python/changes.py"), run("python/changes.py")

    assert re.match(r"\d+ changes", first)
    assert first.splitlines()[-1].endswith(f"after={latest}&limit=500")
    assert second.startswith("0 changes")


@NEEDS_CURL
def test_the_changes_after_a_number_come_with_the_address_to_go_on_from(run):
    assert run("curl/changes.sh", "10").splitlines()[-1].endswith("after=15&limit=5")


@pytest.mark.parametrize("name", in_each_language("edition"))
def test_the_newest_edition_arrives_whole(run, name, tmp_path):
    run(name)

    [file] = tmp_path.glob("*.zip")
    edition = Edition.objects.latest_offered()
    assert file.name == edition.file_name
    assert hashlib.sha256(file.read_bytes()).hexdigest() == edition.sha256


@pytest.mark.parametrize("name", ["python/panel.py", pytest.param("r/panel.R", marks=NEEDS_R)])
def test_the_panel_counts_the_embassies_of_each_year(run, name):
    lines = run(name).splitlines()

    assert lines[0] == "385 rows, 46 columns"
    assert lines[1:3] == ["2019: 3 embassies", "2020: 4 embassies"]
    assert lines[-1] == "2025: 6 embassies"
    assert run(name, "2024", "2024").splitlines()[1:] == ["2024: 5 embassies"]


@NEEDS_CURL
def test_the_panel_of_one_state_has_a_row_for_each_year(run):
    assert run("curl/panel.sh").splitlines()[-1] == "KEN,Kenya,2025,true,1"


def test_the_page_about_the_examples_names_every_one_and_shows_three_as_they_are():
    page = (EXAMPLES / "README.md").read_text()
    files = [file for folder in ("python", "r", "curl") for file in (EXAMPLES / folder).iterdir() if file.is_file()]

    assert all(f"]({file.relative_to(EXAMPLES)})" in page for file in files)
    shown = re.findall(r"^```\w+\n(.*?)^```$", page, flags=re.S | re.M)
    assert shown == [(EXAMPLES / name).read_text() for name in ("python/network.py", "r/network.R", "curl/network.sh")]
