"""What the API says of a figure beside everything we compute of it."""

import pytest

from tests.factories import make_derived_figure, make_figure

pytestmark = pytest.mark.django_db


def make_turnover_from(exports: str, imports: str, slug: str):
    parts = [make_figure(measure="exports", value=exports), make_figure(measure="imports", value=imports)]
    rows = [(part, "part") for part in parts]
    return make_derived_figure(rows, formula="sum", measure="turnover", period="2024", slug=slug)


def test_every_computation_stands_there_and_the_deciding_one_gives_the_verdict(document_at):
    make_turnover_from("500000000", "283000000", "a")
    make_turnover_from("500000000", "183000000", "b")
    figure = make_figure(printed="$783 million")

    document = document_at(f"/api/v1/figures/{figure.slug}/")
    first, second = document["comparisons"]

    assert (first["agrees"], first["difference"], first["is_deciding"]) == (True, None, True)
    assert (second["agrees"], second["difference"], second["is_deciding"]) == (False, "100000000", False)
    assert document["computed"] == first["computed"]
    assert (document["agrees"], document["rule"], document["reason"]) == (True, first["rule"], "")
    assert document["derived_from"] == first["derived_from"]


def test_a_figure_without_a_computation_says_why(document_at):
    figure = make_figure(reliability="planned", measure="investment_planned")

    document = document_at(f"/api/v1/figures/{figure.slug}/")

    assert (document["comparisons"], document["computed"], document["agrees"]) == ([], None, None)
    assert document["reason"] == "It is a plan: nothing done is on record that could be counted."


def test_a_derived_figure_has_links_to_inputs_that_are_derived_themselves(document_at):
    derived = make_derived_figure(slug="turnover-2023")
    before = make_figure(value="1000000000", printed="$1 billion", period="2022")
    growth = make_derived_figure(
        [(derived, "value"), (before, "earlier")],
        formula="growth", measure="growth", base_measure="turnover", unit="percent",
    )  # fmt: skip

    document = document_at(f"/api/v1/figures/{growth.slug}/")

    assert [(row["role"], row["id"]) for row in document["derived_from"]] == [
        ("value", "turnover-2023"),
        ("earlier", before.slug),
    ]
    assert all(row["html_url"].endswith(f"/figures/{row['id']}/") for row in document["derived_from"])
    assert (document["value"], document["stated"], document["reason"]) == ("-31.97", None, "")
