"""Everyone whom sources write in several ways is found under each of them, on page and API, in capitals too."""

import csv

import pytest

from tests.with_dataset.expectations import TABLES


def forms() -> list[tuple[str, str]]:
    with (TABLES / "names.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in list(csv.reader(file))[1:]]


@pytest.mark.parametrize(("person", "form"), forms())
def test_a_person_is_found_under_a_form_that_a_source_uses(dataset, client, person, form):
    # That page and API find the same by any words, tests/filters_law holds.
    page = client.get("/people/", {"q": form})
    assert person in [found.slug for found in page.context["object_list"]]

    for words in (form, form.upper(), " ".join(reversed(form.split()))):
        rows = client.get("/api/v1/people/", {"q": words, "fields": "id"}).json()["results"]
        assert person in [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("guinee-bissau", {"GNB"}),
        ("гвинея-бисау", {"GNB"}),
        ("guine bissau", {"GNB"}),
        ("republic congo", {"COD", "COG"}),
        ("congo-brazzaville", {"COG"}),
        ("kinshasa congo", {"COD"}),
    ],
)
def test_a_country_is_found_by_its_stored_names(dataset, client, words, codes):
    rows = client.get("/api/v1/countries/", {"q": words}).json()["results"]

    assert {row["id"] for row in rows} == codes
