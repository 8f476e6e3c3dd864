"""The notebook of docs/examples runs against the site, and finds in the API what the article says."""

import os

import nbclient
import nbformat
import pytest

from tests.examples.conftest import EXAMPLES

NOTEBOOK = EXAMPLES / "article.ipynb"


@pytest.fixture(scope="module")
def executed(site, tmp_path_factory):
    """What each cell printed, and what it drew, by the name of the cell."""
    folder = tmp_path_factory.mktemp("notebook")
    # A proxy of this machine has no way to the test.
    named = {"KZ_AFRICA": site, "NO_PROXY": "localhost", "no_proxy": "localhost", "MPLCONFIGDIR": str(folder)}
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(notebook, timeout=180, resources={"metadata": {"path": str(folder)}}).execute(
        env=os.environ | named
    )
    return {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}


@pytest.fixture
def printed(executed, db):
    return lambda cell: "".join(output.text for output in executed[cell] if output.output_type == "stream")


def test_no_output_is_stored_since_numbers_move():
    notebook = nbformat.read(NOTEBOOK, as_version=4)

    nbformat.validate(notebook)
    assert [cell.id for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")] == []


def test_the_network_grew_from_three_to_six(printed):
    assert printed("network") == "3 embassies on 2020-11-30, 6 on 2025-09-14\n"


def test_turnover_tells_what_is_computed_from_what_is_stated(printed):
    assert printed("turnover").splitlines() == [
        "2022 1 billion USD stated final ",
        "2023 680.3 million USD derived final 783 million USD ÷ (1 + 15.1 %)",
        "2024 783 million USD stated final ",
    ]


def test_the_shares_of_goods_add_up_to_everything(printed):
    assert printed("goods").splitlines() == ["export together 100.00 %", "import together 100.0 %"]


def test_investment_stands_beside_what_one_country_gave(printed):
    assert printed("investment") == "1.5 million USD of 106.3 million USD: 1.41 %\n"


def test_every_chart_is_drawn_and_every_number_has_its_page(executed, printed, site):
    drawn = {cell for cell, outputs in executed.items() if any("image/png" in each.get("data", {}) for each in outputs)}

    assert drawn == {"network", "turnover", "goods", "investment"}
    assert printed("terms").count(f"{site}/figures/") == 5
