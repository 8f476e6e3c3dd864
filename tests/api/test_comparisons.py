"""What the API says of a figure beside everything we compute of it."""

import re
from html import unescape

import pytest

from tests.factories import make_country, make_derived_figure, make_figure, make_mission

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


@pytest.fixture
def said_on_page(client):
    """The words and the links of the body of a figure's page."""

    def read(figure) -> tuple[str, str]:
        html = client.get(figure.get_absolute_url()).content.decode().partition("<main")[2]
        words = unescape(re.sub(r"<[^>]+>", " ", html))
        return " ".join(words.split()), html

    return read


@pytest.mark.parametrize("kind", ["agreeing", "differing", "not to be checked", "derived", "counted"])
def test_list_and_document_say_what_the_page_of_the_figure_says(document_at, said_on_page, kind):
    match kind:
        case "agreeing" | "differing":
            figure = make_figure(value="800000000", printed="$800 million")
            second = "300000000" if kind == "agreeing" else "400000000"
            make_turnover_from("500000000", second, "from-other-figures")
        case "not to be checked":
            figure = make_figure(reliability="planned", measure="investment_planned")
        case "derived":
            figure = make_derived_figure()
        case "counted":
            figure = make_figure(measure="mission_count", unit="count", value="1", printed="one")
            make_mission(receiving=make_country("KEN"), milestones=[{"kind": "opened", "date": "2014"}])
    words, html = said_on_page(figure)

    document = document_at(f"/api/v1/figures/{figure.slug}/")
    [listed] = [row for row in document_at("/api/v1/figures/")["results"] if row["id"] == figure.slug]

    assert listed == document
    assert document["text"] in words
    assert document["computed"] is None or document["computed"]["text"] in words
    assert document["stated"] is None or document["stated"]["text"] in words
    verdict = {True: "Agrees", False: "Differs", None: "Cannot be checked"}[document["agrees"]]
    assert (verdict in words) == (kind != "derived")
    assert document["reason"] in words
    assert document["rule"] in words
    linked = [row["html_url"].removeprefix("http://testserver") for row in document["derived_from"]]
    assert all(f'href="{address}"' in html for address in linked)
    assert bool(linked) == (kind not in {"not to be checked"})
